"""What stands against a page of a clinic, for its editors: a checked page in, rows to keep out.

Claims that nobody has allowed, blocks that are missing, and text that no approval covers: by the
same functions as the gate of a publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.claim_texts import blocks_missing
from articles.claims.rule import Finding, Severity
from articles.effective import LOCAL
from articles.models import ClaimOverride
from articles.required_words import BLOCK_NAMES, BLOCK_REMEDIES
from articles.review.gate import unapproved_names
from articles.review.pages import is_gated_kind, state_of
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.claim_pages import CheckedPage
    from articles.effective import EffectiveArticle

CLAIM, BLOCK, REVIEW = "claim", "block", "review"


def rows_of(checked: CheckedPage) -> list[dict[str, Any]]:
    """Each has `what` of the three, the `page` whose editor has the text, and words for people.

    `anchor` is the id of the section there, "" where there is none.
    """
    rows = [*_claims(checked)]
    effective = checked.effective
    if effective is not None and is_gated_kind(checked.kind):
        rows += [*_reviews(effective)]
        # What says of itself that nobody has reviewed it was let through without them.
        if not getattr(effective.content, "is_unreviewed", False):
            rows += [*_blocks(effective)]
    about = {"path": checked.path, "title": _title(checked)}
    return [about | row for row in rows]


def _claims(checked: CheckedPage) -> Iterator[dict[str, Any]]:
    blocking = [each for each in checked.findings if each.severity == Severity.BLOCK]
    if not blocking:
        return
    version = checked.effective.in_force if checked.effective else None
    pages = [checked.page.pk, *([version.pk] if version else [])]
    allowed = {row.key for row in ClaimOverride.objects.filter(page__in=pages)}
    overrides = _override_of_sections(checked)
    for finding in blocking:
        if finding.key not in allowed:
            is_local = version is not None and finding.local
            yield {
                "what": CLAIM,
                "page": version.pk if version is not None and is_local else checked.page.pk,
                "anchor": _anchor(finding, overrides if is_local else {}),
                "rule": finding.rule,
                "words": finding.phrase,
                "section": finding.section,
                "advice": finding.advice,
            }


def _blocks(effective: EffectiveArticle) -> Iterator[dict[str, Any]]:
    for block in blocks_missing(effective):
        yield {
            "what": BLOCK,
            "page": effective.content.pk,
            "anchor": "",
            "rule": "PAGE",
            "words": str(capfirst(BLOCK_NAMES[block])),
            "section": "",
            "advice": str(BLOCK_REMEDIES[block]),
        }


def _reviews(effective: EffectiveArticle) -> Iterator[dict[str, Any]]:
    """The text of the library as the clinic shows it, and what the clinic has made of it."""
    for page in (effective.content, effective.in_force):
        if page is None:
            continue
        state = state_of(page)
        if not state.is_approved:
            names = ", ".join(f"“{name}”" for name in unapproved_names(page, state))
            is_new = state.approval is None
            yield {
                "what": REVIEW,
                "page": page.pk,
                "anchor": "",
                "rule": "REVIEW",
                "words": _("Not reviewed") if is_new else _("Changed since the review"),
                "section": "" if is_new else names,
                "advice": _("Send the page to medical review."),
            }


def _override_of_sections(checked: CheckedPage) -> Mapping[str, str]:
    """In the editor of a local version, the section of an override stands in it."""
    if checked.effective is None:
        return {}
    shown = checked.effective.merged.sections
    return {section.id: section.override for section in shown if section.origin == LOCAL}


def _anchor(finding: Finding, overrides: Mapping[str, str]) -> str:
    return overrides.get(finding.section_id) or finding.section_id


def _title(checked: CheckedPage) -> str:
    title = checked.effective.value("title") if checked.effective else checked.page.title
    return readable(title)
