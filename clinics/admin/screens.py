"""What the screens of My clinic have in common: whose they are, and their tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinics.account_names import name_of
from clinics.choices import ClinicStatus, Role
from clinics.roles.reach import clinics_of, locations_of
from clinics.roles.rights import YES, right_at
from clinics.roles.table import ROLE_TABLE
from clinics.team.granting import leads_team_at

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from clinics.models import ClinicPage, LocationPage


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool = False


class ClinicScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen of one clinic: 404 for everybody whose memberships do not reach it."""

    page_title = gettext_lazy("My clinic")
    header_icon = "home"
    tab = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.clinic = self.find_clinic()

    def find_clinic(self) -> ClinicPage:
        clinics = clinics_of(self.request.user).select_related("facts")
        return get_object_or_404(clinics, pk=self.kwargs["clinic_id"])

    def may(self, right: str) -> bool:
        """True when the user saves here what the right is about."""
        return right_at(self.request.user, right, self.clinic) == YES

    def get_page_subtitle(self) -> str:
        return self.clinic.facts.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("my_clinic:index"), "label": _("My clinic")},
            {
                "url": reverse("my_clinic:contact", args=[self.clinic.pk]),
                "label": self.clinic.facts.name,
            },
            *self.own_breadcrumbs(),
        ]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            clinic=self.clinic, tabs=self.tabs, closed=self.closed(), **kwargs
        )

    def closed(self) -> dict[str, str]:
        """What the top of every screen says of a clinic that has closed; nothing for the others."""
        facts = self.clinic.facts
        if facts.status != ClinicStatus.CLOSED:
            return {}
        reopen = reverse("my_clinic:reopen_clinic", args=[self.clinic.pk])
        return {
            "neighbour": facts.neighbour.title if facts.neighbour else "",
            "reopen_url": reopen if self.may("clinics") else "",
        }

    @cached_property
    def tabs(self) -> list[Tab]:
        editor = reverse("wagtailadmin_pages:edit", args=[self.clinic.pk])
        tabs = [
            Tab(str(label), reverse(f"my_clinic:{name}", args=[self.clinic.pk]), name == self.tab)
            for name, label in (("contact", _("Contact")), ("hours", _("Hours")))
        ]
        if self.clinic.permissions_for_user(self.request.user).can_edit():
            tabs += [Tab(_("Brand"), f"{editor}#tab-brand"), Tab(_("Page"), f"{editor}#tab-page")]
        others = [("clinic_suggestions", _("Suggestions"))]
        if leads_team_at(self.request.user, self.clinic):
            others.append(("team", _("Team")))
        others += [("taps", _("Taps")), ("changes", _("Changes"))]
        if self.clinic.facts.status != ClinicStatus.CLOSED:
            is_live = self.clinic.facts.status == ClinicStatus.LIVE
            others.append(("launch", _("Checks") if is_live else _("Go live")))
        if self.may("clinics"):
            others.append(("manage", _("Manage")))
        return tabs + [
            Tab(str(label), reverse(f"my_clinic:{name}", args=[self.clinic.pk]), name == self.tab)
            for name, label in others
        ]


class LocationScreen(ClinicScreen):
    """A screen of one location of a clinic."""

    location: LocationPage

    def find_clinic(self) -> ClinicPage:
        locations = locations_of(self.request.user).select_related("facts__clinic__facts")
        self.location = get_object_or_404(locations, pk=self.kwargs["location_id"])
        return self.location.facts.clinic


def who_may(right: str, page: Page) -> str:
    """Who changes these facts, by role and by name, for somebody who may not."""
    roles = [role for role, rights in ROLE_TABLE.items() if getattr(rights, right) == YES]
    members = get_user_model().objects.filter(
        is_active=True,
        memberships__role__in=roles,
        memberships__page__in=page.get_ancestors(inclusive=True),
    )
    names = sorted(set(map(name_of, members)))
    labels = " or ".join(str(Role(role).label).lower() for role in roles)
    if not names:
        return _("Only a %(roles)s changes these facts. Nobody has that role here yet.") % {
            "roles": labels
        }
    return _("Only a %(roles)s changes these facts. Ask %(names)s.") % {
        "roles": labels,
        "names": ", ".join(names),
    }
