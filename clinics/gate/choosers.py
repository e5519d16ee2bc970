"""The page chooser: browsing, searching and handing over, within what the user may link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.models import Page

from clinics.gate.pages import browsable_pages, linkable_pages

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


class ChoosePage(BrowseView):
    """Starts where the user's own pages begin, and never shows what stands beside them."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        pages = browsable_pages(request.user)
        if parent_page_id is None:
            parent_page_id = _first_parent(pages).pk
        elif not pages.filter(pk=parent_page_id).exists():
            raise Http404
        targets = [pk for pk in request.GET.getlist("target_pages[]") if pk]
        if pages.filter(pk__in=targets).count() != len(set(targets)):
            raise Http404
        return super().get(request, parent_page_id)

    def get_object_list(self) -> QuerySet[Page]:
        return super().get_object_list().filter(pk__in=browsable_pages(self.request.user))


def linkable_only(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Hook `construct_page_chooser_queryset`: a search finds what the browser shows."""
    return pages.filter(pk__in=browsable_pages(request.user).values("pk"))


class PagesChosen(ChosenMultipleView):
    """Hands over only what may be linked to; all or nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        ids = set(request.GET.getlist("id"))
        if not all(id_.isdigit() for id_ in ids):
            raise Http404
        if linkable_pages(request.user).filter(pk__in=ids).count() != len(ids):
            raise Http404
        return super().get(request)


def _first_parent(pages: QuerySet[Page]) -> Page:
    """The top of the tree, which everybody who may browse at all walks past."""
    top = pages.filter(depth=1).first()
    if top is None:
        raise Http404
    return top
