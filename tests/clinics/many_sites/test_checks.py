"""The guard: a Wagtail whose functions are other ones is an error that says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from clinics.many_sites import patches
from clinics.many_sites.checks import check_patched_sources
from clinics.many_sites.known_sources import KNOWN_SOURCES


def test_this_wagtail_is_the_one_that_is_known() -> None:
    assert check_patched_sources() == []


@pytest.mark.parametrize("name", sorted(KNOWN_SOURCES))
def test_check_names_what_has_changed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KNOWN_SOURCES, name, "of another Wagtail")

    found = check_patched_sources()

    assert [(error.id, name in error.msg) for error in found] == [("clinics.E007", True)]
    assert "CLINICS_MANY_SITES" in found[0].hint


def test_check_reads_the_source_of_wagtails_function(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_url(self: Any, request: Any = None) -> None:
        """Another one."""

    monkeypatch.setitem(patches.PATCHED, "Page.get_url", get_url)

    assert [error.id for error in check_patched_sources()] == ["clinics.E007"]


def test_check_refuses_translated_roots(settings: Any) -> None:
    settings.WAGTAIL_I18N_ENABLED = True

    assert [error.id for error in check_patched_sources()] == ["clinics.E008"]


def test_check_is_silent_where_nothing_is_replaced(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLINICS_MANY_SITES = False
    monkeypatch.setitem(KNOWN_SOURCES, "Page.get_url", "of another Wagtail")

    assert check_patched_sources() == []
