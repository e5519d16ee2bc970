"""An act on a clinic or a location in two steps: what was typed and what it does; then it is done.

What is confirmed is what was seen: when the consequences have changed since, they are shown again.
"""

from __future__ import annotations

import json
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from clinics.admin.edit import CONFLICT
from clinics.admin.screens import ClinicScreen, LocationScreen
from clinics.facts import FactsConflict, facts_of, facts_snapshot, snapshot_at
from clinics.facts_merge import merge_typed
from clinics.facts_snapshot import Facts, Snapshot, snapshot_with
from clinics.facts_words import Difference, differences
from clinics.hosts import HostConflict

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.consequences import Consequence


class ManageScreen(ClinicScreen):
    """Whoever founds no clinics finds nothing here."""

    tab = "manage"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may("clinics"):
            raise Http404


class ActScreen(ManageScreen):
    """Subclasses say what is asked, what follows from it, and do it."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "clinics/admin/act.html"
    form_class: ClassVar[Any]
    # A wine-red button for what takes something away from patients.
    is_serious: ClassVar[bool] = False

    def heading(self) -> str:
        raise NotImplementedError

    def confirm_label(self) -> str:
        return self.heading()

    def is_possible(self) -> bool:
        """False for what is done already: the overview says so."""
        return True

    def consequences(self, form: Any) -> list[Consequence]:
        raise NotImplementedError

    def act(self, form: Any) -> str:
        """Does it; returns what to tell the user. Raises FactsConflict, ValidationError."""
        raise NotImplementedError

    def get_facts(self) -> Facts:
        return facts_of(self.clinic.pk)

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, facts=self.get_facts())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_possible():
            return redirect("my_clinic:manage", self.clinic.pk)
        form = self.make_form()
        if form.visible_fields():
            return self.show(form)
        # Nothing to choose: what it does is all there is to see.
        form = self.make_form({"base_version": self.get_facts().version})
        form.full_clean()
        return self.show_consequences(form, self.consequences(form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_possible():
            messages.info(request, _("This has been done in the meantime."))
            return redirect("my_clinic:manage", self.clinic.pk)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form)
        current = self.get_facts()
        if form.cleaned_data["base_version"] != current.version:
            return self.show_conflict(form, current)
        found = self.consequences(form)
        seen = request.POST.get("seen", "")
        if seen != fingerprint(form, found):
            return self.show_consequences(form, found, is_news=bool(seen))
        return self.confirmed(form)

    def confirmed(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                done = self.act(form)
        except (FactsConflict, HostConflict):
            return self.show_conflict(form, self.get_facts())
        except ValidationError as error:
            _add_errors(form, error)
            return self.show(form)
        messages.success(self.request, done)
        return redirect("my_clinic:manage", self.clinic.pk)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            problems=form.problems() if form.is_bound else [],
            confirm_label=self.confirm_label(),
            is_serious=self.is_serious,
            action_url=self.request.path,
            cancel_url=reverse("my_clinic:manage", args=[self.clinic.pk]),
            **context,
        )
        return self.render_to_response(context, status=status)

    def show_consequences(
        self, form: Any, found: list[Consequence], *, is_news: bool = False
    ) -> HttpResponse:
        """`is_news`: something else was seen and confirmed; nothing was done by it."""
        return self.show(
            form,
            consequences=found,
            seen=fingerprint(form, found),
            is_news=is_news,
            status=CONFLICT if is_news else 200,
        )

    def show_conflict(self, form: Any, current: Facts) -> HttpResponse:
        """What is saved beside what was typed, which stays in the form to be looked at again."""
        now = facts_snapshot(current)
        base = snapshot_at(current, form.cleaned_data["base_version"])
        merged = merge_typed(base, snapshot_with(current, form.changes()), now)
        return self.show(
            self.form_after_conflict(form, current, merged),
            status=CONFLICT,
            conflict=[*differences(now, merged), *self.other_differences(form)],
            change=current.page.facts_changes.select_related("changed_by").first(),
        )

    def form_after_conflict(self, form: Any, current: Facts, merged: Snapshot) -> Any:
        """Everything that was typed, on top of what is saved now."""
        typed = form.data.copy()
        typed["base_version"] = str(current.version)
        return self.make_form(typed)

    def other_differences(self, form: Any) -> list[Difference]:
        return []

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.heading()}]


class LocationAct(LocationScreen, ActScreen):
    """An act on one location of a clinic."""

    def get_facts(self) -> Facts:
        return facts_of(self.location.pk)


def fingerprint(form: Any, found: list[Consequence]) -> str:
    """What was typed and what it does, as one short text: a reminder of what was seen."""
    typed = {name: str(form.data.get(form.add_prefix(name), "")) for name in form.fields}
    seen = json.dumps([typed, [repr(each) for each in found]], sort_keys=True, default=str)
    return blake2s(seen.encode(), digest_size=12).hexdigest()


def _add_errors(form: Any, error: ValidationError) -> None:
    """Beside their fields, where the form has them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
