"""Whose medical review is due: articles, clinics and a day in, a line for each text out (T-05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from articles.choices import ReviewAct
from articles.models import ArticleMountPage, LocalArticlePage, LocalVersionPage, Review
from articles.review.pages import REVIEWED_KINDS
from articles.review.texts import has_clinical_text
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from clinics.models import ClinicFacts

AHEAD = timedelta(days=30)


class Due(StrEnum):
    """How a live text stands to its review, the most urgent first."""

    UNREVIEWED = "UNREVIEWED"
    OVERDUE = "OVERDUE"
    SOON = "SOON"
    IN_TIME = "IN_TIME"


@dataclass(frozen=True)
class DueLine:
    """A live text. `clinic` is blank for the shared text; dates and reviewer of its last review."""

    page: Any
    title: str
    clinic: str
    due: Due
    reviewer: str = ""
    reviewed_date: date | None = None
    due_date: date | None = None

    @property
    def shown_title(self) -> str:
        """With its tokens by their labels."""
        return readable(self.title)

    def days_overdue(self, day: date) -> int:
        """0 for a review that is not late."""
        return max(0, (day - self.due_date).days) if self.due_date else 0


def due_of(due_date: date | None, day: date) -> Due:
    """A text counts as reviewed through the day on which it is due."""
    if due_date is None:
        return Due.UNREVIEWED
    if due_date < day:
        return Due.OVERDUE
    return Due.SOON if due_date <= day + AHEAD else Due.IN_TIME


def library_lines(articles: Iterable[ArticlePage], day: date) -> list[DueLine]:
    """The shared texts: those about conditions and treatments, and others once reviewed."""
    lines = [
        DueLine(
            article,
            article.title,
            "",
            due_of(article.review_due_date, day),
            str(article.reviewer) if article.reviewer and article.reviewed_date else "",
            article.reviewed_date,
            article.review_due_date,
        )
        for article in articles
        if article.kind in REVIEWED_KINDS or article.review_due_date
    ]
    return sorted(lines, key=_urgency)


def clinic_lines(clinics: Iterable[ClinicFacts], day: date) -> list[DueLine]:
    """What clinics have written themselves: local versions with clinical text, and own articles."""
    facts = {each.clinic_id: each for each in clinics}
    found = LocalVersionPage.objects.live().filter(hides_article=False)
    versions = [
        each
        for each in _of(facts, found.select_related("article"), "clinic__path")
        if each.clinic_id in facts
    ]
    own = list(_own_articles(facts))
    last = last_approvals([*(each.pk for each in versions), *(each.pk for each, _name in own)])
    lines = [
        _line(version, version.article.title, facts[version.clinic_id].name, last, day)
        for version in versions
        if version.pk in last or _needs_review(version)
    ]
    lines += [_line(article, article.title, name, last, day) for article, name in own]
    return sorted(lines, key=_urgency)


def last_approvals(pages: Iterable[int]) -> dict[int, Review]:
    """The newest approval of each of these pages that has one."""
    rows = Review.objects.filter(page__in=list(pages), act=ReviewAct.APPROVED).order_by("pk")
    return {row.page_id: row for row in rows.defer("texts")}


def overdue_at(clinic: Any, day: date) -> QuerySet[Review]:
    """The last approvals, past their day, of what a clinic has written itself and shows."""
    newer = Review.objects.filter(
        page=OuterRef("page"), act=ReviewAct.APPROVED, pk__gt=OuterRef("pk")
    )
    rows = Review.objects.filter(
        ~Exists(newer),
        act=ReviewAct.APPROVED,
        page__path__startswith=clinic.path,
        page__live=True,
        due_date__lt=day,
    )
    return rows.defer("texts")


def _own_articles(facts: Mapping[int, ClinicFacts]) -> Iterator[tuple[LocalArticlePage, str]]:
    """Those about conditions and treatments, with the names of their clinics."""
    names = {each.clinic.path: each.name for each in facts.values()}
    articles = list(_of(facts, LocalArticlePage.objects.live(), "path").defer("body"))
    step = LocalArticlePage.steplen
    mounts = ArticleMountPage.objects.filter(
        kind__in=REVIEWED_KINDS, path__in=["", *{each.path[:-step] for each in articles}]
    )
    reviewed = set(mounts.values_list("path", flat=True))
    for article in articles:
        mount = article.path[:-step]
        if mount in reviewed and mount[:-step] in names:
            yield article, names[mount[:-step]]


def _of[P: Page](facts: Mapping[int, ClinicFacts], pages: QuerySet[P], path: str) -> QuerySet[P]:
    """The pages of one clinic. Of several all are read: a query takes only so many clinics."""
    if len(facts) != 1:
        return pages
    (only,) = facts.values()
    return pages.filter(**{f"{path}__startswith": only.clinic.path})


def _needs_review(version: LocalVersionPage) -> bool:
    return version.article.kind in REVIEWED_KINDS and has_clinical_text(version)


def _line(page: Any, title: str, clinic: str, last: Mapping[int, Review], day: date) -> DueLine:
    review = last.get(page.pk)
    if review is None:
        return DueLine(page, title, clinic, Due.UNREVIEWED)
    due = due_of(review.due_date, day)
    return DueLine(
        page, title, clinic, due, review.person_name, review.reviewed_date, review.due_date
    )


def _urgency(line: DueLine) -> tuple[int, date, str]:
    return list(Due).index(line.due), line.due_date or date.max, line.title.casefold()
