"""Which words are clinical (T-04): by type, by role, and never by what a clinic says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import ArticlePage
from articles.review.texts import clinical_texts
from tests.articles.factories import (
    make_article,
    make_local_version,
    override,
    section_id,
    slot,
    text,
)
from tests.factories import World

CTA = {"type": "cta", "id": section_id("cta"), "value": {"action": "call", "role": "clinical"}}
WHY = text("why", "Why choose us", role="local")
OURS = text("ours", "Ours", "<p>Our own words.</p>")


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("a", text("what", "What it is"), WHY, CTA, slot("visit-us"), title="A")


def keys(page: Any) -> list[str]:
    return [each.key for each in clinical_texts(page)]


def test_of_an_article_title_summary_and_clinical_sections(article: ArticlePage) -> None:
    assert keys(article) == ["title", "summary", section_id("what")]


def test_a_clinical_slot_counts_with_what_stands_in_it(world: World) -> None:
    place = slot("dose", text("in", "Usual dose"))
    place["value"]["role"] = "clinical"
    assert keys(make_article("a", place)) == ["title", "summary", section_id("dose")]


def test_each_change_of_a_clinical_text_changes_one_digest(article: ArticlePage) -> None:
    before = {each.key: each.digest for each in clinical_texts(article)}
    article.body = [text("what", "What it is", "<p>Other words.</p>"), WHY, CTA, slot("visit-us")]
    after = {each.key: each.digest for each in clinical_texts(article)}
    assert [key for key in before if before[key] != after[key]] == [section_id("what")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (override("replace", "what", OURS), [section_id("what")]),
        (override("hide", "what"), [section_id("what")]),
        (override("replace", "why", OURS), []),
        (override("hide", "why"), []),
        (override("hide", "cta"), []),
        (override("fill", "visit-us", OURS), []),
        (override("insert", "what", CTA, position="after"), []),
    ],
    ids=["replace", "hide", "replace local", "hide local", "hide a call", "slot", "a call"],
)
def test_the_role_of_the_shared_text_decides(
    world: World, article: ArticlePage, change: dict[str, Any], found: list[str]
) -> None:
    assert keys(make_local_version(article, world.hillside, change)) == found


def test_an_added_section_is_clinical_whatever_the_clinic_calls_it(
    world: World, article: ArticlePage
) -> None:
    added = override("insert", "what", text("x", "Our way", role="local"), position="after")
    assert keys(make_local_version(article, world.hillside, added)) == [added["id"]]


def test_a_replacement_cannot_call_itself_local(world: World, article: ArticlePage) -> None:
    change = override("replace", "what", text("x", "Our way", role="local"))
    assert keys(make_local_version(article, world.hillside, change)) == [section_id("what")]


def test_a_text_for_a_section_that_is_not_shown_yet_is_clinical(
    world: World, article: ArticlePage
) -> None:
    change = override("replace", "to-come", OURS)
    version = make_local_version(article, world.hillside, change, publish=False)
    draft = version.get_latest_revision_as_object()
    assert keys(draft) == [section_id("to-come")]


def test_a_title_and_a_summary_of_the_clinics_own_are_clinical(
    world: World, article: ArticlePage
) -> None:
    version = make_local_version(
        article, world.hillside, title_override="T", summary_override="S", seo_title="Free"
    )
    assert keys(version) == ["title", "summary"]
