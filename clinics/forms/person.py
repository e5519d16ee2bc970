"""The form of a person: only clinics and pictures that the editor may use are offered or taken."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from clinics.models import Person
from clinics.roles.reach import clinics_with_people_of


class PersonForm(WagtailAdminModelForm):
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
            self.fields["clinic"].empty_label = None

    def full_clean(self) -> None:
        super().full_clean()
        if "photo" in (self._errors or {}):
            # Shown again, the chooser would show title and thumbnail of what was refused.
            self.data = self.data.copy()
            self.data[self.add_prefix("photo")] = ""

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or _free_slug(slugify(self.cleaned_data.get("name", "")))


def _free_slug(wanted: str) -> str:
    """A slug that nobody has: a second Ada Hill becomes "ada-hill-2"."""
    base, slug, number = wanted[:70] or "person", wanted[:70] or "person", 1
    while Person.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
