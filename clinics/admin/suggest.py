"""The forms of facts for whoever may only propose: typed values in, a suggestion out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from clinics.admin.edit import EditClinic, EditCompliance, EditLocation, EditScreen
from clinics.admin.screens import who_may
from clinics.admin.suggestion_rows import waiting_rows
from clinics.facts import facts_snapshot
from clinics.facts_words import label_of
from clinics.forms.facts import Problem, problems_of
from clinics.forms.suggestion import NoteForm
from clinics.roles.rights import PROPOSE, YES, right_at
from clinics.suggesting.proposing import marks_of, open_suggestion, suggest, with_own
from clinics.suggesting.waiting import own_waiting

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.suggesting.proposing import Suggested


class SuggestScreen(EditScreen):
    """What stands in the form is what the user would have; what differs becomes a suggestion.

    Whoever changes these facts themselves is led to the form that does.
    """

    form_template = "clinics/admin/suggest_form.html"
    note_form: NoteForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = right_at(request.user, self.right, self.clinic)
        if answer == YES:
            return redirect(self.edit_route, *kwargs.values())
        if answer != PROPOSE:
            return self.read_only()
        facts = self.get_facts()
        mine = own_waiting(request.user, facts.page.pk)
        own = open_suggestion(mine)
        self.note_form = NoteForm(initial={"note": own.note if own else "", "seen": marks_of(mine)})
        snapshot = with_own(facts_snapshot(facts), mine)
        return self.show(self.form_class.showing(facts, snapshot))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if right_at(request.user, self.right, self.clinic) != PROPOSE:
            raise PermissionDenied
        form = self.form_class(request.POST, instance=self.get_facts())
        self.note_form = NoteForm(request.POST)
        if not all([form.is_valid(), self.note_form.is_valid()]):
            return self.show(form)
        try:
            done = suggest(
                self.get_facts(),
                form.arguments()["changes"],
                user=request.user,
                base_version=form.cleaned_data["base_version"],
                **self.note_form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        if not done:
            return self.show(form, nothing_differs=True)
        return self.suggested(done)

    def suggested(self, done: Suggested) -> HttpResponse:
        """Says what waits now, or what was withdrawn."""
        if done.fresh:
            names = ", ".join(label_of(name) for name in done.fresh)
            text = _("Suggested: %(facts)s. It waits for the franchise; nothing is changed yet.")
            messages.success(self.request, text % {"facts": names})
        elif done.withdrawn:
            names = ", ".join(label_of(name) for name in done.withdrawn)
            messages.success(self.request, _("Withdrawn: %(facts)s.") % {"facts": names})
        else:
            messages.success(self.request, _("The franchise reads your new note."))
        return redirect("my_clinic:contact", self.clinic.pk)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        response = super().show(form, status=status, **context)
        problems: list[Problem] = [*form.problems(), *problems_of(self.note_form)]
        waiting = waiting_rows(self.request.user, [self.get_facts().page.pk])
        response.context_data |= {
            "note_form": self.note_form,
            "problems": problems,
            "mine": ", ".join(row.label for row in waiting if row.is_own),
            "waiting": [row for row in waiting if not row.is_own],
            "who_may": who_may(self.right, self.clinic),
            "submit_button_label": _("Suggest changes"),
            "submit_button_active_label": _("Sending…"),
        }
        return response


class SuggestClinic(SuggestScreen, EditClinic):
    """Name, state, booking, services and protocol, as a suggestion."""

    edit_route = "my_clinic:edit_clinic"


class SuggestCompliance(SuggestScreen, EditCompliance):
    """Licenses and law, as a suggestion."""

    edit_route = "my_clinic:edit_compliance"


class SuggestLocation(SuggestScreen, EditLocation):
    """Numbers, address and status of a location, as a suggestion."""

    edit_route = "my_clinic:edit_location"
