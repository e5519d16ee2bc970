"""Chooser blocks for the reusable rows that a section may refer to."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.blocks import SnippetChooserBlock


class SourceChooserBlock(SnippetChooserBlock):
    """A reference of the library."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("articles.Source", **kwargs)

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        return self._own_path(super().deconstruct())

    def _own_path(self, parts: tuple) -> tuple[str, tuple, dict[str, Any]]:
        _path, _args, kwargs = parts
        return f"{type(self).__module__}.{type(self).__name__}", (), kwargs


class StatementChooserBlock(SourceChooserBlock):
    """A versioned wording of the group."""

    def __init__(self, **kwargs: Any) -> None:
        SnippetChooserBlock.__init__(self, "clinics.Statement", **kwargs)
