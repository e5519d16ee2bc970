"""The other reports over several clinics: texts that deserve a look, and receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator

from articles.acknowledging import receipts
from articles.admin.matrix import ClinicsReport
from articles.admin.text_check_words import check_words
from articles.states_by_clinic import states_by_clinic
from articles.text_checks import Check, text_checks
from clinics.tokens import readable

LINES_A_PAGE = 100


@dataclass(frozen=True)
class CheckRow:
    """One text that deserves a look."""

    article: str
    clinic: str
    check: str
    words: str
    due: Any
    url: str


@dataclass(frozen=True)
class ReceiptRow:
    """One safety release at one clinic; `given_by` and `given_at` are blank until it is read."""

    article: str
    release: int
    published_at: datetime
    note: str
    clinic: str
    status: str
    due_at: datetime
    given_by: str
    given_at: datetime | str
    code: str


class ListReport(ClinicsReport):
    """A report of lines, in pages."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = WagtailPaginator(list(self.lines()), LINES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page, elided_page_range=paginator.get_elided_page_range(page.number), **kwargs
        )


class ChecksReport(ListReport):
    """Local texts that deserve a look, at all clinics; overdue reviews come first."""

    page_title = gettext_lazy("Texts that deserve a look")
    template_name = "articles/admin/checks.html"
    tab = "checks"
    export_filename = "texts-that-deserve-a-look"
    export_headings = {
        "article": gettext_lazy("Article"),
        "clinic": gettext_lazy("Clinic"),
        "words": gettext_lazy("Why"),
        "due": gettext_lazy("Review was due"),
    }
    list_export = list(export_headings)

    def lines(self) -> list[CheckRow]:
        cells = states_by_clinic(self.articles, self.clinics)
        today = timezone.localdate()
        rows = [
            CheckRow(
                readable(article.title),
                facts.name,
                check.check,
                check_words(check),
                check.due or "",
                self.cell_url(article, facts, cells[article.pk, facts.clinic_id]),
            )
            for article in self.articles
            for facts in self.clinics
            for check in text_checks(cells[article.pk, facts.clinic_id], today)
        ]
        urgency = list(Check)
        return sorted(rows, key=lambda row: urgency.index(Check(row.check)))


class ReceiptsReport(ListReport):
    """Who has acknowledged which safety change, and who is late."""

    page_title = gettext_lazy("Safety changes")
    template_name = "articles/admin/receipts.html"
    tab = "acknowledgements"
    export_filename = "safety-changes"
    export_headings = {
        "article": gettext_lazy("Article"),
        "release": gettext_lazy("Release"),
        "published_at": gettext_lazy("Published"),
        "note": gettext_lazy("What changed"),
        "clinic": gettext_lazy("Clinic"),
        "status": gettext_lazy("Status"),
        "due_at": gettext_lazy("Due"),
        "given_by": gettext_lazy("Acknowledged by"),
        "given_at": gettext_lazy("Acknowledged"),
    }
    list_export = list(export_headings)

    def lines(self) -> Iterator[ReceiptRow]:
        for receipt in receipts(self.articles, self.clinics):
            given = receipt.given
            code = "done" if given else "overdue" if receipt.is_overdue else "due"
            labels = {"done": _("Acknowledged"), "overdue": _("Overdue"), "due": _("Due")}
            yield ReceiptRow(
                article=readable(receipt.article.title),
                release=receipt.release.number,
                published_at=receipt.release.published_at,
                note=receipt.release.note,
                clinic=receipt.clinic,
                status=labels[code],
                due_at=receipt.due_at,
                given_by=given.user_name if given else "",
                given_at=given.acknowledged_at if given else "",
                code=code,
            )
