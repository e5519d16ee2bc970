"""The wizard in the admin: who finds it, what it says about what is typed, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.choices import ClinicStatus
from clinics.launching import prepare
from clinics.models import ClinicPage, Service
from tests.factories import World

NEW = "my_clinic:new"
OTHERS = (
    "hillside_publisher",
    "hillside_editor",
    "library_publisher",
    "library_editor",
    "outsider",
)


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Peachtree Pain Clinic",
        "host": "Peachtree.test",
        "brand_primary": "#1f4d3a",
        "brand_accent": "#f2a541",
        "brand_typeface": "sans",
        "brand_layout": "split",
        "location_name": "Midtown",
        "street": "12 Peachtree Way",
        "city": "Atlanta",
        "state": "GA",
        "zip_code": "30309",
        "time_zone": "America/New_York",
        "main_phone": "(404) 555-0121",
        "days": ["0", "1", "2"],
        "opens": "8:30 am",
        "closes": "5 pm",
        "services": [str(Service.objects.get(slug="nerve-blocks").pk)],
        "people-TOTAL_FORMS": "2",
        "people-INITIAL_FORMS": "0",
        "people-0-person_name": "Ann Peach",
        "people-0-email": "ann@peachtree.example",
        "people-0-role": "CLINIC_PUBLISHER",
        "people-1-role": "CLINIC_EDITOR",
        **changes,
    }


@pytest.fixture
def client(world: World, client_for: Callable[[Any], Client]) -> Client:
    return client_for(world.franchise_admin)


LAW = {
    "director_name": "Ann Peach, MD",
    "director_license": "GA-1",
    "receives_hhs_funds": "false",
    "employees": "UNDER_15",
}


def test_from_an_empty_form_to_an_open_site(world: World, client: Client) -> None:
    assert client.get(reverse(NEW)).status_code == 200

    answer = client.post(reverse(NEW), typed(legal_name="Peachtree Pain Clinic LLC"))

    clinic = ClinicPage.objects.get(title="Peachtree Pain Clinic")
    checklist = reverse("my_clinic:launch", args=[clinic.pk])
    assert answer.url == checklist
    page = client.get(checklist).content.decode()
    assert "/admin/welcome/" in page
    assert page.count("To do:") == 4, "what law asks, and that a worker has checked the texts"
    law = reverse("my_clinic:edit_compliance", args=[clinic.pk])
    client.post(law, LAW | {"base_version": clinic.facts.version})
    prepare(clinic)
    assert "To do:" not in client.get(checklist).text
    assert "/admin/welcome/" not in client.get(checklist).content.decode(), "shown once"
    assert Client(HTTP_HOST="peachtree.test").get("/").status_code == 404
    client.post(checklist)
    assert Client(HTTP_HOST="peachtree.test").get("/").status_code == 200


def test_what_is_missing_is_named_and_nothing_typed_is_lost(client: Client) -> None:
    answer = client.post(
        reverse(NEW), typed(host="hillside.test", main_phone="12", city="", brand_primary="#ffee00")
    )

    page = answer.content.decode()
    assert "hillside.test is in use: choose another host name." in page
    assert "City is missing: fill it in." in page
    assert 'value="12 Peachtree Way"' in page
    assert 'value="ann@peachtree.example"' in page
    assert not ClinicPage.objects.filter(title="Peachtree Pain Clinic").exists()


def test_person_without_an_address_is_asked_for_it(client: Client) -> None:
    answer = client.post(reverse(NEW), typed(**{"people-1-person_name": "Bo"}))

    assert "Add the address that the invitation goes to." in answer.content.decode()


def test_site_without_a_publisher_stays_closed(client: Client) -> None:
    client.post(reverse(NEW), typed(**{"people-0-email": "", "people-0-person_name": ""}))
    clinic = ClinicPage.objects.get(title="Peachtree Pain Clinic")
    checklist = reverse("my_clinic:launch", args=[clinic.pk])

    answer = client.post(checklist, follow=True)

    assert "Invite a clinic publisher" in answer.content.decode()
    assert clinic.facts.status == ClinicStatus.PREPARING
    assert Client(HTTP_HOST="peachtree.test").get("/").status_code == 404


@pytest.mark.parametrize("user", OTHERS)
@pytest.mark.parametrize("name", [NEW, "my_clinic:new_preview"])
def test_nobody_else_finds_the_wizard(
    world: World, client_for: Callable[[Any], Client], user: str, name: str
) -> None:
    client = client_for(getattr(world, user))

    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), typed()).status_code in (404, 405)
    assert not ClinicPage.objects.filter(title="Peachtree Pain Clinic").exists()


def test_publisher_reads_the_checklist_and_opens_nothing(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    world.hillside.facts.status = ClinicStatus.PREPARING
    world.hillside.facts.save()
    checklist = reverse("my_clinic:launch", args=[world.hillside.pk])
    client = client_for(world.hillside_publisher)

    assert "Open the site to patients" not in client.get(checklist).content.decode()
    client.post(checklist)

    assert ClinicPage.objects.get(pk=world.hillside.pk).facts.status == ClinicStatus.PREPARING
    other = client_for(world.harbour_publisher)
    assert other.get(checklist).status_code == 404
    assert other.post(checklist).status_code == 404


def test_clinic_of_another_franchise_is_nothing_to_begin_like(world: World, client: Client) -> None:
    answer = client.post(reverse(NEW), typed(like=str(world.hub.pk)))

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()


PREVIEW = {
    "name": "Peachtree",
    "brand_primary": "#1f4d3a",
    "brand_accent": "#f2a541",
    "brand_typeface": "serif",
    "brand_layout": "journal",
}


def test_preview_shows_the_looks_that_are_typed(world: World, client: Client) -> None:
    page = client.get(reverse("my_clinic:new_preview"), PREVIEW).content.decode()

    assert "/styles/1f4d3a-f2a541-serif." in page
    assert "/styles/journal." in page
    assert "Peachtree" in page


def test_preview_names_a_colour_that_nobody_can_read(world: World, client: Client) -> None:
    page = client.get(reverse("my_clinic:new_preview"), PREVIEW | {"brand_primary": "#ffee00"})

    assert "4.5" in page.content.decode()
    assert "/styles/" not in page.content.decode()


def test_list_of_clinics_leads_to_the_wizard_for_a_franchise_admin_only(
    world: World, client: Client, client_for: Callable[[Any], Client]
) -> None:
    assert reverse(NEW) in client.get(reverse("my_clinic:index")).content.decode()

    publisher = client_for(world.hillside_publisher)
    page = publisher.get(reverse("my_clinic:index"), follow=True).content.decode()
    assert reverse(NEW) not in page
