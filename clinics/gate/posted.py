"""Pictures and pages that a posted page form refers to from within its texts.

Choosers never offer another clinic's; what is posted need not come from a chooser. Fields of their
own are refused by their form; what stands inside sections and texts is looked for here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from clinics.gate.pages import linkable_pages

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from clinics.gate.rules import Rule

# What a picture is called within a section.
PICTURE_NAMES = ("-image",)


def written(rule: Rule) -> Rule:
    """The rule, and for what is posted: every reference is one's own, the library's, or not new."""

    def both(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
        if not rule(request, arguments):
            return False
        return request.method != "POST" or _are_own_references(request, arguments)

    return both


def _are_own_references(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """The page itself is read only when something is posted that no chooser offers."""
    images = policy_registry.get_by_type(get_image_model())
    choosable = images.instances_user_has_permission_for(request.user, "choose")
    foreign = {
        get_image_model(): _beyond(choosable, set(_pictures(request))),
        Page: _beyond(linkable_pages(request.user), set(_links(request))),
    }
    if not any(foreign.values()):
        return True
    page = Page.objects.filter(pk=arguments.get("page_id")).first()
    return all(not ids - _known(page, model) for model, ids in foreign.items() if ids)


def _beyond(rows: QuerySet, ids: set[int]) -> set[int]:
    """The ids that none of the rows has."""
    return ids - set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else ids


def _pictures(request: HttpRequest) -> Iterator[int]:
    for name, values in request.POST.lists():
        if name.endswith(PICTURE_NAMES):
            yield from (int(value) for value in values if value.isascii() and value.isdigit())


def _links(request: HttpRequest) -> Iterator[int]:
    """Ids of pages in texts, as the editor posts them: JSON with a map of links."""
    for _name, values in request.POST.lists():
        for value in values:
            if '"entityMap"' not in value:
                continue
            try:
                links = json.loads(value)["entityMap"].values()
                found = [link["data"].get("id") for link in links if link["type"] == "LINK"]
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # no text of the editor's: its field says so
            yield from (int(pk) for pk in found if str(pk).isascii() and str(pk).isdigit())


def _known(page: Page | None, model: type[Model]) -> set[int]:
    """What the page, or its latest draft, refers to already: saving it again changes nothing.

    Read from the page itself: the stored index of references is brought up to date by a task.
    """
    if page is None:
        return set()
    wanted = ContentType.objects.get_for_model(model).pk
    found = set()
    for version in (page.specific, page.get_latest_revision_as_object()):
        for kind, pk, *_path in ReferenceIndex._extract_references_from_object(version):
            if kind == wanted:
                found.add(int(pk))
    return found
