"""What waits for somebody of one clinic: a clinic in, counts and lists of tasks out.

A fixed number of queries, whatever the number of articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.acknowledging import due_receipts
from articles.admin.my_articles_rows import NEEDS_ATTENTION, allowed_articles, drafts_waiting
from articles.choices import OfferStatus
from articles.models import SectionOffer
from articles.states_by_clinic import states_by_clinic
from articles.text_checks import Check, TextCheck, text_checks
from clinics.models import ClinicFacts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import ArticlePage, LocalVersionPage
    from clinics.models import ClinicPage

# How long an answer of the library stays news.
LATELY = timedelta(days=14)


@dataclass(frozen=True)
class CheckTask:
    """A local text that deserves a look, with the page to do it on."""

    article: ArticlePage
    version: LocalVersionPage
    check: TextCheck


@dataclass(frozen=True)
class ClinicTasks:
    """`updates` articles wait, `receipts` safety changes are not acknowledged; `answered` offers
    were adopted or declined lately; `drafts` articles have a draft that patients do not see."""

    updates: int
    receipts: int
    checks: list[CheckTask]
    answered: int
    drafts: int

    @property
    def overdue(self) -> int:
        """Texts that somebody promised to look at again."""
        return sum(task.check.check == Check.OVERDUE for task in self.checks)


def tasks_of(clinic: ClinicPage) -> ClinicTasks:
    """Everything that somebody of the clinic should look at."""
    articles = allowed_articles(clinic)
    rows = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
    facts = rows.get(clinic=clinic.pk)
    cells = states_by_clinic(articles, [facts])
    today = timezone.localdate()
    tasks = [
        CheckTask(article, cell.version, check)
        for article in articles
        if (cell := cells[article.pk, clinic.pk]).version
        for check in text_checks(cell, today)
    ]
    urgency = list(Check)
    return ClinicTasks(
        updates=sum(cell.state in NEEDS_ATTENTION for cell in cells.values()),
        receipts=len(due_receipts(articles, facts)),
        checks=sorted(tasks, key=lambda task: urgency.index(task.check.check)),
        answered=_answered(clinic),
        drafts=drafts_waiting(clinic, articles),
    )


def offers_of(clinic: ClinicPage) -> QuerySet[SectionOffer]:
    """What the clinic has offered to the library, the newest first."""
    offers = SectionOffer.objects.filter(version__clinic=clinic.pk).order_by("-pk")
    return offers.select_related("article", "release")


def _answered(clinic: ClinicPage) -> int:
    since = timezone.now() - LATELY
    answers = (OfferStatus.ADOPTED, OfferStatus.DECLINED)
    return offers_of(clinic).filter(status__in=answers, decided_at__gte=since).count()
