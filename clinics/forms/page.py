"""The form of every page type of ours: an editor refers only to what they may choose.

Choosers hide what is another clinic's; a form must refuse it too, since what is posted need not
come from a chooser (security rule 3).
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from clinics.forms.fields import RefusedUnshownMixin

if TYPE_CHECKING:
    from clinics.publish_guard import Problem

BRAND_FIELDS = ("brand_primary", "brand_accent", "brand_typeface", "brand_layout", "logo")


def error_with_link(problem: Problem) -> ValidationError:
    """A problem as an error of a form, with the way to its remedy."""
    if not problem.url:
        return ValidationError(problem.message)
    text = format_html('{} <a href="{}">{}</a>', problem.message, problem.url, _("Go there"))
    return ValidationError(text)


class ScopedPageForm(RefusedUnshownMixin, WagtailAdminPageForm):
    """Limits pictures and people to the editor's own and shared ones; what is there may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or self.for_user.is_superuser:
            return
        for name, form_field in self.fields.items():
            queryset = getattr(form_field, "queryset", None)
            if queryset is not None:
                current = getattr(self.instance, f"{name}_id", None)
                form_field.queryset = self._allowed(queryset) | queryset.filter(pk=current)

    def clean(self) -> dict[str, Any]:
        """What would be refused on publish stands beside its field; a draft may have it."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            self._add_publish_problems(cleaned)
        return cleaned

    def _add_publish_problems(self, cleaned: dict[str, Any]) -> None:
        from clinics.publish_guard import own_page_problems  # noqa: PLC0415 - circular import

        page = copy(self.instance)
        for name in (*getattr(page, "published_texts", ()), "kind"):
            if name in cleaned:
                setattr(page, name, cleaned[name])
        if not page.path and self.parent_page is not None:
            # A new page stands below its parent: the gate asks whose it will be.
            page.path = self.parent_page.path
        for problem in own_page_problems(page):
            # A text that the form does not show is named where its page is.
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, error_with_link(problem))

    def _allowed(self, queryset: QuerySet) -> QuerySet:
        from clinics.models import Person  # noqa: PLC0415 - circular import
        from clinics.roles.reach import people_offered_to  # noqa: PLC0415 - circular import

        if queryset.model is get_image_model():
            policy = policy_registry.get_by_type(queryset.model)
            offered = policy.instances_user_has_permission_for(self.for_user, "choose")
        elif queryset.model is Person:
            offered = people_offered_to(self.for_user)
        else:
            return queryset
        return queryset.filter(pk__in=offered.values("pk"))


class SiteRootForm(ScopedPageForm):
    """A home page; its brand only for whoever may change it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from clinics.roles.rights import YES, right_at  # noqa: PLC0415 - circular import

        super().__init__(*args, **kwargs)
        page = self.instance if self.instance.path else self.parent_page
        if self.for_user is not None and right_at(self.for_user, "brand", page) != YES:
            for name in BRAND_FIELDS:
                self.fields.pop(name, None)
