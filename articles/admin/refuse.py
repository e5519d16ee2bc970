"""The gate of publishing for the page editor, which goes past `Page.publish`.

A shared article is looked at before it is published (`articles.admin.publish`); pages of clinics
are refused here, with their draft saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.middleware import lead_to_editor
from articles.models import LocalArticlePage, LocalVersionPage
from articles.publishing import NotPublishableError, refuse_unpublishable
from articles.review.dates import date_live_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page


def refuse_in_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_publish_page`: the draft is saved by now."""
    if not isinstance(page, LocalVersionPage | LocalArticlePage):
        return None
    try:
        refuse_unpublishable(page)
    except NotPublishableError as error:
        return lead_to_editor(request, error)
    return None


def date_in_editor(request: HttpRequest, page: Page) -> None:
    """Hook `after_publish_page`: a clinic's own article says when it was reviewed."""
    if isinstance(page, LocalArticlePage):
        date_live_page(page)
