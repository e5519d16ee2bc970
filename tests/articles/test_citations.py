"""Numbers in brackets lead to the sources of the page, and the sources lead back (W-10)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils.safestring import SafeString, mark_safe

from clinics.rich_text import link_notes
from tests.articles.every_section import items, make_source, section
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


@pytest.fixture
def article(world: World) -> Any:
    """Two sources; the first is cited twice in one section and once in another."""
    sources = [make_source("first").pk, make_source("second").pk]
    return make_article(
        "pain",
        text("what", "What it is", "<p>It hurts.<sup>[1]</sup> Always.<sup>[1, 2]</sup></p>"),
        section("list", "signs", heading="Signs", level="h2", intro="Often <both> [1] and [9]:",
                items=items("signs", "Ache")),
        section("sources", "sources", heading="Sources", sources=items("sources", *sources)),
    )  # fmt: skip


def _page(host: str = "hillside.test") -> BeautifulSoup:
    return BeautifulSoup(Client(HTTP_HOST=host).get("/conditions/pain/").text, "html.parser")


def _links(tree: BeautifulSoup | Tag, start: str) -> list[tuple[str, str]]:
    return [(link.get_text(), link["href"]) for link in tree.select(f'a[href^="#{start}-"]')]


def test_numbers_are_links_to_the_sources(article: Any) -> None:
    page = _page()

    assert _links(page, "source") == [
        ("1", "#source-1"), ("1", "#source-1"), ("2", "#source-2"), ("1", "#source-1"),
    ]  # fmt: skip
    assert [link["aria-label"] for link in page.select('a[href^="#source-"]')][:3] == [
        "Source 1", "Source 1", "Source 2",
    ]  # fmt: skip
    assert page.select_one(".section-intro").get_text() == "Often <both> [1] and [9]:"


def test_sources_lead_back_to_each_section_that_cites_them(article: Any) -> None:
    page = _page()

    assert _links(page.select_one("#source-1"), "cited") == [
        ("Cited in What it is", "#cited-1-1"), ("Cited in Signs", "#cited-1-2"),
    ]  # fmt: skip
    assert _links(page.select_one("#source-2"), "cited") == [("Cited in What it is", "#cited-2-1")]
    for _words, address in _links(page, "cited"):
        assert len(page.select(address)) == 1


def test_own_words_of_a_clinic_cite_too(article: Any, world: World) -> None:
    own = text("own", "At our clinic", "<p>We agree.<sup>[2]</sup></p>")
    make_local_version(article, world.harbour, override("replace", "what", own))

    page = _page("harbour.test")

    assert ("Cited in At our clinic", "#cited-2-1") in _links(page, "cited")


def test_page_without_sources_keeps_its_brackets(world: World) -> None:
    make_article("pain", text("what", "What it is", "<p>It hurts.<sup>[1]</sup></p>"))

    page = _page()

    assert "It hurts.[1]" in page.get_text()
    assert _links(page, "source") == []


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("a < b [1]", "a &lt; b [(1)]"),
        (mark_safe("<p>[1, 2]</p>"), "<p>[(1), (2)]</p>"),
        (mark_safe('<a href="/x[1]">see [1]</a>[2]'), '<a href="/x[1]">see [1]</a>[(2)]'),
        (mark_safe('<b title="[1]">no</b> [one] [1-2]'), '<b title="[1]">no</b> [one] [1-2]'),
    ],
)
def test_only_numbers_in_brackets_are_notes(written: str, linked: str) -> None:
    found = link_notes(written, lambda number: f"({number})")

    assert found == linked
    assert isinstance(found, SafeString)


def test_what_a_note_says_is_escaped() -> None:
    assert link_notes("[1]", lambda number: "<b>") == "[&lt;b&gt;]"
