"""The whole merge table by two people in the browser, with what patients read after each step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.admin.conftest import Desk
from tests.browser.admin.seasons import PATH, ClinicHand, LibraryHand

pytestmark = pytest.mark.browser


class Story:
    """Both hands, and the eyes of patients at both clinics."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.library = LibraryHand(desk)
        self.clinic = ClinicHand(desk, self.library)

    def patients(self, *, ours: str = "", theirs: str = "", neither: str = "") -> None:
        """Words at Hillside only, at Harbour only, at neither; each list is parted by "|"."""
        hillside = self.desk.reads("hillside", PATH)
        harbour = self.desk.reads("harbour", PATH)
        for words in filter(None, ours.split("|")):
            assert (words in hillside, words in harbour) == (True, False), words
        for words in filter(None, theirs.split("|")):
            assert (words in hillside, words in harbour) == (False, True), words
        for words in filter(None, neither.split("|")):
            assert (words in hillside, words in harbour) == (False, False), words

    def both(self, words: str) -> None:
        for site in ("hillside", "harbour"):
            assert words in self.desk.reads(site, PATH), (words, site)


def test_every_row_of_the_merge_table(desk: Desk) -> None:
    story = Story(desk)
    clinic, library = story.clinic, story.library

    # The clinic replaces, hides, adds, fills a slot and words a field in its own way.
    for key in ("Alpha", "Epsilon", "Eta", "Theta"):
        clinic.press(f"Change for this clinic.*{key}")
        clinic.name_last(f"Our {key}")
    clinic.press("Hide here.*Beta")
    clinic.page.locator("summary", has_text=re.compile("Add a section.*Zeta")).click()
    clinic.press("Add after.*Zeta")
    clinic.name_last("Our note")
    clinic.page.locator("[data-contentpath=overrides] [contenteditable=true]").last.click()
    clinic.page.keyboard.type("A note of ours.")
    clinic.press("Fill with our own words.*Delta")
    clinic.name_last("Our Delta")
    clinic.page.get_by_role("tab", name="Title and summary").click()
    clinic.page.locator("#id_summary_override").fill("Our summary.")
    clinic.publish()

    # Unchanged since: own or hidden.
    states = clinic.states()
    assert {states[f"Our {key}"] for key in ("Alpha", "Epsilon", "Eta", "Theta", "Delta")} == {
        "Own version"
    }
    assert (states["Beta"], states["Gamma"]) == ("Hidden here", "Follows library")
    story.patients(ours="Our Alpha|Our note|Our Delta|Our summary.", theirs="Beta|Shared summary.")
    story.both("Gamma")

    # Changed in the library: waits, and patients read the clinic's words. Keep mine.
    with library.change():
        library.retitle("alpha", "Alpha two")
    assert clinic.states()["Our Alpha"] == "Update waiting"
    story.patients(ours="Our Alpha", theirs="Alpha two")
    texts = clinic.decide("Our Alpha", "Keep mine")
    assert all(words in texts for words in ("Shared then", "Shared now", "Mine"))
    assert clinic.states()["Our Alpha"] == "Own version"
    story.patients(ours="Our Alpha", theirs="Alpha two")

    # Again, and take shared; undo brings the clinic's words back.
    with library.change():
        library.retitle("alpha", "Alpha three")
    clinic.decide("Our Alpha", "Take shared")
    story.both("Alpha three")
    clinic.undo()
    assert clinic.states()["Our Alpha"] == "Update waiting"
    story.patients(ours="Our Alpha", theirs="Alpha three")

    # Hidden here and changed there: waits too, and stays hidden.
    with library.change():
        library.retitle("beta", "Beta two")
    assert clinic.states()["Beta two"] == "Update waiting"
    story.patients(theirs="Beta two")
    clinic.decide("Beta two", "Keep it hidden")
    assert clinic.states()["Beta two"] == "Hidden here"

    # Moved: the override follows its section.
    with library.change():
        library.press("alpha", "Move down")
    assert clinic.states()["Our Alpha"] == "Update waiting"
    words = desk.reads("hillside", PATH)
    assert words.index("Our Alpha") < words.index("Gamma")
    harbour = desk.reads("harbour", PATH)
    assert harbour.index("Beta two") < harbour.index("Alpha three")

    # The slot's own words change: what the clinic put in stays, and waits.
    with library.change():
        fallback = library.section("delta").locator("[name$='-fallback-0-value-heading']")
        fallback.fill("Delta two")
    assert clinic.states()["Our Delta"] == "Update waiting"
    story.patients(ours="Our Delta", theirs="Delta two")

    # A field changes: waits.
    with library.change():
        library.page.locator("#id_summary").fill("Newer summary.")
    clinic.open()
    clinic.page.get_by_role("tab", name="Title and summary").click()
    expect(clinic.page.get_by_text("Update waiting").last).to_be_visible()
    story.patients(ours="Our summary.", theirs="Newer summary.")

    # A safety change stands over the clinic's words, until the clinic has looked.
    with library.change("Safety"):
        library.retitle("eta", "Eta with a warning")
    assert "Safety update shown" in clinic.states().values()
    story.both("Eta with a warning")
    story.patients(neither="Our Eta")
    clinic.decide("Our Eta", "Keep mine")
    story.patients(ours="Our Eta", theirs="Eta with a warning")

    # Locked: the shared text is shown.
    with library.change():
        library.lock("theta")
    assert "Locked, shared text shown" in clinic.states().values()
    story.patients(neither="Our Theta")
    story.both("Theta")

    # Removed while replaced here: nobody reads it; it may become a section of our own.
    with library.change():
        library.press("epsilon", "Delete")
    assert clinic.states()["Our Epsilon"] == "Removed from the library"
    story.patients(neither="Epsilon")
    clinic.decide("Our Epsilon", "Make it a section of our own")
    story.patients(ours="Our Epsilon")

    # Removed beside a section of ours: it stands at the nearest neighbour, and asks.
    with library.change():
        library.press("zeta", "Delete")
    assert clinic.states()["Our note"] == "Update waiting"
    words = desk.reads("hillside", PATH)
    order = ("Shared words of gamma.", "A note of ours.", "Shared words of eta.")
    assert sorted(order, key=words.index) == list(order)
    clinic.decide("Our note", "Keep it here")
    assert clinic.states()["Our note"] == "Own version"

    # The slot is gone: so are the words in it.
    with library.change():
        library.press("delta", "Delete")
    assert "Removed from the library" in clinic.states().values()
    story.patients(neither="Delta")

    # Two changes of one section are refused, and nothing is lost.
    clinic.open()
    clinic.press("Change for this clinic.*Gamma")
    clinic.name_last("Our Gamma")
    clinic.press("Hide here.*Gamma")
    clinic.publish()
    expect(clinic.page.get_by_text("Two changes of one section").first).to_be_visible()
    assert "Our Gamma" in clinic.headings()
    story.patients(neither="Our Gamma")
