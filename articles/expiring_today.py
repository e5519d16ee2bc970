"""Which texts have a section that turns false soon: for "Today" and the checklist (C-10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.library_reach import library_articles, writes_library
from articles.expiring import Expiring, expiring_in
from articles.models import LocalArticlePage, LocalVersionPage
from clinics import open_words
from clinics.launching import Check
from clinics.special_days import today_at
from clinics.today import MOST_NAMES, Scope, TodayItem, Urgency

if TYPE_CHECKING:
    from clinics.models import ClinicPage

WARNED_AHEAD = timedelta(days=30)
# A date as it stands in a stored stream: others of its columns need not be read.
_WITH_A_DATE = '"expires": "'


@dataclass(frozen=True)
class ExpiringText:
    """A live page with one of its sections."""

    page_id: int
    title: str
    section: Expiring


def expiring_at(clinic: ClinicPage) -> list[ExpiringText]:
    """In the clinic's own texts: local versions and own articles. Two queries."""
    versions = LocalVersionPage.objects.live().filter(clinic=clinic)
    own = LocalArticlePage.objects.live().filter(path__startswith=clinic.path)
    versions = versions.annotate(name=F("article__title"))
    return [
        *_expiring(versions, "overrides"),
        *_expiring(own.annotate(name=F("title")), "body"),
    ]


def clinic_sections(scope: Scope) -> Iterator[TodayItem]:
    """For the part of a clinic."""
    if scope.clinic is not None:
        yield from _items(expiring_at(scope.clinic), today_at(scope.clinic.facts))


def library_sections(scope: Scope) -> Iterator[TodayItem]:
    """For the part of the library."""
    if writes_library(scope.user):
        articles = library_articles(scope.user).live().annotate(name=F("title"))
        yield from _items(_expiring(articles, "body"), open_words.current_time().date())


def has_nothing_out_of_date(clinic: ClinicPage) -> Check:
    """For the checklist."""
    today = today_at(clinic.facts)
    stays = [each for each in expiring_at(clinic) if each.section.stays]
    past = [each for each in stays if each.section.day <= today]
    remedy = _("Write anew what is out of date in %(names)s, or take it out.")
    names = ", ".join(dict.fromkeys(each.title for each in past))
    url = reverse("my_articles:list", args=[clinic.pk])
    if past:
        url = _editor(past[0])
    return Check(_("No text that is out of date"), not past, remedy % {"names": names}, url)


def _expiring(pages: QuerySet[Any], stream: str) -> Iterator[ExpiringText]:
    rows = pages.annotate(raw=Cast(stream, TextField())).filter(raw__contains=_WITH_A_DATE)
    for page_id, name, raw in rows.order_by("path").values_list("pk", "name", "raw"):
        for section in expiring_in(raw):
            yield ExpiringText(page_id, name, section)


def _items(found: Iterable[ExpiringText], today: date) -> Iterator[TodayItem]:
    texts = sorted(found, key=lambda each: each.section.day)
    stale = [each for each in texts if each.section.day <= today and each.section.stays]
    gone = [each for each in texts if each.section.day <= today and not each.section.stays]
    soon = [each for each in texts if today < each.section.day <= today + WARNED_AHEAD]
    if stale:
        words = ngettext(
            "%(count)d section that patients read is out of date.",
            "%(count)d sections that patients read are out of date.",
            len(stale),
        )
        yield _item(words, stale, Urgency.PATIENTS)
    if soon:
        words = ngettext(
            "%(count)d section is out of date from %(day)s on.",
            "%(count)d sections are out of date soon, the first from %(day)s on.",
            len(soon),
        )
        yield _item(words, soon, Urgency.DEADLINE)
    if gone:
        words = ngettext(
            "%(count)d section is not shown any more: write it anew, or take it out.",
            "%(count)d sections are not shown any more: write them anew, or take them out.",
            len(gone),
        )
        yield _item(words, gone, Urgency.LATER)


def _item(words: str, texts: list[ExpiringText], urgency: Urgency) -> TodayItem:
    names = tuple(dict.fromkeys(each.title for each in texts))
    values = {"count": len(texts), "day": date_format(texts[0].section.day)}
    return TodayItem(words % values, _editor(texts[0]), urgency, names[:MOST_NAMES])


def _editor(text: ExpiringText) -> str:
    return reverse("wagtailadmin_pages:edit", args=[text.page_id])
