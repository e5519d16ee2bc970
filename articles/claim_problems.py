"""Claims that stop a publish: a page in, problems with place, words and remedy out (C-02)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.claim_findings import refused
from articles.models import LocalVersionPage
from clinics.publish_guard import Problem

if TYPE_CHECKING:
    from articles.claims.rule import Finding

# The columns of a local version, by the field of the article that they override.
_COLUMNS = {"title": "title_override", "summary": "summary_override", "hero_image": "hero_choice"}


def claim_problems(page: Any, *, mount: Any = None) -> Iterator[Problem]:
    """One problem for each finding that needs an edit, or a reviewer's reason."""
    for finding in refused(page, mount=mount):
        yield Problem(_field(finding, page), problem_words(finding))


def problem_words(finding: Finding) -> str:
    """The same as `claim_words`, and who else can decide."""
    return f"{claim_words(finding)} {_('A medical reviewer can allow it, with a reason.')}"


def claim_words(finding: Finding) -> str:
    """Where, which words, by which rule, and what to do."""
    text = (
        _("“%(phrase)s” in “%(section)s” may not be published (%(rule)s). %(advice)s")
        if finding.section
        else _("“%(phrase)s” may not be published (%(rule)s). %(advice)s")
    )
    return text % {
        "phrase": finding.phrase,
        "section": finding.section,
        "rule": finding.rule,
        "advice": finding.advice,
    }


def _field(finding: Finding, page: Any) -> str:
    """A field of the form, or the stream of the page."""
    is_version = isinstance(page, LocalVersionPage)
    if finding.section_id or finding.field == "page":
        return "overrides" if is_version else "body"
    return _COLUMNS.get(finding.field, finding.field) if is_version else finding.field
