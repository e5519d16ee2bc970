"""Findings of a page, each with whether a reviewer lets it stand; and the act of letting it stand.

Whoever reviews the library that a page belongs to may allow what the checker blocks. An allowed
claim is of one sentence: another wording asks again. Rows are kept for good (C-02).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.claim_findings import findings_of, overrides_of_page
from articles.claims.rule import Finding, Severity
from articles.models import ClaimOverride
from articles.review.reviewers import reviews
from clinics.account_names import name_of
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

LOG_ALLOWED = "articles.claim.allowed"


@dataclass(frozen=True)
class Standing:
    """A finding, and the reason for which it is allowed, if it is."""

    finding: Finding
    allowed: ClaimOverride | None = None

    @property
    def blocks(self) -> bool:
        return self.finding.severity == Severity.BLOCK and self.allowed is None

    @property
    def code(self) -> str:
        """Names it in a form: another sentence has another one."""
        return f"{self.finding.rule}-{self.finding.digest[:16]}-{len(self.finding.phrase)}"


class ClaimChangedError(ValidationError):
    """The sentence is not there any more: it was changed meanwhile."""


def standing_of(page: Any) -> list[Standing]:
    """What is found in a draft, the strongest first and in the order of the page."""
    allowed = {row.key: row for row in overrides_of_page(page)}
    found = [Standing(each, allowed.get(each.key)) for each in findings_of(page)]
    return sorted(found, key=lambda each: each.finding.severity.rank)


@transaction.atomic
def allow_claim(page: Any, code: str, reason: str, *, user: AbstractUser) -> ClaimOverride:
    """Let a blocked finding of a draft stand. Raises PermissionDenied, ClaimChangedError for a
    sentence that is not there, and ValidationError without a reason."""
    if not reviews(user, page):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Give the reason: it is kept with your name."))
    found = next((each for each in standing_of(page) if each.code == code), None)
    if found is None:
        raise ClaimChangedError(_("The sentence was changed meanwhile: look at it again."))
    if found.allowed:
        return found.allowed
    row = ClaimOverride.objects.create(
        page_id=page.pk,
        page_title=readable(page.title),
        rule=found.finding.rule,
        phrase=found.finding.phrase,
        sentence=found.finding.sentence,
        digest=found.finding.digest,
        reason=reason.strip(),
        user=user,
        user_name=name_of(user)[:150],
    )
    data = {"rule": row.rule, "phrase": row.phrase, "reason": row.reason}
    log(instance=page, action=LOG_ALLOWED, user=user, data=data)
    return row
