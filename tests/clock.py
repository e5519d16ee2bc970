"""The time that opening hours are read at."""

from __future__ import annotations

from datetime import datetime

import pytest

# Monday 8:30 in Dallas, 9:30 in Delray Beach.
OPEN_AT_BOTH = "2026-11-23T14:30+00:00"


def set_time(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Let opening hours be read at an aware moment in ISO 8601."""
    monkeypatch.setattr("clinics.open_words.current_time", lambda: datetime.fromisoformat(moment))
