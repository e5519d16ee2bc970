"""Scripts that every editor of a page loads."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

SCRIPTS = ("clinics/js/last_words.js", "clinics/js/after_autosave.js")


def editor_scripts() -> SafeString:
    """Hook `insert_editor_js`: what was typed just before saving is saved too, and once only."""
    return format_html_join("", '<script src="{}"></script>', ((static(path),) for path in SCRIPTS))
