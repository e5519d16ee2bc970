"""An article for the merge table, and the hands of its two editors: clicks and keys, no code."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page

from tests.articles.factories import make_article, section_id, slot, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.admin.conftest import Desk

KEYS = ("alpha", "beta", "gamma", "epsilon", "zeta", "eta", "theta")
PATH = "/conditions/seasons/"


def make_seasons() -> None:
    """Sections Alpha to Theta that a clinic may word in its own way, and a slot."""
    sections = [text(key, key.title(), role="local") for key in KEYS]
    sections.insert(3, slot("delta", text("delta-text", "Delta")))
    make_article("seasons", *sections, title="Seasons", summary="Shared summary.")


class LibraryHand:
    """The library editor: opens the article, changes it, publishes from the last look."""

    def __init__(self, desk: Desk) -> None:
        self.releases = 1
        self.page = desk.open("library_publisher", "/admin/pages/")
        self.page.get_by_role("link", name="Seasons", exact=True).first.click()
        self.page.wait_for_load_state("networkidle")
        self.url = self.page.url

    @contextmanager
    def change(self, kind: str = "") -> Iterator[LibraryHand]:
        """What happens inside is published as this kind of change ("Safety")."""
        self.page.goto(self.url)
        self.page.wait_for_load_state("networkidle")
        yield self
        publish(self.page)
        self.page.get_by_role("heading", name="Before publishing").wait_for()
        if kind:
            self.page.get_by_label(kind, exact=True).check()
            self.page.get_by_role("button", name="Show what the chosen kind does").click()
        self.page.get_by_role("button", name="Publish now").click()
        self.page.get_by_text("is published as release").wait_for()
        self.releases += 1

    def section(self, key: str) -> Locator:
        child = self.page.locator("[data-streamfield-child]")
        return child.filter(has=self.page.locator(f"#block-{section_id(key)}-section")).first

    def retitle(self, key: str, heading: str) -> None:
        self.section(key).locator("input[name$='-value-heading']").first.fill(heading)

    def press(self, key: str, button: str) -> None:
        self.section(key).locator(f"button[title='{button}']").first.click()

    def lock(self, key: str) -> None:
        self.press(key, "Settings")
        self.section(key).locator("input[name$='-value-locked']").first.check()


class ClinicHand:
    """The clinic's editor: outline, compare pages, publish.

    What is on the screen stays there until the library has published once more.
    """

    def __init__(self, desk: Desk, library: LibraryHand) -> None:
        self.library, self.seen = library, 0
        self.page = desk.open("hillside_publisher", "/admin/my-articles/")
        row = self.page.get_by_role("row", name="Seasons")
        row.get_by_role("button", name="Customise").click()
        self._ready()
        self.url = self.page.url

    def open(self) -> None:
        if self.seen != self.library.releases:
            self.page.goto(self.url)
            self._ready()

    def press(self, words: str) -> None:
        """A button of the outline, by its words and the section's name."""
        self.page.get_by_role("button", name=re.compile(words)).first.click()
        self.page.wait_for_timeout(200)

    def name_last(self, heading: str) -> None:
        """The heading of the section whose form was opened last."""
        fields = self.page.locator("[data-contentpath=overrides] input[name$='-value-heading']")
        fields.last.fill(heading)

    def headings(self) -> list[str]:
        """What stands in the headings of the forms."""
        fields = self.page.locator("[data-contentpath=overrides] input[name$='-value-heading']")
        return [field.input_value() for field in fields.all()]

    def states(self) -> dict[str, str]:
        """What the outline says, by heading."""
        self.open()
        found = {}
        for row in self.page.locator(".clinic-outline-row").all():
            heading = row.locator(".clinic-outline-heading").inner_text().strip()
            found.setdefault(heading, row.locator(".clinic-state").first.inner_text().strip())
        return found

    def decide(self, heading: str, decision: str) -> str:
        """Open the compare page of a row, press a button there; returns what the page said."""
        self.open()
        row = self.page.locator(".clinic-outline-row").filter(
            has=self.page.get_by_role("heading", name=heading, exact=True)
        )
        row.locator("a[href*='/compare/']").first.click()
        self.page.locator(".clinic-compare").wait_for()
        words = self.page.locator("main").inner_text()
        self.page.get_by_role("button", name=decision, exact=True).click()
        self._ready()
        return words

    def undo(self) -> None:
        self.page.get_by_role("button", name="Undo").click()
        self.page.get_by_text("Undone").wait_for()
        self.seen = 0

    def publish(self) -> None:
        with self.page.expect_navigation():
            publish(self.page)
        self.seen = 0

    def _ready(self) -> None:
        self.page.get_by_role("heading", name="The article as your patients read it").wait_for()
        self.seen = self.library.releases


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
