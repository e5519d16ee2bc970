"""Registrations of the articles app with Wagtail."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from articles.admin.sources import SourceViewSet

register_snippet(SourceViewSet)
