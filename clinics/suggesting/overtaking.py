"""A suggested value that somebody saved meanwhile: nothing is left to decide about it."""

from __future__ import annotations

from django.utils import timezone

from clinics.choices import SuggestionState
from clinics.models import FactsChange, SuggestedFact


def overtake(change: FactsChange) -> None:
    """Called by the writer of facts, in its transaction, for every change."""
    changed = {name for name in change.after if change.after[name] != change.before.get(name)}
    waiting = SuggestedFact.objects.filter(
        suggestion__page=change.page_id, state=SuggestionState.WAITING, name__in=changed
    )
    # Compared here: databases differ in what they call the same JSON.
    same = [fact.pk for fact in waiting if fact.proposed == change.after[fact.name]]
    if same:
        SuggestedFact.objects.filter(pk__in=same).update(
            state=SuggestionState.OVERTAKEN,
            decided_by=change.changed_by,
            decided_at=timezone.now(),
            change=change,
        )
