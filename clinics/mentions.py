"""Where a name was typed by hand: a clinic and a name in, the texts that say it out.

Tokens follow a new name, typed words do not. Live text and drafts are looked at, of every page that
belongs to the clinic, whichever app it is of; what the tree makes of names itself is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

if TYPE_CHECKING:
    from clinics.models import ClinicPage

_PATHS = frozenset({"slug", "url_path", "draft_title"})
_OF_EVERY_PAGE = frozenset({"title", "seo_title", "search_description"})


@dataclass(frozen=True)
class Mention:
    """A page that says the name, and which of its fields do. `is_draft`: only its draft says it."""

    page: Page
    fields: tuple[str, ...]
    is_draft: bool = False


def mentions_of(name: str, clinic: ClinicPage) -> list[Mention]:
    """Every page of the clinic that says the name, in the order of the tree."""
    pages = Page.objects.descendant_of(clinic, inclusive=True).order_by("path")
    found = []
    for page in pages.select_related("latest_revision").specific():
        fields = tuple(_fields_saying(name, page, lambda field, page=page: _live(field, page)))
        if fields and page.live:
            found.append(Mention(page, fields))
        elif fields := tuple(_draft_fields(name, page)):
            found.append(Mention(page, fields, is_draft=True))
    return found


def _draft_fields(name: str, page: Page) -> Iterator[str]:
    latest = page.latest_revision
    if latest is None or latest.pk == page.live_revision_id:
        return iter(())
    return _fields_saying(name, page, lambda field: str(latest.content.get(field.name) or ""))


def _fields_saying(name: str, page: Page, text_of: Any) -> Iterator[str]:
    wanted = name.casefold()
    for field in _typed_fields(page):
        text = strip_tags(text_of(field)).replace("&amp;", "&")
        if wanted in text.casefold():
            yield capfirst(str(field.verbose_name))


def _typed_fields(page: Page) -> Iterator[Any]:
    own = _own_columns(page)
    for field in page._meta.concrete_fields:
        if field.name in _PATHS or not isinstance(field, models.CharField | models.TextField):
            continue
        is_own = field.name in own or field.name in _OF_EVERY_PAGE
        if is_own and field.editable and (field.name != "title" or _types_title(page)):
            yield field


def _own_columns(page: Page) -> frozenset[str]:
    inherited = {field.name for field in Page._meta.concrete_fields}
    return frozenset(field.name for field in page._meta.concrete_fields) - inherited


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
