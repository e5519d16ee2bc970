from __future__ import annotations

from dataclasses import replace
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


# Releases for a first group (rows 24 and 87)

CLINIC, OTHER, HUB = 7, 8, None


def in_group(number: int, days_ago: float, **fields) -> ReleaseInfo:
    return replace(release(number, days_ago), first_clinics=frozenset({CLINIC}), **fields)


def follows(releases, clinic) -> int | None:
    choice = {"review_first": False, "accepted": None, "hold_days": None}
    found = release_for(releases, now=NOW, clinic=clinic, **choice)
    return found and found.number


@pytest.mark.parametrize(("clinic", "expected"), [(CLINIC, 20), (OTHER, 12), (HUB, 12)])
def test_release_for_the_others_is_not_that_of_the_first_group(clinic, expected):
    assert follows([*RELEASES, in_group(20, 1)], clinic) == expected


@pytest.mark.parametrize(("hours", "expected"), [(1, 12), (0, 20), (-1, 20)])
def test_release_for_the_others_comes_at_the_very_moment(hours, expected):
    releases = [*RELEASES, in_group(20, 1, everyone_at=NOW + timedelta(hours=hours))]

    assert follows(releases, OTHER) == follows(releases, HUB) == expected


def test_release_for_an_article_that_only_the_first_group_has_is_none_elsewhere():
    assert follows([in_group(20, 1)], OTHER) is None


def test_release_for_anybody_is_none_that_was_undone():
    assert follows([*RELEASES, replace(release(20, 1), is_undone=True)], CLINIC) == 12


def test_release_for_a_reviewing_clinic_counts_the_days_that_it_could_show_it():
    """Whoever gets a release ten days after the first group has as many days for a review."""
    releases = [release(4, 90), in_group(9, 30, everyone_at=NOW - timedelta(days=3))]
    choice = {"now": NOW, "review_first": True, "accepted": 4, "clinic": OTHER}

    assert release_for(releases, hold_days=5, **choice).number == 4
    assert release_for(releases, hold_days=3, **choice).number == 9
