"""What articles have to do today, for `clinics.today`: a clinic's updates and drafts, the library's
offers and reviews, and clinics of a franchise that fall behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from articles.admin.clinic_tasks import tasks_of
from articles.admin.library_reach import library_articles, writes_library
from articles.admin.library_work import Work, work_of
from articles.admin.my_articles_filter import ATTENTION, DRAFT
from articles.admin.own_pages import own_pages, with_draft
from articles.choices import OfferStatus
from articles.models import ArticleRelease, SectionOffer
from clinics.choices import ClinicStatus
from clinics.models import ClinicFacts
from clinics.today import Scope, TodayItem, Urgency, first_names

if TYPE_CHECKING:
    from clinics.models import ClinicPage

# A clinic that reviews first and has not looked at a release for so long has fallen behind.
BEHIND = timedelta(days=14)


def clinic_articles(scope: Scope) -> Iterator[TodayItem]:
    """Updates, safety changes, reviews, answers and drafts of one clinic."""
    clinic = scope.clinic
    if clinic is None:
        return
    tasks = tasks_of(clinic)
    url = {
        name: reverse(f"my_articles:{name}", args=[clinic.pk])
        for name in ("list", "updates", "checks", "own_pages")
    }
    receipts = ngettext(
        "%(count)d safety change to acknowledge.",
        "%(count)d safety changes to acknowledge.",
        tasks.receipts,
    )
    updates = ngettext(
        "%(count)d article has an update of the library waiting.",
        "%(count)d articles have an update of the library waiting.",
        tasks.updates,
    )
    overdue = ngettext(
        "%(count)d text of yours is past its review date.",
        "%(count)d texts of yours are past their review date.",
        tasks.overdue,
    )
    articles = ngettext(
        "%(count)d article has a draft that patients do not see yet.",
        "%(count)d articles have a draft that patients do not see yet.",
        tasks.drafts,
    )
    pages = with_draft(own_pages(clinic)).count()
    own = ngettext(
        "%(count)d page of the site has a draft that patients do not see yet.",
        "%(count)d pages of the site have a draft that patients do not see yet.",
        pages,
    )
    answered = ngettext(
        "The library answered %(count)d offer of yours.",
        "The library answered %(count)d offers of yours.",
        tasks.answered,
    )
    for words, count, address, urgency in (
        (receipts, tasks.receipts, url["updates"], Urgency.DEADLINE),
        (updates, tasks.updates, f"{url['list']}?state={ATTENTION}", Urgency.WAITS),
        (overdue, tasks.overdue, url["checks"], Urgency.WAITS),
        (articles, tasks.drafts, f"{url['list']}?state={DRAFT}", Urgency.WAITS),
        (own, pages, f"{url['own_pages']}?state={DRAFT}", Urgency.WAITS),
        (answered, tasks.answered, f"{url['checks']}#offers", Urgency.LATER),
    ):
        if count:
            yield TodayItem(words % {"count": count}, address, urgency)


def clinics_behind(scope: Scope) -> Iterator[TodayItem]:
    """Clinics of a franchise that review first, and have not for two weeks."""
    if scope.clinics is None:
        return
    clinics = behind(scope.clinics)
    count = clinics.count()
    if count:
        words = ngettext(
            "%(count)s clinic has not looked at the library's updates for two weeks.",
            "%(count)s clinics have not looked at the library's updates for two weeks.",
            count,
        )
        url = reverse("articles_report_matrix") + "?state=HELD"
        names = first_names(clinics)
        yield TodayItem(words % {"count": f"{count:,}"}, url, Urgency.LATER, names)


def behind(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """Those of these clinics."""
    old = ArticleRelease.objects.filter(
        published_at__lt=timezone.now() - BEHIND, undone_at=None, first_clinics__isnull=True
    )
    newest = old.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return clinics.none()
    facts = ClinicFacts.objects.filter(review_first=True, status=ClinicStatus.LIVE)
    facts = facts.filter(Q(library_as_of=None) | Q(library_as_of__lt=newest))
    return clinics.filter(Exists(facts.filter(clinic=OuterRef("pk"))))


def library(scope: Scope) -> Iterator[TodayItem]:
    """Offers of clinics, reviews that are due, drafts and titles."""
    if writes_library(scope.user):
        offers = SectionOffer.objects.filter(article__in=library_articles(scope.user).values("pk"))
        count = offers.filter(status=OfferStatus.OPEN).count()
        if count:
            words = ngettext(
                "%(count)d offer of a clinic waits for an answer.",
                "%(count)d offers of clinics wait for an answer.",
                count,
            )
            yield TodayItem(words % {"count": count}, reverse("articles_offers"), Urgency.WAITS)
    for work in Work:
        count = work_of(scope.user, work).count()
        if count:
            url = f"{reverse('articles_library_work')}?what={work}"
            urgency = Urgency.DEADLINE if work == Work.OVERDUE else Urgency.LATER
            yield TodayItem(_work_words(work, count) % {"count": count}, url, urgency)


def _work_words(work: Work, count: int) -> str:
    match work:
        case Work.OVERDUE:
            return ngettext(
                "%(count)d article is past its review date.",
                "%(count)d articles are past their review date.",
                count,
            )
        case Work.SOON:
            return ngettext(
                "%(count)d article is to be reviewed within 30 days.",
                "%(count)d articles are to be reviewed within 30 days.",
                count,
            )
        case Work.TITLES:
            return ngettext(
                "%(count)d imported draft needs a title.",
                "%(count)d imported drafts need a title.",
                count,
            )
        case _:
            return ngettext(
                "%(count)d article has a draft that is not published.",
                "%(count)d articles have a draft that is not published.",
                count,
            )
