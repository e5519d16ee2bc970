"""Structured data of clinics and locations (S-01 to S-04, S-10 to S-17)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.facts import facts_of, save_facts
from clinics.hours import parse_hours
from clinics.models import ClinicFacts, LocationFacts
from clinics.resolve import clinic_of, root_page
from clinics.structured_data import graph_text, hours_nodes, special_nodes
from tests.articles.factories import make_article
from tests.clock import set_time
from tests.factories import World
from tests.reading import page_of

PATHS = ("/", "/conditions/", "/conditions/fibromyalgia/", "/locations/", "/locations/uptown/")
DENIED = (
    "aggregateRating", "review", "branchOf", "serviceArea", "significantLinks", "aspect",
    "possibleTreatment",
)  # fmt: skip


def graph(html: str) -> list[dict[str, Any]]:
    """The one block of the page, from the raw HTML."""
    page = BeautifulSoup(html, "html.parser")
    (block,) = page.find_all("script", type="application/ld+json")
    data = json.loads(block.string)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node(nodes: list[dict[str, Any]], end: str) -> dict[str, Any]:
    (found,) = [each for each in nodes if each["@id"].endswith(end)]
    return found


def values(item: Any) -> Iterator[tuple[str, Any]]:
    """Every property with its value, nested ones too."""
    if isinstance(item, dict):
        for name, value in item.items():
            yield name, value
            yield from values(value)
    elif isinstance(item, list):
        for each in item:
            yield from values(each)


def test_each_page_has_one_block_whose_references_resolve(world: World, site_client: Any) -> None:
    make_article()
    for home, host in (
        (world.hillside, "hillside"),
        (world.harbour, "harbour"),
        (world.hub, "hub"),
    ):
        for path in PATHS:
            response = site_client(home).get(path)
            if response.status_code == 404:
                continue
            nodes = graph(response.text)
            ids = {each["@id"] for each in nodes}
            references = {
                value["@id"]
                for name, value in values(nodes)
                if isinstance(value, dict) and set(value) == {"@id"}
            }
            assert references <= ids, (host, path)
            assert all(f"//{host}.test" in id_ for id_ in ids)
            assert not {name for name, _value in values(nodes)} & set(DENIED)


def test_name_address_and_number_are_the_visible_ones(world: World, site_client: Any) -> None:
    html = site_client(world.hillside).get("/locations/uptown/").text
    visible = " ".join(BeautifulSoup(html, "html.parser").find("main").get_text(" ").split())
    place = node(graph(html), "#location")
    assert (place["@type"], place["telephone"]) == ("MedicalClinic", "+1-214-555-0142")
    assert "(214) 555-0142" in visible
    for name in ("streetAddress", "addressLocality", "postalCode"):
        assert place["address"][name] in visible
    assert place["geo"] == {
        "@type": "GeoCoordinates", "latitude": 32.8068, "longitude": -96.7969,
    }  # fmt: skip
    towns = [town["name"] for town in place["areaServed"]]
    assert towns == ["Dallas", "Highland Park", "Richardson"]


def test_breadcrumb_is_the_visible_one(world: World, site_client: Any) -> None:
    html = site_client(world.hillside).get("/locations/uptown/").text
    nav = BeautifulSoup(html, "html.parser").find("nav", {"aria-label": "Breadcrumb"})
    shown = [" ".join(each.get_text(" ").split()) for each in nav.find_all("li")]
    items = node(graph(html), "#breadcrumb")["itemListElement"]
    assert [item["name"] for item in items] == [each.strip("/ ") for each in shown]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert "item" not in items[-1]
    assert all(item["item"].startswith("http") for item in items[:-1])


@pytest.mark.parametrize(
    ("facts", "property_"),
    [
        ({"main_phone": None}, "telephone"),
        ({"latitude": None, "longitude": None}, "geo"),
        ({"service_areas": []}, "areaServed"),
    ],
)
def test_fact_that_is_gone_takes_its_property_along(
    world: World, site_client: Any, facts: dict[str, Any], property_: str
) -> None:
    """S-17: nothing is claimed that is not recorded."""
    before = node(graph(site_client(world.hillside).get("/locations/uptown/").text), "#location")
    LocationFacts.objects.filter(page=world.uptown.pk).update(**facts)
    after = node(graph(site_client(world.hillside).get("/locations/uptown/").text), "#location")
    assert (property_ in before, property_ in after) == (True, False)


def test_text_line_is_named_only_while_it_is_approved(world: World, site_client: Any) -> None:
    kinds = [each["contactType"] for each in contact_points(world, site_client)]
    assert kinds == ["text messages"]
    LocationFacts.objects.filter(page=world.uptown.pk).update(text_status="")
    assert contact_points(world, site_client) == []


def contact_points(world: World, site_client: Any) -> list[dict[str, Any]]:
    nodes = graph(site_client(world.hillside).get("/locations/uptown/").text)
    return node(nodes, "#location").get("contactPoint", [])


def test_hub_is_an_organization(world: World, site_client: Any) -> None:
    assert node(graph(site_client(world.hub).get("/").text), "#org")["@type"] == "Organization"


def test_clinic_names_its_group_only_where_the_group_has_a_site(
    world: World, site_client: Any
) -> None:
    """S-03, S-17: the parent of a clinic is the organization whose site lists it."""

    def clinic() -> dict[str, Any]:
        return node(graph(site_client(world.hillside).get("/").text), "hillside.test/#clinic")

    assert clinic()["parentOrganization"] == {
        "@type": "Organization",
        "@id": "http://hub.test/#org",
        "name": "Group Clinics",
        "url": "http://hub.test/",
    }
    world.hub.unpublish()
    assert "parentOrganization" not in clinic()


def test_place_has_a_map_and_the_fields_of_medicine_of_its_clinic(
    world: World, site_client: Any
) -> None:
    """S-03, S-05: members of schema.org's list; the map is the one that the page leads to."""
    ClinicFacts.objects.filter(clinic=world.hillside).update(
        specialties=["Anesthesia", "Neurologic"]
    )
    html = site_client(world.hillside).get("/locations/uptown/").text

    place = node(graph(html), "#location")

    assert place["medicalSpecialty"] == [
        "https://schema.org/Anesthesia", "https://schema.org/Neurologic",
    ]  # fmt: skip
    assert place["hasMap"] in [a["href"] for a in page_of(html).select(".contact-ways a")]
    ClinicFacts.objects.update(specialties=[])
    html = site_client(world.hillside).get("/locations/uptown/").text
    assert "medicalSpecialty" not in node(graph(html), "#location")


def test_special_hours_of_the_next_ninety_days_are_in_both_lists(
    world: World, site_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S-12: dated entries for Google and schema.org's own property, and the visible list."""
    set_time(monkeypatch, "2026-10-01T15:00:00Z")
    facts = LocationFacts.objects.get(page=world.uptown.pk)
    for first in (date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)):
        facts.special_hours.create(first_date=first, last_date=first, label="Holiday")

    html = site_client(world.hillside).get("/locations/uptown/").text

    place = node(graph(html), "#location")
    dated = [each for each in place["openingHoursSpecification"] if "validFrom" in each]
    assert dated == place["specialOpeningHoursSpecification"]
    assert [each["validFrom"] for each in dated] == ["2026-11-26", "2026-12-25"]
    visible = [each.get_text() for each in page_of(html).select(".hours-special-line dt")]
    assert visible == ["Thursday, November 26", "Friday, December 25"]


# Hours


def test_split_shift_is_two_and_an_appointment_is_not_open() -> None:
    week = parse_hours("Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment")
    found = [(each["opens"], each["closes"], len(each["dayOfWeek"])) for each in hours_nodes(week)]
    assert found == [("08:00", "12:00", 5), ("13:00", "17:00", 4)]
    assert not any("Saturday" in day for each in hours_nodes(week) for day in each["dayOfWeek"])


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        ("00:00", "24:00", ("00:00", "23:59")),
        ("08:00", "24:00", ("08:00", "00:00")),
        ("22:00", "02:00", ("22:00", "02:00")),
    ],
)
def test_midnight_is_written_as_google_reads_it(
    opens: str, closes: str, written: tuple[str, str]
) -> None:
    (found,) = hours_nodes([HoursInterval(0, opens, closes)])
    assert (found["opens"], found["closes"]) == written


def test_closed_day_is_midnight_to_midnight_with_dates() -> None:
    (found,) = special_nodes([SpecialInterval(date(2026, 12, 25), date(2026, 12, 26))])
    assert (found["opens"], found["closes"]) == ("00:00", "00:00")
    assert (found["validFrom"], found["validThrough"]) == ("2026-12-25", "2026-12-26")


def test_exceptions_go_out_twice(world: World, site_client: Any) -> None:
    """S-12: as dated hours, and as special hours."""
    facts = facts_of(world.uptown.pk)
    closed = [SpecialInterval(date(2026, 12, 24), date(2026, 12, 25), label="Christmas")]
    save_facts(facts, {}, base_version=facts.version, user=None, special_hours=closed)
    place = node(graph(site_client(world.hillside).get("/locations/uptown/").text), "#location")
    dated = [each for each in place["openingHoursSpecification"] if "validFrom" in each]
    assert dated == place["specialOpeningHoursSpecification"]
    assert [each["validFrom"] for each in dated] == ["2026-12-24"]


# Safety


@pytest.mark.parametrize("name", ["</script><b>x", "A & B", "Line\u2028end", '“Quoted” "name"'])
def test_nothing_ends_the_script_early(name: str) -> None:
    text = graph_text([{"@id": "x", "name": name}])
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == name


def test_clinic_without_a_location_has_a_name(world: World, site_client: Any) -> None:
    clinic = clinic_of(root_page(world.hillside.pk))
    assert replace(clinic, locations=()).primary is None
    LocationFacts.objects.filter(clinic=world.harbour.pk).update(status="CLOSED")
    nodes = graph(site_client(world.harbour).get("/").text)
    assert node(nodes, "#clinic")["name"] == "Harbour Infusion Center"
