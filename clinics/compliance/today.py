"""What law asks to be done today: licenses that end, notices that are missing on a live site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinics import open_words
from clinics.choices import ClinicStatus
from clinics.compliance.licenses import WARNED_AHEAD, ends_soon, needed_gaps
from clinics.compliance.notices import owed_notices
from clinics.models import ClinicFacts
from clinics.today import MOST_NAMES, Part, Scope, TodayItem, Urgency, first_names, register_today

if TYPE_CHECKING:
    from clinics.models import ClinicPage


@register_today(Part.CLINIC)
def law_of_clinic(scope: Scope) -> Iterator[TodayItem]:
    """Of a live clinic; of one in preparation the checklist says it all."""
    clinic = scope.clinic
    if clinic is None or clinic.facts.status != ClinicStatus.LIVE:
        return
    yield from _license(clinic)
    missing = [owed.title for owed in owed_notices(clinic) if not owed.is_shown]
    if missing:
        words = ngettext(
            "%(count)d notice that the clinic owes is not in the footer.",
            "%(count)d notices that the clinic owes are not in the footer.",
            len(missing),
        )
        url = reverse("my_clinic:launch", args=[clinic.pk]) + "#notices"
        names = tuple(missing[:MOST_NAMES])
        yield TodayItem(words % {"count": len(missing)}, url, Urgency.PATIENTS, names)


def _license(clinic: ClinicPage) -> Iterator[TodayItem]:
    url = reverse("my_clinic:edit_compliance", args=[clinic.pk])
    for gap in needed_gaps(clinic.facts):
        yield TodayItem(gap.message, f"{url}#id_pain_license_kind", Urgency.PATIENTS)
    last = ends_soon(clinic.facts)
    if last:
        words = _("The license for pain management ends on %(day)s: renew it.")
        day = {"day": date_format(last)}
        yield TodayItem(words % day, f"{url}#id_pain_license_until", Urgency.DEADLINE)


@register_today(Part.FRANCHISE)
def licenses_of_clinics(scope: Scope) -> Iterator[TodayItem]:
    """Clinics whose license ends within two months, or has ended."""
    if scope.clinics is None:
        return
    last = open_words.current_time().date() + WARNED_AHEAD
    ending = ClinicFacts.objects.filter(status=ClinicStatus.LIVE, pain_license_until__lte=last)
    clinics = scope.clinics.filter(pk__in=ending.values("clinic"))
    count = clinics.count()
    if count:
        words = ngettext(
            "The license of %(count)s clinic ends within %(days)d days, or has ended.",
            "The licenses of %(count)s clinics end within %(days)d days, or have ended.",
            count,
        )
        values = {"count": f"{count:,}", "days": WARNED_AHEAD // timedelta(days=1)}
        url = reverse("my_clinic:index")
        names = first_names(clinics)
        yield TodayItem(words % values, url, Urgency.DEADLINE, names)
