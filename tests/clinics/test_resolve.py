"""Which clinic answers for a host name, and what is known of it."""

from __future__ import annotations

import pytest

from clinics.choices import ClinicStatus, LocationStatus
from clinics.clinic import Address, Brand, HoursInterval
from clinics.models import ClinicFacts, HostAlias, LocationFacts
from clinics.resolve import clinic_above, clinic_of, resolve_host, root_page
from tests.articles.factories import make_article
from tests.factories import World


def test_host_is_the_clinics(world: World) -> None:
    resolved = resolve_host("hillside.test")

    assert resolved.page == world.hillside
    assert resolved.clinic.name == "Hillside Pain Clinic"
    assert resolved.clinic.origin == "http://hillside.test"
    assert resolved.redirect_to == ""


def test_host_of_the_hub_is_a_clinic_without_locations(world: World) -> None:
    clinic = resolve_host("hub.test").clinic

    assert (clinic.name, clinic.is_hub, clinic.primary) == ("Group Clinics", True, None)


@pytest.mark.parametrize("host", ["", "unknown.test", "hillside.test.evil.test", "hillside"])
def test_unknown_host_is_nobodys(host: str, world: World) -> None:
    """Never the default site (security.md 2.13)."""
    assert resolve_host(host) is None


@pytest.mark.parametrize("status", [ClinicStatus.PREPARING, ClinicStatus.CLOSED])
def test_clinic_not_in_service_is_nobodys(status: str, world: World) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=status)

    assert resolve_host("harbour.test") is None
    assert resolve_host("hillside.test") is not None


def test_unpublished_home_page_is_nobodys(world: World) -> None:
    world.harbour.unpublish()

    assert resolve_host("harbour.test") is None


def test_alias_names_the_host_to_go_to(world: World) -> None:
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")

    resolved = resolve_host("marina.test")

    assert (resolved.page, resolved.redirect_to) == (world.harbour, "http://harbour.test")


def test_alias_of_a_clinic_not_in_service_is_nobodys(world: World) -> None:
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.CLOSED)

    assert resolve_host("marina.test") is None


def test_clinic_has_its_facts_and_locations(world: World) -> None:
    clinic = clinic_of(root_page(world.hillside.pk))

    primary, second = clinic.locations
    assert (primary.name, second.name) == ("Uptown", "Plano")
    assert primary.address == Address("2900 Hillside Ave, Suite 120", "Dallas", "TX", "75204")
    assert (primary.main.display, primary.text.display) == ("(214) 555-0142", "(214) 555-0143")
    assert (primary.text_approved, second.text_approved) == (True, False)
    assert primary.hours[:2] == (
        HoursInterval(0, "08:00", "12:00"),
        HoursInterval(0, "13:00", "17:00"),
    )
    assert (clinic.state, clinic.state_name) == ("TX", "Texas")
    assert clinic.services == {"ketamine-infusion", "nerve-blocks"}
    assert clinic.facts == {"infusion_minutes": "40"}


def test_main_location_comes_first_wherever_it_stands(world: World) -> None:
    LocationFacts.objects.filter(page=world.uptown).update(is_primary=False)
    LocationFacts.objects.filter(page=world.plano).update(is_primary=True)

    assert clinic_of(root_page(world.hillside.pk)).primary.name == "Plano"


def test_closed_and_unpublished_locations_are_left_out(world: World) -> None:
    LocationFacts.objects.filter(page=world.uptown).update(status=LocationStatus.CLOSED)
    LocationFacts.objects.filter(page=world.marina).update(status=LocationStatus.CLOSED_FOR_NOW)

    assert [p.name for p in clinic_of(root_page(world.hillside.pk)).locations] == ["Plano"]
    assert [p.name for p in clinic_of(root_page(world.harbour.pk)).locations] == ["Marina"]

    world.marina.unpublish()

    assert clinic_of(root_page(world.harbour.pk)).locations == ()


def test_clinic_of_a_draft_has_the_brand_that_is_typed(world: World) -> None:
    page = root_page(world.harbour.pk)
    page.brand_primary = "#123456"

    assert clinic_of(page).brand == Brand("#123456", "#8fc1b5", "serif", "journal")


def test_page_belongs_to_the_clinic_above_it(world: World) -> None:
    assert clinic_above(world.plano).name == "Hillside Pain Clinic"
    assert clinic_above(world.harbour).name == "Harbour Infusion Center"
    assert clinic_above(world.hub).is_hub


def test_library_belongs_to_no_clinic(world: World) -> None:
    assert clinic_above(make_article()) is None
    assert root_page(world.library.pk) is None
