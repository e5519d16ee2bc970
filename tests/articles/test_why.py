""" "Why do I see this?" in previews, and nothing of it on public pages (row 90)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from articles.choices import ChangeClass
from articles.models import ArticlePage, LocalVersionPage
from tests.articles.factories import (
    change_article,
    make_article,
    make_figure,
    make_local_version,
    make_own_article,
    override,
    slot,
    text,
)
from tests.articles.test_preview import as_clinic, preview
from tests.factories import World

TOKENS = "<p>{{ clinic.name }} in {{ clinic.city }}.</p>"


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article(
        "a",
        text("what", "What", TOKENS),
        slot("nearby", text("near", "Near")),
        text("care", "Care", locked=True),
        title="About it",
    )


@pytest.fixture
def version(world: World, article: ArticlePage) -> LocalVersionPage:
    return make_local_version(
        article,
        world.hillside,
        override("replace", "what", text("own", "Ours"), reason="Other dose here"),
        override("insert", "care", text("more", "More"), position="after"),
        override("fill", "nearby", text("rooms", "Rooms")),
        title_override="Our title",
    )


def notes(html: str) -> list[str]:
    found = BeautifulSoup(html, "html.parser").select(".why")
    return [" ".join(note.get_text(" ").split()) for note in found]


def note_below(html: str, heading: str) -> str:
    """The note of the section with this heading."""
    page = BeautifulSoup(html, "html.parser")
    title = next(each for each in page.find_all(["h2", "h3"]) if heading in each.get_text())
    return " ".join(title.find_next(class_="why").get_text(" ").split())


def test_each_text_names_its_level_and_who_may_change_it(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    html = preview(client_for(world.hillside_editor), version, "why").text

    ours = note_below(html, "Ours")
    assert ours.startswith("Clinic Hillside Pain Clinic's own words. Reason: Other dose here.")
    assert "hillside-editor, hillside-publisher" in ours
    assert "harbour" not in html
    shared = note_below(html, "Care")
    assert shared.startswith("Library The library's text, release")
    assert "It is locked: no clinic changes it." in shared
    assert "library-editor, library-publisher" in shared
    assert "has added" in note_below(html, "More")
    assert "into the slot “nearby”" in note_below(html, "Rooms")
    assert any(note.startswith("Clinic Title: Hillside") for note in notes(html))
    assert any(note.startswith("Library Summary:") for note in notes(html))


def test_frame_is_explained_down_to_the_location(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    every = notes(preview(client_for(world.hillside_editor), version, "why").text)
    (numbers,) = [note for note in every if "Phone and text numbers" in note]
    assert numbers.startswith("Location")
    assert "Uptown" in numbers
    assert "franchise-admin" in numbers
    assert any(note.startswith("Location Open or closed") for note in every)
    assert any(note.startswith("Clinic Name and colours") for note in every)


def test_values_of_tokens_are_told_by_level(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    html = preview(client_for(world.library_editor), article, f"why-{as_clinic(world.harbour)}")
    note = note_below(html.text, "What")
    assert "Filled in from facts: clinic name (Clinic), city (Location)." in note


def test_values_of_kept_figures_are_told_too(world: World, client_for: Any) -> None:
    """T-08."""
    make_figure()
    article = make_article("b", text("what", "What", "<p>{{ figure.adults }}</p>"))
    html = preview(client_for(world.library_editor), article, f"why-{as_clinic(world.harbour)}")
    assert "Kept by the library: about 4 million adults." in note_below(html.text, "What")


def test_safety_change_over_a_clinics_words_is_explained(
    world: World, client_for: Any, version: LocalVersionPage, article: ArticlePage
) -> None:
    body = [text("what", "What", "<p>Never.</p>"), slot("nearby", text("near", "Near"))]
    change_article(article, body, change_class=ChangeClass.SAFETY)
    html = preview(client_for(world.hillside_editor), version, "why").text
    assert "a safety change or a lock" in note_below(html, "What")


def test_waiting_update_is_explained(
    world: World, client_for: Any, version: LocalVersionPage, article: ArticlePage
) -> None:
    body = [text("what", "What", "<p>New.</p>"), slot("nearby", text("near", "Near"))]
    change_article(article, body)
    html = preview(client_for(world.hillside_editor), version, "why").text
    assert "an update waits" in note_below(html, "Ours")


def test_hub_and_own_articles_are_explained(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    hub = preview(client_for(world.library_editor), article, f"why-{as_clinic(world.hub)}").text
    assert any(note.startswith("Group") for note in notes(hub))
    own = make_own_article(world.hillside, "rooms", text("own", "Our rooms"))
    html = preview(client_for(world.hillside_editor), own, "why").text
    assert "From an article of Hillside Pain Clinic's own." in note_below(html, "Our rooms")


def test_public_pages_have_none_of_it(
    world: World, client_for: Any, version: LocalVersionPage, article: ArticlePage
) -> None:
    """Not one byte: a public page is the plain preview without Wagtail's own additions."""
    for host in ("hub.test", "hillside.test", "harbour.test"):
        page = Client(HTTP_HOST=host).get("/conditions/a/").text
        assert "why" not in page.lower()
        assert "hillside-publisher" not in page
    plain = preview(client_for(world.hillside_editor), version).text
    assert notes(plain) == []
    assert "why.css" not in plain


def test_modes_are_offered_in_the_editor(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[version.pk])
    assert "Why do I see this?" in client_for(world.hillside_editor).get(url).text
