"""The lines of "Library updates": what waits for a clinic, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.choices import ChangeClass
from articles.waiting import Differences, WaitingUpdate, waiting_updates
from clinics.tokens import fill

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from clinics.clinic import Clinic
    from clinics.models import ClinicFacts

FIELD_WORDS: dict[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "seo_title": gettext_lazy("title for search engines"),
    "search_description": gettext_lazy("description for search engines"),
    "hero_image": gettext_lazy("picture"),
    "services": gettext_lazy("services"),
}


@dataclass(frozen=True)
class UpdateRow:
    """One article with an update that waits; `what` says what it changes."""

    update: WaitingUpdate
    title: str
    what: str

    @property
    def article_id(self) -> int:
        return self.update.article.pk

    @property
    def release(self) -> int:
        return self.update.newest.number

    @property
    def change_class(self) -> str:
        return class_words(self.update.newest.change_class)


def update_rows(
    articles: Iterable[ArticlePage], facts: ClinicFacts, clinic: Clinic
) -> list[UpdateRow]:
    return [
        UpdateRow(update, fill(update.title, clinic), what_changes(update.differences))
        for update in waiting_updates(articles, facts)
    ]


def class_words(change_class: str) -> str:
    return str(ChangeClass(change_class).label)


def what_changes(found: Differences | None) -> str:
    """One phrase, such as "2 sections changed, 1 added; title"."""
    if found is None:
        return _("New here: patients do not find the article yet")
    sections = ", ".join(_section_words(found))
    fields = ", ".join(str(FIELD_WORDS[name]) for name in found.fields if name in FIELD_WORDS)
    return "; ".join(filter(None, (sections, fields))) or _("Nothing that patients read")


def _section_words(found: Differences) -> Iterator[str]:
    if found.changed:
        text = ngettext("%(count)s section changed", "%(count)s sections changed", found.changed)
        yield text % {"count": found.changed}
    if found.added:
        text = ngettext("%(count)s section added", "%(count)s sections added", found.added)
        yield text % {"count": found.added}
    if found.removed:
        text = ngettext("%(count)s section removed", "%(count)s sections removed", found.removed)
        yield text % {"count": found.removed}
