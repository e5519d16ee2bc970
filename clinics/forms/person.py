"""The form of a person: only clinics and pictures that the editor may use are offered or taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from clinics.forms.fields import RefusedUnshownMixin
from clinics.models import Person
from clinics.roles.reach import clinics_with_people_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clinics.models import ClinicPage


class PersonForm(RefusedUnshownMixin, WagtailAdminModelForm):
    """Somebody who is not a superuser makes people of their own clinics only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        pictures = policy_registry.get_by_type(get_image_model())
        clinics = clinics_with_people_of(user)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Part of an address. Leave blank to make it of the name.")
        self.fields["photo"].queryset = pictures.instances_user_has_permission_for(user, "choose")
        self.fields["clinic"].queryset = clinics
        if not user.is_superuser:
            self.fields["clinic"].required = True
            self._offer_the_only_clinic(clinics)

    def _offer_the_only_clinic(self, clinics: QuerySet[ClinicPage]) -> None:
        """No choosing among one: a page chooser is for whoever has many."""
        if len(clinics[:2]) == 1:
            self.fields["clinic"].empty_label = None
            self.fields["clinic"].widget = forms.Select(choices=self.fields["clinic"].choices)

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or _free_slug(slugify(self.cleaned_data.get("name", "")))


def _free_slug(wanted: str) -> str:
    """A slug that nobody has: a second Ada Hill becomes "ada-hill-2"."""
    base, slug, number = wanted[:70] or "person", wanted[:70] or "person", 1
    while Person.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
