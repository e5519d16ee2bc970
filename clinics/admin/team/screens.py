"""What the screens of a team have in common: who finds them, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinics.models import ClinicPage
from clinics.team.granting import clinics_led_by, leads_several_places, leads_team

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest
    from wagtail.models import Page


class TeamMenuItem(MenuItem):
    """Shown to whoever looks after more than one team; others have the tab of their clinic."""

    def is_shown(self, request: HttpRequest) -> bool:
        return leads_several_places(request.user)


def team_menu_item() -> MenuItem:
    return TeamMenuItem(_("Team"), reverse("team:list"), name="team", icon_name="user", order=60)


class TeamScreen(WagtailAdminTemplateMixin, TemplateView):
    """404 for everybody who looks after no team."""

    page_title = gettext_lazy("Team")
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not leads_team(request.user):
            raise Http404

    @cached_property
    def is_of_several(self) -> bool:
        return leads_several_places(self.request.user)

    @cached_property
    def only_clinic(self) -> ClinicPage | None:
        return only_clinic_of(self.request.user)

    @property
    def home_url(self) -> str:
        """The list, or the tab of the one clinic."""
        if self.only_clinic:
            return reverse("my_clinic:team", args=[self.only_clinic.pk])
        return reverse("team:list")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": self.home_url, "label": _("Team")}]
        if self.only_clinic:
            contact = reverse("my_clinic:contact", args=[self.only_clinic.pk])
            above.insert(0, {"url": contact, "label": self.only_clinic.title})
        return [*self.breadcrumbs_items, *above, *self.own_breadcrumbs()]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_subtitle()}]


def only_clinic_of(user: AbstractUser) -> ClinicPage | None:
    """The clinic of somebody who looks after one team; None where there are several."""
    return None if leads_several_places(user) else clinics_led_by(user).first()


def home_of(place: Page) -> str:
    """Where the team of a place is listed."""
    if issubclass(place.specific_class, ClinicPage):
        return reverse("my_clinic:team", args=[place.pk])
    return f"{reverse('team:list')}?place={place.pk}"
