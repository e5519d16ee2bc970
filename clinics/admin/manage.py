"""The tab of My clinic where a franchise admin closes, moves and renames; and those screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clinics.admin.acts import ActScreen, LocationAct, ManageScreen
from clinics.admin.edit import InClinicsZone
from clinics.choices import ClinicStatus
from clinics.closing import (
    close_clinic,
    close_location,
    open_places_beside,
    reopen_clinic,
    reopen_location,
)
from clinics.closing_consequences import (
    of_closing_clinic,
    of_closing_location,
    of_reopening_clinic,
    of_reopening_location,
)
from clinics.facts import facts_of
from clinics.facts_snapshot import Facts, Snapshot
from clinics.facts_words import Difference
from clinics.forms.acts import (
    CloseClinicForm,
    CloseLocationForm,
    MoveLocationForm,
    RenameClinicForm,
    RenameLocationForm,
    ReopenClinicForm,
    ReopenLocationForm,
)
from clinics.hosts import former_hosts_of, host_of
from clinics.models import LocationFacts
from clinics.relocating import move_location
from clinics.renaming import rename_clinic, rename_location
from clinics.renaming_consequences import of_moving, of_renaming_clinic, of_renaming_location
from clinics.roles.reach import clinics_of

if TYPE_CHECKING:
    from clinics.consequences import Consequence


class ManageTab(ManageScreen):
    """What the clinic and its locations are called, where they are, and whether they are open."""

    template_name = "clinics/admin/manage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = facts_of(self.clinic.pk)
        rows = LocationFacts.objects.filter(clinic=self.clinic.pk)
        places = rows.select_related("page", "neighbour").order_by("-is_primary", "page__path")
        return super().get_context_data(
            facts=facts,
            host=host_of(self.clinic),
            former_hosts=former_hosts_of(self.clinic),
            places=places,
            is_live=facts.status == ClinicStatus.LIVE,
            is_closed=facts.status == ClinicStatus.CLOSED,
            **kwargs,
        )


class CloseClinic(ActScreen):
    form_class = CloseClinicForm
    is_serious = True

    def heading(self) -> str:
        return _("Close %(clinic)s") % {"clinic": self.clinic.facts.name}

    def is_possible(self) -> bool:
        return bool(self.get_facts().status == ClinicStatus.LIVE)

    def make_form(self, data: Any = None) -> Any:
        clinics = clinics_of(self.request.user)
        return CloseClinicForm(data, facts=self.get_facts(), clinics=clinics)

    def consequences(self, form: Any) -> list[Consequence]:
        return of_closing_clinic(self.clinic, form.cleaned_data["neighbour"])

    def act(self, form: Any) -> str:
        cleaned = form.cleaned_data
        close_clinic(
            self.clinic,
            cleaned["neighbour"],
            user=self.request.user,
            base_version=cleaned["base_version"],
        )
        text = _("%(clinic)s is closed. Nothing was deleted: it can be opened again here.")
        return text % {"clinic": self.clinic.facts.name}


class ReopenClinic(ActScreen):
    form_class = ReopenClinicForm

    def heading(self) -> str:
        return _("Open %(clinic)s again") % {"clinic": self.clinic.facts.name}

    def is_possible(self) -> bool:
        return bool(self.get_facts().status == ClinicStatus.CLOSED)

    def consequences(self, form: Any) -> list[Consequence]:
        return of_reopening_clinic(self.clinic)

    def act(self, form: Any) -> str:
        version = form.cleaned_data["base_version"]
        reopen_clinic(self.clinic, user=self.request.user, base_version=version)
        return _("%(clinic)s is open to patients again.") % {"clinic": self.clinic.facts.name}


class RenameClinic(ActScreen):
    """The name, the host, or both."""

    form_class = RenameClinicForm

    def heading(self) -> str:
        return _("Rename %(clinic)s, or give it another host") % {"clinic": self.clinic.facts.name}

    def confirm_label(self) -> str:
        return _("Change it now")

    def consequences(self, form: Any) -> list[Consequence]:
        cleaned = form.cleaned_data
        user = self.request.user
        return of_renaming_clinic(self.clinic, cleaned["name"], cleaned["host"], user)

    def act(self, form: Any) -> str:
        names = ("name", "host", "base_version", "base_host")
        rename_clinic(
            self.clinic,
            **{name: form.cleaned_data[name] for name in names},
            user=self.request.user,
        )
        text = _("Patients read %(name)s now, at %(host)s.")
        return text % {name: form.cleaned_data[name] for name in ("name", "host")}

    def form_after_conflict(self, form: Any, current: Facts, merged: Snapshot) -> Any:
        again = super().form_after_conflict(form, current, merged)
        again.data["base_host"] = host_of(self.clinic)
        return again

    def other_differences(self, form: Any) -> list[Difference]:
        now, typed = host_of(self.clinic), form.cleaned_data["host"]
        return [] if now == typed else [Difference(_("Host name"), now, typed)]


class CloseLocation(LocationAct):
    form_class = CloseLocationForm
    is_serious = True

    def heading(self) -> str:
        return _("Close %(name)s") % {"name": self.location.facts.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_last = not open_places_beside(self.location.facts).exists()
        return super().get_context_data(is_last_location=is_last, **kwargs)

    def is_possible(self) -> bool:
        facts = self.location.facts
        return not facts.status.startswith("CLOSED")

    def consequences(self, form: Any) -> list[Consequence]:
        return of_closing_location(self.location, form.closing())

    def act(self, form: Any) -> str:
        version = form.cleaned_data["base_version"]
        close_location(self.location, form.closing(), user=self.request.user, base_version=version)
        text = _("%(name)s is closed. It can be opened again here.")
        return text % {"name": self.location.facts.name}


class ReopenLocation(LocationAct):
    form_class = ReopenLocationForm

    def heading(self) -> str:
        return _("Open %(name)s again") % {"name": self.location.facts.name}

    def is_possible(self) -> bool:
        return bool(self.location.facts.status.startswith("CLOSED"))

    def consequences(self, form: Any) -> list[Consequence]:
        return of_reopening_location(self.location)

    def act(self, form: Any) -> str:
        version = form.cleaned_data["base_version"]
        reopen_location(self.location, user=self.request.user, base_version=version)
        return _("%(name)s is open again.") % {"name": self.location.facts.name}


class RenameLocation(LocationAct):
    form_class = RenameLocationForm

    def heading(self) -> str:
        return _("Rename %(name)s") % {"name": self.location.facts.name}

    def confirm_label(self) -> str:
        return _("Change it now")

    def consequences(self, form: Any) -> list[Consequence]:
        cleaned = form.cleaned_data
        user = self.request.user
        return of_renaming_location(self.location, cleaned["name"], cleaned["slug"], user)

    def act(self, form: Any) -> str:
        names = ("name", "slug", "base_version")
        rename_location(
            self.location,
            **{name: form.cleaned_data[name] for name in names},
            user=self.request.user,
        )
        return _("Patients read %(name)s now.") % {"name": form.cleaned_data["name"]}


class MoveLocation(InClinicsZone, LocationAct):
    form_class = MoveLocationForm

    def heading(self) -> str:
        return _("Move %(name)s") % {"name": self.location.facts.name}

    def confirm_label(self) -> str:
        return _("Move it now")

    def make_form(self, data: Any = None) -> Any:
        return MoveLocationForm(data, instance=self.get_facts())

    def consequences(self, form: Any) -> list[Consequence]:
        return of_moving(self.location, form.changes(), form.notice())

    def act(self, form: Any) -> str:
        move_location(
            self.location,
            form.changes(),
            form.notice(),
            user=self.request.user,
            base_version=form.cleaned_data["base_version"],
        )
        return _("%(name)s has its new place.") % {"name": self.location.facts.name}

    def form_after_conflict(self, form: Any, current: Facts, merged: Snapshot) -> Any:
        """What somebody else changed and this user did not touch is as saved now."""
        again = MoveLocationForm.showing(current, merged)
        for name in ("tell", "tell_until", "replaces"):
            again.initial[name] = form.cleaned_data.get(name)
        return again
