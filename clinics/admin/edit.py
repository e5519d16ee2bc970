"""The forms of My clinic: typed values in, saved facts, errors or a conflict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from clinics.admin.saved_message import say_saved
from clinics.admin.screens import ClinicScreen, LocationScreen, who_may
from clinics.closing_today import close_today
from clinics.facts import FactsConflict, facts_of, facts_snapshot, save_facts, snapshot_at
from clinics.facts_merge import merge_typed
from clinics.facts_snapshot import HOURS, SPECIAL_HOURS, Facts, Snapshot
from clinics.facts_words import (
    NOTICE_GROUP,
    differences,
    fact_groups,
    is_about_law,
    special_lines,
    week_lines,
)
from clinics.forms.clinic import ClinicForm
from clinics.forms.compliance import ComplianceForm
from clinics.forms.hours import HoursForm
from clinics.forms.location import LocationForm
from clinics.forms.notice import NoticeForm
from clinics.roles.rights import PROPOSE, YES, right_at

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.models import FactsChange

CONFLICT = 409


class EditScreen(ClinicScreen):
    """One form of facts. Whoever may not save sees the facts and who may, and no input.

    Whoever may propose is led to the form for that, where there is one.
    """

    http_method_names = ["get", "head", "post", "options"]
    form_template = "clinics/admin/facts_form.html"
    right: ClassVar[str] = "phones"
    suggest_route: ClassVar[str] = ""
    form_class: ClassVar[type]

    def get_facts(self) -> Facts:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = right_at(request.user, self.right, self.clinic)
        if answer == PROPOSE and self.suggest_route:
            return redirect(self.suggest_route, *kwargs.values())
        if answer != YES:
            return self.read_only()
        return self.show(self.form_class(instance=self.get_facts()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may(self.right):
            raise PermissionDenied
        form = self.form_class(request.POST, instance=self.get_facts())
        if not form.is_valid():
            return self.show(form)
        try:
            change = self.save(form)
        except FactsConflict as conflict:
            return self.show_conflict(form, conflict.current)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        return self.saved(change)

    def save(self, form: Any) -> FactsChange | None:
        return save_facts(
            self.get_facts(),
            **form.arguments(),
            user=self.request.user,
            base_version=form.cleaned_data["base_version"],
        )

    def saved(self, change: FactsChange | None) -> HttpResponse:
        if change is None:
            messages.info(self.request, _("Nothing was changed."))
        else:
            say_saved(self.request, change)
        return redirect(f"my_clinic:{self.tab}", self.clinic.pk)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        context = {"has_unsaved_changes": form.is_bound} | context
        context = self.get_context_data(form=form, problems=form.problems(), **context)
        context["action_url"] = self.request.path
        context["submit_button_label"] = _("Save")
        context["submit_button_active_label"] = _("Saving…")
        return self.response_class(
            request=self.request, template=[self.form_template], context=context, status=status
        )

    def show_conflict(self, form: Any, current: Facts) -> HttpResponse:
        """What is saved beside what was typed, which stays in the form to be saved again."""
        now = facts_snapshot(current)
        base = snapshot_at(current, form.cleaned_data["base_version"])
        merged = merge_typed(base, form.typed(current), now)
        return self.show(
            self.form_class.showing(current, merged),
            status=CONFLICT,
            conflict=differences(now, merged),
            change=current.page.facts_changes.select_related("changed_by").first(),
            has_unsaved_changes=True,
        )

    def read_only(self) -> HttpResponse:
        context = self.get_context_data(
            who_may=who_may(self.right, self.clinic),
            **self.read_only_facts(facts_snapshot(self.get_facts())),
        )
        return self.response_class(
            request=self.request, template=["clinics/admin/facts_read_only.html"], context=context
        )

    def read_only_facts(self, snapshot: Snapshot) -> dict[str, Any]:
        return {"groups": fact_groups(snapshot)}

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_subtitle()}]


class EditClinic(EditScreen):
    """Name, state, time zone, booking, services and protocol of a clinic."""

    form_class = ClinicForm
    suggest_route = "my_clinic:suggest_clinic"
    tab = "contact"

    def get_facts(self) -> Facts:
        return facts_of(self.clinic.pk)

    def get_page_subtitle(self) -> str:
        return _("Facts of the clinic")


class EditCompliance(EditScreen):
    """Licenses and law: the medical director, licenses, and which notices the clinic owes."""

    form_class = ComplianceForm
    suggest_route = "my_clinic:suggest_compliance"
    tab = "contact"

    def get_facts(self) -> Facts:
        return facts_of(self.clinic.pk)

    def get_page_subtitle(self) -> str:
        return _("Licenses and law")

    def read_only_facts(self, snapshot: Snapshot) -> dict[str, Any]:
        return {"groups": [group for group in fact_groups(snapshot) if is_about_law(group)]}


class EditLocation(LocationScreen, EditScreen):
    """Numbers, address and status of a location."""

    form_class = LocationForm
    suggest_route = "my_clinic:suggest_location"
    tab = "contact"

    def get_facts(self) -> Facts:
        return facts_of(self.location.pk)

    def get_page_subtitle(self) -> str:
        return _("Numbers and address of %(name)s") % {"name": self.location.facts.name}


class EditHours(LocationScreen, EditScreen):
    """The week and the special hours of a location."""

    form_class = HoursForm
    form_template = "clinics/admin/hours_form.html"
    right = "hours"
    tab = "hours"

    def get_facts(self) -> Facts:
        return facts_of(self.location.pk)

    def get_page_subtitle(self) -> str:
        return _("Hours of %(name)s") % {"name": self.location.facts.name}

    def read_only_facts(self, snapshot: Snapshot) -> dict[str, Any]:
        return {
            "week": week_lines(snapshot[HOURS]),
            "special": special_lines(snapshot[SPECIAL_HOURS]),
        }


class InClinicsZone(ClinicScreen):
    """Times are typed and shown in the clinic's zone, whatever the editor's own is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(self.clinic.facts.time_zone)):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response


class EditNotice(InClinicsZone, EditScreen):
    """What every page of the clinic says on top today, and closing for today."""

    form_class = NoticeForm
    right = "hours"
    tab = "hours"

    def get_facts(self) -> Facts:
        return facts_of(self.clinic.pk)

    @transaction.atomic
    def save(self, form: Any) -> FactsChange | None:
        change = super().save(form)
        if form.cleaned_data["closed_today"]:
            closed = close_today(
                self.clinic.facts, form.cleaned_data["notice"], user=self.request.user
            )
            if closed:
                text = _("Closed today: %(places)s.") % {"places": ", ".join(closed)}
                messages.success(self.request, text)
        return change

    def get_page_subtitle(self) -> str:
        return _("Notice for patients")

    def read_only_facts(self, snapshot: Snapshot) -> dict[str, Any]:
        return {"groups": [group for group in fact_groups(snapshot) if group[0] == NOTICE_GROUP[0]]}
