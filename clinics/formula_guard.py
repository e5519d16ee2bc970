"""Cells that no spreadsheet program takes for a formula, and the way back.

A text that begins like one is written behind an apostrophe, which spreadsheet programs leave out
(OWASP, "CSV Injection").
"""

from __future__ import annotations

from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(value: Any) -> Any:
    """Text that would be a formula, behind an apostrophe; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value


def unguarded(text: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_STARTS) else text
