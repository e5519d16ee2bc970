from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles.holding import ReleaseInfo, release_for

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def release(number: int, days_ago: float, change_class: str = "WORDING") -> ReleaseInfo:
    return ReleaseInfo(number, NOW - timedelta(days=days_ago), change_class)


RELEASES = (release(4, 90), release(6, 60, "FACTS"), release(9, 30), release(12, 2, "FACTS"))


def shown(releases=RELEASES, *, review_first=True, accepted=None, hold_days=None) -> int | None:
    found = release_for(
        releases, now=NOW, review_first=review_first, accepted=accepted, hold_days=hold_days
    )
    return found and found.number


def test_release_for_a_clinic_that_does_not_review_is_the_newest():
    assert shown(review_first=False, accepted=4) == 12


@pytest.mark.parametrize("review_first", [True, False])
def test_release_for_an_article_never_released_is_none(review_first):
    assert shown((), review_first=review_first, accepted=12, hold_days=30) is None


@pytest.mark.parametrize(
    ("accepted", "expected"), [(3, None), (4, 4), (8, 6), (9, 9), (12, 12), (99, 12)]
)
def test_release_for_a_reviewing_clinic_is_the_newest_it_accepted(accepted, expected):
    assert shown(accepted=accepted) == expected


@pytest.mark.parametrize("hold_days", [None, 0])
def test_release_for_a_clinic_that_accepted_nothing_is_none(hold_days):
    assert shown(hold_days=hold_days) is None


def test_release_for_a_reviewing_clinic_includes_the_last_safety_release():
    releases = (*RELEASES, release(15, 1, "SAFETY"), release(16, 0.5))

    assert shown(releases) == 15


def test_release_for_a_clinic_never_falls_behind_what_it_accepted_for_safety():
    releases = (release(2, 100, "SAFETY"), *RELEASES)

    assert shown(releases) == 2
    assert shown(releases, accepted=9) == 9


@pytest.mark.parametrize(("hold_days", "expected"), [(1, 12), (3, 9), (30, 9), (31, 6), (91, None)])
def test_release_for_a_reviewing_clinic_is_the_newest_held_long_enough(hold_days, expected):
    assert shown(hold_days=hold_days) == expected


def test_release_for_a_clinic_ends_a_hold_at_the_very_moment():
    """Cached pages run out at that moment and must not be made again with the old release."""
    day, moment = timedelta(days=1), timedelta(microseconds=1)
    choice = {"review_first": True, "accepted": None, "hold_days": 1}
    releases = [ReleaseInfo(1, NOW - day, "WORDING")]

    assert release_for(releases, now=NOW, **choice) == releases[0]
    assert release_for(releases, now=NOW - moment, **choice) is None


def test_release_for_does_not_depend_on_the_order():
    assert shown(RELEASES[::-1], accepted=8) == shown(RELEASES, accepted=8) == 6
    assert shown(iter(RELEASES), review_first=False) == 12
