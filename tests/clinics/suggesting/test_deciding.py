from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import PageLogEntry

from clinics.choices import Role, TextStatus
from clinics.creating import create_franchise
from clinics.facts import LOG_ACTION, facts_of, facts_snapshot, save_facts, undo_change
from clinics.models import FactsChange, FactsSuggestion, Service, SuggestedFact
from clinics.suggesting.deciding import DecideAgain, Decision, decide, fingerprint
from tests.clinics.suggesting.suggested import FAX, MAIN, states_of, suggestion_of
from tests.factories import World, make_staff


@pytest.fixture
def suggestion(world: World) -> FactsSuggestion:
    return suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")


def decision(fact: SuggestedFact, approves: bool, comment: str = "") -> Decision:
    now = facts_snapshot(facts_of(fact.suggestion.page_id))
    return Decision(fact.pk, approves, comment, fingerprint(fact, now))


def about(suggestion: FactsSuggestion, name: str, approves: bool, comment: str = "") -> Decision:
    return decision(suggestion.facts.get(name=name), approves, comment)


def test_decide_saves_what_is_approved_and_nothing_of_what_is_rejected(
    world: World, suggestion: FactsSuggestion
) -> None:
    made = [about(suggestion, "fax", True, "Thanks"), about(suggestion, "city", False, "Not so")]

    change = decide(suggestion, made, user=world.franchise_admin)

    facts = facts_of(world.uptown.pk)
    fax, city = suggestion.facts.get(name="fax"), suggestion.facts.get(name="city")
    assert (facts.fax, facts.city, facts.version) == (FAX, "Dallas", 2)
    assert (fax.state, fax.comment, fax.change) == ("APPROVED", "Thanks", change)
    assert (city.state, city.comment, city.change) == ("REJECTED", "Not so", None)
    assert (fax.decided_by, city.decided_by) == (world.franchise_admin, world.franchise_admin)


def test_decide_names_both_people_in_the_log(world: World, suggestion: FactsSuggestion) -> None:
    decide(suggestion, [about(suggestion, "fax", True)], user=world.franchise_admin)

    change, entry = FactsChange.objects.get(), PageLogEntry.objects.get(action=LOG_ACTION)
    assert (change.changed_by, change.suggested_by) == (
        world.franchise_admin,
        world.hillside_editor,
    )
    assert entry.formatter.format_message(entry) == (
        "Changed facts, as hillside-editor suggested: Fax"
    )


def test_decide_can_be_undone(world: World, suggestion: FactsSuggestion) -> None:
    change = decide(suggestion, [about(suggestion, "fax", True)], user=world.franchise_admin)
    assert change is not None

    undo_change(change, user=world.franchise_admin, base_version=2)

    assert facts_of(world.uptown.pk).fax is None


def test_decide_needs_a_comment_to_reject(world: World, suggestion: FactsSuggestion) -> None:
    made = [about(suggestion, "fax", True), about(suggestion, "city", False)]

    with pytest.raises(ValidationError, match="City: say why it is rejected"):
        decide(suggestion, made, user=world.franchise_admin)

    assert {state for _value, state in states_of(suggestion).values()} == {"WAITING"}
    assert facts_of(world.uptown.pk).version == 1


def test_decide_leaves_the_rest_waiting(world: World, suggestion: FactsSuggestion) -> None:
    decide(suggestion, [about(suggestion, "fax", True)], user=world.franchise_admin)

    assert states_of(suggestion)["city"] == ("Austin", "WAITING")


# What is another than what was seen


def test_decide_asks_again_when_the_fact_was_changed(
    world: World, suggestion: FactsSuggestion
) -> None:
    made = [about(suggestion, "fax", True), about(suggestion, "city", True)]
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)

    with pytest.raises(DecideAgain) as again:
        decide(suggestion, made, user=world.franchise_admin)

    facts = facts_of(world.uptown.pk)
    assert again.value.fact_ids == {suggestion.facts.get(name="city").pk}
    assert (facts.city, facts.fax) == ("Waco", None)
    assert {state for _value, state in states_of(suggestion).values()} == {"WAITING"}


def test_decide_minds_no_change_of_another_fact(world: World, suggestion: FactsSuggestion) -> None:
    made = [about(suggestion, "fax", True)]
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)

    decide(suggestion, made, user=world.franchise_admin)

    facts = facts_of(world.uptown.pk)
    assert (facts.fax, facts.city, facts.version) == (FAX, "Waco", 3)


def test_decide_asks_again_when_the_suggestion_was_changed(
    world: World, suggestion: FactsSuggestion
) -> None:
    made = [about(suggestion, "fax", True)]
    suggestion_of(world.hillside_editor, world.uptown, fax=MAIN, city="Austin")

    with pytest.raises(DecideAgain):
        decide(suggestion, made, user=world.franchise_admin)

    assert facts_of(world.uptown.pk).fax is None


@pytest.mark.parametrize("state", ["WITHDRAWN", "REJECTED", "APPROVED", "OVERTAKEN"])
def test_decide_asks_again_when_it_is_decided_already(
    world: World, suggestion: FactsSuggestion, state: str
) -> None:
    made = [about(suggestion, "fax", True)]
    suggestion.facts.filter(name="fax").update(state=state)

    with pytest.raises(DecideAgain):
        decide(suggestion, made, user=world.franchise_admin)

    assert facts_of(world.uptown.pk).fax is None


def test_decide_takes_no_fact_of_another_suggestion(
    world: World, suggestion: FactsSuggestion
) -> None:
    foreign = suggestion_of(world.harbour_publisher, world.marina, city="Boca")

    with pytest.raises(DecideAgain):
        decide(suggestion, [about(foreign, "city", True)], user=world.franchise_admin)

    assert states_of(foreign) == {"city": ("Boca", "WAITING")}


def test_decide_overtakes_the_same_value_of_somebody_else(
    world: World, suggestion: FactsSuggestion
) -> None:
    same = suggestion_of(world.hillside_publisher, world.uptown, fax=FAX)
    other = suggestion_of(world.hillside_publisher, world.uptown, fax=FAX, city="Waco")

    change = decide(suggestion, [about(suggestion, "fax", True)], user=world.franchise_admin)

    assert same == other
    assert states_of(same) == {"fax": (FAX.stored, "OVERTAKEN"), "city": ("Waco", "WAITING")}
    assert same.facts.get(name="fax").change == change
    assert states_of(suggestion)["fax"] == (FAX.stored, "APPROVED")


# What cannot be saved


def test_decide_refuses_what_saving_refuses(world: World) -> None:
    suggestion = suggestion_of(
        world.hillside_editor, world.plano, text_phone=FAX, text_status=TextStatus.APPROVED
    )
    made = [about(suggestion, "text_status", True)]

    with pytest.raises(ValidationError, match="A registration is approved for a number"):
        decide(suggestion, made, user=world.franchise_admin)

    assert {state for _value, state in states_of(suggestion).values()} == {"WAITING"}


def test_decide_refuses_a_service_that_is_gone(world: World) -> None:
    blocks = Service.objects.get(slug="nerve-blocks")
    suggestion = suggestion_of(world.hillside_editor, world.hillside, services=[blocks])
    blocks.delete()

    with pytest.raises(ValidationError, match="Services: what was suggested is not there"):
        decide(suggestion, [about(suggestion, "services", True)], user=world.franchise_admin)


def test_decide_refuses_a_neighbour_of_another_clinic(world: World) -> None:
    """A form never lets it through; a row may say so all the same."""
    suggestion = suggestion_of(world.hillside_editor, world.uptown, neighbour=world.plano)
    suggestion.facts.update(proposed=world.marina.pk)

    with pytest.raises(ValidationError, match="what was suggested is not there"):
        decide(suggestion, [about(suggestion, "neighbour", True)], user=world.franchise_admin)

    assert facts_of(world.uptown.pk).neighbour is None


def test_decide_hands_the_mark_of_the_main_location_over(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.plano, is_primary=True)

    decide(suggestion, [about(suggestion, "is_primary", True)], user=world.franchise_admin)

    assert facts_of(world.plano.pk).is_primary
    assert not facts_of(world.uptown.pk).is_primary


# Who


@pytest.mark.parametrize(
    "who", ["hillside_editor", "hillside_publisher", "harbour_publisher", "library_publisher"]
)
def test_decide_is_for_whoever_changes_the_facts(
    world: World, suggestion: FactsSuggestion, who: str
) -> None:
    with pytest.raises(PermissionDenied):
        decide(suggestion, [about(suggestion, "fax", True)], user=getattr(world, who))

    assert facts_of(world.uptown.pk).fax is None


def test_decide_is_not_for_another_franchise(world: World, suggestion: FactsSuggestion) -> None:
    other = make_staff("other-admin", Role.FRANCHISE_ADMIN, create_franchise("Other"))

    with pytest.raises(PermissionDenied):
        decide(suggestion, [about(suggestion, "fax", True)], user=other)


@pytest.mark.parametrize("end", ["membership", "account"])
def test_decide_works_when_the_author_is_gone(
    world: World, suggestion: FactsSuggestion, end: str
) -> None:
    author: Any = get_user_model().objects.get(pk=world.hillside_editor.pk)
    if end == "membership":
        author.memberships.all().delete()
    else:
        author.delete()
    suggestion = FactsSuggestion.objects.get(pk=suggestion.pk)

    decide(suggestion, [about(suggestion, "fax", True)], user=world.franchise_admin)

    assert facts_of(world.uptown.pk).fax == FAX
