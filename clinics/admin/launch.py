"""The checklist of a clinic that patients do not see yet, and the button that opens its site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Site

from clinics.admin.new_clinic import INVITATIONS
from clinics.admin.screens import ClinicScreen
from clinics.choices import ClinicStatus
from clinics.launching import NotReady, checklist, launch

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.models import ClinicPage


class LaunchScreen(ClinicScreen):
    """What is done, what is missing and where to do it. A franchise admin opens the site."""

    template_name = "clinics/admin/launch.html"
    http_method_names = ["get", "head", "post", "options"]
    tab = "launch"

    def find_clinic(self) -> ClinicPage:
        """A clinic that has closed has nothing to launch: its tab "Manage" opens it again."""
        clinic = super().find_clinic()
        if clinic.facts.status == ClinicStatus.CLOSED:
            raise Http404
        return clinic

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checks = checklist(self.clinic)
        site = Site.objects.filter(root_page=self.clinic).first()
        return super().get_context_data(
            checks=checks,
            is_ready=all(check.holds for check in checks),
            is_live=self.clinic.facts.status == ClinicStatus.LIVE,
            may_launch=self.may("clinics"),
            site_url=site.root_url if site else "",
            invitations=self.request.session.pop(INVITATIONS, []),
            **kwargs,
        )

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
