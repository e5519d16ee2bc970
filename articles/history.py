"""The update history at the foot of an article (T-10): what patients of a clinic read, and since
when. An effective article in, dated lines out; wordings that changed nothing else are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import ChangeClass

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.models import ArticleRelease
    from clinics.clinic import Clinic


@dataclass(frozen=True)
class HistoryLine:
    """What happened on a day, in one line."""

    day: date
    text: str


def history_of(article: EffectiveArticle, clinic: Clinic) -> tuple[HistoryLine, ...]:
    """The newest line first; nothing for an article that has not changed since it was published."""
    lines = sorted(_lines(article, clinic), key=lambda line: line.day, reverse=True)
    return tuple(lines) if len(lines) > 1 else ()


def _lines(article: EffectiveArticle, clinic: Clinic) -> Iterator[HistoryLine]:
    for release in article.releases[1:]:
        if release.change_class != ChangeClass.WORDING:
            yield HistoryLine(_day(release.published_at), release.note or _label(release))
    if article.in_force and article.in_force.last_published_at:
        text = _("%(clinic)s put in words of its own") % {"clinic": clinic.name}
        yield HistoryLine(_day(article.in_force.last_published_at), text)
    first, last = article.content.first_published_at, article.changed
    if first is None:
        return
    yield HistoryLine(_day(first), _("First published"))
    if article.release is None and last and _day(last) != _day(first):
        yield HistoryLine(_day(last), _("Last changed"))


def _label(release: ArticleRelease) -> str:
    if release.change_class == ChangeClass.SAFETY:
        return _("Safety information changed")
    return _("Facts changed")


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
