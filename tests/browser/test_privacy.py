"""A visit leaves nothing behind: no other host is asked, and nothing is kept (P-01, P-03, I-07)."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

VISITS = [(site, path) for site, paths in SITES.items() for path in paths]
LOADS = int(os.environ.get("PROBE_LOADS", len(VISITS)))
KEPT = """async () => [
  document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length,
  (await self.caches?.keys() ?? []).length,
  (await navigator.serviceWorker?.getRegistrations() ?? []).length,
]"""


@pytest.mark.parametrize("site", SITES)
def test_everything_that_a_page_asks_for_is_there(site: str, sites: Sites) -> None:
    """No broken picture or stylesheet, and nothing that the page's own policy refuses."""
    page = sites.open(site, "/")
    missing: list[str] = []
    said: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for path in SITES[site]:
        page.goto(sites.url(site, path))
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state("networkidle")

    assert missing == [sites.url(site, "/nowhere/")]
    # Browsers heed that header on https and on localhost only.
    expected = ("404", "Cross-Origin-Opener-Policy")
    assert [line for line in said if not any(word in line for word in expected)] == []


def test_visit_leaves_nothing_behind(sites: Sites) -> None:
    """P-01, P-03: no cookie, no storage, no worker, no other host, in each of LOADS loads.

    Fonts, pictures, styles and the icon come from the page's own host too.
    """
    pages = {site: sites.open(site, "/") for site in SITES}
    asked: dict[str, list[str]] = {site: [] for site in SITES}
    for site, page in pages.items():
        page.on("request", lambda request, site=site: asked[site].append(request.url))
    for number in range(LOADS):
        site, path = VISITS[number % len(VISITS)]
        page = pages[site]
        asked[site].clear()
        page.goto(sites.url(site, path))
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state("networkidle")
        urls = [urlsplit(url) for url in asked[site] if not url.startswith("data:")]
        assert {(url.scheme, url.hostname) for url in urls} == {("http", f"{site}.test")}, path
        assert [url.path for url in urls if url.path == "/favicon.ico"] == [], path
        assert page.evaluate(KEPT) == ["", 0, 0, 0, 0, 0], path
        assert page.context.cookies() == [], path


def test_what_is_kept_is_seen(sites: Sites) -> None:
    """What the test above relies on."""
    page = sites.open("hillside", "/")
    page.evaluate("document.cookie = 'seen=1'; localStorage.setItem('a', 'b')")

    assert page.evaluate(KEPT) == ["seen=1", 1, 0, 0, 0, 0]
    assert len(page.context.cookies()) == 1


def test_pages_read_the_same_without_scripts(sites: Sites) -> None:
    """Menu, disclosure, numbers and the link to share work where scripts are off."""
    page = sites.open("hillside", "/conditions/shingles/", 360, 640, java_script_enabled=False)

    page.click(".header-toggle")
    page.click(".contact-bar-more summary")

    assert page.locator(".header-nav").is_visible()
    assert page.locator(".contact-bar-sheet .disclosure").is_visible()
    page.click(".contact-bar-more summary")
    page.click(".share-toggle")
    assert page.locator(".share-url").is_visible()
    assert page.locator(".share button:visible").count() == 0
    page.click(".history summary")
    assert page.locator(".history-line").first.is_visible()


def test_patients_find_their_way_without_scripts(sites: Sites) -> None:
    """Search, the place nearby, hours, numbers, directions and people: forms and links of HTML."""
    page = sites.open("harbour", "/", 390, 800, java_script_enabled=False)
    assert "555-0168" in page.locator(".contact-bar").inner_text()

    page.click(".header-toggle")
    page.click(".header-search")
    page.fill("input[name=q]", "shingles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=shingles")
    page.get_by_role("link", name="Shingles and the pain that stays").first.click()
    page.get_by_role("link", name="Nora Harbour, MD").click()
    assert page.locator("h1").inner_text() == "Nora Harbour, MD"

    page.goto(sites.url("harbour", "/locations/marina/"))
    assert page.locator(".open-line").first.is_visible()
    assert page.locator("tr.hours-today").count() == 1
    assert page.locator(".contact-ways a[href^='tel:+1561']").is_visible()
    assert page.locator(".contact-ways a[href^='https://www.google.com/maps/']").is_visible()

    page.goto(sites.url("hub", "/locations/"))
    page.fill("input[name=near]", "75024")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?near=75024")
    assert "Plano" in page.locator(".location").first.inner_text()
