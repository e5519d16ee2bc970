"""Suggestions of the world's people, made by the product's own functions."""

from __future__ import annotations

from typing import Any

from clinics.facts import facts_of
from clinics.models import FactsSuggestion
from clinics.phones import parse_number
from clinics.suggesting.proposing import marks_of, suggest
from clinics.suggesting.waiting import own_waiting

FAX = parse_number("(214) 555-0150")
MAIN = parse_number("(214) 555-0123")


def suggestion_of(user: Any, page: Any, *, note: str = "", **changes: Any) -> FactsSuggestion:
    """What somebody suggests who has the page's form open and changes these facts in it."""
    facts = facts_of(page.pk)
    done = suggest(
        facts,
        changes,
        user=user,
        base_version=facts.version,
        note=note,
        seen=marks_of(own_waiting(user, page.pk)),
    )
    assert done.suggestion is not None
    return done.suggestion


def states_of(suggestion: FactsSuggestion) -> dict[str, tuple[Any, str]]:
    """Each fact of a suggestion with the value that is suggested and its state."""
    return {fact.name: (fact.proposed, fact.state) for fact in suggestion.facts.all()}
