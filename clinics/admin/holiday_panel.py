"""The front page's reminder of holidays without hours, for whoever sets the hours of one clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from clinics.admin.tabs import undecided_at
from clinics.models import LocationFacts
from clinics.roles.reach import clinics_of, has_clinics
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clinics.holidays import Holiday
    from clinics.models import ClinicPage


class HolidayPanel(Component):
    """Names the holidays, and leads to the hours."""

    name = "holidays"
    template_name = "clinics/admin/holiday_panel.html"
    order = 55

    def __init__(self, clinic: ClinicPage, holidays: list[Holiday]) -> None:
        self.clinic = clinic
        self.holidays = holidays

    class Media:
        css = {"all": ["clinics/admin/my_clinic_hours.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        url = reverse("my_clinic:hours", args=[self.clinic.pk])
        return {"holidays": self.holidays, "url": url}


def add_holiday_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    if request.user.is_superuser or not has_clinics(request.user):
        return
    two = list(clinics_of(request.user).select_related("facts")[:2])
    if len(two) == 1 and right_at(request.user, "hours", two[0]) == YES:
        holidays = undecided_by_clinic(two[0].pk)
        if holidays:
            panels.append(HolidayPanel(two[0], holidays))


def undecided_by_clinic(clinic_id: int) -> list[Holiday]:
    """The holidays about which some location has said nothing, in order, each once."""
    places = LocationFacts.objects.filter(clinic=clinic_id).prefetch_related("special_hours")
    found = {holiday.day: holiday for facts in places for holiday in undecided_at(facts)}
    return [found[day] for day in sorted(found)]
