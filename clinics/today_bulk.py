"""What to do today about many locations at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from clinics.choices import BulkState, RowState
from clinics.models import BulkChange
from clinics.roles.reach import bulk_changes_of
from clinics.today import MOST_NAMES, Part, Scope, TodayItem, Urgency, register_today

# What was not done is news for a week.
NEWS = timedelta(days=7)


@register_today(Part.FRANCHISE)
def imports(scope: Scope) -> Iterator[TodayItem]:
    """Imports that were checked and never run, and what was not done of those that ran."""
    ours = bulk_changes_of(scope.user).filter(rows__clinic__in=scope.clinics).distinct()
    checked = ours.filter(state=BulkState.CHECKED)
    words = ngettext(
        "%(count)s change of several locations is checked and was not begun.",
        "%(count)s changes of several locations are checked and were not begun.",
        checked.count(),
    )
    yield from _item(checked, words)
    wrong = Q(rows__state__in=[RowState.FAILED, RowState.KEPT])
    recent = ours.filter(touched_at__gt=timezone.now() - NEWS)
    failed = recent.annotate(wrong=Count("rows", filter=wrong)).filter(wrong__gt=0)
    words = ngettext(
        "%(count)s change of several locations left some undone.",
        "%(count)s changes of several locations left some undone.",
        failed.count(),
    )
    yield from _item(failed, words)


def _item(changes: QuerySet[BulkChange], words: str) -> Iterator[TodayItem]:
    found = list(changes.values_list("pk", "title"))
    if found:
        url = reverse("my_clinic:bulk_list")
        if len(found) == 1:
            url = reverse("my_clinic:bulk", args=[found[0][0]])
        names = tuple(title for _pk, title in found[:MOST_NAMES])
        yield TodayItem(words % {"count": f"{len(found):,}"}, url, Urgency.WAITS, names)
