"""What waits: a user or pages in, suggestions and suggested facts out. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from clinics.choices import SuggestionState
from clinics.models import FactsSuggestion, SuggestedFact
from clinics.roles.reach import suggestions_decided_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def waiting_suggestions(user: AbstractUser) -> QuerySet[FactsSuggestion]:
    """The suggestions that wait for this user's decision, the oldest first; for panels and lists.

    Empty for whoever decides nothing. What somebody has suggested is `own_waiting`.
    """
    waiting = suggestions_decided_by(user).filter(has_fact(SuggestionState.WAITING))
    return waiting.order_by("proposed_at", "pk")


def own_waiting(user: AbstractUser, page_id: int) -> list[SuggestedFact]:
    """What the user has suggested for a page and nobody has decided."""
    return list(facts_waiting_at([page_id]).filter(suggestion__proposed_by=user))


def facts_waiting_at(page_ids: Iterable[int]) -> QuerySet[SuggestedFact]:
    """Everything that waits at these pages, whoever suggested it, the oldest first."""
    waiting = SuggestedFact.objects.filter(
        suggestion__page__in=list(page_ids), state=SuggestionState.WAITING
    )
    return waiting.select_related("suggestion__proposed_by").order_by("pk")


def has_fact(state: str) -> Exists:
    """A condition on suggestions: some fact of it is in this state."""
    return Exists(SuggestedFact.objects.filter(suggestion=OuterRef("pk"), state=state))
