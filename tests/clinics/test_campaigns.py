"""A visitor of an advertisement sees its number in the buttons of that page only (B-09)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinics.campaigns import campaigns_of, checked_lines
from clinics.forms.location import LocationForm
from clinics.models import LocationFacts
from tests.clinics.forms.typed import typed_values
from tests.clinics.test_structured_data import graph, node
from tests.factories import World

MAIN, ADS = "tel:+12145550142", "tel:+12145550150"


def ask(path: str) -> Any:
    return Client(HTTP_HOST="hillside.test").get(path)


def buttons(path: str) -> set[str]:
    """Where the buttons of the header, the panel and the bar call."""
    page = BeautifulSoup(ask(path).text, "html.parser")
    links = page.select(".header-action a, .cta a.action, .contact-bar a, .hero a.action")
    return {link["href"] for link in links if link["href"].startswith("tel:")}


@pytest.fixture
def ads(world: World) -> None:
    LocationFacts.objects.filter(page=world.uptown.pk).update(
        campaign_numbers=["ads (214) 555-0150"]
    )


def test_campaign_changes_the_buttons_of_its_page(ads: None) -> None:
    assert buttons("/") == {MAIN}
    assert buttons("/?src=ads") == {ADS}
    assert buttons("/?src=other") == buttons("/?src=") == {MAIN}


def test_everything_else_stays(ads: None) -> None:
    """Footer, structured data, canonical address and the location's own number."""
    response = ask("/locations/uptown/?src=ads")
    page = BeautifulSoup(response.text, "html.parser")
    assert "(214) 555-0142" in page.footer.get_text() and "555-0150" not in page.footer.get_text()
    assert node(graph(response.text), "#location")["telephone"] == "+1-214-555-0142"
    canonical = page.find("link", rel="canonical")["href"]
    assert canonical == "http://hillside.test/locations/uptown/"
    assert page.select_one(f'.place-facts a[href="{MAIN}"]')
    assert not any("src=" in link["href"] for link in page.find_all("a"))
    assert not response.cookies


@pytest.mark.parametrize(
    ("lines", "stored"),
    [
        (["ads (214) 555-0150"], ["ads (214) 555-0150"]),
        (["ADS: 214.555.0150", "gbp 1-214-555-0151"], ["ads (214) 555-0150", "gbp (214) 555-0151"]),
        (["flyer 972-CALL-NOW"], ["flyer 972-CALL-NOW"]),
    ],
)
def test_lines_come_in_one_spelling(lines: list[str], stored: list[str]) -> None:
    assert checked_lines(lines) == stored
    assert checked_lines(stored) == stored
    assert list(campaigns_of(stored)) == [line.split()[0] for line in stored]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["ads"], "ads"),
        (["ads 555-0150"], "“ads 555-0150”"),
        (["my ads! (214) 555-0150"], "“my ads! (214) 555-0150”"),
        (["(214) 555-0150"], "begin with the campaign's name"),
        (["ads (214) 555-0150", "Ads (214) 555-0151"], "has a number already"),
    ],
)
def test_line_with_a_mistake_is_named(lines: list[str], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        checked_lines(lines)
    assert words in " ".join(caught.value.message_dict["campaign_numbers"])


def test_franchise_admin_enters_them_and_reads_the_mistake(world: World, client_for: Any) -> None:
    client = client_for(world.franchise_admin)
    url = reverse("my_clinic:edit_location", args=[world.uptown.pk])
    form = typed_values(LocationForm(instance=LocationFacts.objects.get(page=world.uptown.pk)))
    wrong = client.post(url, form | {"campaign_numbers": "ads 12"})
    assert "“ads 12”" in wrong.text
    client.post(url, form | {"campaign_numbers": "ads 214 555 0150"})
    assert buttons("/?src=ads") == {ADS}
    assert client_for(world.harbour_publisher).get(url).status_code == 404
