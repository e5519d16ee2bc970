"""Which clinical text is approved: texts and what was said of them in, a state for each text out.

Pure: no database, no clock. An approval is about the whole page exactly as it was, so it holds for
exactly those texts; a local version may drop some of them, which is following the library again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from articles.choices import ReviewAct
from articles.review.referred import ClinicalText


class PageState(StrEnum):
    """Where the newest text of a page stands on its way through the medical review."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    CHANGES = "CHANGES"
    APPROVED = "APPROVED"


class TextState(StrEnum):
    """A text beside the last approval of its page."""

    APPROVED = "APPROVED"
    CHANGED = "CHANGED"
    NEW = "NEW"
    REMOVED = "REMOVED"


class Act(Protocol):
    """A row of `Review`, or what stands for one."""

    @property
    def act(self) -> str: ...
    @property
    def digests(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class ReviewState:
    """`approval` is the one that covers the texts, else the last one; `texts` are states by key."""

    page: PageState
    texts: Mapping[str, TextState]
    approval: Any = None

    @property
    def is_approved(self) -> bool:
        return self.page is PageState.APPROVED


def review_state(
    texts: Sequence[ClinicalText], acts: Sequence[Act], *, may_drop: bool = False
) -> ReviewState:
    """`acts` are those of the page, the newest first. `may_drop`: fewer texts than were approved
    need no new approval.

    A page without any clinical text of its own has nothing to be approved.
    """
    now = {text.key: text.digest for text in texts}
    if may_drop and not now:
        return ReviewState(PageState.APPROVED, {})
    decisions = [act for act in acts if act.act != ReviewAct.SENT]
    same = next((act for act in decisions if _is_about(act, now, may_drop=may_drop)), None)
    if same is not None and same.act == ReviewAct.APPROVED:
        return ReviewState(PageState.APPROVED, dict.fromkeys(now, TextState.APPROVED), same)
    last = next((act for act in decisions if act.act == ReviewAct.APPROVED), None)
    states = _compared(now, last.digests if last else {}, may_drop=may_drop)
    return ReviewState(_way(acts[0].act if acts else ""), states, last)


def _is_about(act: Act, now: Mapping[str, str], *, may_drop: bool) -> bool:
    if may_drop and act.act == ReviewAct.APPROVED:
        return now.items() <= act.digests.items()
    return dict(now) == dict(act.digests)


def _compared(
    now: Mapping[str, str], then: Mapping[str, str], *, may_drop: bool
) -> dict[str, TextState]:
    states = {key: _text_state(digest, then.get(key)) for key, digest in now.items()}
    if not may_drop:
        states |= {key: TextState.REMOVED for key in then if key not in now}
    return states


def _text_state(now: str, then: str | None) -> TextState:
    if then is None:
        return TextState.NEW
    return TextState.APPROVED if now == then else TextState.CHANGED


def _way(last_act: str) -> PageState:
    """Where a text is that nobody has approved."""
    ways = {ReviewAct.SENT: PageState.IN_REVIEW, ReviewAct.CHANGES: PageState.CHANGES}
    return ways.get(ReviewAct(last_act), PageState.DRAFT) if last_act else PageState.DRAFT
