"""Scripts that every editor of a page loads."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def last_words_script() -> SafeString:
    """Hook `insert_editor_js`: what was typed just before saving is saved too."""
    return format_html('<script src="{}"></script>', static("clinics/js/last_words.js"))
