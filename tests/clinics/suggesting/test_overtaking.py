from __future__ import annotations

from clinics.facts import facts_of, save_facts, undo_change
from clinics.models import SuggestedFact
from tests.clinics.suggesting.suggested import FAX, MAIN, states_of, suggestion_of
from tests.factories import World


def test_value_that_is_saved_meanwhile_needs_no_decision(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")

    change = save_facts(
        facts_of(world.uptown.pk), {"fax": FAX}, user=world.franchise_admin, base_version=1
    )

    fax = suggestion.facts.get(name="fax")
    assert (fax.state, fax.decided_by, fax.change) == ("OVERTAKEN", world.franchise_admin, change)
    assert states_of(suggestion)["city"] == ("Austin", "WAITING")


def test_other_value_that_is_saved_leaves_the_suggestion_waiting(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    save_facts(facts_of(world.uptown.pk), {"fax": MAIN}, user=None, base_version=1)

    assert states_of(suggestion) == {"fax": (FAX.stored, "WAITING")}


def test_same_value_at_another_place_overtakes_nothing(world: World) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    save_facts(facts_of(world.plano.pk), {"fax": FAX}, user=None, base_version=1)

    assert states_of(suggestion) == {"fax": (FAX.stored, "WAITING")}


def test_undo_overtakes_too(world: World) -> None:
    change = save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)
    assert change is not None
    suggestion_of(world.hillside_editor, world.uptown, city="Dallas")

    undo_change(change, user=None, base_version=2)

    assert SuggestedFact.objects.get().state == "OVERTAKEN"
