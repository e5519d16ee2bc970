"""The form of a new clinic: everything typed on one page, a `Founding` out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.brand import LAYOUT_CHOICES, TYPEFACE_CHOICES, normalise_brand
from clinics.choices import TIME_ZONES, Role, TextStatus, state_choices
from clinics.clinic import Brand, HoursInterval
from clinics.creating import NewClinic
from clinics.forms.facts import Problem, name_missing_fields, problems_of
from clinics.forms.fields import PhoneFormField, RefusedUnshownMixin
from clinics.forms.time_of_day import TimeOfDayField
from clinics.founding import Founding
from clinics.hosts import checked_host
from clinics.hours_check import check_week
from clinics.inviting import NewMember
from clinics.models import ClinicFacts, ClinicPage, LocationFacts, Service

if TYPE_CHECKING:
    pass

_DAYS = (
    *((0, gettext_lazy("Monday")), (1, gettext_lazy("Tuesday")), (2, gettext_lazy("Wednesday"))),
    *((3, gettext_lazy("Thursday")), (4, gettext_lazy("Friday")), (5, gettext_lazy("Saturday"))),
    (6, gettext_lazy("Sunday")),
)
_LOOKS = ("brand_primary", "brand_accent", "brand_typeface", "brand_layout")
_PLACE = ("location_name", "street", "city", "state", "zip_code", "time_zone")
_WEEKDAYS = ["0", "1", "2", "3", "4"]
# Which roles a clinic's people have; whoever asks grants no more than these.
_ROLES = [(role.value, role.label) for role in (Role.CLINIC_PUBLISHER, Role.CLINIC_EDITOR)]


class NewClinicForm(RefusedUnshownMixin, forms.Form):
    """A clinic with its first location. `people` is a formset of its own below it."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("As on the sign.")
    )
    legal_name = forms.CharField(label=gettext_lazy("Legal name"), max_length=160, required=False)
    host = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=255,
        help_text=gettext_lazy("Where patients find it: clinic.example.com, without https://"),
    )
    like: forms.ModelChoiceField = forms.ModelChoiceField(
        ClinicPage.objects.none(),
        label=gettext_lazy("Begin like"),
        required=False,
        empty_label=gettext_lazy("A new clinic, with the texts that every clinic begins with"),
        help_text=gettext_lazy(
            "Copies the texts of its pages and how it works; no numbers, people or pictures."
        ),
    )
    brand_primary = forms.CharField(
        label=gettext_lazy("Main colour"), initial="#0b4f6c", widget=forms.ColorInput
    )
    brand_accent = forms.CharField(
        label=gettext_lazy("Accent colour"), initial="#f2a541", widget=forms.ColorInput
    )
    brand_typeface = forms.ChoiceField(
        label=gettext_lazy("Typeface"), choices=TYPEFACE_CHOICES, initial="sans"
    )
    brand_layout = forms.ChoiceField(
        label=gettext_lazy("Layout"), choices=LAYOUT_CHOICES, initial="split"
    )
    location_name = forms.CharField(
        label=gettext_lazy("Name of the location"),
        max_length=80,
        help_text=gettext_lazy("Such as the part of town: Uptown."),
    )
    street = forms.CharField(label=gettext_lazy("Street"), max_length=160)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=state_choices)
    zip_code = forms.CharField(label=gettext_lazy("ZIP code"), max_length=10)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=TIME_ZONES, initial="America/Chicago"
    )
    main_phone = PhoneFormField(label=gettext_lazy("Main number"))
    text_phone = PhoneFormField(
        label=gettext_lazy("Number for texts"),
        required=False,
        help_text=gettext_lazy("Shown once its registration with the carriers is approved."),
    )
    text_approved = forms.BooleanField(
        label=gettext_lazy("The carriers have approved the number for texts"), required=False
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Open on"),
        choices=_DAYS,
        coerce=int,
        initial=_WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Lunch breaks and other days: later, on the tab Hours."),
    )
    opens = TimeOfDayField(label=gettext_lazy("From"), initial="08:00")
    closes = TimeOfDayField(label=gettext_lazy("To"), initial="17:00", ends_day=True)
    services = forms.ModelMultipleChoiceField(
        Service.objects.all(),
        label=gettext_lazy("Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Articles about the others are not offered by this clinic."),
    )

    groups = (
        (gettext_lazy("The clinic"), ("name", "legal_name", "host", "like")),
        (
            gettext_lazy("Looks"),
            ("brand_primary", "brand_accent", "brand_typeface", "brand_layout"),
        ),
        (
            gettext_lazy("First location"),
            (*_PLACE, "main_phone", "text_phone", "text_approved"),
        ),
        (gettext_lazy("Opening hours"), ("days", "opens", "closes")),
        (gettext_lazy("Services"), ("services",)),
    )

    def __init__(self, *args: Any, clinics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = clinics
        name_missing_fields(self)

    def grouped_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(heading), [self[name] for name in names]) for heading, names in self.groups]

    def clean_host(self) -> str:
        return checked_host(str(self.cleaned_data["host"]))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "brand_primary" in cleaned and "brand_accent" in cleaned:
            self._clean_brand(cleaned)
        if not self.errors:
            self._clean_rows(cleaned)
        return cleaned

    def _clean_brand(self, cleaned: dict[str, Any]) -> None:
        try:
            normalise_brand(cleaned["brand_primary"], cleaned["brand_accent"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(f"brand_{name}", messages)

    def _clean_rows(self, cleaned: dict[str, Any]) -> None:
        """What the models would refuse, said beside the field that it is about."""
        location = self._location(cleaned)
        for row, names in (
            (LocationFacts(**location), {"name": "location_name"}),
            (ClinicFacts(name=cleaned["name"], **self._facts(cleaned)), {}),
        ):
            try:
                row.clean_fields(exclude={"page", "clinic", "neighbour", "collection"})
                row.clean()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    field = names.get(name, name)
                    self.add_error(field if field in self.fields else None, messages)
        try:
            check_week(self._hours(cleaned))
        except ValidationError as error:
            self.add_error("closes", error)

    def founding(self, members: tuple[NewMember, ...]) -> Founding:
        """What was typed. Only for a form that is valid."""
        cleaned = self.cleaned_data
        brand = Brand(
            *normalise_brand(cleaned["brand_primary"], cleaned["brand_accent"]),
            cleaned["brand_typeface"],
            cleaned["brand_layout"],
        )
        new = NewClinic(
            name=cleaned["name"],
            slug=slugify(cleaned["name"])[:60],
            host=cleaned["host"],
            brand=brand,
            facts=self._facts(cleaned),
        )
        return Founding(
            new,
            self._location(cleaned),
            self._hours(cleaned),
            tuple(cleaned["services"]),
            members,
            cleaned["like"],
        )

    def _facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: cleaned[name] for name in ("legal_name", "state", "time_zone")}

    def _location(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        same = ("street", "city", "state", "zip_code", "time_zone", "main_phone", "text_phone")
        status = TextStatus.APPROVED if cleaned["text_approved"] else TextStatus.PENDING
        return {
            "name": cleaned["location_name"],
            "service_areas": [cleaned["city"]],
            "text_status": status if cleaned["text_phone"] else TextStatus.NONE,
            **{name: cleaned[name] for name in same},
        }

    def _hours(self, cleaned: dict[str, Any]) -> tuple[HoursInterval, ...]:
        if not (cleaned["opens"] and cleaned["closes"]):
            return ()
        return tuple(
            HoursInterval(day, cleaned["opens"], cleaned["closes"]) for day in cleaned["days"]
        )


class MemberForm(forms.Form):
    """One person who will work for the clinic; a row without an address is no row."""

    person_name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = forms.EmailField(label=gettext_lazy("Email"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=_ROLES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("person_name") and not cleaned.get("email") and not self.errors:
            self.add_error("email", _("Add the address that the invitation goes to."))
        return cleaned


MemberForms = formset_factory(MemberForm, extra=3, max_num=10, validate_max=True)


def members_of(forms_: Any) -> tuple[NewMember, ...]:
    """The rows that have an address."""
    rows = [form.cleaned_data for form in forms_ if form.cleaned_data.get("email")]
    return tuple(
        NewMember(row["email"], Role(row["role"]), row.get("person_name", "")) for row in rows
    )


def problems(form: NewClinicForm, member_forms: Any) -> list[Problem]:
    """Every error of the page, with the field that it belongs to."""
    found = problems_of(form) if form.is_bound else []
    return found + [each for row in member_forms if row.is_bound for each in problems_of(row)]
