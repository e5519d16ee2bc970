from __future__ import annotations

import json
from typing import Any

from articles.release_changes import TextChange, text_changes
from articles.word_diff import Change, Run
from tests.articles.factories import text

KEPT, ADDED, REMOVED = Change.KEPT, Change.ADDED, Change.REMOVED


def content(*sections: dict[str, Any], title: str = "T", summary: str = "") -> dict[str, Any]:
    return {"title": title, "summary": summary, "body": json.dumps(list(sections))}


def named(key: str, html: str, **settings: Any) -> dict[str, Any]:
    return text(key, key, html, **settings)


def test_changed_section_has_its_words_marked():
    before = content(named("dose", "<p>Take one a day with water</p>"))
    after = content(named("dose", "<p>Take two a day with water</p>"))

    (change,) = text_changes(before, after)

    assert (change.heading, change.kind) == ("dose", "changed")
    assert [run for run in change.runs if run.change != KEPT] == [
        Run(REMOVED, "one"),
        Run(ADDED, "two"),
    ]


def test_sections_that_came_and_went_are_whole():
    before, after = content(named("old", "<p>Gone</p>")), content(named("new", "<p>Here</p>"))

    assert text_changes(before, after) == [
        TextChange("new", "added", (Run(ADDED, "new\nHere"),)),
        TextChange("old", "removed", (Run(REMOVED, "old\nGone"),)),
    ]


def test_fields_come_first():
    before = content(title="A long title of before", summary="Same")
    after = content(title="A long title of today", summary="Same")

    assert [(change.field, change.kind) for change in text_changes(before, after)] == [
        ("title", "changed")
    ]


def test_link_that_changed_is_said_where_the_words_are_the_same():
    before = content(named("a", '<p><a href="https://a.test/">Here</a></p>'))
    after = content(named("a", '<p><a href="https://b.test/">Here</a></p>'))

    assert [change.kind for change in text_changes(before, after)] == ["same words"]


def test_rewritten_section_is_not_marked_word_by_word():
    before = content(named("a", "<p>One two three four five six seven</p>"))
    after = content(named("a", "<p>Completely other words stand here these days</p>"))

    assert [change.kind for change in text_changes(before, after)] == ["rewritten"]


def test_lock_is_no_change_of_a_text():
    before, after = content(named("a", "<p>A</p>")), content(named("a", "<p>A</p>", locked=True))

    assert text_changes(before, after) == []


def test_everything_is_new_without_a_text_before():
    assert [change.kind for change in text_changes(None, content(named("a", "<p>A</p>")))] == [
        "rewritten",
        "added",
    ]
