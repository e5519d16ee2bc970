"""Word-level differences: nothing is lost, and noise is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.word_diff import Change, Run, marked_change, word_diff

TEXTS = st.text(alphabet="ab \n", max_size=40)


def test_word_diff_marks_the_changed_word() -> None:
    assert word_diff("rest for an hour", "rest for one hour") == (
        Run(Change.KEPT, "rest for "),
        Run(Change.REMOVED, "an"),
        Run(Change.ADDED, "one"),
        Run(Change.KEPT, " hour"),
    )


@given(TEXTS, TEXTS)
def test_word_diff_keeps_both_texts(before: str, after: str) -> None:
    runs = word_diff(before, after)

    assert "".join(r.text for r in runs if r.change != Change.ADDED) == before
    assert "".join(r.text for r in runs if r.change != Change.REMOVED) == after


def test_marked_change_of_another_text_has_no_marks() -> None:
    assert marked_change("one two three", "four five six") == (Run(Change.KEPT, "four five six"),)
