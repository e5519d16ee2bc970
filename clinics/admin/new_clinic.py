"""The wizard of a new clinic: one page, a live preview of its looks, then the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinics.brand import LAYOUT_CHOICES, TYPEFACE_CHOICES, normalise_brand, stylesheet_urls
from clinics.clinic import Brand
from clinics.forms.new_clinic import MemberForms, NewClinicForm, members_of, problems
from clinics.founding import found_clinic
from clinics.models import FranchisePage
from clinics.roles.reach import clinics_of, franchises_run_by

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

INVITATIONS = "clinics_invitations"


class FranchiseScreen(View):
    """Whoever founds no clinics finds no wizard."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.franchises:
            raise Http404

    @cached_property
    def franchises(self) -> list[FranchisePage]:
        return list(franchises_run_by(self.request.user))


class NewClinic(FranchiseScreen, WagtailAdminTemplateMixin, TemplateView):
    """Everything about a new clinic on one page; nothing is made before all of it is right."""

    page_title = gettext_lazy("Add a clinic")
    header_icon = "home"
    template_name = "clinics/admin/new_clinic.html"
    http_method_names = ["get", "head", "post", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("my_clinic:index"), "label": _("My clinics")}
        return [*self.breadcrumbs_items, home, {"url": "", "label": _("Add a clinic")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form(), MemberForms(prefix="people"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, people = self.form(request.POST), MemberForms(request.POST, prefix="people")
        if not (form.is_valid() & people.is_valid()):
            return self.show(form, people)
        try:
            founded = found_clinic(
                self.franchises[0],
                form.founding(members_of(people)),
                user=request.user,
                port=settings.PORT,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, people)
        request.session[INVITATIONS] = [
            {"name": str(each.user.get_full_name() or each.user.email), "url": each.url}
            for each in founded.invitations
        ]
        messages.success(
            request,
            _("%(clinic)s is made. Patients see it once everything below is done.")
            % {"clinic": founded.clinic.title},
        )
        return redirect("my_clinic:launch", founded.clinic.pk)

    def form(self, data: Any = None) -> NewClinicForm:
        return NewClinicForm(data, clinics=clinics_of(self.request.user).order_by("title"))

    def show(self, form: NewClinicForm, people: Any) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            people=people,
            problems=problems(form, people),
            preview_url=reverse("my_clinic:new_preview"),
        )
        return self.render_to_response(context)


class BrandPreview(FranchiseScreen):
    """The looks that are being chosen, on a page of their own within the wizard."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET
        try:
            colours = normalise_brand(typed.get("brand_primary", ""), typed.get("brand_accent", ""))
        except ValidationError as error:
            words = [each for messages_ in error.message_dict.values() for each in messages_]
            return render(request, "clinics/admin/brand_preview.html", {"problems": words})
        typeface, layout = typed.get("brand_typeface", ""), typed.get("brand_layout", "")
        if typeface not in dict(TYPEFACE_CHOICES) or layout not in dict(LAYOUT_CHOICES):
            raise Http404
        brand = Brand(*colours, typeface, layout)
        context = {
            "name": typed.get("name", "")[:120] or _("Your clinic"),
            "stylesheets": stylesheet_urls(brand),
        }
        return render(request, "clinics/admin/brand_preview.html", context)
