"""Suggested facts as the screens show them: facts in words, who, and what else waits for each.

What they refer to is read for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clinics.account_names import name_of
from clinics.facts_snapshot import Snapshot
from clinics.facts_words import FactMark, in_words, label_of
from clinics.models import SuggestedFact
from clinics.roles.rights import YES, right_at
from clinics.suggesting.waiting import facts_waiting_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage


@dataclass(frozen=True)
class SuggestedRow:
    """One suggested fact. `now` is what is saved; `is_moved`: it was another when suggested."""

    fact: SuggestedFact
    label: str
    before: str
    proposed: str
    who: str
    is_own: bool
    url: str
    now: str = ""
    is_moved: bool = False
    others: list[SuggestedRow] = field(default_factory=list)
    form: Any = None
    is_stale: bool = False


def suggested_rows(facts: Iterable[SuggestedFact], user: AbstractUser) -> list[SuggestedRow]:
    """`facts` come with their suggestion and its author."""
    facts = list(facts)
    before = in_words([(fact.name, fact.before) for fact in facts])
    proposed = in_words([(fact.name, fact.proposed) for fact in facts])
    return [
        SuggestedRow(
            fact=fact,
            label=label_of(fact.name),
            before=was,
            proposed=will_be,
            who=name_of(fact.suggestion.proposed_by) or _("somebody who has left"),
            is_own=fact.suggestion.proposed_by_id == user.pk,
            url=reverse("my_clinic:suggestion", args=[fact.suggestion_id]),
        )
        for fact, was, will_be in zip(facts, before, proposed, strict=True)
    ]


def waiting_rows(user: AbstractUser, page_ids: Sequence[int]) -> list[SuggestedRow]:
    """Everything that waits at these pages."""
    return suggested_rows(facts_waiting_at(page_ids), user)


def waiting_marks(
    user: AbstractUser, clinic: ClinicPage, page_ids: Sequence[int]
) -> Mapping[int, dict[str, list[FactMark]]]:
    """For each page what stands beside its facts, such as "Suggested: 555-0123, waits"."""
    decides = right_at(user, "phones", clinic) == YES
    found: dict[int, dict[str, list[FactMark]]] = {}
    for row in waiting_rows(user, page_ids):
        marks = found.setdefault(row.fact.suggestion.page_id, {})
        mark = FactMark(_mark_text(row, decides=decides), row.url)
        marks.setdefault(row.fact.name, []).append(mark)
    return found


def _mark_text(row: SuggestedRow, *, decides: bool) -> str:
    words = {"value": row.proposed, "who": row.who}
    if decides:
        return _("Suggested by %(who)s: %(value)s, waits for your decision") % words
    if row.is_own:
        return _("Suggested: %(value)s, waits for the franchise") % words
    return _("Suggested by %(who)s: %(value)s, waits for the franchise") % words


def now_of(rows: Iterable[SuggestedRow], now: Snapshot) -> list[tuple[str, bool]]:
    """For each row what is saved now, in words, and whether that is another than was seen."""
    rows = list(rows)
    words = in_words([(row.fact.name, now.get(row.fact.name)) for row in rows])
    return [
        (text, row.fact.before != now.get(row.fact.name))
        for text, row in zip(words, rows, strict=True)
    ]
