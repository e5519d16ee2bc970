"""Where a name was typed by hand: a clinic and a name in, the texts that say it out.

Tokens follow a new name, typed words do not. Live text and drafts are looked at, of every page that
belongs to the clinic, whichever app it is of; what the tree makes of names itself is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

if TYPE_CHECKING:
    from clinics.models import ClinicPage

_OF_EVERY_PAGE = frozenset({"title", "seo_title", "search_description"})


@dataclass(frozen=True)
class Mention:
    """A page that says the name, and which of its fields do. `is_draft`: only its draft says it."""

    page: Page
    fields: tuple[str, ...]
    is_draft: bool = False


def mentions_of(name: str, clinic: ClinicPage, *, follows: Page | None = None) -> list[Mention]:
    """Every page of the clinic that says the name, in the order of the tree.

    The title of `follows` is left out: it gets the new name.
    """
    pages = Page.objects.descendant_of(clinic, inclusive=True).order_by("path")
    found = []
    for page in pages.select_related("latest_revision").specific():
        typed = _typed_fields(page, with_title=page.pk != (follows.pk if follows else None))
        live = _saying(name, typed, {field.name: _live(field, page) for field in typed})
        if live and page.live:
            found.append(Mention(page, live))
        elif draft := _saying(name, typed, _draft_of(page)):
            found.append(Mention(page, draft, is_draft=True))
    return found


def _saying(name: str, fields: Iterable[Any], texts: Mapping[str, Any]) -> tuple[str, ...]:
    """The labels of the fields whose text says the name, whatever its case."""
    wanted = name.casefold()
    return tuple(
        capfirst(str(field.verbose_name))
        for field in fields
        if wanted in unescape(strip_tags(str(texts.get(field.name) or ""))).casefold()
    )


def _draft_of(page: Page) -> Mapping[str, Any]:
    """What a newer revision than the live one has; nothing where there is none."""
    latest = page.latest_revision
    if latest is None or latest.pk == page.live_revision_id:
        return {}
    content: Mapping[str, Any] = latest.content
    return content


def _typed_fields(page: Page, *, with_title: bool) -> list[Any]:
    """The columns of text that an editor fills in."""
    inherited = {field.name for field in Page._meta.concrete_fields} - _OF_EVERY_PAGE
    left_out = inherited if with_title and _types_title(page) else {*inherited, "title"}
    return [
        field
        for field in page._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | StreamField)
        and field.editable
        and field.name not in left_out
    ]


def _types_title(page: Page) -> bool:
    """Some pages take their title from the tree: then nobody has typed it."""
    return "title" in type(page).get_edit_handler().get_form_class().base_fields


def _live(field: Any, page: Page) -> str:
    if isinstance(field, StreamField):
        return str(field.get_prep_value(getattr(page, field.name)) or "")
    return str(getattr(page, field.name) or "")


def words_of(mention: Mention) -> str:
    """ "Text, Title for search engines (draft)"."""
    fields = ", ".join(mention.fields)
    return _("%(fields)s (draft)") % {"fields": fields} if mention.is_draft else fields
