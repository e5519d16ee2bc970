"""The table of numbers says of every page what its HTML says (L-01, feature 91)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.choices import ArticleKind
from articles.models import ArticlePage, LocalVersionPage
from clinics.choices import LocationStatus, TextStatus
from clinics.models import ClinicFacts, LocalPage, LocationFacts, Person, Statement
from clinics.numbers.pages import ClinicSite, PageNumbers, pages_of
from clinics.numbers.shown import Kind, Spot
from clinics.resolve import clinic_of, root_page
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    section_id,
    slot,
    text,
)
from tests.clinics.conftest import cta
from tests.clinics.test_numbers import NUMBER
from tests.factories import World
from tests.reading import crawl, page_of

type OpenSite = Callable[[Any], Client]
type Numbers = dict[str, set[str]]

REGIONS = {
    Spot.HEAD: "head",
    Spot.DATA: "data",
    Spot.NOTICE: "notice",
    Spot.HEADER: "header",
    Spot.BAR: "bar",
    Spot.FOOTER: "footer",
}
_SHORT = re.compile(r"(?<![\d$])(?:911|988)(?!\d)")


def site_of(home: Any) -> ClinicSite:
    page = root_page(home.pk)
    return ClinicSite(clinic_of(page), page)


def table_of(home: Any) -> dict[str, PageNumbers]:
    return {page.path: page for page in pages_of(site_of(home))}


def of_page(page: PageNumbers) -> Numbers:
    """What the table says, by part of the page; texts that are sent apart."""
    found: Numbers = {}
    for each in page.shown:
        region = REGIONS.get(each.spot, "main")
        digits = each.digits[-10:]
        found.setdefault(region, set()).add(digits)
        if each.kind == Kind.TEXT and region not in ("data", "head") and each.origin == "RECORD":
            found.setdefault("sms", set()).add(digits)
    return found


def of_html(html: str) -> Numbers:
    """What the bytes say, by part of the page."""
    page = page_of(html)
    for drawing in page.find_all("svg"):
        drawing.decompose()
    messages = {href for href in _hrefs(page) if href.startswith("sms:+")}
    found = {"sms": {href.partition("?")[0][-10:] for href in messages}}
    selectors = {"data": "script[type]", "bar": ".contact-bar", "notice": ".notice"}
    selectors |= {"header": "header.header", "footer": "footer.footer", "head": "head"}
    for region, selector in selectors.items():
        parts = [each.extract() for each in page.select(selector)]
        found[region] = {number for each in parts for number in _numbers(each)}
    found["main"] = _numbers(page)
    return {region: numbers for region, numbers in found.items() if numbers}


def _numbers(part: Tag | BeautifulSoup) -> set[str]:
    # What a reader reads, or what a machine does: ids and addresses of pictures are neither.
    attributes = [str(each["content"]) for each in part.select("meta[content]")]
    words = "\n".join([part.get_text(" "), *attributes, *_hrefs(part)]).replace("\xa0", " ")
    return {"".join(each) for each in NUMBER.findall(words)} | set(_SHORT.findall(words))


def _hrefs(part: Tag | BeautifulSoup) -> list[str]:
    hrefs = (str(link["href"]) for link in part.select("a[href]"))
    return [href for href in hrefs if href.startswith(("tel:", "sms:"))]


@pytest.fixture
def busy(articles: World) -> World:
    """Numbers wherever one can stand: tokens, crisis lines, statements, teasers, people, notices,
    a closed location, and texts with a typed number as an older rule let them through.
    """
    mood = make_article(
        "mood",
        text(
            "mood", "Mood", "<p>Call {{ clinic.main_number }} or text {{ clinic.text_number }}.</p>"
        ),
        slot("nearby", text("near", "Near", "<p>Ring {{ clinic.main_number }}.</p>")),
        cta("call_text"),
        title="Depression and pain",
        summary="Ask at {{ clinic.main_number }}.",
        seo_title="Depression, {{ clinic.main_number }}",
    )
    statement = Statement.objects.create(
        slug="note", kind="OFF_LABEL", title="Note", text="Call {{ clinic.main_number }}."
    )
    said = {"type": "statement", "id": section_id("said"), "value": {"statement": statement.pk}}
    related = make_article("rest", text("rest", "Rest"), said, kind=ArticleKind.TREATMENT)
    related.related.add(mood)
    related.save()
    make_local_version(
        mood,
        articles.hillside,
        override("replace", "mood", text("own", "Ours", "<p>{{ clinic.text_number }}</p>")),
        override("fill", "nearby", text("here", "Here")),
    )
    make_own_article(articles.hillside, "ours", text("us", "Us"), cta("text"))
    for home in (articles.hillside, articles.harbour):
        Person.objects.filter(clinic=home).update(bio="Likes the sea.")
        ClinicFacts.objects.filter(clinic=home).update(
            notice="Closed today.", notice_until=timezone.now() + timedelta(days=999)
        )
    return articles


def plant(world: World) -> None:
    """Typed numbers in live rows, past every rule: what an old version or a script left behind."""
    typed = "(303) 555-0111"
    ClinicFacts.objects.filter(clinic=world.hillside).update(notice=f"Storm: {typed}.")
    LocationFacts.objects.filter(page=world.plano).update(parking=f"Ring {typed}.")
    Person.objects.filter(slug="ada-hill").update(bio="Reach me at 303.555.0112.")
    LocalPage.objects.filter(slug="about").update(body="<p>Call (303)&nbsp;555-0113 now.</p>")
    version = LocalVersionPage.objects.get(clinic=world.hillside.pk)
    raw = list(version.overrides.raw_data)
    raw[0]["value"]["content"][0]["value"]["text"] = "<p>Harbour: (561) 555-0168.</p>"
    version.overrides = version.overrides.stream_block.to_python(raw)
    version.save()
    article = ArticlePage.objects.get(slug="shingles-condition")
    ArticlePage.objects.filter(pk=article.pk).update(summary="Dial 303-555-0114.")


@pytest.mark.parametrize("clinic", ["hillside", "harbour"])
@pytest.mark.parametrize("is_planted", [False, True])
def test_table_and_html_name_the_same_numbers_on_every_page(
    busy: World, site_client: OpenSite, clinic: str, is_planted: bool
) -> None:
    if is_planted:
        plant(busy)
    home = getattr(busy, clinic)
    client = site_client(home)

    table = table_of(home)
    found = crawl(client) | {"": client.get("/nothing-here/").text}

    assert set(found) <= set(table)
    said = {path: of_page(table[path]) for path in found}
    assert said == {path: of_html(html) for path, html in found.items()}
    unlinked = {path: client.get(path) for path in set(table) - set(found)}
    assert {path: of_html(each.text) for path, each in unlinked.items()} == {
        path: of_page(table[path]) for path in unlinked
    }


def test_table_of_a_campaign_is_the_page_that_its_visitors_see(
    busy: World, site_client: OpenSite
) -> None:
    """B-09: buttons change, the record in footer, cards and data does not."""
    LocationFacts.objects.filter(page=busy.uptown).update(campaign_numbers=["ads (214) 555-0150"])
    table = {page.path: page for page in pages_of(site_of(busy.hillside).with_campaign("ads"))}
    client = site_client(busy.hillside)

    pages = {path: client.get(path, {"src": "ads"}).text for path in table if path}

    assert {path: of_page(table[path]) for path in pages} == {
        path: of_html(html) for path, html in pages.items()
    }
    assert of_page(table["/"])["header"] == {"2145550150"}
    assert of_page(table["/"])["footer"] == {"2145550142", "9725550144"}


@pytest.mark.parametrize("status", [LocationStatus.CLOSED, LocationStatus.CLOSED_FOR_NOW])
def test_table_of_a_closed_location_names_its_neighbour(
    busy: World, site_client: OpenSite, status: str
) -> None:
    LocationFacts.objects.filter(page=busy.uptown).update(status=status, neighbour=busy.plano)
    LocationFacts.objects.filter(page=busy.plano).update(text_status=TextStatus.NONE)
    table, client = table_of(busy.hillside), site_client(busy.hillside)

    pages = {path: client.get(path).text for path in table if path}

    assert {path: of_page(table[path]) for path in pages} == {
        path: of_html(html) for path, html in pages.items()
    }


def test_queries_do_not_grow_with_pages_articles_and_people(
    busy: World,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            pages_of(site_of(busy.hillside))
        return len(found)

    before = queries()
    for number in range(4):
        article = make_article(f"more-{number}", text(f"m{number}", "More"), cta("call"))
        make_article(f"other-{number}", kind=ArticleKind.TREATMENT)
        make_local_version(
            article, busy.hillside, override("replace", f"m{number}", text("own", "Ours"))
        )
        change_article(article, [text(f"m{number}", "Changed"), cta("text")])
        make_own_article(busy.hillside, f"ours-{number}")
        busy.hillside.add_child(instance=LocalPage(title="More", slug=f"page-{number}"))
        Person.objects.create(name="More", slug=f"p-{number}", clinic=busy.hillside)

    assert (queries(), before < 60) == (before, True)
