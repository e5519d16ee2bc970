"""Which text is approved (T-01, T-04): a pure function of texts and of what was said of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.choices import ReviewAct
from articles.review.referred import ClinicalText
from articles.review.states import PageState, TextState, review_state

SENT, CHANGES, APPROVED = ReviewAct.SENT, ReviewAct.CHANGES, ReviewAct.APPROVED


@dataclass(frozen=True)
class Said:
    act: str
    digests: dict[str, str] = field(default_factory=dict)


def texts(**digests: str) -> list[ClinicalText]:
    return [ClinicalText(key, digest) for key, digest in digests.items()]


def test_text_that_nobody_has_looked_at_is_a_draft() -> None:
    state = review_state(texts(a="1"), [])
    assert (state.page, state.texts, state.approval) == (
        PageState.DRAFT,
        {"a": TextState.NEW},
        None,
    )


def test_exactly_the_text_that_was_approved_is_approved() -> None:
    approval = Said(APPROVED, {"a": "1", "b": "1"})
    state = review_state(texts(b="1", a="1"), [approval])
    assert (state.page, state.approval) == (PageState.APPROVED, approval)
    assert state.texts == {"a": TextState.APPROVED, "b": TextState.APPROVED}


def test_every_difference_from_the_approval_is_told_by_text() -> None:
    state = review_state(
        texts(a="1", b="2", c="1"), [Said(APPROVED, {"a": "1", "b": "1", "d": "1"})]
    )
    assert state.page is PageState.DRAFT
    assert state.texts == {
        "a": TextState.APPROVED,
        "b": TextState.CHANGED,
        "c": TextState.NEW,
        "d": TextState.REMOVED,
    }


def test_a_text_that_is_only_taken_out_is_not_approved() -> None:
    state = review_state(texts(a="1"), [Said(APPROVED, {"a": "1", "risks": "1"})])
    assert state.page is PageState.DRAFT
    assert state.texts["risks"] is TextState.REMOVED


def test_a_clinic_may_drop_a_change_of_its_own() -> None:
    approval = Said(APPROVED, {"a": "1", "b": "1"})
    assert review_state(texts(a="1"), [approval], may_drop=True).is_approved
    assert review_state(texts(), [], may_drop=True).is_approved
    assert not review_state(texts(a="1", c="1"), [approval], may_drop=True).is_approved


def test_texts_that_were_reviewed_apart_are_not_approved_together() -> None:
    acts = [Said(APPROVED, {"a": "2", "b": "1"}), Said(APPROVED, {"a": "1", "b": "2"})]
    assert not review_state(texts(a="2", b="2"), acts).is_approved


def test_an_older_approval_still_holds_for_its_own_text() -> None:
    old, new = Said(APPROVED, {"a": "1"}), Said(APPROVED, {"a": "2"})
    assert review_state(texts(a="1"), [new, old]).approval is old


def test_sent_waits_and_keeps_the_approval_of_what_is_live() -> None:
    live = Said(APPROVED, {"a": "1"})
    acts = [Said(SENT, {"a": "2"}), live]
    assert review_state(texts(a="2"), acts).page is PageState.IN_REVIEW
    assert review_state(texts(a="1"), acts).page is PageState.APPROVED


def test_the_newest_decision_about_exactly_a_text_counts() -> None:
    yes, no = Said(APPROVED, {"a": "1"}), Said(CHANGES, {"a": "1"})
    assert review_state(texts(a="1"), [no, yes]).page is PageState.CHANGES
    assert review_state(texts(a="1"), [yes, no]).page is PageState.APPROVED
    assert review_state(texts(a="1"), [Said(SENT), no, yes]).page is PageState.IN_REVIEW


def test_asking_for_changes_of_one_draft_takes_no_approval_from_another() -> None:
    acts = [Said(CHANGES, {"a": "2", "b": "1"}), Said(APPROVED, {"a": "1", "b": "1"})]
    assert review_state(texts(a="1", b="1"), acts).is_approved
    assert review_state(texts(b="1"), acts, may_drop=True).is_approved
    assert review_state(texts(a="2", b="1"), acts).page is PageState.CHANGES
