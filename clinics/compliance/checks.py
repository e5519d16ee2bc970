"""What law adds to the checklist of a clinic. Rules come from data: none of these names a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinics.compliance.licenses import ends_soon, needed_gaps, needed_licenses
from clinics.compliance.notices import owed_notices
from clinics.compliance.rules import RuleKind, rules_for
from clinics.launching import Check, register_check
from clinics.models import LocationFacts

if TYPE_CHECKING:
    from clinics.models import ClinicPage


@register_check
def has_legal_name(clinic: ClinicPage) -> Check:
    remedy = _("Enter the legal name: notices speak in its name.")
    url = reverse("my_clinic:edit_clinic", args=[clinic.pk]) + "#id_legal_name"
    return Check(_("Legal entity and state"), bool(clinic.facts.legal_name), remedy, url)


@register_check
def has_director(clinic: ClinicPage) -> Check:
    """A-01."""
    facts = clinic.facts
    lacking = [
        words
        for words, value in (
            (_("who it is"), facts.director_words),
            (_("the license number"), facts.director_license),
        )
        if not value
    ]
    remedy = _("Enter of the medical director: %(what)s.") % {"what": ", ".join(lacking)}
    return Check(_("Medical director"), not lacking, remedy, _field(clinic, "director"))


@register_check
def has_supervision(clinic: ClinicPage) -> Check:
    """A-04: what the pages of locations say where the director does not practise."""
    facts = clinic.facts
    states = LocationFacts.objects.filter(clinic=clinic).values_list("state", "is_primary")
    found = [
        (rule, is_primary)
        for state, is_primary in states
        for rule in rules_for(state, RuleKind.SUPERVISION)
    ]
    law = found[0][0].law if found else ""
    label = _("Who supervises care where the director does not practise")
    if found and facts.director_is_here is None:
        remedy = _("Say whether the main location is the director's primary practice.")
        return Check(label, False, remedy, _field(clinic, "director_is_here"), law)
    elsewhere = [primary for _rule, primary in found if not (facts.director_is_here and primary)]
    remedy = _("Write the delegation statement that these locations show.")
    holds = not elsewhere or bool(facts.delegation)
    return Check(label, holds, remedy, _field(clinic, "delegation"), law)


@register_check
def has_licenses(clinic: ClinicPage) -> Check:
    """A-02: also a report of what is live without a license in date."""
    gaps = needed_gaps(clinic.facts)
    law = ", ".join(dict.fromkeys(rule.law for rule in needed_licenses(clinic.facts)))
    remedy = " ".join(gap.message for gap in gaps)
    url = _field(clinic, "pain_license_kind")
    return Check(_("Licenses for what is advertised"), not gaps, remedy, url, law)


@register_check
def license_lasts(clinic: ClinicPage) -> Check:
    last = ends_soon(clinic.facts)
    remedy = ""
    if last:
        remedy = _("It ends on %(day)s: renew it.") % {"day": date_format(last)}
    url = _field(clinic, "pain_license_until")
    return Check(_("Licenses last two more months"), last is None, remedy, url, is_must=False)


@register_check
def has_answers_of_law(clinic: ClinicPage) -> Check:
    """What decides which notices are owed."""
    holds = clinic.facts.receives_hhs_funds is not None
    remedy = _("Say whether the clinic receives funds of HHS: it decides which notices it owes.")
    return Check(_("Funds of HHS"), holds, remedy, _field(clinic, "receives_hhs_funds"))


@register_check
def has_employees(clinic: ClinicPage) -> Check:
    remedy = _("Enter how many employees there are: dates for accessible sites depend on it.")
    url = _field(clinic, "employees")
    holds = bool(clinic.facts.employees)
    return Check(_("Number of employees"), holds, remedy, url, is_must=False)


@register_check
def has_notices(clinic: ClinicPage) -> Check:
    """P-08: each is live, and in the footer of every page."""
    missing = [owed for owed in owed_notices(clinic) if not owed.is_shown]
    remedy = _("Publish, with a link in the footer: %(names)s.")
    names = ", ".join(owed.title for owed in missing)
    url = reverse("my_clinic:launch", args=[clinic.pk]) + "#notices"
    law = ", ".join(dict.fromkeys(owed.rule.law for owed in missing))
    label = _("Privacy, accessibility and other notices")
    return Check(label, not missing, remedy % {"names": names}, url, law)


@register_check
def has_seal_for_its_host(clinic: ClinicPage) -> Check:
    """A-06."""
    facts = clinic.facts
    site = clinic.sites_rooted_here.first()
    holds = not facts.legitscript_id or (
        site is not None and site.hostname == facts.legitscript_host
    )
    remedy = _("The seal is of another host, so that it is not shown: have this one verified.")
    url = _field(clinic, "legitscript_host")
    return Check(_("Seal of LegitScript"), holds, remedy, url, is_must=False)


def _field(clinic: ClinicPage, name: str) -> str:
    return f"{reverse('my_clinic:edit_compliance', args=[clinic.pk])}#id_{name}"
