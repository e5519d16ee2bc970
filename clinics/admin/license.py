"""Verifying a person's license: for whoever runs the franchise; everybody else gets a 404.

The same act says under which account the person works, so that nobody reviews in another's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from clinics.account_names import name_of
from clinics.choices import Role
from clinics.credentials import may_verify, verify_license
from clinics.models import Membership, Person
from clinics.roles.reach import people_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class AccountField(forms.ModelChoiceField):
    def label_from_instance(self, obj: AbstractUser) -> str:
        return name_of(obj)


class LicenseForm(forms.Form):
    """Only accounts of medical reviewers are offered, and not one's own."""

    account = AccountField(
        queryset=get_user_model().objects.none(),
        required=False,
        label=gettext_lazy("Signs in as"),
        help_text=gettext_lazy("The account of a medical reviewer. Blank: reviews nothing."),
    )
    is_checked = forms.BooleanField(
        label=gettext_lazy("I looked this license up in the register of the state's board"),
    )

    def __init__(self, *args: Any, user: AbstractUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = _reviewers().exclude(pk=user.pk)


class VerifyLicense(WagtailAdminTemplateMixin, FormView):
    """GET shows the license and asks; POST notes who has looked it up."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "group"
    page_title = gettext_lazy("Verify a license")
    template_name = "clinics/admin/license.html"
    form_class = LicenseForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_verify(request.user, self.person):
            raise Http404

    @cached_property
    def person(self) -> Person:
        people = people_of(self.request.user).select_related("clinic", "account")
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"account": self.person.account_id}

    def form_valid(self, form: LicenseForm) -> HttpResponse:
        account = form.cleaned_data["account"]
        try:
            verify_license(self.person, account=account, user=self.request.user)
        except PermissionDenied as error:
            raise Http404 from error
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        text = _("The license of %(name)s is verified.") % {"name": self.person.name}
        messages.success(self.request, text)
        return redirect("people:edit", self.person.pk)

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people:index"), "label": _("People")},
            {"url": reverse("people:edit", args=[self.person.pk]), "label": str(self.person)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)


def _reviewers() -> QuerySet[AbstractUser]:
    members = Membership.objects.filter(role=Role.MEDICAL_REVIEWER).values("user")
    users = get_user_model()._default_manager
    return users.filter(is_active=True, pk__in=members).order_by("username")
