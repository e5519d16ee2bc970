"""Licenses of people (T-06): verified in exactly one wording, in force through their last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from clinics.choices import Role
from clinics.credentials import credential_problem, may_verify, shown_license, verify_license
from clinics.models import Person
from clinics.npi import validate_npi
from tests.factories import World, make_staff

DAY = date(2026, 11, 30)


@pytest.fixture
def ada(world: World) -> Person:
    person = Person.objects.get(slug="ada-hill")
    person.is_reviewer = True
    person.license_state, person.license_number = "TX", "DEMO-1"
    person.license_end_date = DAY
    person.save()
    return person


def url(person: Person) -> str:
    return reverse("clinics_license", args=[person.pk])


@pytest.mark.parametrize("number", ["1234567893", "1245319599", "1003000126"])
def test_npi_is_proved_by_its_last_digit(number: str) -> None:
    validate_npi(number)


@pytest.mark.parametrize("number", ["1234567890", "123456789", "12345678931", "abcdefghij", ""])
def test_npi_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        validate_npi(number)


def test_license_holds_through_its_last_day(world: World, ada: Person) -> None:
    assert "is not verified" in credential_problem(ada, DAY)
    verified = verify_license(ada, account=None, user=world.franchise_admin)
    assert credential_problem(verified, DAY) == ""
    assert "ended on" in credential_problem(verified, DAY + timedelta(days=1))
    assert shown_license(verified, DAY) == "Texas license DEMO-1"
    assert shown_license(verified, DAY + timedelta(days=1)) == ""


@pytest.mark.parametrize("field", ["name", "license_state", "license_number", "license_end_date"])
def test_any_change_of_it_has_to_be_verified_again(world: World, ada: Person, field: str) -> None:
    verified = verify_license(ada, account=None, user=world.franchise_admin)
    values = {"license_end_date": DAY + timedelta(days=365), "license_state": "FL"}
    setattr(verified, field, values.get(field, "Other"))
    verified.save()
    assert not Person.objects.get(pk=ada.pk).is_license_verified


def test_an_incomplete_license_is_not_verified(world: World, ada: Person) -> None:
    ada.license_end_date = None
    ada.save()
    with pytest.raises(ValidationError, match="state, number and end"):
        verify_license(ada, account=None, user=world.franchise_admin)


def test_nobody_verifies_their_own(world: World, ada: Person) -> None:
    with pytest.raises(PermissionDenied):
        verify_license(ada, account=world.franchise_admin, user=world.franchise_admin)
    ada.account = world.franchise_admin
    assert not may_verify(world.franchise_admin, ada)


def test_an_account_is_one_person(world: World, client_for: Any, ada: Person) -> None:
    reviewer = make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)
    Person.objects.filter(slug="nora-harbour").update(account=reviewer)
    data = {"account": reviewer.pk, "is_checked": "on"}
    response = client_for(world.franchise_admin).post(url(ada), data)
    assert "This account belongs to another person" in response.text
    assert not Person.objects.get(pk=ada.pk).is_license_verified


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("franchise_admin", True),
        ("superuser", True),
        ("hillside_publisher", False),
        ("harbour_publisher", False),
        ("library_publisher", False),
        ("outsider", False),
    ],
)
def test_whoever_runs_the_franchise_verifies(
    world: World, client_for: Any, ada: Person, name: str, may: bool
) -> None:
    client = client_for(getattr(world, name))
    reviewer = make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)
    data = {"account": reviewer.pk, "is_checked": "on"}

    assert client.get(url(ada)).status_code == (200 if may else 404)
    response = client.post(url(ada), data)

    found = Person.objects.get(pk=ada.pk)
    assert response.status_code == (302 if may else 404)
    assert (found.is_license_verified, found.account == reviewer) == (may, may)


def test_only_accounts_of_reviewers_can_be_named(
    world: World, client_for: Any, ada: Person
) -> None:
    client = client_for(world.franchise_admin)
    data = {"account": world.hillside_editor.pk, "is_checked": "on"}
    assert client.post(url(ada), data).status_code == 200
    assert client.post(url(ada), {"account": ""}).status_code == 200
    assert Person.objects.get(pk=ada.pk).account is None


def test_profile_shows_license_board_and_npi(world: World, ada: Person, site_client: Any) -> None:
    """T-06: the full name of the board; the license only once it is verified."""
    ada.npi, ada.board_specialty = "1234567893", "Anesthesiology"
    ada.certifying_board = "American Board of Anesthesiology"
    ada.license_end_date = date(2099, 1, 1)
    ada.save()
    client = site_client(world.hillside)
    page = client.get("/team/ada-hill/").text
    assert "Certified in Anesthesiology by the American Board of Anesthesiology" in page
    assert "1234567893" in page
    assert "DEMO-1" not in page

    verify_license(ada, account=None, user=world.franchise_admin)

    assert "Texas license DEMO-1" in client.get("/team/ada-hill/").text
