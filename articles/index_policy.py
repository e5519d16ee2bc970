"""What search engines may do with a clinic's page of an article: facts in, answer out (L-04).

The owner's copy is listed; another clinic's only where its own words make it a page of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import ArticlePage
from articles.queries import article_paths
from articles.review.dates import left_out_from
from clinics.choices import IndexPolicy
from clinics.edge.memory import remembered
from clinics.edge.shown import shows, shows_until
from clinics.models import HubPage
from clinics.resolve import clinic_of, open_neighbour_id, root_page
from clinics.sitemap import NOINDEX

if TYPE_CHECKING:
    from articles.effective import EffectiveSummary
    from articles.models import IndexDecision, LocalArticlePage
    from clinics.clinic import Clinic


class Standing(StrEnum):
    """OWN: listed. HUB: its canonical address is the owner's. NOINDEX: kept out, links followed."""

    OWN = "OWN"
    HUB = "HUB"
    NOINDEX = "NOINDEX"


class Reason(StrEnum):
    """Why a page stands as it does; the admin has words for each."""

    OWNER = "OWNER"
    WRITTEN_HERE = "WRITTEN_HERE"
    EVERY_PAGE = "EVERY_PAGE"
    NO_PAGE = "NO_PAGE"
    SHARED_TEXT = "SHARED_TEXT"
    NOT_COMPARED = "NOT_COMPARED"
    ALIKE = "ALIKE"
    OWN_WORDS = "OWN_WORDS"
    UNREVIEWED = "UNREVIEWED"
    OVERDUE = "OVERDUE"


@dataclass(frozen=True)
class Indexing:
    """`canonical` is the owner's address of a HUB page. `likeness` goes with a decision."""

    standing: Standing
    reason: Reason
    canonical: str = ""
    likeness: float = 0.0
    nearest_id: int | None = None

    @property
    def robots(self) -> str:
        """The content of <meta name="robots">; "" where no such element is needed."""
        return NOINDEX if self.standing == Standing.NOINDEX else ""


def indexing_of(article: EffectiveSummary, clinic: Clinic) -> Indexing:
    """How the page of an article stands at a clinic, with the owner's address for a HUB page."""
    found = decide(article, clinic)
    if found.standing != Standing.HUB or not isinstance(article.content, ArticlePage):
        return found
    address = owners_address(article.content, clinic)
    return replace(found, canonical=address, standing=Standing.HUB if address else Standing.NOINDEX)


def decide(article: EffectiveSummary, clinic: Clinic) -> Indexing:
    """The standing by owner, policy and decision. No query; a HUB page has no canonical yet."""
    content = article.content
    if reason := _against_the_text(content):
        return Indexing(Standing.NOINDEX, reason)
    if not isinstance(content, ArticlePage):
        return Indexing(Standing.OWN, Reason.WRITTEN_HERE)
    if is_owner(content, clinic):
        return Indexing(Standing.OWN, Reason.OWNER)
    if clinic.index_policy == IndexPolicy.OWN:
        return Indexing(Standing.OWN, Reason.EVERY_PAGE)
    if clinic.index_policy == IndexPolicy.NOINDEX:
        return Indexing(Standing.NOINDEX, Reason.NO_PAGE)
    copy = Standing.HUB if clinic.index_policy == IndexPolicy.HUB else Standing.NOINDEX
    if article.in_force is None:
        return Indexing(copy, Reason.SHARED_TEXT)
    decision: IndexDecision | None = getattr(article.in_force, "index_decision", None)
    if decision is None:
        return Indexing(copy, Reason.NOT_COMPARED)
    standing, reason = (Standing.OWN, Reason.OWN_WORDS) if decision.is_own else (copy, Reason.ALIKE)
    return Indexing(standing, reason, "", decision.likeness, decision.nearest_id)


def _against_the_text(content: ArticlePage | LocalArticlePage) -> Reason | None:
    """Why nobody should find this text by a search engine, whoever shows it (T-01, T-05)."""
    if content.is_unreviewed:
        return Reason.UNREVIEWED
    moment = left_out_from(content.review_due_date)
    if moment is None:
        return None
    if moment <= timezone.now():
        return Reason.OVERDUE
    shows_until(moment)
    return None


def is_owner(article: ArticlePage, clinic: Clinic) -> bool:
    """True for the clinic that wrote the article, and where that has closed, for the one that it
    closed into; the group's own articles are the hub's.
    """
    if article.owner_clinic_id:
        return article.owner_clinic_id in {clinic.page_id, *clinic.took_over}
    return clinic.is_hub


def owners_address(article: ArticlePage, clinic: Clinic) -> str:
    """The absolute address of the owner's copy; "" when the owner does not show the article."""
    if article.owner_clinic_id:
        open_one = open_neighbour_id(article.owner_clinic_id)
        home = root_page(open_one) if open_one else None
    else:
        hub = remembered(("hub", clinic.group_id), lambda: _hub_of(clinic))
        home = root_page(hub) if hub else None
    if home is None or not home.live:
        return ""
    owner = remembered(("owner", home.pk), lambda: clinic_of(home))
    path = article_paths([article.pk], owner).get(article.pk)
    return f"{owner.origin}{path}" if path else ""


def _hub_of(clinic: Clinic) -> int | None:
    shows(f"n:{clinic.group_id}")
    group = clinic.tree_path[: -HubPage.steplen]
    hubs = HubPage.objects.live().filter(path__startswith=group)
    return hubs.values_list("pk", flat=True).first()
