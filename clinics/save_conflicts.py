"""No edit is overwritten in silence: a form that was opened on an older revision never publishes.

Wagtail's autosave refuses such a save; its ordinary form does not (measured: two publishes from one
base both succeed, and the second wins). Here the second editor's text is kept as a draft and the
page that follows shows both texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page, Revision

# What would publish, and what would write over a revision that is not the latest any more.
_HELD_BACK = (
    "action-publish",
    "action-submit",
    "action-restart-workflow",
    "action-workflow-action",
    "overwrite_revision_id",
)


def hold_back_outdated_save(request: HttpRequest, page: Page) -> None:
    """Turn a publish from an outdated form into a draft (hook `before_edit_page`).

    An outdated autosave, which asks for JSON, is refused by Wagtail itself.
    """
    latest = page.latest_revision
    if request.method != "POST" or not request.accepts("text/html"):
        return
    if latest is None or not _is_outdated(request, latest):
        return
    request.outdated_by = latest
    posted = request.POST.copy()
    for name in _HELD_BACK:
        posted.pop(name, None)
    request.POST = posted


def show_both_texts(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After such a save: say what happened and compare both texts (hook `after_edit_page`)."""
    theirs = getattr(request, "outdated_by", None)
    if theirs is None:
        return None
    author = theirs.user.get_full_name() or theirs.user.username if theirs.user else _("Somebody")
    text = _(
        "%(author)s saved “%(page)s” after you opened it. Your text was kept as a draft and is not "
        "published. Below: their text, and yours. Edit your draft to bring both together."
    )
    messages.warning(request, text % {"author": author, "page": page.get_admin_display_title()})
    return redirect(
        "wagtailadmin_pages:revisions_compare", page.pk, theirs.pk, page.latest_revision_id
    )


def _is_outdated(request: HttpRequest, latest: Revision) -> bool:
    """The rule of Wagtail's own autosave, by revision and by moment."""
    overwriting = request.POST.get("overwrite_revision_id")
    if overwriting:
        return overwriting != str(latest.pk)
    loaded = request.POST.get("loaded_revision_id")
    if not loaded:
        return False
    if loaded != str(latest.pk):
        return True
    moment = request.POST.get("loaded_revision_created_at", "")
    return bool(moment) and moment != latest.created_at.isoformat()
