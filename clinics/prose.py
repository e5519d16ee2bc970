"""Rich text of a clinic's own pages: tokens filled, links to the clinic's pages resolved."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.models import Page

from clinics.clinic import Clinic
from clinics.edge.memory import is_remembering, remembered
from clinics.edge.shown import shows
from clinics.rich_text import compile_text, fill_text
from clinics.rows import asked_for


def prose(html: str, clinic: Clinic) -> SafeString:
    """Stored rich text as HTML of a clinic. Links to pages of other sites become plain text."""
    compiled = compile_text(html)
    urls = page_urls(compiled.page_ids, clinic) if compiled.page_ids else {}
    return fill_text(compiled, clinic, urls)


def words_in(html: str) -> str:
    """Rich text as plain words: a tag parts two of them."""
    return unescape(strip_tags(html.replace("<", " <")))


def page_urls(page_ids: Iterable[int], clinic: Clinic) -> dict[int, str]:
    """Paths of live pages below the clinic's home page, by page id; others are left out."""
    pages = Page.objects.live().filter(path__startswith=clinic.tree_path)
    if is_remembering():
        urls = remembered(("urls", clinic.page_id), lambda: _urls(pages, clinic))
        return {pk: urls[pk] for pk in page_ids if pk in urls}
    return _urls(pages.filter(pk__in=asked_for(page_ids)), clinic)


def _urls(pages: QuerySet[Page], clinic: Clinic) -> dict[int, str]:
    shows(f"c:{clinic.page_id}")
    return {
        pk: "/" + url[len(clinic.url_path) :] for pk, url in pages.values_list("pk", "url_path")
    }
