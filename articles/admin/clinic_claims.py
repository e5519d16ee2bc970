"""What stands against the texts of one clinic, by the last check of all of them, and a new check.

For whoever reaches the clinic; a 404 for everybody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from articles.admin.my_articles import ArticlesScreen
from articles.claim_check import is_running, start_check
from articles.launch_checks import claim_check_of, why_unchecked
from clinics.admin.spreadsheet import ExportedScreen
from clinics.models import ClinicPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import ClaimCheck


class ClaimsOfMyClinic(ExportedScreen, ArticlesScreen):
    """GET shows how far the check is and what it found; POST begins it anew."""

    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Claims")
    template_name = "articles/admin/my_claims.html"
    tab = "claims"
    list_export = ["title", "path", "section", "words", "rule", "advice", "url"]
    export_headings = {
        "title": gettext_lazy("Page"),
        "path": gettext_lazy("Address"),
        "section": gettext_lazy("Section"),
        "words": gettext_lazy("Words"),
        "rule": gettext_lazy("Rule"),
        "advice": gettext_lazy("What to do"),
        "url": gettext_lazy("Where"),
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            # Of two people who press at once, the second one finds it begun.
            ClinicPage.objects.select_for_update(of=("self",)).get(pk=self.clinic.pk)
            check = claim_check_of(self.clinic)
            if check is not None and is_running(check):
                messages.warning(request, _("The texts are being checked already."))
            else:
                start_check(self.clinic)
        return redirect("my_articles:claims", self.clinic.pk)

    def get_filename(self) -> str:
        return f"claims-{self.clinic.slug}"

    def lines(self) -> Iterator[dict[str, Any]]:
        check = claim_check_of(self.clinic)
        for row in check.found if check else []:
            url = self.request.build_absolute_uri(_editor(row))
            yield {name: row.get(name, "") for name in self.list_export} | {"url": url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check = claim_check_of(self.clinic)
        return super().get_context_data(
            check=check,
            is_running=check is not None and is_running(check),
            why_unchecked=why_unchecked(check),
            pages=self.pages(check) if check else [],
            **kwargs,
        )

    def pages(self, check: ClaimCheck) -> list[dict[str, Any]]:
        """What was found, by page; a way to the text for whoever may change it."""
        mine = self._editable(check)
        return [
            {
                "title": title,
                "path": path,
                "rows": [
                    row | {"url": _editor(row) if row["page"] in mine else ""} for row in rows
                ],
            }
            for (path, title), rows in groupby(check.found, key=itemgetter("path", "title"))
        ]

    def _editable(self, check: ClaimCheck) -> set[int]:
        pages = Page.objects.filter(pk__in={row["page"] for row in check.found})
        return {
            page.pk for page in pages if page.permissions_for_user(self.request.user).can_edit()
        }

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]


def _editor(row: dict[str, Any]) -> str:
    """The editor of the page, at the section."""
    anchor = f"#block-{row['anchor']}-section" if row["anchor"] else ""
    return reverse("wagtailadmin_pages:edit", args=[row["page"]]) + anchor
