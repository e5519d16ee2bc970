"""A-01: licenses and law, through the machinery of all facts; and the report of the checks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.choices import ClinicStatus
from clinics.facts import facts_of, undo_change
from clinics.forms.compliance import ComplianceForm
from clinics.launching import CHECKS
from clinics.models import FactsChange, Person, SuggestedFact
from clinics.today import today_of
from tests.clinics.compliance.licensed import EXEMPT, set_facts
from tests.clinics.forms.typed import typed_values
from tests.clock import set_time
from tests.factories import World

type SignIn = Callable[[Any], Client]


def address(world: World, name: str = "edit_compliance") -> str:
    return reverse(f"my_clinic:{name}", args=[world.hillside.pk])


def typed(world: World, **more: Any) -> Any:
    return typed_values(ComplianceForm(instance=facts_of(world.hillside.pk))) | more


def test_facts_are_saved_logged_in_words_and_undone(world: World, client_for: SignIn) -> None:
    ada, client = Person.objects.get(slug="ada-hill"), client_for(world.franchise_admin)
    data = typed(
        world,
        director=str(ada.pk),
        director_license="TX-7",
        director_is_here="true",
        pain_license_kind="EXEMPTION",
        pain_license_number="EX-1",
        pain_license_until="2027-06-30",
        receives_hhs_funds="false",
        employees="FROM_15",
    )

    client.post(address(world), data)

    facts = facts_of(world.hillside.pk)
    assert (facts.director, facts.director_words) == (ada, "Ada Hill, MD")
    assert (facts.director_is_here, facts.receives_hhs_funds) == (True, False)
    assert facts.pain_license_until == date(2027, 6, 30)
    log = client.get(reverse("my_clinic:changes", args=[world.hillside.pk])).text
    for words in ("Ada Hill, MD", "Certificate of exemption", "June 30, 2027", "15 to 49"):
        assert words in log
    contact = client.get(reverse("my_clinic:contact", args=[world.hillside.pk])).text
    assert "Medical director" in contact
    undo_change(FactsChange.objects.first(), user=None, base_version=facts.version)
    facts = facts_of(world.hillside.pk)
    assert (facts.director, facts.pain_license_until, facts.employees) == (None, None, "")


def test_director_is_one_of_the_clinics_own_people(world: World, client_for: SignIn) -> None:
    nora = Person.objects.get(slug="nora-harbour")

    answer = client_for(world.franchise_admin).post(
        address(world), typed(world, director=str(nora.pk))
    )

    assert answer.status_code == 200
    assert "Nora Harbour" not in answer.text
    assert facts_of(world.hillside.pk).director is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"pain_license_from": "2026-02-01", "pain_license_until": "2026-01-31"},
            "ends before it begins",
        ),
        ({"legitscript_id": "1234"}, "for which host"),
        ({"legitscript_id": "abc"}, "in digits"),
        ({"legitscript_id": "1", "legitscript_host": "https://a.test/"}, "without https://"),
        ({"delegation": "Call (214) 555-0142."}, "Take the phone number out"),
    ],
)
def test_wrong_values_are_refused(
    world: World, client_for: SignIn, values: dict[str, str], words: str
) -> None:
    answer = client_for(world.franchise_admin).post(address(world), typed(world, **values))

    assert words in answer.text
    assert facts_of(world.hillside.pk).version == 1


def test_second_editor_sees_the_conflict(world: World, client_for: SignIn) -> None:
    first = typed(world, director_license="TX-7")
    second = typed(world, director_license="TX-8")
    client = client_for(world.franchise_admin)
    client.post(address(world), first)

    answer = client.post(address(world), second)

    assert answer.status_code == 409
    assert "TX-7" in answer.text


def test_clinic_proposes_and_the_franchise_decides(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_publisher)
    assert client.get(address(world)).url == address(world, "suggest_compliance")

    data = typed(world, director_license="TX-7", note="Renewed.", seen="")
    client.post(address(world, "suggest_compliance"), data)

    assert facts_of(world.hillside.pk).director_license == ""
    assert SuggestedFact.objects.get().proposed == "TX-7"


def test_other_clinics_people_find_nothing_here(world: World, client_for: SignIn) -> None:
    for user in (world.harbour_publisher, world.library_publisher):
        for name in ("edit_compliance", "suggest_compliance", "launch"):
            assert client_for(user).get(address(world, name)).status_code == 404


# The report


def test_report_of_a_live_clinic_has_every_check_and_comes_as_csv(
    world: World, client_for: SignIn
) -> None:
    client, url = client_for(world.hillside_publisher), address(world, "launch")

    html = client.get(url).text
    answer = client.get(f"{url}?export=csv")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(content.decode())))

    assert "Medical director" in html
    assert "22 TAC 164.3(b)(8)" in html
    assert len(rows) == len(CHECKS)
    director = next(row for row in rows if row["Check"] == "Medical director")
    assert (director["State"], director["Kind"]) == ("to do", "must")
    assert director["Where"].endswith("/law/#id_director")
    assert all(row["Where"] for row in rows)
    assert "checks-hillside" in answer["Content-Disposition"]


# Today


def words_of_today(user: Any) -> str:
    return " ".join(item.words for part in today_of(user) for item in part.items)


def test_license_that_ends_is_said_ahead_and_one_that_ended_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_facts(world, name="Harbour Pain Management", **EXEMPT)

    assert "license for pain management" not in words_of_today(world.harbour_publisher)
    set_time(monkeypatch, "2027-05-01T12:00+00:00")
    assert "ends on June 30, 2027" in words_of_today(world.harbour_publisher)
    set_time(monkeypatch, "2027-07-01T12:00+00:00")
    assert "F.S. 458.3265" in words_of_today(world.harbour_publisher)


def test_franchise_reads_how_many_licenses_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_facts(world, name="Harbour Pain Management", **EXEMPT)

    assert "license of" not in words_of_today(world.franchise_admin)
    set_time(monkeypatch, "2027-05-02T12:00+00:00")
    assert "license of 1 clinic ends" in words_of_today(world.franchise_admin)
    set_facts(world, status=ClinicStatus.CLOSED)
    assert "license of" not in words_of_today(world.franchise_admin)


def test_notice_that_is_missing_on_a_live_site_is_said(world: World) -> None:
    assert "notice that the clinic owes" not in words_of_today(world.harbour_publisher)

    set_facts(world, sees_self_payers=True)

    assert "1 notice that the clinic owes" in words_of_today(world.harbour_publisher)
