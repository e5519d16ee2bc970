"""The forms of closing, renaming and moving: typed values in, what an act needs out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from clinics.choices import ClinicStatus, LocationStatus
from clinics.closing import LocationClosing, open_places_beside
from clinics.forms.facts import (
    FactsForm,
    Problem,
    fields_in_groups,
    name_missing_fields,
    problems_of,
)
from clinics.forms.fields import LinesField, RefusedUnshownMixin
from clinics.hosts import checked_host, host_of
from clinics.models import ClinicFacts, ClinicPage, LocationFacts, LocationPage
from clinics.phones_in_text import find_numbers
from clinics.relocating import MOVED_FACTS, MoveNotice, notice_shown
from clinics.renaming import slug_is_taken

_NOTICE = ClinicFacts._meta.get_field("notice")
_TOWNS = LocationFacts._meta.get_field("service_areas")


class ActForm(RefusedUnshownMixin, forms.Form):
    """Carries the version of the facts that was seen. Subclasses name what is changed by them."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, facts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.fields["base_version"].initial = facts.version
        name_missing_fields(self)

    def grouped_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        return fields_in_groups(self, self.groups)

    def problems(self) -> list[Problem]:
        return problems_of(self)

    def changes(self) -> dict[str, Any]:
        """The facts that would be saved."""
        return {}


class ClinicChoice(forms.ModelChoiceField):
    def label_from_instance(self, clinic: ClinicPage) -> str:
        return f"{clinic.facts.name} ({clinic.facts.get_state_display()})"


class LocationChoice(forms.ModelChoiceField):
    def label_from_instance(self, place: LocationPage) -> str:
        return f"{place.facts.name} ({place.facts.city})"


class CloseClinicForm(ActForm):
    """Which clinic takes the patients: one of the same group that is open to them."""

    groups = ((gettext_lazy("Who takes its patients"), ("neighbour",)),)
    neighbour = ClinicChoice(
        ClinicPage.objects.none(),
        label=gettext_lazy("Neighbour"),
        required=False,
        empty_label=gettext_lazy("Nobody: its hosts say that the clinic has closed"),
        help_text=gettext_lazy("Every address of the clinic leads to the same page there."),
    )

    def __init__(self, *args: Any, clinics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = clinics.sibling_of(self.facts.clinic).exclude(pk=self.facts.clinic_id)
        open_ones = beside.filter(live=True, facts__status=ClinicStatus.LIVE)
        field = self.fields["neighbour"]
        field.queryset = open_ones.select_related("facts").order_by("facts__name")

    def changes(self) -> dict[str, Any]:
        return {"status": ClinicStatus.CLOSED, "neighbour": self.cleaned_data["neighbour"]}


class ReopenClinicForm(ActForm):
    def changes(self) -> dict[str, Any]:
        return {"status": ClinicStatus.LIVE, "neighbour": None}


class ReopenLocationForm(ActForm):
    def changes(self) -> dict[str, Any]:
        return {"status": LocationStatus.OPEN, "neighbour": None}


class CloseLocationForm(ActForm):
    """For now or for good, and who takes the patients."""

    groups = (
        (gettext_lazy("How long"), ("status",)),
        (gettext_lazy("Who takes its patients"), ("neighbour", "new_main")),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Closed"),
        choices=[
            (LocationStatus.CLOSED_FOR_NOW, gettext_lazy("For now: its patients come back")),
            (LocationStatus.CLOSED, gettext_lazy("For good: it is listed nowhere any more")),
        ],
        widget=forms.RadioSelect,
    )
    neighbour = LocationChoice(
        LocationPage.objects.none(),
        label=gettext_lazy("Neighbour"),
        required=False,
        empty_label=gettext_lazy("Nobody: its page says that it is closed"),
        help_text=gettext_lazy("Its page, buttons, hours and map position lead there."),
    )
    new_main = LocationChoice(
        LocationPage.objects.none(),
        label=gettext_lazy("New main location"),
        required=False,
        empty_label=gettext_lazy("Choose one"),
        help_text=gettext_lazy(
            "This one is the main location. When it closes for good, the numbers and towns of "
            "another one stand for the clinic."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = open_places_beside(self.facts).values("page")
        others = LocationPage.objects.filter(pk__in=pages).select_related("facts").order_by("path")
        for name in ("neighbour", "new_main"):
            self.fields[name].queryset = others
        if not self.facts.is_primary:
            del self.fields["new_main"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_for_good = cleaned.get("status") == LocationStatus.CLOSED
        if is_for_good and not self.fields["neighbour"].queryset.exists():
            text = _("This is the clinic's last open location: close the clinic instead.")
            self.add_error("status", text)
            return cleaned
        if "new_main" not in self.fields or not is_for_good:
            return cleaned | {"new_main": None}
        if cleaned.get("new_main") is None and "new_main" not in self.errors:
            self.add_error("new_main", _("Choose the location that becomes the main one."))
        return cleaned

    def closing(self) -> LocationClosing:
        cleaned = self.cleaned_data
        return LocationClosing(cleaned["status"], cleaned["neighbour"], cleaned.get("new_main"))

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("status", "neighbour")}


class RenameClinicForm(ActForm):
    """The name at the door, and the host."""

    groups = ((gettext_lazy("Name and address"), ("name", "host")),)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("As on the sign.")
    )
    host = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=255,
        help_text=gettext_lazy("Where patients find it. The old one leads to the new one."),
    )
    base_host = forms.CharField(widget=forms.HiddenInput, max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", self.facts.name)
        for name in ("host", "base_host"):
            self.initial.setdefault(name, host_of(self.facts.clinic))

    def clean_host(self) -> str:
        return checked_host(str(self.cleaned_data["host"]), self.facts.clinic)

    def changes(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"]}


class RenameLocationForm(ActForm):
    """The name of the place, and the last part of its page's address."""

    groups = ((gettext_lazy("Name and address"), ("name", "slug")),)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    slug = forms.SlugField(
        label=gettext_lazy("Last part of the address"),
        max_length=80,
        help_text=gettext_lazy("Such as uptown in /locations/uptown/. Leave it, or change it too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", self.facts.name)
        self.initial.setdefault("slug", self.facts.page.slug)

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug_is_taken(self.facts.page, slug):
            raise ValidationError(_("Another location has this address: choose another one."))
        return slug

    def changes(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"]}


class MoveLocationForm(FactsForm):
    """Address, map, zone and numbers; and word of it to patients, if wanted."""

    groups = (
        (gettext_lazy("New address"), ("street", "city", "state", "zip_code", "parking")),
        (
            gettext_lazy("On the map"),
            ("latitude", "longitude", "time_zone", "service_areas"),
        ),
        (
            gettext_lazy("Numbers"),
            ("main_phone", "new_patients_phone", "text_phone", "text_status", "fax"),
        ),
        (gettext_lazy("Tell patients"), ("tell", "tell_until", "replaces")),
    )
    service_areas = LinesField(
        label=capfirst(_TOWNS.verbose_name),
        help_text=_TOWNS.help_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tell = forms.CharField(
        label=gettext_lazy("Notice on every page"),
        max_length=_NOTICE.max_length,
        required=False,
        help_text=gettext_lazy(
            "Such as “We have moved to 12 Pear Tree Way”. Leave blank to say nothing."
        ),
    )
    tell_until = forms.DateTimeField(
        label=gettext_lazy("Shown until"), required=False, widget=AdminDateTimeInput
    )
    replaces = forms.BooleanField(label=gettext_lazy("It replaces the notice"), required=False)

    class Meta:
        model = LocationFacts
        fields = MOVED_FACTS
        widgets = {
            **{name: forms.TextInput(attrs={"type": "tel"}) for name in LocationFacts.PHONE_FIELDS},
            "parking": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = notice_shown(self.instance.clinic.facts)
        if self.shown:
            text = _("Patients read now: “%(notice)s”.") % {"notice": self.shown}
            self.fields["replaces"].help_text = text
        else:
            del self.fields["replaces"]

    def arguments(self) -> dict[str, Any]:
        return {"changes": {name: self.cleaned_data[name] for name in MOVED_FACTS}}

    def changes(self) -> dict[str, Any]:
        found: dict[str, Any] = self.arguments()["changes"]
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("tell") and self.shown and not cleaned.get("replaces"):
            text = _("Another notice is shown: mark that this one replaces it, or leave it blank.")
            self.add_error("replaces", text)
        if cleaned.get("tell") and find_numbers(cleaned["tell"]):
            text = _("Take the phone number out: the buttons of the page show the right one.")
            self.add_error("tell", text)
        if cleaned.get("tell_until") and not cleaned.get("tell"):
            self.add_error("tell", _("Write the notice, or leave its end blank."))
        return cleaned

    def notice(self) -> MoveNotice | None:
        cleaned = self.cleaned_data
        if not cleaned.get("tell"):
            return None
        return MoveNotice(cleaned["tell"], cleaned["tell_until"], bool(cleaned.get("replaces")))
