"""Everything that patients of a clinic read in, what the claim checker has against it out.

One article after the other, with the same resolver as its page; the pages of the site after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.admin.own_pages import own_pages
from articles.claim_findings import findings_in
from articles.claims.checking import check_claims
from articles.claims.required import describes_risks, states_off_label
from articles.claims.rule import Finding, PageFacts, Part
from articles.effective import own_article
from articles.queries import effective_for, mounts_of, offered, own_articles
from clinics.models import ClinicPage
from clinics.prose import words_in

if TYPE_CHECKING:
    from datetime import date

    from clinics.clinic import Clinic


@dataclass(frozen=True)
class CheckedPage:
    """A page by its path on the site, and what was found in it."""

    path: str
    findings: tuple[Finding, ...]


def checked_pages(
    clinic: Clinic, states: frozenset[str] | None = None, day: date | None = None
) -> Iterator[CheckedPage]:
    """Each effective article and each page of the site, one by one: it may take a while."""
    states = frozenset({clinic.state} - {""}) if states is None else states
    day = day or timezone.localdate()
    for mount in mounts_of(clinic):
        for article in offered(mount, clinic).iterator(chunk_size=100):
            effective = effective_for(article, clinic)
            if effective is not None:
                found = findings_in(effective, states, day)
                yield CheckedPage(f"/{mount.slug}/{article.slug}/", found)
        for page in own_articles(mount):
            found = findings_in(own_article(page), states, day, mount.kind)
            yield CheckedPage(f"/{mount.slug}/{page.slug}/", found)
    home = ClinicPage.objects.filter(pk=clinic.page_id).first()
    if home is not None:
        for page in own_pages(home).live().specific(defer=False):
            path = "/" + page.url_path[len(clinic.url_path) :]
            yield CheckedPage(path, page_findings(page, clinic, states, day))


def page_findings(
    page: Any, clinic: Clinic, states: frozenset[str], day: date
) -> tuple[Finding, ...]:
    """Of a page of the site, which names the texts that patients read (`published_texts`)."""
    parts = [
        Part("", name, words_in(getattr(page, name) or ""), local=True)
        for name in getattr(page, "published_texts", ())
    ]
    facts = PageFacts(
        off_label=states_off_label(parts),
        risks=describes_risks(parts),
        lifeline=True,
        own_names=(clinic.name,),
    )
    return check_claims(parts, states=states, day=day, facts=facts)
