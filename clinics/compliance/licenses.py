"""Whether a clinic may advertise what its state regulates: its facts and a day in, gaps out.

Reads nothing but the services of the clinic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinics.compliance.rules import Rule, RuleKind, rules_for
from clinics.special_days import today_at

if TYPE_CHECKING:
    from clinics.models import ClinicFacts

# So long it takes to renew a license with a state, with a margin.
WARNED_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class LicenseGap:
    """A rule that the clinic does not meet, and why: a sentence that names the law."""

    rule: Rule
    message: str


def license_gaps(facts: ClinicFacts) -> list[LicenseGap]:
    """The licenses that the state asks of whoever advertises, and that are not in date today."""
    today = today_at(facts)
    gaps = []
    for rule in rules_for(facts.state, RuleKind.LICENSE, today):
        reason = _reason(facts, today)
        if reason:
            gaps.append(LicenseGap(rule, _sentence(rule, reason)))
    return gaps


def needed_licenses(facts: ClinicFacts) -> Iterator[Rule]:
    """The rules that concern what the clinic is called or offers."""
    subjects = None
    for rule in rules_for(facts.state, RuleKind.LICENSE, today_at(facts)):
        if speaks_of(rule, [facts.name]):
            yield rule
            continue
        if subjects is None:
            subjects = set(facts.services.values_list("regulated_as", flat=True))
        if rule.subject in subjects:
            yield rule


def needed_gaps(facts: ClinicFacts) -> list[LicenseGap]:
    """The gaps that matter at this clinic, whatever page it publishes next."""
    gaps = license_gaps(facts)
    if not gaps:
        return []
    needed = set(needed_licenses(facts))
    return [gap for gap in gaps if gap.rule in needed]


def speaks_of(rule: Rule, texts: Iterable[str]) -> bool:
    """Whether one of the texts has the words of a rule, in any case and with any spaces."""
    folded = [" ".join(text.casefold().split()) for text in texts if text]
    return any(word in text for text in folded for word in rule.words)


def ends_soon(facts: ClinicFacts) -> date | None:
    """The last day of a license that is needed, in date, and about to end; else None."""
    last, today = facts.pain_license_until, today_at(facts)
    if last is None or not today <= last <= today + WARNED_AHEAD:
        return None
    return last if any(needed_licenses(facts)) else None


def _reason(facts: ClinicFacts, today: date) -> str:
    first, last = facts.pain_license_from, facts.pain_license_until
    if not facts.pain_license_number or not facts.pain_license_kind:
        return _("neither a registration nor a certificate of exemption is entered")
    if last is None:
        return _("the last day of the license is not entered")
    if last < today:
        return _("the license ended on %(day)s") % {"day": date_format(last)}
    if first and first > today:
        return _("the license begins on %(day)s") % {"day": date_format(first)}
    return ""


def _sentence(rule: Rule, reason: str) -> str:
    text = _(
        "%(law)s: a clinic in %(state)s advertises %(subject)s with a registration or a "
        "certificate of exemption only, and %(reason)s. Enter it in “Licenses and law”."
    )
    subject = rule.words[0] if rule.words else rule.subject.lower()
    values = {"law": rule.law, "state": rule.state_name, "subject": subject, "reason": reason}
    return text % values
