"""The pages that find a clinic: without JavaScript, without anybody else, for any number."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinics.choices import ClinicStatus, LocationStatus
from clinics.models import ClinicFacts, LocationFacts
from tests.articles.crowd import add_clinics, add_locations
from tests.factories import World


def page(host: str, query: str | None = None) -> BeautifulSoup:
    data = {} if query is None else {"near": query}
    response = Client(HTTP_HOST=f"{host}.test").get("/locations/", data)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def names(found: BeautifulSoup) -> list[str]:
    return [each.get_text() for each in found.select(".location-name")]


def test_hub_finds_the_nearest_clinic_with_its_number(world: World) -> None:
    found = page("hub", "33444")
    assert names(found)[0] == "Harbour Infusion Center"
    first = found.select_one(".location")
    assert first.select_one("a.location-link")["href"] == "http://harbour.test/locations/marina/"
    assert first.select_one('a[href="tel:+15615550168"]')
    assert "away" in first.select_one(".location-distance").get_text()
    assert "33444 (Delray Beach, FL)" in found.select_one("[role=status]").get_text()


def test_clinic_sorts_its_own_and_shows_no_other(world: World) -> None:
    assert names(page("hillside", "75024"))[0] == "Plano"
    assert names(page("hillside", "33444")) == ["Uptown", "Plano"]
    assert page("harbour").select_one("form.locator") is None


def test_what_is_typed_stays_here_and_is_kept_nowhere(world: World) -> None:
    response = Client(HTTP_HOST="hub.test").get("/locations/?near=75204")
    assert response["Cache-Control"] == "private, no-store"
    head = BeautifulSoup(response.text, "html.parser").head
    assert head.find("link", rel="canonical")["href"] == "http://hub.test/locations/"
    assert head.find("meta", {"name": "robots"})["content"] == "noindex, follow"
    assert "s-maxage" in Client(HTTP_HOST="hub.test").get("/locations/")["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("query", ["00000", "<script>alert(1)</script>", "\0", "x" * 300])
def test_mistyped_words_stay_in_the_field_with_the_reason(world: World, query: str) -> None:
    found = page("hub", query)
    field = found.select_one("#near")
    if query == "\0":
        assert found.select_one("[role=alert]") is None
        return
    assert field["value"] == query[:60]
    assert field["aria-describedby"] == found.select_one("[role=alert]")["id"]
    assert found.select_one("[role=alert]").get_text().strip()
    assert "<script>alert" not in str(found)


def test_towns_of_one_name_are_links(world: World) -> None:
    towns = [each.get_text() for each in page("hub", "Springfield").select("a.choice")]
    assert len(towns) > 1 and all(town.startswith("Springfield, ") for town in towns)


def test_what_is_closed_or_not_live_is_not_found(world: World) -> None:
    assert "Harbour Infusion Center" in names(page("hub", "33444"))
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.CLOSED)
    assert "Harbour Infusion Center" not in names(page("hub", "33444"))
    LocationFacts.objects.filter(page=world.plano.pk).update(status=LocationStatus.CLOSED)
    assert names(page("hub", "75024")) == ["Hillside Pain Clinic"]


def test_queries_do_not_grow_with_the_group(
    world: World, django_assert_max_num_queries: Any
) -> None:
    def queries(query: str | None) -> int:
        with django_assert_max_num_queries(120) as asked:
            page("hub", query)
        return len(asked)

    add_locations(add_clinics(world, 25))
    few = queries("75204"), queries(None)
    assert len(names(page("hub", "75204"))) == 12
    add_locations(add_clinics(world, 15))
    assert (queries("75204"), queries(None)) == few
