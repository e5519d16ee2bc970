"""The forms of a team: typed values in, an invitation, a role or a departure out.

Each offers only what the reader may give; what is posted beyond that is refused like a mistyped id.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinics.choices import MemberState, Role
from clinics.forms.facts import Problem, name_missing_fields, problems_of
from clinics.inviting import NewMember
from clinics.models import FranchisePage, Membership
from clinics.team.granting import places_led_by, roles_given_at
from clinics.team.leaving import Estate, Leaving
from clinics.team.members import Wanted, name_of
from clinics.team.words import MAY_DO

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet


class _PlaceLabels:
    """A franchise is no clinic: who works for it reaches all of its clinics."""

    def label_from_instance(self, place: Page) -> str:
        if issubclass(place.specific_class, FranchisePage):
            return _("%(franchise)s (the franchise itself)") % {"franchise": place.title}
        return place.title


class PlaceField(_PlaceLabels, forms.ModelChoiceField):
    """One place of those in reach."""


class PlacesField(_PlaceLabels, forms.ModelMultipleChoiceField):
    """Several of them."""


class TeamFilterForm(forms.Form):
    """What a list is narrowed to. Whatever it does not offer narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Name or email"), max_length=120, required=False)
    place = PlaceField(
        Page.objects.none(),
        label=gettext_lazy("Clinic"),
        required=False,
        empty_label=gettext_lazy("All clinics"),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(
        self, data: Any, *, places: QuerySet[Page] | None, roles: Iterable[Role], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].queryset = places
        offered = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = [("", _("All roles")), *offered]
        self.fields["state"].choices = [("", _("All states")), *MemberState.choices]

    def wanted(self) -> Wanted:
        self.is_valid()
        found = self.cleaned_data
        place = found.get("place")
        return Wanted(
            words=found.get("q", ""),
            place=place.pk if place else None,
            role=found.get("role", ""),
            state=found.get("state", ""),
        )


class InviteForm(forms.Form):
    """One person, one role, and the places where they get it."""

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=150,
        help_text=gettext_lazy("The invitation goes there; the link in it works once."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Given name and family name, as colleagues see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    places = PlacesField(
        Page.objects.none(),
        label=gettext_lazy("Where"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one place.")},
    )

    def __init__(
        self, *args: Any, user: AbstractUser, roles: Iterable[Role], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = places_led_by(user)
        self.fields["places"].queryset = places
        self.fields["role"].choices = role_choices(roles)
        two = list(places[:2])
        # Where there is no choice, nothing is asked.
        self.only_place = two[0] if len(two) == 1 else None
        if self.only_place:
            del self.fields["places"]
        name_missing_fields(self)

    def problems(self) -> list[Problem]:
        return problems_of(self) if self.is_bound else []

    def new_member(self) -> NewMember:
        typed = self.cleaned_data
        return NewMember(typed["email"].strip(), Role(typed["role"]), typed["name"].strip())

    def place_ids(self) -> list[int]:
        if self.only_place:
            return [self.only_place.pk]
        return [place.pk for place in self.cleaned_data["places"]]


class RoleForm(forms.Form):
    """The role of one membership, and what its page was opened on."""

    base = forms.CharField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, membership: Membership, user: AbstractUser, base: str
    ) -> None:
        initial = {"base": base, "role": membership.role}
        super().__init__(data, initial=initial, auto_id=f"role-{membership.pk}-%s")
        self.fields["role"].choices = role_choices(roles_given_at(user, membership.page))

    @property
    def has_choice(self) -> bool:
        return len(self.fields["role"].choices) > 1


class LeavingForm(forms.Form):
    """How somebody's work ends, and who takes over at each place."""

    REMOVE, DEACTIVATE = "remove", "deactivate"
    base = forms.CharField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=gettext_lazy("What happens"), widget=forms.RadioSelect, initial=REMOVE
    )

    def __init__(self, *args: Any, estates: list[Estate], closes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.closes = closes
        removing = _("Their roles here end. The account itself stays and can be invited again.")
        hows = [(self.REMOVE, _titled(_("Remove from the team"), removing))]
        if closes:
            closing = _("Nobody signs in with it any more. It keeps its roles for a return.")
            hows.append((self.DEACTIVATE, _titled(_("Deactivate the account"), closing)))
        self.fields["how"].choices = hows
        self.places = [estate.place.pk for estate in estates if estate.needs_successor]
        for estate in estates:
            if estate.needs_successor:
                self.fields[f"successor_{estate.place.pk}"] = _successor_field(estate)
        name_missing_fields(self)

    def successor_at(self, place: Page) -> forms.BoundField | None:
        name = f"successor_{place.pk}"
        return self[name] if name in self.fields else None

    def problems(self) -> list[Problem]:
        return problems_of(self) if self.is_bound else []

    def leaving(self, ends: Iterable[int]) -> Leaving:
        typed = self.cleaned_data
        return Leaving(
            ends=frozenset(ends),
            deactivates=typed["how"] == self.DEACTIVATE,
            successors={place: typed[f"successor_{place}"] for place in self.places},
        )


def role_choices(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, _titled(role.label, MAY_DO[role])) for role in roles]


def _titled(title: Any, text: Any) -> str:
    return format_html("<strong>{}</strong> <span>{}</span>", title, text)


def _successor_field(estate: Estate) -> forms.TypedChoiceField:
    people = [(user.pk, name_of(user)) for user in estate.successors]
    return forms.TypedChoiceField(
        label=_("Who takes over at %(place)s") % {"place": estate.place.title},
        choices=[("", _("Choose somebody")), *people],
        coerce=int,
    )
