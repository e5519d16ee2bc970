"""The admin in Chromium, signed in as people of the world.

What is saved here stays for the package: each test works on an article of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.articles.every_state import make_every_state
from tests.articles.factories import make_article, text
from tests.browser.admin.balance import make_balance
from tests.browser.admin.leaver import make_leaver
from tests.browser.admin.seasons import make_seasons
from tests.browser.conftest import Sites
from tests.factories import World

USERS = (
    *("hillside_publisher", "hillside_editor", "harbour_publisher"),
    *("library_publisher", "library_editor", "franchise_admin", "reviewer"),
)


FOCUSED = """() => {
  const it = document.activeElement;
  const label = it.labels && it.labels.length ? it.labels[0].innerText : '';
  return (it.innerText || it.getAttribute('aria-label') || label).replace(/\\s+/g, ' ').trim();
}"""


def tab_to(page: Page, words: str, key: str = "Tab", limit: int = 200) -> None:
    """Press Tab until the element with these words has the focus, and can be seen to have it."""
    for _step in range(limit):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED).startswith(words):
            assert page.evaluate("() => document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"“{words}” cannot be reached with {key}")


@dataclass
class Desk:
    """Opens admin pages as somebody, and sites as a patient."""

    sites: Sites
    sessions: dict[str, str]

    def open(self, user: str, path: str, *, width: int = 1280, height: int = 900) -> Page:
        """An admin page in a profile that is signed in."""
        context = self.sites.browser.new_context(viewport={"width": width, "height": height})
        url = f"http://{settings.ADMIN_HOST}:{self.sites.port}"
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": self.sessions[user], "url": url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(url + path)
        return page

    def reads(self, site: str, path: str) -> str:
        """The words of a page's main part, as a patient reads them."""
        page = self.sites.open(site, path)
        words = page.locator("main").inner_text()
        page.context.close()
        return " ".join(words.split())


@pytest.fixture(scope="package")
def sessions(db: None) -> dict[str, str]:
    """Session keys of the people, made before a browser runs a loop in this thread."""
    world, keys = World(), {}
    make_balance(world)
    for name in USERS:
        client = Client(HTTP_HOST=settings.ADMIN_HOST)
        client.force_login(getattr(world, name))
        keys[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    make_article("migraine", text("what", "What it is"), text("care", "Care"))
    make_article("quick", text("what", "What it is"), text("care", "Care"))
    make_article("cramps", text("what", "What it is"), text("care", "Care"), text("rest", "Rest"))
    make_every_state(world.hillside)
    make_seasons()
    make_leaver(world)
    return keys


@pytest.fixture
def desk(sessions: dict[str, str], sites: Sites) -> Iterator[Desk]:
    yield Desk(sites, sessions)
