"""One suggestion: each fact as it is and as it would be, its decision, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from clinics.account_names import name_of
from clinics.admin.edit import CONFLICT
from clinics.admin.saved_message import say_saved
from clinics.admin.screens import ClinicScreen
from clinics.admin.suggestion_rows import SuggestedRow, now_of, suggested_rows, waiting_rows
from clinics.choices import SuggestionState
from clinics.facts import facts_of, facts_snapshot
from clinics.facts_words import label_of
from clinics.forms.facts import Problem, problems_of
from clinics.forms.suggestion import APPROVE, DecisionForm, prefix_of
from clinics.models import FactsSuggestion, LocationFacts, SuggestedFact
from clinics.roles.reach import suggestions_of
from clinics.roles.rights import NO, right_at
from clinics.suggesting.deciding import DecideAgain, decide, fingerprint
from clinics.suggesting.proposing import withdraw
from clinics.suggesting.waiting import waiting_suggestions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.models import ClinicPage, FactsChange
    from clinics.suggesting.deciding import Decision

_POSTED = re.compile(r"^fact-(\d{1,18})-")


class SuggestionScreen(ClinicScreen):
    """Read by everybody of the clinic; POST decides, for whoever changes these facts."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "clinics/admin/suggestion.html"
    tab = "clinic_suggestions"
    suggestion: FactsSuggestion

    def find_clinic(self) -> ClinicPage:
        found = suggestions_of(self.request.user)
        found = found.select_related("clinic__facts", "page", "proposed_by")
        self.suggestion = get_object_or_404(found, pk=self.kwargs["suggestion_id"])
        return self.suggestion.clinic

    def get_page_subtitle(self) -> str:
        return _("Suggestion for %(place)s") % {"place": self.place}

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        url = reverse("my_clinic:clinic_suggestions", args=[self.clinic.pk])
        return [
            {"url": url, "label": _("Suggestions")},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    @cached_property
    def place(self) -> str:
        location = LocationFacts.objects.filter(page=self.suggestion.page_id).first()
        return location.name if location else self.clinic.facts.name

    @cached_property
    def facts(self) -> list[SuggestedFact]:
        return list(self.suggestion.facts.select_related("decided_by", "suggestion__proposed_by"))

    # Deciding

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may("phones"):
            raise PermissionDenied
        forms = self.posted_forms()
        if not all(form.is_valid() for form in forms.values()):
            return self.show(forms)
        made = [each for each in (form.made() for form in forms.values()) if each]
        try:
            change = decide(self.suggestion, made, user=request.user)
        except DecideAgain as error:
            return self.show(self.asked_again(forms, error.fact_ids), error.fact_ids, CONFLICT)
        except ValidationError as error:
            problems = [Problem("", "", text) for text in error.messages]
            return self.show(self.asked_again(forms), problems=problems)
        self.tell(made, change)
        return redirect("my_clinic:suggestion", self.suggestion.pk)

    def posted_forms(self) -> dict[int, DecisionForm]:
        """A form for each fact that was sent; 404 for one that is not of this suggestion."""
        data = self.request.POST.copy()
        own = {fact.pk: fact for fact in self.facts}
        posted = {int(found[1]) for name in data if (found := _POSTED.match(name))}
        if posted - set(own):
            raise Http404
        if "approve_all" in data:
            for pk in posted:
                data[f"{prefix_of(pk)}-decision"] = APPROVE
        return {pk: DecisionForm(own[pk], data) for pk in own if pk in posted}

    def asked_again(
        self, forms: Mapping[int, DecisionForm], stale: Iterable[int] = ()
    ) -> dict[int, DecisionForm]:
        """What was typed on top of what is saved now; what is another than was seen is open."""
        again = {}
        for pk, form in forms.items():
            typed = dict(form.cleaned_data, seen=fingerprint(form.fact, self.now))
            typed["decision"] = "" if pk in stale else typed["decision"]
            again[pk] = DecisionForm(form.fact, initial=typed)
        return again

    def tell(self, made: list[Decision], change: FactsChange | None) -> None:
        names = {fact.pk: label_of(fact.name) for fact in self.facts}
        rejected = [names[each.fact_id] for each in made if not each.approves]
        if change:
            say_saved(self.request, change)
        elif len(made) > len(rejected):
            messages.success(self.request, _("Approved: it is saved like that already."))
        if rejected:
            text = _("Rejected: %(facts)s. The clinic reads your comment.")
            messages.success(self.request, text % {"facts": ", ".join(rejected)})
        if not made:
            messages.info(self.request, _("Nothing was decided yet."))

    # Showing

    def show(
        self,
        forms: Mapping[int, DecisionForm],
        stale: Iterable[int] = (),
        status: int = 200,
        problems: list[Problem] | None = None,
    ) -> HttpResponse:
        found = [*(problems or [])]
        for form in forms.values():
            found += problems_of(form)
        context = self.get_context_data(forms=forms, stale=frozenset(stale), problems=found)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(kwargs.pop("forms", {}), kwargs.get("stale", frozenset()))
        waiting = [row for row in rows if row.fact.state == SuggestionState.WAITING]
        user = self.request.user
        is_own = self.suggestion.proposed_by_id == user.pk
        may_change = is_own and right_at(user, "phones", self.clinic) != NO
        others = waiting_suggestions(user).exclude(pk=self.suggestion.pk)
        return super().get_context_data(
            suggestion=self.suggestion,
            place=self.place,
            who=name_of(self.suggestion.proposed_by) or _("somebody who has left"),
            rows=rows,
            may_decide=self.may("phones") and bool(waiting),
            may_withdraw=may_change and bool(waiting),
            change_url="" if self.may("phones") else self.change_url(),
            next_waiting=others.first(),
            **kwargs,
        )

    def change_url(self) -> str:
        if self.suggestion.page_id == self.clinic.pk:
            return reverse("my_clinic:suggest_clinic", args=[self.clinic.pk])
        return reverse("my_clinic:suggest_location", args=[self.suggestion.page_id])

    @cached_property
    def now(self) -> dict[str, Any]:
        return facts_snapshot(facts_of(self.suggestion.page_id))

    def rows(self, forms: Mapping[int, DecisionForm], stale: frozenset[int]) -> list[SuggestedRow]:
        rows = suggested_rows(self.facts, self.request.user)
        others = [
            row
            for row in waiting_rows(self.request.user, [self.suggestion.page_id])
            if row.fact.suggestion_id != self.suggestion.pk
        ]
        return [
            replace(
                row,
                now=now,
                is_moved=is_moved,
                others=[other for other in others if other.fact.name == row.fact.name],
                form=self.form_of(row.fact, forms),
                is_stale=row.fact.pk in stale,
            )
            for row, (now, is_moved) in zip(rows, now_of(rows, self.now), strict=True)
        ]

    def form_of(
        self, fact: SuggestedFact, forms: Mapping[int, DecisionForm]
    ) -> DecisionForm | None:
        if fact.state != SuggestionState.WAITING or not self.may("phones"):
            return None
        seen = {"decision": "", "seen": fingerprint(fact, self.now)}
        return forms.get(fact.pk) or DecisionForm(fact, initial=seen)


class WithdrawSuggestion(View):
    """POST only: the author takes back what still waits, or the one `fact` that is named."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = suggestions_of(request.user).select_related("page")
        suggestion = get_object_or_404(found, pk=kwargs["suggestion_id"])
        if right_at(request.user, "phones", suggestion.page) == NO:
            raise PermissionDenied
        gone = withdraw(self._facts(suggestion), user=request.user)
        if gone:
            names = ", ".join(label_of(fact.name) for fact in gone)
            messages.success(request, _("Withdrawn: %(facts)s.") % {"facts": names})
        else:
            messages.info(request, _("Nothing was left to withdraw: look at what was decided."))
        return redirect("my_clinic:suggestion", suggestion.pk)

    def _facts(self, suggestion: FactsSuggestion) -> list[SuggestedFact]:
        named = self.request.POST.get("fact")
        if named is None:
            return list(suggestion.facts.all())
        if not (named.isascii() and named.isdecimal() and len(named) < 19):
            raise Http404
        return [get_object_or_404(suggestion.facts, pk=named)]
