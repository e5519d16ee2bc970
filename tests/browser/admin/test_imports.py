"""Importing articles as a library editor does it, with a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.admin.conftest import Desk

pytestmark = pytest.mark.browser

SHINGLES = """Life After Shingles

Shingles can leave a burning pain behind. Hillside Pain Clinic sees people every week.

What helps

Patches and pills calm the nerves for many people. Ask which of them suits you.

Call Us Text Us
Share
"""


def test_files_become_drafts_and_go_again(desk: Desk, tmp_path: Path) -> None:
    for name, content in {"imported.txt": SHINGLES.encode(), "scan.pdf": b"%PDF"}.items():
        (tmp_path / name).write_bytes(content)
    page = desk.open("library_publisher", "/admin/library-imports/", width=390)
    files = [str(tmp_path / name) for name in ("imported.txt", "scan.pdf")]
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_label("Written for the clinic").select_option("Hillside Pain Clinic")
    page.get_by_role("button", name="Read the files").click()
    assert page.get_by_label("Life After Shingles").is_checked()
    assert page.get_by_text("save the text as a .txt file in UTF-8").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("button", name="Import as drafts").click()
    page.get_by_text("1 draft was made.").wait_for()
    assert page.get_by_role("link", name="Life After Shingles").is_visible()
    page.get_by_role("button", name="Remove the draft").click()

    page.get_by_text("1 draft was removed.").wait_for()
    assert not page.get_by_role("link", name="Life After Shingles").is_visible()
