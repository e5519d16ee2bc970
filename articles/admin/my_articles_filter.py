"""Filters and orders the lines of "Articles of my clinic": rows and a query in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.admin.my_articles_rows import NEEDS_ATTENTION, ArticleRow
from articles.admin.state_words import STATE_WORDS
from articles.choices import ArticleKind
from articles.merge import State
from clinics.models import Service

if TYPE_CHECKING:
    from django.http import QueryDict

ATTENTION, DRAFT = "ATTENTION", "DRAFT"
_CALM = (State.OWN, State.HIDDEN, State.FOLLOWS)
_BY_URGENCY = [*NEEDS_ATTENTION, *_CALM]
_NEVER = datetime.min.replace(tzinfo=UTC)
ORDERS: dict[str, Callable[[ArticleRow], Any]] = {
    "title": lambda row: row.title.casefold(),
    "state": lambda row: _BY_URGENCY.index(row.state),
    "changed": lambda row: row.changed_at or _NEVER,
}


class FilterForm(forms.Form):
    """The filters above the list, kept in the address."""

    q = forms.CharField(label=_("Title or summary"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: QueryDict, rows: Sequence[ArticleRow]) -> None:
        super().__init__(data)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self._offer("state", _("Any state"), _state_choices())
        self._offer("kind", _("Any kind"), ArticleKind.choices)
        self._offer("service", _("Any service"), _service_choices(rows))
        self._offer("topic", _("Any topic"), _topic_choices(rows))

    def kept(self, rows: Sequence[ArticleRow]) -> list[ArticleRow]:
        """The rows that every filter lets through. A value that is not offered filters nothing."""
        self.is_valid()
        asked = self.cleaned_data
        words = asked.get("q", "").casefold().split()
        return [row for row in rows if _has(row, words) and _is_asked_for(row, asked)]

    @property
    def is_filtering(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())

    def _offer(self, name: str, everything: str | Promise, choices: list[tuple[str, Any]]) -> None:
        """A filter without anything to choose from is left out."""
        if choices:
            self.fields[name].choices = [("", everything), *choices]
        else:
            del self.fields[name]


@dataclass(frozen=True)
class SortLink:
    """The heading of a column: where a click leads, and how the column is sorted now."""

    label: str | Promise
    url: str
    direction: str


def ordered(rows: Sequence[ArticleRow], order: str) -> list[ArticleRow]:
    """By title, state or time of the last change; a minus turns it round, equals stay by title."""
    key = ORDERS.get(order.removeprefix("-"), ORDERS["title"])
    return sorted(rows, key=key, reverse=order.startswith("-"))


def sort_links(asked: QueryDict) -> dict[str, SortLink]:
    """The headings by which the list may be ordered; the filters stay, the page does not."""
    labels = {"title": _("Title"), "state": _("State"), "changed": _("Last change here")}
    return {name: _sort_link(name, label, asked) for name, label in labels.items()}


def _sort_link(name: str, label: str | Promise, asked: QueryDict) -> SortLink:
    now = asked.get("order") or "title"
    query = asked.copy()
    query.pop("p", None)
    query["order"] = f"-{name}" if now == name else name
    directions = {name: "ascending", f"-{name}": "descending"}
    return SortLink(label, f"?{query.urlencode()}", directions.get(now, ""))


def _has(row: ArticleRow, words: Sequence[str]) -> bool:
    text = f"{row.title} {row.summary}".casefold()
    return all(word in text for word in words)


def _is_asked_for(row: ArticleRow, asked: dict[str, str]) -> bool:
    state, service = asked.get("state"), asked.get("service")
    if state == ATTENTION and not row.needs_attention:
        return False
    if state == DRAFT and not row.is_draft_waiting:
        return False
    if state and state not in {ATTENTION, DRAFT, row.state}:
        return False
    if asked.get("kind") not in {None, "", row.kind}:
        return False
    if service and int(service) not in row.services:
        return False
    return not asked.get("topic") or asked["topic"] in row.topics


def _state_choices() -> list[tuple[str, Any]]:
    states = [(str(state), words) for state, words in STATE_WORDS.items()]
    return [(ATTENTION, _("Waiting for you")), (DRAFT, _("Draft waiting")), *states]


def _service_choices(rows: Sequence[ArticleRow]) -> list[tuple[str, str]]:
    ids = {pk for row in rows for pk in row.services}
    services = Service.objects.filter(pk__in=ids).order_by("name") if ids else ()
    return [(str(service.pk), service.name) for service in services]


def _topic_choices(rows: Sequence[ArticleRow]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted({name for row in rows for name in row.topics})]
