"""Every location of a franchise: found, exported, and chosen for a change of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Site

from clinics import open_words
from clinics.admin.bulk.imports import BulkScreen
from clinics.admin.new_clinic import FranchiseScreen
from clinics.admin.spreadsheet import GuardedExport
from clinics.bulk.choosing import Choice
from clinics.bulk.columns import COLUMNS
from clinics.bulk.edit_planning import CLEARABLE, EDITED, merged, plan_edit
from clinics.bulk.exporting import GOOGLE_COLUMNS, export_rows, google_rows
from clinics.choices import LocationStatus, state_choices
from clinics.forms.bulk_edit import BulkEditForm
from clinics.forms.facts import problems_of
from clinics.models import FranchisePage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from clinics.models import LocationFacts

LOCATIONS_A_PAGE = 50


class LocationList(BulkScreen):
    """A list with filters; ticked locations are changed together."""

    page_title = gettext_lazy("Locations")
    header_icon = "home"
    template_name = "clinics/admin/bulk/locations.html"
    http_method_names = ["get", "head", "options"]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = Choice.of(self.request.GET)
        found = choice.among(self.franchises)
        paginator = WagtailPaginator(found, per_page=LOCATIONS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        every_state = Choice().among(self.franchises).order_by().values_list("state", flat=True)
        in_use = set(every_state.distinct())
        return super().get_context_data(
            choice=choice,
            page_obj=page,
            count=paginator.count,
            elided_page_range=paginator.get_elided_page_range(page.number),
            statuses=LocationStatus.choices,
            states=[each for each in state_choices() if each[0] in in_use],
            **kwargs,
        )


class LocationsFile(GuardedExport, FranchiseScreen, View):
    """The found locations as a file: the shape that an import reads, or Google's."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        places = Choice.of(request.GET).among(self.franchises)
        shape = kwargs["shape"]
        if shape == "google":
            self.use(GOOGLE_COLUMNS)
            today = open_words.current_time().date()
            return self.as_spreadsheet(google_rows(places, addresses(places), today), "csv")
        if shape not in {"csv", "xlsx"}:
            raise Http404
        self.use(COLUMNS)
        return self.as_spreadsheet(export_rows(places), shape)

    def use(self, columns: Iterable[str]) -> None:
        self.list_export = list(columns)
        self.export_headings = {name: name for name in columns}

    def get_filename(self) -> str:
        return "locations-google" if self.kwargs["shape"] == "google" else "locations"


class BulkEditScreen(BulkScreen):
    """What the chosen locations have, what they shall have, and from when to when."""

    page_title = gettext_lazy("Change several locations")
    template_name = "clinics/admin/bulk/edit.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.count:
            messages.warning(request, _("Tick the locations first that are to change."))
            return redirect("my_clinic:locations")
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.count:
            raise Http404
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        bulk = plan_edit(self.franchise, self.places, form.edit(), request.user)
        return redirect("my_clinic:bulk", bulk.pk)

    @cached_property
    def choice(self) -> Choice:
        is_post = self.request.method == "POST"
        return Choice.of(self.request.POST if is_post else self.request.GET)

    @cached_property
    def franchise(self) -> FranchisePage:
        """That of the first chosen location: the others' are left out."""
        first = self.choice.among(self.franchises).first()
        path = first.clinic.path if first else ""
        return next(
            (each for each in self.franchises if path.startswith(each.path)), self.franchises[0]
        )

    @cached_property
    def places(self) -> QuerySet[LocationFacts]:
        if not self.choice.ids and "all" not in (self.request.POST or self.request.GET):
            return self.choice.among([])
        return self.choice.among([self.franchise])

    @cached_property
    def count(self) -> int:
        return self.places.count()

    def form(self, data: Any = None) -> BulkEditForm:
        return BulkEditForm(data, count=self.count)

    def show(self, form: BulkEditForm) -> HttpResponse:
        """The form with what the locations have now beside each field."""
        values = merged(self.places)
        form.show_values(values)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                problems=problems_of(form),
                count=self.count,
                hidden=self.choice.hidden(),
                names=[str(facts) for facts in self.places[:12]],
                facts=[
                    (
                        form[column],
                        form[f"clear_{column}"] if column in CLEARABLE else None,
                        values[column],
                    )
                    for column in EDITED
                ],
            )
        )

    def get_page_subtitle(self) -> str | Promise:
        return _("%(count)d chosen") % {"count": self.count}

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("my_clinic:locations"), "label": self.page_title}]


def addresses(places: QuerySet[LocationFacts]) -> dict[int, str]:
    """The public address of each location's page, by page id. One query for all sites."""
    origins = {site.root_page_id: site.root_url for site in Site.objects.all()}
    rows = places.values_list("page_id", "page__url_path", "clinic_id", "clinic__url_path")
    return {
        page: f"{origins[clinic]}{path[len(home) - 1 :]}"
        for page, path, clinic, home in rows
        if clinic in origins
    }
