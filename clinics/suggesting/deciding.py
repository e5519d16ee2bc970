"""The franchise decides: decisions about single facts in, saved facts and told people out.

One transaction. A decision holds only for what its maker saw: the value that was suggested and the
one that was saved then. Whatever is another since must be looked at and decided again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.choices import SuggestionState
from clinics.facts import facts_of, facts_snapshot, locked_facts, save_facts
from clinics.facts_snapshot import Facts, Snapshot, restored_facts, snapshot_with
from clinics.facts_words import label_of
from clinics.models import FactsChange, FactsSuggestion, LocationFacts, SuggestedFact
from clinics.roles.rights import YES, right_at
from clinics.suggesting.letters import tell_proposer

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class Decision:
    """About one suggested fact. `seen` is the `fingerprint` of what its maker looked at."""

    fact_id: int
    approves: bool
    comment: str = ""
    seen: str = ""


class DecideAgain(Exception):
    """Nothing was saved: these suggested facts are not what was seen. `fact_ids` says which."""

    def __init__(self, fact_ids: Sequence[int]) -> None:
        super().__init__(f"to be decided again: {fact_ids}")
        self.fact_ids = frozenset(fact_ids)


def fingerprint(fact: SuggestedFact, now: Snapshot) -> str:
    """What somebody who decides looks at: the suggested value and the one that is saved now."""
    seen = json.dumps([fact.proposed, now.get(fact.name)], sort_keys=True)
    return sha256(seen.encode()).hexdigest()[:16]


@transaction.atomic
def decide(
    suggestion: FactsSuggestion, decisions: Sequence[Decision], *, user: AbstractUser
) -> FactsChange | None:
    """Approve by saving, or reject; the change that was saved, if any. Writes to the proposer.

    Raises PermissionDenied, DecideAgain, and ValidationError when a comment is missing or a value
    is refused; nothing is saved then.
    """
    current = locked_facts(facts_of(suggestion.page_id))
    if right_at(user, "phones", current.page) != YES:
        raise PermissionDenied
    decided = _still_as_seen(suggestion, decisions, facts_snapshot(current))
    _need_comments(decided)
    for fact, decision in decided:
        SuggestedFact.objects.filter(pk=fact.pk).update(
            state=SuggestionState.APPROVED if decision.approves else SuggestionState.REJECTED,
            comment=decision.comment,
            decided_by=user,
            decided_at=timezone.now(),
        )
    approved = [fact for fact, decision in decided if decision.approves]
    change = _save(current, suggestion, approved, user)
    if decided:
        tell_proposer(suggestion, [fact for fact, _decision in decided], by=user)
    return change


def _still_as_seen(
    suggestion: FactsSuggestion, decisions: Sequence[Decision], now: Snapshot
) -> list[tuple[SuggestedFact, Decision]]:
    waiting = {
        fact.pk: fact
        for fact in suggestion.facts.select_for_update().filter(state=SuggestionState.WAITING)
    }
    other = [
        each.fact_id
        for each in decisions
        if each.fact_id not in waiting or each.seen != fingerprint(waiting[each.fact_id], now)
    ]
    if other:
        raise DecideAgain(other)
    return [(waiting[each.fact_id], each) for each in decisions]


def _need_comments(decided: Sequence[tuple[SuggestedFact, Decision]]) -> None:
    for fact, decision in decided:
        if not decision.approves and not decision.comment:
            text = _("%(label)s: say why it is rejected; the clinic reads it.")
            raise ValidationError(text % {"label": label_of(fact.name)})


def _save(
    current: Facts, suggestion: FactsSuggestion, approved: list[SuggestedFact], user: AbstractUser
) -> FactsChange | None:
    wanted = {fact.name: fact.proposed for fact in approved}
    if not wanted:
        return None
    values = restored_facts(current, wanted)
    _refuse_what_is_gone(current, wanted, values)
    change = save_facts(
        current,
        values,
        user=user,
        base_version=current.version,
        suggested_by=suggestion.proposed_by,
    )
    SuggestedFact.objects.filter(pk__in=[fact.pk for fact in approved]).update(change=change)
    return change


def _refuse_what_is_gone(current: Facts, wanted: Snapshot, values: dict[str, Any]) -> None:
    """A service or a neighbour may be gone since, and what is approved must be what is saved."""
    after = snapshot_with(current, values)
    neighbour = values.get("neighbour")
    is_foreign = (
        neighbour is not None
        and not LocationFacts.objects.filter(page=neighbour, clinic=current.clinic_id).exists()
    )
    for name, proposed in wanted.items():
        if after[name] != proposed or (name == "neighbour" and is_foreign):
            text = _("%(label)s: what was suggested is not there any more. Reject it.")
            raise ValidationError(text % {"label": label_of(name)})
