"""One bulk change: what it would do, its progress, what came of it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from clinics.admin.bulk.imports import BulkScreen
from clinics.admin.new_clinic import FranchiseScreen
from clinics.admin.spreadsheet import GuardedExport
from clinics.bulk.due import resume
from clinics.bulk.planning import plan_import
from clinics.bulk.running import STALE_AFTER, begin
from clinics.bulk.undoing import start_undo
from clinics.choices import BulkKind, BulkState, RowState
from clinics.facts_words import differences
from clinics.forms.bulk import label_of_column
from clinics.models import BulkChange
from clinics.roles.reach import bulk_changes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from clinics.facts_words import Difference
    from clinics.models import BulkRow

ROWS_A_PAGE = 50
_PENDING = (BulkState.RUNNING, BulkState.UNDOING)
# What the filters above the rows are called, in their order.
_FILTERS = (
    ("errors", gettext_lazy("Errors"), Q(state=RowState.ERROR)),
    ("failed", gettext_lazy("Not done"), Q(state__in=[RowState.FAILED, RowState.KEPT])),
    ("new", gettext_lazy("New locations"), Q(is_new=True) & ~Q(state=RowState.ERROR)),
    (
        "changed",
        gettext_lazy("Changed locations"),
        Q(is_new=False) & ~Q(state__in=[RowState.ERROR, RowState.SAME]),
    ),
    ("same", gettext_lazy("Nothing to change"), Q(state=RowState.SAME)),
)


@dataclass(frozen=True)
class RowLine:
    """A row of the check or of the result."""

    row: BulkRow
    differences: list[Difference]
    errors: list[tuple[str, str]]


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    count: int
    is_current: bool


class BulkList(FranchiseScreen, BaseListingView):
    """Every import and change of several locations, the newest first."""

    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Imports and changes")
    header_icon = "table"
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    index_url_name = "my_clinic:bulk_list"
    index_results_url_name = "my_clinic:bulk_list_results"
    is_searchable = False
    default_ordering = "-pk"
    paginate_by = 20
    verbose_name_plural = gettext_lazy("imports and changes")

    def get_base_queryset(self) -> QuerySet[BulkChange]:
        done = Count("rows", filter=Q(rows__state=RowState.DONE))
        changes = bulk_changes_of(self.request.user).annotate(done=done)
        return changes.select_related("made_by__wagtail_userprofile")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("my_clinic:bulk_import")
        return [HeaderButton(_("Import locations"), url, icon_name="plus")]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("What"),
                get_url=lambda bulk: reverse("my_clinic:bulk", args=[bulk.pk]),
            ),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("done", label=_("Locations done"), accessor="done"),
            UserColumn("made_by", label=_("By"), blank_display_name=_("somebody who is gone")),
            DateColumn("made_at", label=_("When"), width="14%"),
        ]


class BulkDetail(BulkScreen):
    """The check before it runs; afterwards the journal. POST runs it, takes it back, or goes on."""

    template_name = "clinics/admin/bulk/change.html"

    @cached_property
    def bulk(self) -> BulkChange:
        changes = bulk_changes_of(self.request.user).exclude(state=BulkState.DRAFT)
        return get_object_or_404(changes.select_related("made_by"), pk=self.kwargs["bulk_id"])

    def get_page_title(self) -> str:
        return self.bulk.title

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        home = {"url": reverse("my_clinic:bulk_list"), "label": _("Imports and changes")}
        return [home, {"url": "", "label": self.bulk.title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acts = {
            "run": self.run,
            "undo": self.undo,
            "resume": self.resume,
            "check": self.check,
            "discard": self.discard,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        with transaction.atomic():
            # Of two people who press at once, the second one finds it begun.
            self.bulk = BulkChange.objects.select_for_update().get(pk=self.bulk.pk)
            act()
        if self.bulk.pk is None:
            return redirect("my_clinic:bulk_list")
        return redirect("my_clinic:bulk", self.bulk.pk)

    def run(self) -> None:
        if self.bulk.state != BulkState.CHECKED:
            messages.warning(self.request, _("This was begun already."))
            return
        begin(self.bulk, self.request.user)

    def undo(self) -> None:
        if self.bulk.state not in {BulkState.DONE, BulkState.RUNNING, BulkState.PLANNED}:
            messages.warning(self.request, _("There is nothing to undo."))
            return
        start_undo(self.bulk, self.request.user)

    def resume(self) -> None:
        """For a run whose worker was killed."""
        resume(self.bulk)

    def discard(self) -> None:
        """What was never begun leaves nothing behind."""
        if self.bulk.state == BulkState.CHECKED:
            self.bulk.delete()
            messages.success(self.request, _("It is thrown away; nothing was changed."))

    def check(self) -> None:
        """The same file against what is saved now, also after it ran: what is left to do."""
        if self.bulk.kind == BulkKind.IMPORT and self.bulk.state == BulkState.CHECKED:
            plan_import(self.bulk, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.bulk.rows.all()
        chosen = next((each for each in _FILTERS if each[0] == self.request.GET.get("show")), None)
        if chosen:
            rows = rows.filter(chosen[2])
        paginator = WagtailPaginator(rows, per_page=ROWS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            bulk=self.bulk,
            lines=[line_of(row) for row in page],
            filters=self.filters(chosen[0] if chosen else ""),
            shown=chosen[0] if chosen else "",
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            counts=self.counts,
            todo=self.todo(),
            percent=self.percent(),
            is_pending=self.bulk.state in _PENDING,
            is_stale=self.is_stale(),
            is_checked=self.bulk.state == BulkState.CHECKED,
            is_planned=self.bulk.state == BulkState.PLANNED,
            may_undo=self.bulk.state in {BulkState.DONE, BulkState.PLANNED}
            and (self.counts["DONE"] or self.counts["WAITING"]),
            **kwargs,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows by state, and by filter."""
        counted = {state: Count("pk", filter=Q(state=state)) for state in RowState.values}
        filters = {f"show_{name}": Count("pk", filter=q) for name, _label, q in _FILTERS}
        return self.bulk.rows.aggregate(all=Count("pk"), **counted, **filters)

    def filters(self, chosen: str) -> list[Filter]:
        return [
            Filter(name, str(label), self.counts[f"show_{name}"], name == chosen)
            for name, label, _q in _FILTERS
            if self.counts[f"show_{name}"]
        ]

    def todo(self) -> str:
        """What the button will do."""
        count = self.counts["WAITING"]
        return ngettext("Change %(n)d location", "Change %(n)d locations", count) % {"n": count}

    def percent(self) -> int:
        counts = self.counts
        if self.bulk.state == BulkState.UNDOING:
            over, left = counts["UNDONE"] + counts["KEPT"], counts["DONE"]
        else:
            over, left = counts["DONE"] + counts["FAILED"], counts["WAITING"]
        return round(100 * over / (over + left)) if over + left else 100

    def is_stale(self) -> bool:
        return self.bulk.state in _PENDING and self.bulk.touched_at < timezone.now() - STALE_AFTER


class BulkRowsFile(GuardedExport, FranchiseScreen):
    """The rows that were refused or not done, in the file's own shape, with the reasons."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bulk = get_object_or_404(bulk_changes_of(request.user), pk=kwargs["bulk_id"])
        reason = _("What is wrong")
        headers = [*(name or f"{n + 1}" for n, name in enumerate(bulk.headers)), reason]
        self.list_export = [str(number) for number in range(len(headers))]
        self.export_headings = dict(zip(self.list_export, headers, strict=True))
        return self.as_spreadsheet(_lines(bulk), "xlsx")

    def get_filename(self) -> str:
        return "locations-to-correct"


def _lines(bulk: BulkChange) -> Iterator[dict[str, str]]:
    wrong = [RowState.ERROR, RowState.FAILED, RowState.KEPT]
    for row in bulk.rows.filter(state__in=wrong).iterator(500):
        line = line_of(row)
        words = [f"{column}: {message}" for column, message in line.errors]
        cells = [*row.cells, " ".join(filter(None, [*words, row.note]))]
        yield {str(number): cell for number, cell in enumerate(cells)}


def line_of(row: BulkRow) -> RowLine:
    """A row with its differences and errors in words."""
    errors = [(label_of_column(column), message) for column, message in row.errors]
    return RowLine(row, differences(row.before, row.after), errors)
