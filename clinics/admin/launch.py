"""The checklist of a clinic, the button that opens its site, and drafts of notices that it owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Site

from clinics.admin.new_clinic import INVITATIONS
from clinics.admin.screens import ClinicScreen
from clinics.admin.spreadsheet import ExportedScreen
from clinics.choices import ClinicStatus
from clinics.compliance.notices import draft_notice, owed_notices
from clinics.launching import NotReady, checklist, launch
from clinics.models import LocalPage
from clinics.roles.page_rights import may_change_at
from clinics.special_days import today_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from clinics.launching import Check
    from clinics.models import ClinicPage


class LaunchScreen(ExportedScreen, ClinicScreen):
    """What is done, what is missing and where to do it. A franchise admin opens the site.

    For a clinic that is live already it is a report; as CSV for whoever keeps it.
    """

    template_name = "clinics/admin/launch.html"
    http_method_names = ["get", "head", "post", "options"]
    tab = "launch"
    list_export = ["label", "state", "kind", "law", "remedy", "url"]
    export_headings = {
        "label": gettext_lazy("Check"),
        "state": gettext_lazy("State"),
        "kind": gettext_lazy("Kind"),
        "law": gettext_lazy("Law"),
        "remedy": gettext_lazy("What to do"),
        "url": gettext_lazy("Where"),
    }

    def find_clinic(self) -> ClinicPage:
        """A clinic that has closed has nothing to launch: its tab "Manage" opens it again."""
        clinic = super().find_clinic()
        if clinic.facts.status == ClinicStatus.CLOSED:
            raise Http404
        return clinic

    def get_filename(self) -> str:
        return f"checks-{self.clinic.slug}"

    @cached_property
    def checks(self) -> list[Check]:
        return checklist(self.clinic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = Site.objects.filter(root_page=self.clinic).first()
        return super().get_context_data(
            checks=self.checks,
            made_on=today_at(self.clinic.facts),
            notices=owed_notices(self.clinic),
            may_draft=may_change_at(self.request.user, self.clinic, LocalPage),
            is_ready=not any(check.is_in_the_way for check in self.checks),
            is_live=self.clinic.facts.status == ClinicStatus.LIVE,
            may_launch=self.may("clinics"),
            site_url=site.root_url if site else "",
            invitations=self.request.session.pop(INVITATIONS, []),
            **kwargs,
        )

    def lines(self) -> Iterator[dict[str, Any]]:
        for check in self.checks:
            yield {
                "label": check.label,
                "state": "done" if check.holds else "to do",
                "kind": "must" if check.is_must else "advice",
                "law": check.law,
                "remedy": "" if check.holds else check.remedy,
                "url": self.request.build_absolute_uri(check.url) if check.url else "",
            }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may("clinics"):
            raise PermissionDenied
        try:
            launch(self.clinic, user=request.user)
        except NotReady as error:
            for check in error.checks:
                messages.error(request, check.remedy)
        else:
            name = self.clinic.facts.name
            messages.success(request, _("%(clinic)s is open to patients.") % {"clinic": name})
        return redirect("my_clinic:launch", self.clinic.pk)


class NoticeDraft(ClinicScreen):
    """Makes the draft of a notice that the clinic owes, and leads to its editor."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change_at(request.user, self.clinic, LocalPage):
            raise PermissionDenied
        slug = request.POST.get("notice", "")
        if slug not in {owed.slug for owed in owed_notices(self.clinic)}:
            raise Http404
        page = draft_notice(self.clinic, slug, user=request.user)
        text = _("“%(title)s” is a draft: read it, make it yours, and publish it.")
        messages.success(request, text % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
