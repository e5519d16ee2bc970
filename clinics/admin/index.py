"""Where the menu item leads: to the one clinic of a user, or to the list of their clinics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from clinics.clinic_looks import looked_at
from clinics.roles.reach import clinics_of, franchises_run_by, has_clinics

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.models import ClinicPage


class ClinicMenuItem(MenuItem):
    """Shown to whoever has a membership at a clinic or above one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_clinics(request.user)


def my_clinic_menu_item() -> MenuItem:
    return ClinicMenuItem(
        _("My clinic"), reverse("my_clinic:index"), name="my-clinic", icon_name="home", order=50
    )


class ClinicList(BaseListingView):
    """The clinics of a franchise admin. Whoever has one clinic never sees it; nobody else does."""

    http_method_names = ["get", "head", "options"]
    page_title = _("My clinics")
    header_icon = "home"
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    index_url_name = "my_clinic:index"
    index_results_url_name = "my_clinic:index_results"
    # Where a clinic of the list is opened.
    clinic_route = "my_clinic:contact"
    is_searchable = True
    search_backend_name = None
    search_fields = ["facts__name", "slug"]
    default_ordering = "facts__name"
    paginate_by = 50
    verbose_name_plural = _("clinics")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_clinics(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        two = list(clinics_of(request.user).values_list("pk", flat=True)[:2])
        if len(two) == 1 and not self.results_only and not self.is_more_than_a_choice:
            return redirect(self.clinic_route, two[0])
        return super().get(request, *args, **kwargs)

    @property
    def is_more_than_a_choice(self) -> bool:
        """True where the list is worth seeing with one clinic in it."""
        return self.founds_clinics

    @cached_property
    def founds_clinics(self) -> bool:
        return franchises_run_by(self.request.user).exists()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """A clinic is added where clinics are listed."""
        if not self.founds_clinics:
            return []
        return [
            HeaderButton(_("Add a clinic"), reverse("my_clinic:new"), icon_name="plus"),
            HeaderButton(_("All locations"), reverse("my_clinic:locations"), icon_name="table"),
            HeaderButton(_("Team"), reverse("team:list"), icon_name="user"),
        ]

    def get_base_queryset(self) -> QuerySet[ClinicPage]:
        locations = Count("location_facts", filter=~Q(location_facts__status="CLOSED"))
        return self.looked_at[0].select_related("facts").annotate(places=locations)

    @cached_property
    def looked_at(self) -> tuple[QuerySet[ClinicPage], Any]:
        """The clinics that the address asks for, with what they have in common."""
        asked = self.request.GET
        clinics = clinics_of(self.request.user)
        return looked_at(clinics, asked.get("look", ""), asked.get("day", ""))

    def get_page_subtitle(self) -> str:
        return str(self.looked_at[1])

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.name_column(),
            Column("state", label=_("State"), accessor="facts.get_state_display"),
            Column("status", label=_("Status"), accessor="facts.get_status_display"),
            Column("places", label=_("Locations"), accessor="places"),
        ]

    def name_column(self) -> TitleColumn:
        return TitleColumn(
            "name",
            label=_("Clinic"),
            accessor="facts.name",
            sort_key="facts__name",
            get_url=lambda clinic: reverse(self.clinic_route, args=[clinic.pk]),
        )


class ClinicChoice(ClinicList):
    """The clinics of a franchise admin, to choose one; whoever has one clinic is led there."""

    is_more_than_a_choice = False
