"""The team of a clinic on its tab, and of all clinics of a franchise in one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.paginator import Page as ResultPage
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets.button import HeaderButton

from clinics.admin.screens import ClinicScreen
from clinics.admin.team.screens import TeamScreen, only_clinic_of
from clinics.choices import MemberState, Role
from clinics.forms.team import TeamFilterForm
from clinics.team.granting import (
    LEADING_ROLES,
    leads_team_at,
    places_led_by,
    roles_given_at,
    roles_given_by,
)
from clinics.team.history import HistoryLine, history_of, lines_of
from clinics.team.members import Wanted, memberships_listed, name_of, state_of
from clinics.team.words import MAY_DO

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import PageLogEntry

    from clinics.models import Membership

MEMBERS_A_PAGE = 50
# So many are found by looking.
FEW_MEMBERS = 8
LINES_A_PAGE = 50
NEWEST_LINES = 5
MOST_NAMES = 5


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    membership: Membership
    name: str
    may_do: str
    state: MemberState


class MemberTable:
    """A page of rows, narrowed by a form. `place` is the clinic of a tab; None for all places."""

    request: HttpRequest
    place: Any = None

    @cached_property
    def filters(self) -> TeamFilterForm:
        user = self.request.user
        if self.place is not None:
            roles = roles_given_at(user, self.place)
            return TeamFilterForm(self.request.GET, places=None, roles=roles)
        places, roles = places_led_by(user), roles_given_by(user)
        return TeamFilterForm(self.request.GET, places=places, roles=roles)

    def table(self) -> dict[str, Any]:
        wanted = self.filters.wanted()
        if self.place is not None:
            wanted = Wanted(wanted.words, self.place.pk, wanted.role, wanted.state)
        found = memberships_listed(self.request.user, wanted)
        paginator = WagtailPaginator(found, per_page=MEMBERS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            "filters": self.filters,
            "is_narrowed": any((wanted.words, wanted.role, wanted.state))
            or (self.place is None and wanted.place is not None),
            "is_long": self.place is None or paginator.count > FEW_MEMBERS,
            "rows": self.rows(page),
            "page_obj": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "has_places": self.place is None,
        }

    def rows(self, page: ResultPage) -> list[Row]:
        return [Row(m, name_of(m.user), str(MAY_DO[Role(m.role)]), state_of(m.user)) for m in page]


class TeamTab(MemberTable, ClinicScreen):
    """The tab of My clinic: who works on this clinic's site, for whoever leads its team."""

    template_name = "clinics/admin/team/tab.html"
    http_method_names = ["get", "head", "options"]
    tab = "team"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not leads_team_at(request.user, self.clinic):
            raise Http404
        self.place = self.clinic

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = f"{reverse('team:invite')}?place={self.clinic.pk}"
        return [HeaderButton(_("Invite somebody"), url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = history_of(self.request.user).filter(page=self.clinic.pk)
        return super().get_context_data(
            **self.table(),
            above=self.leaders_above(),
            lines=lines_of(entries[:NEWEST_LINES]),
            history_url=f"{reverse('team:history')}?place={self.clinic.pk}",
            **kwargs,
        )

    def leaders_above(self) -> list[str]:
        """Who reaches the clinic from its franchise: known here by name, as in all screens."""
        people = get_user_model()._default_manager.filter(
            is_active=True,
            is_superuser=False,
            memberships__role__in=LEADING_ROLES,
            memberships__page__in=self.clinic.get_ancestors(),
        )
        return sorted({name_of(user) for user in people.distinct()[:MOST_NAMES]})


class TeamList(MemberTable, TeamScreen):
    """Everybody in all places of the reader. Whoever leads one clinic is sent to its tab."""

    template_name = "clinics/admin/team/list.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if only := only_clinic_of(request.user):
            return redirect("my_clinic:team", only.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        place = self.filters.wanted().place
        url = reverse("team:invite") + (f"?place={place}" if place else "")
        return [HeaderButton(_("Invite somebody"), url, icon_name="plus")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Team")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.filters.wanted().place
        entries: QuerySet[PageLogEntry] = history_of(self.request.user)
        entries = entries.filter(page=place) if place else entries
        lines: list[HistoryLine] = lines_of(entries[:NEWEST_LINES])
        return super().get_context_data(
            **self.table(), lines=lines, history_url=self.history_url(place), **kwargs
        )

    def history_url(self, place: int | None) -> str:
        return reverse("team:history") + (f"?place={place}" if place else "")


class TeamHistory(TeamScreen):
    """All that was done to teams, page by page."""

    template_name = "clinics/admin/team/history.html"
    http_method_names = ["get", "head", "options"]
    page_subtitle = gettext_lazy("What was changed")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = history_of(self.request.user)
        form = TeamFilterForm(self.request.GET, places=places_led_by(self.request.user), roles=())
        if place := form.wanted().place:
            entries = entries.filter(page=place)
        paginator = WagtailPaginator(entries, per_page=LINES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            lines=lines_of(page),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            has_places=self.is_of_several,
            **kwargs,
        )
