"""The lines of the list of releases: an article in, one line for each release out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.library_updates_rows import class_words
from articles.models import ArticleRelease
from articles.queries import DIGESTS
from articles.release_acts import ReleaseActError, previous_to_undo, waits_for_everyone
from articles.release_reach import sites_without
from clinics.account_names import name_of
from clinics.models import ClinicFacts

if TYPE_CHECKING:
    from articles.models import ArticlePage


@dataclass(frozen=True)
class ReleaseRow:
    """`audience` says whose it is, `shown_by` names the sites that show it now, `credits` the
    clinics whose words it took in."""

    release: ArticleRelease
    change_class: str
    who: str
    undone_by: str
    audience: str
    group: tuple[str, ...]
    shown_by: tuple[str, ...]
    waits_for_everyone: bool
    may_be_undone: bool
    credits: tuple[str, ...] = ()


def release_rows(article: ArticlePage) -> list[ReleaseRow]:
    """A fixed number of queries, whatever the number of releases and clinics."""
    releases = article.releases.select_related("revision__user", "undone_by")
    rows = list(releases.defer(*DIGESTS, "revision__content"))
    shown_by: dict[int, list[str]] = {}
    for site in sites_without(article):
        if site.now.shown:
            shown_by.setdefault(site.now.shown.pk, []).append(site.name)
    names = dict(ClinicFacts.objects.values_list("clinic_id", "name"))
    newest = next((row for row in rows if row.undone_at is None), None)
    may_be_undone = newest is not None and _may_be_undone(article, newest)
    return [
        ReleaseRow(
            release=row,
            change_class=class_words(row.change_class),
            who=name_of(row.revision.user),
            undone_by=name_of(row.undone_by),
            audience=_audience(row),
            group=_group(row.first_clinics or (), names),
            shown_by=tuple(shown_by.get(row.pk, ())),
            waits_for_everyone=waits_for_everyone(row),
            may_be_undone=may_be_undone and row is newest,
            credits=tuple(dict.fromkeys(each["clinic"] for each in row.credits)),
        )
        for row in rows
    ]


def _may_be_undone(article: ArticlePage, release: ArticleRelease) -> bool:
    try:
        previous_to_undo(article, release)
    except ReleaseActError:
        return False
    return True


def _audience(release: ArticleRelease) -> str:
    if release.first_clinics is None:
        return _("Everybody")
    count = len(release.first_clinics)
    text = ngettext("First group of %(count)s clinic", "First group of %(count)s clinics", count)
    return text % {"count": count}


def _group(ids: Iterable[int], names: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted(names[pk] for pk in ids if pk in names))
