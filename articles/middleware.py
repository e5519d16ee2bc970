"""Turns a refused publish into words, where there is no form that could show them.

Bulk actions and approvals publish without a form, and are rolled back by the exception.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from articles.publishing import NotPublishableError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PublishRefusalMiddleware:
    """Leads to the editor of the page that may not be published, with the reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotPublishableError):
            return None
        return lead_to_editor(request, exception)


def lead_to_editor(request: HttpRequest, refused: NotPublishableError) -> HttpResponse:
    """The way back to a page that was not published, with a message that says why."""
    page = refused.page
    text = _("“%(page)s” was not published. %(problems)s")
    words = {"page": page.get_admin_display_title(), "problems": " ".join(refused.messages)}
    buttons = [messages.button(refused.url, _("Go there"))] if refused.url else None
    messages.error(request, text % words, buttons=buttons)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        # What Wagtail's dialog of an approval expects.
        return JsonResponse({"step": "success", "redirect": editor})
    return redirect(editor)
