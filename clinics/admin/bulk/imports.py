"""An import of locations: the file, then which of its columns is which of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinics.admin.new_clinic import FranchiseScreen
from clinics.bulk.columns import guess_columns
from clinics.bulk.planning import plan_import
from clinics.choices import BulkState
from clinics.forms.bulk import SAMPLES, ColumnsForm, ImportForm
from clinics.forms.facts import problems_of
from clinics.models import BulkChange, BulkRow
from clinics.roles.reach import bulk_changes_of, franchises_run_by

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.bulk.reading import Cells


class BulkScreen(FranchiseScreen, WagtailAdminTemplateMixin, TemplateView):
    """A screen of whoever founds clinics; below the list of locations."""

    header_icon = "table"
    http_method_names = ["get", "head", "post", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("my_clinic:locations"), "label": _("Locations")},
            *self.own_breadcrumbs(),
        ]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]


class ImportScreen(BulkScreen):
    """The file. What is wrong with it as a whole is said here; its rows are checked later."""

    page_title = gettext_lazy("Import locations")
    template_name = "clinics/admin/bulk/import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        headers, rows = form.cleaned_data["file"]
        bulk = self.keep(form, headers, rows)
        return redirect("my_clinic:bulk_columns", bulk.pk)

    def form(self, *data: Any) -> ImportForm:
        return ImportForm(*data, franchises=franchises_run_by(self.request.user))

    def show(self, form: ImportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, problems=problems_of(form)))

    @transaction.atomic
    def keep(self, form: ImportForm, headers: Cells, rows: list[Cells]) -> BulkChange:
        bulk = BulkChange.objects.create(
            franchise=form.cleaned_data["franchise"],
            title=form.file_name[:160],
            made_by=self.request.user,
            headers=headers,
            columns=guess_columns(headers),
        )
        BulkRow.objects.bulk_create(
            (BulkRow(bulk=bulk, number=n, cells=cells) for n, cells in enumerate(rows, start=2)),
            batch_size=500,
        )
        return bulk


class ColumnsScreen(BulkScreen):
    """Which header is which column. Saving it checks every row."""

    page_title = gettext_lazy("Columns of the file")
    template_name = "clinics/admin/bulk/columns.html"

    @cached_property
    def bulk(self) -> BulkChange:
        drafts = bulk_changes_of(self.request.user).filter(
            kind="IMPORT", state__in=[BulkState.DRAFT, BulkState.CHECKED]
        )
        return get_object_or_404(drafts, pk=self.kwargs["bulk_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        self.bulk.columns = form.columns()
        self.bulk.clears_blank = bool(form.cleaned_data["clears_blank"])
        self.bulk.save()
        plan_import(self.bulk, request.user)
        return redirect("my_clinic:bulk", self.bulk.pk)

    def form(self, data: Any = None) -> ColumnsForm:
        rows = self.bulk.rows.values_list("cells", flat=True)[: SAMPLES * 10]
        return ColumnsForm(data, bulk=self.bulk, rows=rows)

    def show(self, form: ColumnsForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form, bulk=self.bulk, count=self.bulk.rows.count(), problems=problems_of(form)
            )
        )

    def get_page_subtitle(self) -> str:
        return self.bulk.title
