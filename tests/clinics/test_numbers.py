"""Every number on a clinic's site is that clinic's, wherever it stands (L-01, L-02)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from articles.opening import mount_library
from clinics.choices import TextStatus
from clinics.clinic import Brand
from clinics.creating import NewClinic, create_clinic, create_location
from clinics.facts import save_facts
from clinics.models import LocationFacts, LocationPage
from clinics.phones import parse_number
from tests.factories import World
from tests.reading import crawl, page_of

# On purpose wider than the matcher of the product: anything in the bytes that looks like a number.
NUMBER = re.compile(
    r"(?<![\w.-])(?:\+?1[-. ]?)?\(?([2-9]\d\d)\)?[-. ]{0,2}(\d{3})[-. ]?(\d{4})(?!\w)"
)

HILLSIDE = {"2145550142", "2145550143", "2145550145", "2145550146", "9725550144"}
HARBOUR = {"5615550168", "5615550169"}

type OpenSite = Callable[[Any], Client]


def correct(location: LocationPage, **numbers: str) -> None:
    """What an admin does who corrects a number."""
    facts = LocationFacts.objects.get(page=location)
    changes = {name: parse_number(number) for name, number in numbers.items()}
    save_facts(facts, changes, user=None, base_version=facts.version)


def numbers_in(html: str) -> set[str]:
    """Every number of a page: text, links, head and data, the drawings apart."""
    page = page_of(html)
    for drawing in page.find_all("svg"):
        drawing.decompose()
    return {"".join(found) for found in NUMBER.findall(str(page))}


def phone_links(html: str) -> list[str]:
    links = [link["href"] for link in page_of(html).find_all("a", href=True)]
    return [href for href in links if href.startswith(("tel:", "sms:"))]


def site_numbers(client: Client) -> set[str]:
    return set().union(*map(numbers_in, crawl(client).values()))


@pytest.mark.parametrize(
    ("clinic", "numbers", "pages"), [("hillside", HILLSIDE, 21), ("harbour", HARBOUR, 20)]
)
def test_site_shows_every_number_of_its_clinic_and_no_other(
    clinic: str, numbers: set[str], pages: int, articles: World, site_client: OpenSite
) -> None:
    """L-01: text, `tel:`, `sms:` and data of every page that a patient can reach."""
    found = crawl(site_client(getattr(articles, clinic)))

    assert len(found) == pages
    assert {path: numbers_in(html) - numbers for path, html in found.items()} == {
        path: set() for path in found
    }
    assert set().union(*map(numbers_in, found.values())) == numbers


def test_one_article_on_three_clinics_has_three_numbers(
    articles: World, site_client: OpenSite
) -> None:
    """B-01: the number is the visiting clinic's, whatever the article says."""
    lakeside = create_clinic(
        articles.franchise,
        NewClinic("Lakeside", "lakeside", "lakeside.test", Brand(), {"state": "MD"}),
    )
    mount_library(lakeside, articles.library)
    place = {"street": "1 Lake Row", "city": "Towson", "state": "MD", "zip_code": "21204"}
    numbers = {
        "main_phone": parse_number("(410) 555-0125"),
        "text_phone": parse_number("(410) 555-0126"),
        "text_status": TextStatus.APPROVED,
    }
    create_location(lakeside, {"name": "Lake Row", **place, **numbers})
    path = "/conditions/shingles-condition/"

    links = {
        home.slug: sorted(set(phone_links(site_client(home).get(path).content.decode())))
        for home in (articles.hillside, articles.harbour, lakeside)
    }

    assert links == {
        "hillside": ["sms:+12145550143", "tel:+12145550142"],
        "harbour": ["sms:+15615550169", "tel:+15615550168"],
        "lakeside": ["sms:+14105550126", "tel:+14105550125"],
    }


def test_location_has_its_own_number_and_else_the_clinics(
    articles: World, site_client: OpenSite
) -> None:
    """Plano has no number for texts: the clinic's main location answers them."""
    html = site_client(articles.hillside).get("/locations/plano/").content.decode()

    panel = page_of(html).select_one(".cta-panel")
    assert phone_links(str(panel)) == ["tel:+19725550144", "sms:+12145550143"]


def test_hub_sends_patients_to_a_clinic(articles: World, site_client: OpenSite) -> None:
    """On the hub every call to action is "Find a clinic near you"; no article has a number."""
    pages = crawl(site_client(articles.hub))

    article = page_of(pages["/conditions/shingles-condition/"])
    actions = article.select("a.action, .contact-bar-action")
    assert {(link["href"], " ".join(link.get_text().split())) for link in actions} == {
        ("/locations/", "Find a clinic near you")
    }
    assert len(article.select("a.action")) == 7
    assert numbers_in(str(article)) == set()


def test_older_draft_published_later_leaves_the_corrected_number(
    articles: World, site_client: OpenSite
) -> None:
    """Architecture 1.3: facts are not drafted, so no draft can bring an old number back."""
    drafts = [
        page.get_latest_revision_as_object().save_revision()
        for page in (articles.harbour, articles.marina)
    ]
    correct(articles.marina, main_phone="(561) 555-0177")

    for draft in drafts:
        draft.publish()

    assert site_numbers(site_client(articles.harbour)) == {"5615550177", "5615550169"}


@pytest.mark.parametrize("status", [TextStatus.NONE, TextStatus.PENDING])
def test_number_for_texts_is_shown_only_when_it_is_registered(
    status: str, articles: World, site_client: OpenSite
) -> None:
    """X-05: neither as a button nor in a notice."""
    LocationFacts.objects.filter(page=articles.marina).update(text_status=status)

    pages = crawl(site_client(articles.harbour))

    assert {href for html in pages.values() for href in phone_links(html)} == {"tel:+15615550168"}
    assert set().union(*map(numbers_in, pages.values())) == {"5615550168"}
