"""What the claim checker has against an article: a page in, findings out, of a draft or live.

Reads through the resolver of the page (`effective.py`, `queries.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.claim_texts import texts_of
from articles.claims.checking import check_claims
from articles.claims.rule import Figure, Finding, PageFacts, Part, Severity
from articles.effective import effective_article, own_article
from articles.figures import known_figures
from articles.models import ArticlePage, ClaimOverride, LocalVersionPage
from articles.queries import content_shown, draft_effective
from clinics.models import ClinicFacts
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from datetime import date

    from articles.effective import EffectiveArticle
    from articles.models import LocalArticlePage


def findings_in(
    article: EffectiveArticle,
    states: Iterable[str],
    day: date | None = None,
    *,
    kind: str = "",
    figures: Sequence[Figure] | None = None,
) -> tuple[Finding, ...]:
    """What is found in an effective article that is read in these states.

    `kind` is that of the mount of a clinic's own article, `figures` are those that the library
    keeps, where they were read before.
    """
    texts = texts_of(article, kind)
    return check_claims(
        texts.parts,
        states=states,
        day=day or timezone.localdate(),
        facts=texts.facts,
        figures=known_figures() if figures is None else figures,
    )


def shared_findings(
    article: ArticlePage, states: Iterable[str] | None = None, day: date | None = None
) -> tuple[Finding, ...]:
    """Of a shared article, draft or live; by the rules of every state that has a clinic."""
    effective = effective_article(article, release=None)
    return findings_in(effective, group_states() if states is None else states, day)


def own_findings(page: LocalArticlePage, *, mount: Any = None) -> tuple[Finding, ...]:
    """Of a clinic's own article. `mount` is where a new one will stand."""
    mount = (mount or page.get_parent()).specific
    states = _state_of(mount.get_parent().pk)
    return findings_in(own_article(page), states, kind=mount.kind)


def version_findings(version: LocalVersionPage) -> tuple[Finding, ...]:
    """Of the article as patients read it once this local version is live, by its clinic's rules."""
    clinic = clinic_of(root_page(version.clinic_id))
    return findings_in(draft_effective(version, clinic), {clinic.state} - {""})


def brought_in(version: LocalVersionPage) -> tuple[Finding, ...]:
    """What of it the local version brings: its own words, and shared ones that it leaves bare, as
    by hiding the off-label statement."""
    shared = content_shown(version.article, version.clinic_id)
    known = {each.key for each in shared_findings(shared, _state_of(version.clinic_id))}
    return tuple(each for each in version_findings(version) if each.key not in known)


def findings_of(page: Any, *, mount: Any = None) -> tuple[Finding, ...]:
    """What stands against a page of any of the three kinds, its own words or what it brings in."""
    if isinstance(page, LocalVersionPage):
        return () if page.hides_article else brought_in(page)
    if isinstance(page, ArticlePage):
        return shared_findings(page)
    return own_findings(page, mount=mount)


def overrides_of_page(page: Any) -> list[ClaimOverride]:
    """What reviewers have allowed on a page; at a clinic, also what they allowed in the library."""
    pages = [page.pk, *([page.article_id] if isinstance(page, LocalVersionPage) else [])]
    return list(ClaimOverride.objects.filter(page__in=pages)) if page.pk else []


def refused(page: Any, *, mount: Any = None) -> list[Finding]:
    """The findings that stop a publish: blocking, and not allowed by a reviewer."""
    blocking = [each for each in findings_of(page, mount=mount) if each.severity == Severity.BLOCK]
    allowed = {row.key for row in overrides_of_page(page)} if blocking else set()
    return [each for each in blocking if each.key not in allowed]


def refused_words(field: str, words: str) -> list[Finding]:
    """What may not be said in any article, of words that stand in many of them."""
    facts = PageFacts(off_label=True, risks=True, credential=True, lifeline=True)
    found = check_claims(
        [Part("", field, words)], states=group_states(), day=timezone.localdate(), facts=facts
    )
    return [each for each in found if each.severity == Severity.BLOCK]


def group_states() -> frozenset[str]:
    """The states of all clinics: a shared text is read in each of them."""
    states = ClinicFacts.objects.values_list("state", flat=True)
    return frozenset(states.order_by().distinct()) - {""}


def _state_of(clinic_id: int) -> frozenset[str]:
    states = ClinicFacts.objects.filter(clinic_id=clinic_id).values_list("state", flat=True)
    return frozenset(states) - {""}
