"""Lists of pages whose filters offer nobody and nothing from beyond the user's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import (
    EditedByFilter,
    GenericPageFilterSet,
)
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.models import Page, PageLogEntry

from clinics.gate.pages import pages_in_reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.http import HttpRequest


def _owners(request: HttpRequest) -> QuerySet[AbstractUser]:
    owners = pages_in_reach(request.user).order_by().values("owner")
    return get_user_model()._default_manager.filter(pk__in=owners)


def _editors(request: HttpRequest) -> QuerySet[AbstractUser]:
    pages = pages_in_reach(request.user).values("pk")
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages).order_by()
    return get_user_model()._default_manager.filter(pk__in=edits.values("user"))


class OwnPageFilters(GenericPageFilterSet):
    """Filters of the explorer and of all pages of a type; sites have no part in it."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(
        label=_("Edited by"), queryset=_editors, widget=CheckboxSelectMultiple
    )
    site = None


class PagesOfType(ContentTypeUseView):
    """All pages of one type in reach; Wagtail's would list those on the way to them too."""

    def get_base_queryset(self) -> QuerySet[Page]:
        mine = pages_in_reach(self.request.user)
        return super().get_base_queryset().filter(pk__in=mine.values("pk"))
