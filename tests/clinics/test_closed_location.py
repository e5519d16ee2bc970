"""A closed location leads to the neighbour that it named: page, buttons, hours, data, locator."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from clinics.choices import LocationStatus
from clinics.forms.location import LocationForm
from clinics.models import LocationFacts
from tests.clinics.forms.typed import typed_values
from tests.clinics.test_structured_data import graph, node
from tests.factories import World


def close(page: Any, status: str, neighbour: Any = None) -> None:
    facts = LocationFacts.objects.filter(page=page.pk)
    facts.update(status=status, neighbour=neighbour.pk if neighbour else None)


def ask(path: str) -> BeautifulSoup:
    response = Client(HTTP_HOST="hillside.test").get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.find("main").get_text(" ").split())


@pytest.mark.parametrize("status", [LocationStatus.CLOSED, LocationStatus.CLOSED_FOR_NOW])
def test_page_of_a_closed_location_is_about_its_neighbour(world: World, status: str) -> None:
    close(world.plano, status, world.uptown)
    page = ask("/locations/plano/")
    assert page.h1.get_text() == "Plano"
    assert "Its patients are seen at Uptown ." in words(page)
    assert page.select_one('.place-closed a[href="/locations/uptown/"]')
    assert "2900 Hillside Ave" in words(page) and "410 Legacy Row" not in words(page)
    calls = {a["href"] for a in page.main.select('a[href^="tel:"]')}
    assert calls == {"tel:+12145550142"}
    assert node(graph(str(page)), "#location")["address"]["postalCode"] == "75204"
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, follow"


def test_location_that_closed_without_a_neighbour_says_so(world: World) -> None:
    close(world.plano, LocationStatus.CLOSED)
    page = ask("/locations/plano/")
    assert "This location is closed." in words(page)
    assert "410 Legacy Row" not in words(page)
    assert page.main.select('a[href="tel:+12145550142"]')


def test_closed_location_is_listed_nowhere(world: World) -> None:
    close(world.plano, LocationStatus.CLOSED, world.uptown)
    for path in ("/", "/locations/", "/contact/"):
        assert "410 Legacy Row" not in str(ask(path))
    found = Client(HTTP_HOST="hub.test").get("/locations/?near=75024").text
    assert "/locations/plano/" not in found
    assert "http://hillside.test/locations/uptown/" in found


def test_search_near_a_location_that_is_closed_for_now_finds_its_neighbour(world: World) -> None:
    close(world.plano, LocationStatus.CLOSED_FOR_NOW, world.uptown)
    page = BeautifulSoup(
        Client(HTTP_HOST="hub.test").get("/locations/?near=75024").text, "html.parser"
    )
    first = page.select_one("a.location-link")["href"]
    assert first == "http://hillside.test/locations/uptown/"
    assert "410 Legacy Row" not in words(page)


def test_neighbour_answers_for_the_clinic_while_its_main_location_is_closed(world: World) -> None:
    before = ask("/").select_one(".header-action a")["href"]
    close(world.uptown, LocationStatus.CLOSED_FOR_NOW, world.plano)
    after = ask("/").select_one(".header-action a")["href"]
    assert (before, after) == ("tel:+12145550142", "tel:+19725550144")
    assert node(graph(str(ask("/"))), "#clinic")["telephone"] == "+1-972-555-0144"


def test_form_of_a_location_closes_and_opens_nothing(world: World, client_for: Any) -> None:
    """Both have screens that say first what they do."""
    url = reverse("my_clinic:edit_location", args=[world.plano.pk])
    typed = typed_values(LocationForm(instance=LocationFacts.objects.get(page=world.plano.pk)))
    client = client_for(world.franchise_admin)

    refused = client.post(url, typed | {"status": "CLOSED"})
    close(world.plano, LocationStatus.CLOSED, world.uptown)
    client.post(url, typed | {"status": "OPEN", "city": "Allen"})

    assert refused.status_code == 200 and "is not one of the available choices" in refused.text
    facts = LocationFacts.objects.get(page=world.plano.pk)
    assert (facts.city, facts.status, facts.neighbour_id) == ("Allen", "CLOSED", world.uptown.pk)
