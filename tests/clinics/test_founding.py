"""Row 54: a new clinic, made whole or not at all, and seen by patients only when all is done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page, Site

from articles.models import ArticleMountPage
from clinics.choices import ClinicStatus, Role, TextStatus
from clinics.clinic import Brand
from clinics.creating import NewClinic
from clinics.founding import Founding, found_clinic, host_problem
from clinics.hours import parse_hours
from clinics.inviting import NewMember
from clinics.launching import CHECKS, NotReady, checklist, launch, prepare
from clinics.models import ClinicPage, LocalPage, LocationFacts, Membership, Service
from clinics.phones import parse_number
from tests.factories import World

LOCATION = {
    "name": "Midtown",
    "street": "12 Peachtree Way",
    "city": "Atlanta",
    "state": "GA",
    "zip_code": "30309",
    "time_zone": "America/New_York",
    "main_phone": parse_number("(404) 555-0121"),
}


def founding(**changes: Any) -> Founding:
    new = NewClinic(
        name="Peachtree Pain Clinic",
        slug="peachtree-pain-clinic",
        host="peachtree.test",
        brand=Brand("#1f4d3a", "#f2a541"),
        facts={
            "legal_name": "Peachtree Pain Clinic LLC",
            "state": "GA",
            "time_zone": "America/New_York",
            "director_name": "Ann Peach, MD",
            "director_license": "GA-1",
            "receives_hhs_funds": False,
            "employees": "UNDER_15",
        },
    )
    whole = Founding(
        new,
        LOCATION,
        parse_hours("Mon-Fri 08:00-17:00"),
        tuple(Service.objects.all()),
        (NewMember("ann@peachtree.example", Role.CLINIC_PUBLISHER, "Ann Peach"),),
    )
    return replace(whole, **changes)


def found(world: World, **changes: Any) -> ClinicPage:
    """A clinic that could be opened: its texts are checked, which takes a worker."""
    made = found_clinic(world.franchise, founding(**changes), user=world.franchise_admin)
    prepare(made.clinic)
    return ClinicPage.objects.get(pk=made.clinic.pk)


def test_everything_of_a_clinic_is_made(world: World) -> None:
    clinic = found(world)

    assert Site.objects.get(root_page=clinic).hostname == "peachtree.test"
    assert clinic.facts.collection.name == "Peachtree Pain Clinic"
    assert clinic.facts.services.count() == 2
    assert ArticleMountPage.objects.child_of(clinic).live().count() == 3
    assert LocalPage.objects.child_of(clinic).live().count() >= 8
    place = LocationFacts.objects.get(clinic=clinic)
    assert place.is_primary
    assert place.opening_hours.count() == 5
    member = Membership.objects.get(page=clinic.page_ptr)
    assert (member.role, member.user.first_name) == (Role.CLINIC_PUBLISHER, "Ann")
    assert not member.user.has_usable_password()


def test_fault_at_the_end_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise ValidationError("No.")

    before = (Page.objects.count(), Site.objects.count(), Collection.objects.count())
    monkeypatch.setattr("clinics.founding.invite", fail)

    with pytest.raises(ValidationError):
        found(world)

    assert (Page.objects.count(), Site.objects.count(), Collection.objects.count()) == before


def test_patients_see_nothing_before_the_launch(world: World) -> None:
    clinic = found(world)
    patient = Client(HTTP_HOST="peachtree.test")

    assert patient.get("/").status_code == 404
    launch(clinic, user=world.franchise_admin)

    assert patient.get("/").status_code == 200
    assert "Peachtree Pain Clinic" in patient.get("/").content.decode()


def test_two_clinics_of_one_name_never_share_their_pictures(world: World) -> None:
    new = replace(founding().new, name="Harbour Infusion Center", slug="harbour-2")

    clinic = found(world, new=new)

    assert clinic.facts.collection.name == "Harbour Infusion Center"
    assert clinic.facts.collection != world.harbour.facts.collection


def test_copy_takes_texts_and_settings_and_nothing_of_place_or_person(world: World) -> None:
    about = LocalPage.objects.child_of(world.hillside).get(slug="about")
    about.body = "<p>We take our time.</p>"
    about.save_revision().publish()

    clinic = found(world, like=world.hillside)

    assert clinic.facts.infusion_minutes == 40
    copied = LocalPage.objects.child_of(clinic).get(slug="about")
    assert "We take our time." in copied.body
    assert copied.pk != about.pk
    assert clinic.facts.legal_name == "Peachtree Pain Clinic LLC"
    assert not LocationFacts.objects.filter(clinic=clinic, city="Dallas").exists()
    assert not clinic.people.exists()


def test_host_of_another_clinic_is_refused(world: World) -> None:
    assert "hillside.test is in use" in host_problem("hillside.test")
    assert host_problem("peachtree.test") == ""


# The checklist


FAULTS = {
    "has_host": lambda clinic: Site.objects.filter(root_page=clinic).delete(),
    "has_main_location": lambda clinic: clinic.location_facts.update(is_primary=False),
    "has_hours": lambda clinic: clinic.location_facts.get().opening_hours.all().delete(),
    "has_services": lambda clinic: clinic.facts.services.clear(),
    "has_readable_brand": lambda clinic: setattr(clinic, "brand_primary", "#ffee00"),
    "has_notices": lambda clinic: (
        LocalPage.objects.child_of(clinic).get(slug="privacy").unpublish()
    ),
    "has_publisher": lambda clinic: Membership.objects.filter(page=clinic.page_ptr).delete(),
    "has_text_registration": lambda clinic: clinic.location_facts.update(
        text_phone=parse_number("(404) 555-0122"), text_status=TextStatus.PENDING
    ),
    "has_articles": lambda clinic: ArticleMountPage.objects.child_of(clinic).update(live=False),
    "has_real_numbers": None,
    "has_legal_name": lambda clinic: _say(clinic, legal_name=""),
    "has_director": lambda clinic: _say(clinic, director_license=""),
    "has_supervision": lambda clinic: clinic.location_facts.update(state="TX"),
    "has_licenses": lambda clinic: _say(clinic, state="FL", name="Peachtree Pain Management"),
    "has_answers_of_law": lambda clinic: _say(clinic, receives_hhs_funds=None),
}
ADVICE = {
    "license_lasts": lambda clinic: _say(
        clinic,
        state="FL",
        name="Peachtree Pain Management",
        pain_license_kind="REGISTRATION",
        pain_license_number="PMC-1",
        pain_license_until=date(2027, 1, 1),
    ),
    "has_employees": lambda clinic: _say(clinic, employees=""),
    "has_seal_for_its_host": lambda clinic: _say(
        clinic, legitscript_id="1", legitscript_host="other.test"
    ),
}


def _say(clinic: ClinicPage, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(clinic.facts, name, value)
    clinic.facts.save()


def test_every_check_is_tried() -> None:
    # tests/articles/test_expiring.py and test_launch_checks.py
    elsewhere = {"has_nothing_out_of_date", "has_no_claims", "has_reviews"}
    assert {check.__name__ for check in CHECKS} == {*FAULTS, *ADVICE, *elsewhere}


@pytest.mark.parametrize("name", FAULTS)
def test_each_missing_part_keeps_a_clinic_closed(world: World, settings: Any, name: str) -> None:
    clinic = found(world)
    assert all(check.holds for check in checklist(clinic))

    if name == "has_real_numbers":
        settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = False
    else:
        FAULTS[name](clinic)
        prepare(clinic)

    with pytest.raises(NotReady) as refused:
        launch(clinic, user=world.franchise_admin)
    (check,) = refused.value.checks
    assert check.remedy
    assert check.url
    assert ClinicPage.objects.get(pk=clinic.pk).facts.status == ClinicStatus.PREPARING


@pytest.mark.parametrize("name", ADVICE)
def test_advice_keeps_no_clinic_closed(world: World, name: str) -> None:
    clinic = found(world)
    ADVICE[name](clinic)
    prepare(clinic)

    (check,) = [each for each in checklist(clinic) if not each.holds]
    launch(clinic, user=world.franchise_admin)

    assert not check.is_must
    assert check.url


# Invitations


def test_invited_person_chooses_a_password_once(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found(world)
    (letter,) = mail.outbox
    assert letter.to == ["ann@peachtree.example"]
    url = re.search(r"https?://\S+/welcome/\S+", letter.body)[0]
    client = Client(HTTP_HOST="localhost")
    form = client.get(url.partition("localhost:8000")[2] or url, follow=True)
    path = form.redirect_chain[-1][0]

    password = "a long pass phrase 71"
    answer = client.post(path, {"new_password1": password, "new_password2": password})

    assert answer.url == reverse("wagtailadmin_home")
    assert client.get(answer.url).status_code == 200
    again = Client(HTTP_HOST="localhost").get(url.partition("localhost:8000")[2], follow=True)
    assert "does not work any more" in again.content.decode()


def test_link_to_somebody_elses_new_account_is_not_handed_out(world: World) -> None:
    """They were invited before and have no password yet: whoever has the link is them."""
    first = found_clinic(world.franchise, founding(), user=None)
    new = replace(founding().new, slug="second", host="second.test")

    second = found_clinic(world.franchise, founding(new=new), user=None)

    assert first.invitations[0].url
    assert second.invitations[0].url == ""
    assert Membership.objects.filter(user=first.invitations[0].user).count() == 2


# The command


COMMAND = {
    "name": "Peachtree Pain Clinic",
    "host": "peachtree.test",
    "location_name": "Midtown",
    "street": "12 Peachtree Way",
    "city": "Atlanta",
    "state": "GA",
    "zip_code": "30309",
    "time_zone": "America/New_York",
    "main_phone": "(404) 555-0121",
    "services": "nerve-blocks",
    "legal_name": "Peachtree Pain Clinic LLC",
    "law": ["director_name=Ann Peach, MD", "director_license=GA-1", "receives_hhs_funds=false"],
}


def test_command_makes_and_opens_a_clinic(world: World, capsys: Any) -> None:
    call_command("create_clinic", **COMMAND, publisher=["ann@peachtree.example"], launch=True)

    printed = capsys.readouterr().out
    assert "Peachtree Pain Clinic: live" in printed
    assert "/welcome/" in printed
    assert Client(HTTP_HOST="peachtree.test").get("/").status_code == 200


def test_command_says_what_is_missing_and_leaves_it_closed(world: World, capsys: Any) -> None:
    call_command("create_clinic", **COMMAND, launch=True)

    printed = capsys.readouterr().out
    assert "Not opened" in printed
    assert "Invite a clinic publisher" in printed
    assert Client(HTTP_HOST="peachtree.test").get("/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"host": "https://x"}, "is no host name"),
        ({"host": "hillside.test"}, "is in use"),
        ({"law": ["director=Ann", "motto=Yes"]}, "motto is no fact of law"),
        ({"law": ["legitscript_id=abc"]}, "in digits"),
        ({"main_phone": "12"}, "Main number"),
        ({"services": "magic"}, "magic is no service"),
        ({"like": "nobody"}, "there is no clinic nobody"),
        ({"zip_code": "3030"}, "ZIP code"),
        ({"brand_primary": "#ffee00"}, "Main colour"),
        ({"opens": "8"}, "may be morning or evening"),
    ],
)
def test_command_names_field_and_remedy(
    world: World, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("create_clinic", **COMMAND | changes)

    assert not ClinicPage.objects.filter(slug="peachtree-pain-clinic").exists()
