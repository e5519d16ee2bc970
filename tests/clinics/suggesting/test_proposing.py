from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clinics.choices import LocationStatus, Role
from clinics.facts import facts_of, facts_snapshot, save_facts
from clinics.models import FactsChange, FactsSuggestion, Service, SuggestedFact
from clinics.phones import parse_number
from clinics.suggesting.deciding import Decision, decide, fingerprint
from clinics.suggesting.proposing import marks_of, suggest, withdraw
from clinics.suggesting.waiting import own_waiting
from tests.clinics.suggesting.suggested import FAX, MAIN, states_of, suggestion_of
from tests.factories import World, make_staff


def test_suggest_keeps_what_differs_and_changes_no_fact(world: World) -> None:
    before = facts_snapshot(facts_of(world.uptown.pk))

    suggestion = suggestion_of(
        world.hillside_editor, world.uptown, fax=FAX, city="Dallas", note="New machine"
    )

    (fact,) = suggestion.facts.all()
    assert (fact.name, fact.before, fact.proposed) == ("fax", None, FAX.stored)
    assert (suggestion.clinic, suggestion.note) == (world.hillside, "New machine")
    assert suggestion.proposed_by == world.hillside_editor
    assert facts_snapshot(facts_of(world.uptown.pk)) == before
    assert not FactsChange.objects.exists()


def test_suggest_takes_services_of_the_clinic(world: World) -> None:
    blocks = Service.objects.get(slug="nerve-blocks")

    suggestion = suggestion_of(world.hillside_publisher, world.hillside, services=[blocks])

    assert states_of(suggestion) == {"services": (["nerve-blocks"], "WAITING")}


def test_suggest_refuses_what_saving_would_refuse(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        suggestion_of(world.hillside_editor, world.uptown, is_primary=False)

    assert error.value.message_dict == {
        "is_primary": [
            "A clinic needs a main location: make another one the main location instead."
        ]
    }
    assert not FactsSuggestion.objects.exists()


def test_suggest_of_the_main_location_leaves_the_other_one_its_mark(world: World) -> None:
    suggestion_of(world.hillside_editor, world.plano, is_primary=True)

    assert facts_of(world.uptown.pk).is_primary
    assert not facts_of(world.plano.pk).is_primary


@pytest.mark.parametrize(
    "who", ["franchise_admin", "harbour_publisher", "library_publisher", "outsider", "superuser"]
)
def test_suggest_is_for_whoever_may_only_propose(world: World, who: str) -> None:
    with pytest.raises(PermissionDenied):
        suggestion_of(getattr(world, who), world.uptown, fax=FAX)


def test_suggest_again_changes_ones_own_suggestion(world: World) -> None:
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    second = suggestion_of(world.hillside_editor, world.uptown, fax=MAIN, city="Austin")

    assert second == first
    assert states_of(first) == {
        "fax": (MAIN.stored, "WAITING"),
        "city": ("Austin", "WAITING"),
    }


def test_suggest_again_withdraws_what_was_put_back(world: World) -> None:
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")

    suggestion_of(world.hillside_editor, world.uptown, fax=None, city="Austin")

    assert states_of(first) == {
        "fax": (FAX.stored, "WITHDRAWN"),
        "city": ("Austin", "WAITING"),
    }


def test_suggest_keeps_what_was_suggested_in_another_window(world: World) -> None:
    """A form that was opened before must not take back what it never showed."""
    facts = facts_of(world.uptown.pk)
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    suggest(facts, {"fax": None, "city": "Austin"}, user=world.hillside_editor, base_version=1)

    assert states_of(first) == {"fax": (FAX.stored, "WAITING"), "city": ("Austin", "WAITING")}


def test_suggest_leaves_what_somebody_else_suggests(world: World) -> None:
    theirs = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    ours = suggestion_of(world.hillside_publisher, world.uptown, fax=MAIN)

    assert ours != theirs
    assert states_of(theirs) == {"fax": (FAX.stored, "WAITING")}
    assert states_of(ours) == {"fax": (MAIN.stored, "WAITING")}


def test_suggest_after_a_decision_is_a_suggestion_of_its_own(world: World) -> None:
    """What was decided stays as it was decided; what waits with it is replaced, not lost."""
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")
    city = first.facts.get(name="city")
    seen = fingerprint(city, facts_snapshot(facts_of(world.uptown.pk)))
    decide(first, [Decision(city.pk, False, "No", seen)], user=world.franchise_admin)

    second = suggestion_of(world.hillside_editor, world.uptown, fax=MAIN, city="Austin")

    assert second != first
    assert states_of(first) == {
        "fax": (FAX.stored, "WITHDRAWN"),
        "city": ("Austin", "REJECTED"),
    }
    assert states_of(second) == {"fax": (MAIN.stored, "WAITING"), "city": ("Austin", "WAITING")}


def test_suggest_from_an_old_form_brings_no_old_value_along(world: World) -> None:
    """Somebody saved the city while the form was open: only what was typed is suggested."""
    old = facts_of(world.uptown.pk)
    save_facts(old, {"city": "Waco", "street": "1 New St"}, user=None, base_version=1)

    done = suggest(
        old,
        {"city": "Dallas", "street": "2 Other St"},
        user=world.hillside_editor,
        base_version=1,
    )

    (fact,) = SuggestedFact.objects.all()
    assert done.fresh == ("street",)
    assert (fact.before, fact.proposed) == ("2900 Hillside Ave, Suite 120", "2 Other St")


@pytest.mark.parametrize("version", [0, 99])
def test_suggest_takes_no_harm_from_a_version_that_never_was(world: World, version: int) -> None:
    facts = facts_of(world.uptown.pk)

    done = suggest(facts, {"fax": FAX}, user=world.hillside_editor, base_version=version)

    assert done.fresh == ("fax",)
    assert FactsSuggestion.objects.get().base_version <= 1


def test_suggest_says_when_nothing_differs(world: World) -> None:
    suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    mine = marks_of(own_waiting(world.hillside_editor, world.uptown.pk))

    done = suggest(
        facts_of(world.uptown.pk),
        {"fax": FAX, "city": "Dallas"},
        user=world.hillside_editor,
        base_version=1,
        seen=mine,
    )

    assert not done
    assert FactsSuggestion.objects.get().edition == 1


def test_suggest_takes_a_new_note_alone(world: World) -> None:
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    suggestion_of(world.hillside_editor, world.uptown, fax=FAX, note="Since Monday")

    first.refresh_from_db()
    assert (first.note, first.edition) == ("Since Monday", 2)


def test_withdraw_takes_back_what_waits(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")

    gone = withdraw(suggestion.facts.filter(name="fax"), user=world.hillside_editor)

    assert [fact.name for fact in gone] == ["fax"]
    assert states_of(suggestion)["fax"] == (FAX.stored, "WITHDRAWN")
    assert states_of(suggestion)["city"] == ("Austin", "WAITING")


def test_withdraw_is_the_authors_alone(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    with pytest.raises(PermissionDenied):
        withdraw(suggestion.facts.all(), user=world.hillside_publisher)

    assert states_of(suggestion) == {"fax": (FAX.stored, "WAITING")}


def test_withdraw_leaves_what_is_decided(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    suggestion.facts.update(state="REJECTED")

    assert withdraw(suggestion.facts.all(), user=world.hillside_editor) == []
    assert states_of(suggestion) == {"fax": (FAX.stored, "REJECTED")}


def test_member_of_two_clinics_suggests_at_both(world: World) -> None:
    user: Any = make_staff("both", Role.CLINIC_EDITOR, world.hillside)
    user.memberships.create(role=Role.CLINIC_EDITOR, page=world.harbour.page_ptr)

    here = suggestion_of(user, world.uptown, status=LocationStatus.CLOSED_FOR_NOW)
    there = suggestion_of(user, world.marina, fax=parse_number("(561) 555-0160"))

    assert (here.clinic, there.clinic) == (world.hillside, world.harbour)
