"""Every type of page is HTML as the standard has it, as the server wrote it (W-02)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.conftest import SITES, Sites

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not settings.TEST_HTML_CHECKER, reason="the HTML checker needs npm and Java 17"
    ),
]


def complaints(folder: Path) -> list[str]:
    """What the Nu HTML Checker has against the pages of a folder, hints included."""
    command = ["java", "-jar", settings.TEST_HTML_CHECKER, "--format", "json", "--stdout"]
    found = subprocess.run(  # noqa: S603 - our own folder and jar
        [*command, "--exit-zero-always", "--also-check-css", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')}"
        for each in json.loads(found.stdout)["messages"]
    ]


def test_pages_are_valid(sites: Sites, tmp_path: Path) -> None:
    for site in SITES:
        page = sites.open(site, "/")
        for number, path in enumerate(SITES[site]):
            response = page.goto(sites.url(site, path))
            assert response is not None
            (tmp_path / f"{site}-{number}.html").write_text(response.text())

    assert complaints(tmp_path) == []


def test_mistakes_are_seen(sites: Sites, tmp_path: Path) -> None:
    """What the test above relies on; the last one only this checker knows."""
    page = sites.open("hillside", "/").content()
    mistakes = ("<img src='a.png'>", "<a href='tel:+1 214 555 0142'>Call</a>", "<p><div></div></p>")
    for number, mistake in enumerate(mistakes):
        broken = page.replace("</main>", f"{mistake}</main>")
        (tmp_path / f"{number}.html").write_text(broken)

    assert {line[0] for line in complaints(tmp_path)} == {"0", "1", "2"}
