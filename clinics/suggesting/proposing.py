"""Somebody proposes: typed facts in, one suggestion with what differs out. No fact is changed.

Only the author's own suggestion is ever replaced; what others suggest stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clinics.choices import SuggestionState
from clinics.facts import facts_snapshot, locked_facts, save_facts, snapshot_at
from clinics.facts_merge import merge_typed
from clinics.facts_snapshot import Facts, Snapshot, restored_facts, snapshot_with
from clinics.models import FactsSuggestion, SuggestedFact
from clinics.roles.rights import PROPOSE, right_at
from clinics.suggesting.letters import tell_approvers
from clinics.suggesting.waiting import own_waiting

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

WAITING = SuggestionState.WAITING


@dataclass(frozen=True)
class Suggested:
    """What an act of suggesting did: where it stands, what is new in it, what was withdrawn."""

    suggestion: FactsSuggestion | None
    fresh: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    is_new_note: bool = False

    def __bool__(self) -> bool:
        return bool(self.fresh or self.withdrawn or self.is_new_note)


def marks_of(waiting: Iterable[SuggestedFact]) -> str:
    """Which of their own suggestions somebody saw, as one text for a form to carry."""
    seen = {(fact.suggestion_id, fact.suggestion.edition) for fact in waiting}
    return " ".join(f"{pk}.{edition}" for pk, edition in sorted(seen))


def with_own(snapshot: Snapshot, waiting: Iterable[SuggestedFact]) -> Snapshot:
    """The facts as somebody would have them: what is saved, and what they suggest already."""
    return snapshot | {fact.name: fact.proposed for fact in waiting}


@transaction.atomic
def suggest(
    facts: Facts,
    changes: Mapping[str, Any],
    *,
    user: AbstractUser,
    base_version: int,
    note: str = "",
    seen: str = "",
) -> Suggested:
    """Keep what differs from what is saved as a suggestion of the user, for each fact by itself.

    `changes` are all facts of a form, `base_version` and `seen` (of `marks_of`) what it was opened
    with. What the user suggests already and put back in the form is withdrawn, unless it was
    suggested in another window since. Raises PermissionDenied, and ValidationError as saving would.
    """
    if right_at(user, "phones", facts.page) != PROPOSE:
        raise PermissionDenied
    current = locked_facts(facts)
    base, wanted = _wanted(current, changes, base_version)
    _rehearse(current, wanted, user)
    waiting = own_waiting(user, current.page.pk)
    mine = {fact.name: fact for fact in waiting}
    fresh = {
        name: value
        for name, value in wanted.items()
        if name not in mine or mine[name].proposed != value
    }
    dropped = [mine[name] for name in mine if name in changes and name not in wanted]
    if marks_of(waiting) != seen:
        dropped = []
    home = open_suggestion(waiting)
    replaced = [mine[name] for name in fresh if name in mine]
    _withdraw([*dropped, *(fact for fact in replaced if fact.suggestion != home)])
    is_new_note = home is not None and home.note != note
    withdrawn = tuple(fact.name for fact in dropped)
    if not (fresh or withdrawn or is_new_note):
        return Suggested(None)
    if fresh or home:
        home = _keep(home, current, user, note, min(base_version, current.version))
        for name in fresh:
            values = {"before": base[name], "proposed": fresh[name], "state": WAITING}
            home.facts.update_or_create(name=name, defaults=values | {"decided_at": None})
    if fresh and home and home.edition == 1:
        tell_approvers(home)
    return Suggested(home, tuple(fresh), withdrawn, is_new_note)


@transaction.atomic
def withdraw(facts: Iterable[SuggestedFact], *, user: AbstractUser) -> list[SuggestedFact]:
    """Take the user's own back that still wait; returns those. Raises PermissionDenied."""
    ids = [fact.pk for fact in facts]
    found = list(
        SuggestedFact.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, state=WAITING)
        .select_related("suggestion__page")
    )
    if any(fact.suggestion.proposed_by_id != user.pk for fact in found):
        raise PermissionDenied
    _withdraw(found)
    return found


def _wanted(
    current: Facts, changes: Mapping[str, Any], base_version: int
) -> tuple[Snapshot, Snapshot]:
    """What was saved when the form was opened, and what the user wants to be otherwise now."""
    now = facts_snapshot(current)
    base = now if base_version == current.version else snapshot_at(current, base_version)
    merged = merge_typed(base, snapshot_with(current, changes), now)
    return now | base, {name: merged[name] for name in changes if merged[name] != now[name]}


def _rehearse(current: Facts, wanted: Snapshot, user: AbstractUser) -> None:
    """Saved and taken back: what saving would refuse is refused now, in the same words."""
    if wanted:
        with transaction.atomic():
            values = restored_facts(current, wanted)
            save_facts(current, values, user=user, base_version=current.version)
            transaction.set_rollback(True)


def open_suggestion(waiting: Iterable[SuggestedFact]) -> FactsSuggestion | None:
    """The one of these of which nothing is decided yet: a change of mind stays in it."""
    for fact in reversed(list(waiting)):
        states = set(fact.suggestion.facts.values_list("state", flat=True))
        if states <= {WAITING, SuggestionState.WITHDRAWN}:
            return fact.suggestion
    return None


def _keep(
    home: FactsSuggestion | None, facts: Facts, user: AbstractUser, note: str, base_version: int
) -> FactsSuggestion:
    if home is None:
        page = facts.page.page_ptr
        home = FactsSuggestion(page=page, clinic_id=facts.clinic_id, proposed_by=user, edition=0)
    home.note, home.base_version = note, base_version
    home.edition += 1
    home.save()
    return home


def _withdraw(facts: Iterable[SuggestedFact]) -> None:
    SuggestedFact.objects.filter(pk__in=[fact.pk for fact in facts]).update(
        state=SuggestionState.WITHDRAWN, decided_at=timezone.now()
    )
