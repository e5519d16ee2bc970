"""Calls to action as a patient meets them: words, addresses, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from bs4 import Tag
from django.test import Client

from articles.choices import ArticleKind
from clinics.disclosure import check_disclosure
from clinics.models import ClinicFacts, LocationFacts
from clinics.phone_links import check_uri
from clinics.phones_in_text import find_numbers
from tests.factories import World
from tests.reading import crawl, hrefs_of, page_of, words_of

type OpenSite = Callable[[Any], Client]
type Pages = dict[str, str]

NAMES = {"hillside": "Hillside Pain Clinic", "harbour": "Harbour Infusion Center"}
ARTICLE = "/conditions/shingles-condition/"


@pytest.fixture(params=["hillside", "harbour"])
def site(
    request: pytest.FixtureRequest, articles: World, site_client: OpenSite
) -> tuple[str, Pages]:
    """The name of a clinic and all its pages."""
    slug = request.param
    return NAMES[slug], crawl(site_client(getattr(articles, slug)))


def links(html: str, *schemes: str) -> list[Tag]:
    return [a for a in page_of(html).find_all("a", href=True) if a["href"].startswith(schemes)]


def kinds(page: Tag, selector: str) -> list[str]:
    """The schemes of the buttons of a part of the page, in the order of the document."""
    return [urlsplit(link["href"]).scheme for link in page.select(f"{selector} a[href]")
            if link.find_parent(class_="disclosure") is None]  # fmt: skip


def test_phone_addresses_are_well_formed(site: tuple[str, Pages]) -> None:
    """B-03, B-04: global form, no spaces, no text to begin with."""
    hrefs = {href for html in site[1].values() for href in hrefs_of(html)}
    phones = {href for href in hrefs if href.startswith(("tel:", "sms:"))}

    for href in phones:
        check_uri(href, strict=True)
    assert {href.partition(":")[0] for href in phones} == {"tel", "sms"}


def test_number_stands_in_the_button(site: tuple[str, Pages]) -> None:
    """B-05: as text, in national form, the very number that is dialled."""
    for html in site[1].values():
        for link in links(html, "tel:", "sms:"):
            (shown,) = find_numbers(words_of(link))
            assert link["href"].endswith(f":{shown.number.e164}")
            assert shown.text == shown.number.display


def test_button_names_the_clinic_and_keeps_its_words(site: tuple[str, Pages]) -> None:
    """B-06: the visible label is part of the accessible name, and so is the clinic."""
    name, pages = site
    for html in pages.values():
        for link in links(html, "tel:", "sms:"):
            assert name in words_of(link)
            assert not link.has_attr("aria-label")


def test_disclosure_stands_beside_every_text_button(site: tuple[str, Pages]) -> None:
    """X-02: complete, with the clinic's own name and number, next to the button itself."""
    name, pages = site
    buttons = [link for html in pages.values() for link in links(html, "sms:")]

    for button in buttons:
        disclosure = button.find_next_sibling(class_="disclosure")
        words = " ".join(disclosure.get_text().split())
        assert words.startswith(f"Text {name} at {find_numbers(words_of(button))[0].text} about")
        assert check_disclosure(words) == ()
        assert [a["href"] for a in disclosure.find_all("a")] == ["/sms-terms/", "/privacy/"]
        assert "In an emergency call 911." in words_of(button.find_parent(["section", "nav"]))
    assert len(buttons) > len(pages)


def test_clinics_own_disclosure_takes_its_place(articles: World, site_client: OpenSite) -> None:
    own = (
        "Text [clinic] at [number] to ask about visits. Message frequency varies. Message and data "
        "rates may apply. Reply STOP to opt out, HELP for help. [sms_terms] and [privacy] apply. "
        "Texts are not encrypted: never text medical details. In an emergency call 911."
    )
    ClinicFacts.objects.filter(clinic=articles.harbour).update(text_disclosure=own)

    html = site_client(articles.harbour).get(ARTICLE).content.decode()

    words = " ".join(page_of(html).select_one(".cta-panel .disclosure").get_text().split())
    assert words.startswith("Text Harbour Infusion Center at (561) 555-0169 to ask about visits.")
    assert words.endswith("SMS Terms and Privacy Policy apply. "
                          "Texts are not encrypted: never text medical details. "
                          "In an emergency call 911.")  # fmt: skip


def test_order_of_help_is_the_same_on_every_page(site: tuple[str, Pages]) -> None:
    """B-08: call, text, book, in the header, at the end of the page and in the bar."""
    for path, html in site[1].items():
        page = page_of(html)
        assert kinds(page, ".header-action") == ["tel"], path
        assert kinds(page, ".contact-bar") == ["tel", "sms", "https"], path
        panels = page.select(".cta-panel")
        assert len(panels) <= 1, path
        assert all(kinds(panel, ".actions") == ["tel", "sms", "https"] for panel in panels), path
    without = [path for path, html in site[1].items() if not page_of(html).select(".cta-panel")]
    assert sorted(without) == sorted(
        f"/{slug}/"
        for slug in (
            "accessibility", "medical-disclaimer", "notice-of-privacy-practices", "privacy",
            "sms-terms",
        )
    )  # fmt: skip


def test_sections_offer_what_they_are_for(articles: World, site_client: OpenSite) -> None:
    """B-01: call, text, call and text, booking, directions, each from the clinic's record."""
    html = site_client(articles.hillside).get(ARTICLE).content.decode()

    sections = page_of(html).select(".article-body .cta")
    assert [kinds(section, ".actions") for section in sections] == [
        ["tel"], ["sms"], ["tel", "sms"], ["https"], ["https"],
    ]  # fmt: skip
    booking, directions = (links(str(section), "https:")[0]["href"] for section in sections[3:])
    assert booking == "https://hillside.example/book"
    assert dict(parse_qsl(urlsplit(directions).query))["destination"] == (
        "2900 Hillside Ave, Suite 120, Dallas, TX 75204"
    )


def test_what_a_clinic_cannot_offer_falls_back_to_a_call(
    articles: World, site_client: OpenSite
) -> None:
    ClinicFacts.objects.filter(clinic=articles.hillside).update(booking_url="")
    LocationFacts.objects.filter(page=articles.uptown).update(text_status="PENDING")

    html = site_client(articles.hillside).get(ARTICLE).content.decode()

    sections = page_of(html).select(".article-body .cta")
    assert [kinds(section, ".actions") for section in sections] == [
        ["tel"], ["tel"], ["tel"], ["tel"], ["https"],
    ]  # fmt: skip
    assert kinds(page_of(html), ".cta-panel .actions") == ["tel"]


def test_no_condition_leaves_with_a_link(site: tuple[str, Pages]) -> None:
    """P-05: neither in a prepared text nor in the query of another site; and none in the path."""
    outbound = {
        href for html in site[1].values() for href in hrefs_of(html)
        if not href.startswith(("/", "#"))
    }  # fmt: skip
    words = ["shingles", *(kind.lower() for kind in ArticleKind)]

    assert {urlsplit(href).scheme for href in outbound} == {"tel", "sms", "https"}
    assert [href for href in outbound if any(word in unquote(href).lower() for word in words)] == []
    assert [href for href in outbound if href.startswith("sms:") and "body" in href] == []


def test_ending_and_header_need_nobody(world: World, site_client: OpenSite) -> None:
    """A call to action stands at the end of each page without an editor's doing."""
    html = site_client(world.hillside).get("/about/").content.decode()

    assert kinds(page_of(html), ".cta-panel .actions") == ["tel", "sms"]
    assert kinds(page_of(html), ".header-action") == ["tel"]


def test_clinic_without_locations_offers_no_empty_button(
    world: World, site_client: OpenSite
) -> None:
    LocationFacts.objects.filter(clinic=world.harbour).update(status="CLOSED")

    response = site_client(world.harbour).get("/")

    assert response.status_code == 200
    assert links(response.content.decode(), "tel:", "sms:") == []
