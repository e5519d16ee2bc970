"""What holds for any releases and any choice of a clinic (rows 24, 27, 83, 87)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from articles.holding import SAFETY, ReleaseInfo, available_to, newest_of, release_for

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
CLINIC, OTHER, HUB = 1, 2, None

moments = st.integers(-50, 50).map(lambda days: NOW + timedelta(days=days))
groups = st.none() | st.frozensets(st.sampled_from([CLINIC, OTHER]))


@st.composite
def release_lists(draw: Any) -> list[ReleaseInfo]:
    """As they are made: a later number was published later; safety goes to everybody."""
    days = sorted(draw(st.lists(st.integers(0, 100), max_size=7)), reverse=True)
    return [draw(releases(number, day)) for number, day in enumerate(days, start=1)]


@st.composite
def releases(draw: Any, number: int, days_ago: int) -> ReleaseInfo:
    change_class = draw(st.sampled_from(["WORDING", "FACTS", SAFETY]))
    first = None if change_class == SAFETY else draw(groups)
    return ReleaseInfo(
        number,
        NOW - timedelta(days=days_ago),
        change_class,
        first_clinics=first,
        everyone_at=draw(st.none() | moments) if first is not None else None,
        is_undone=draw(st.booleans()),
    )


choices = st.fixed_dictionaries(
    {
        "review_first": st.booleans(),
        "accepted": st.none() | st.integers(0, 8),
        "hold_days": st.none() | st.integers(0, 60),
        "clinic": st.sampled_from([CLINIC, OTHER, HUB]),
    }
)
AT_ONCE = {"review_first": False, "accepted": None, "hold_days": None}


def number(release: ReleaseInfo | None) -> int:
    return release.number if release else 0


@given(release_lists(), choices)
def test_what_is_shown_is_available_to_the_clinic(
    rows: list[ReleaseInfo], choice: dict[str, Any]
) -> None:
    shown = release_for(rows, now=NOW, **choice)

    if shown:
        assert not shown.is_undone
        in_group = shown.first_clinics is None or choice["clinic"] in shown.first_clinics
        assert in_group or (shown.everyone_at and shown.everyone_at <= NOW)


@given(release_lists(), st.sampled_from([CLINIC, OTHER, HUB]))
def test_whoever_follows_at_once_shows_the_newest_that_is_available(
    rows: list[ReleaseInfo], clinic: int | None
) -> None:
    shown = release_for(rows, now=NOW, clinic=clinic, **AT_ONCE)

    assert shown == newest_of(available_to(clinic, rows, NOW))


@given(release_lists(), choices)
def test_safety_and_what_was_accepted_are_never_held(
    rows: list[ReleaseInfo], choice: dict[str, Any]
) -> None:
    shown = release_for(rows, now=NOW, **choice)

    for release in available_to(choice["clinic"], rows, NOW):
        if release.change_class == SAFETY or release.number <= (choice["accepted"] or 0):
            assert number(shown) >= release.number


@given(release_lists(), choices, st.integers(0, 100))
def test_time_never_takes_a_clinic_back(
    rows: list[ReleaseInfo], choice: dict[str, Any], days: int
) -> None:
    shown = release_for(rows, now=NOW, **choice)
    later = release_for(rows, now=NOW + timedelta(days=days), **choice)

    assert number(later) >= number(shown)


@given(release_lists(), choices)
def test_undoing_what_is_not_shown_changes_nothing(
    rows: list[ReleaseInfo], choice: dict[str, Any]
) -> None:
    shown = release_for(rows, now=NOW, **choice)
    newest = newest_of(each for each in rows if not each.is_undone)
    if newest in (None, shown) or newest.change_class == SAFETY:
        return

    undone = [replace(each, is_undone=True) if each is newest else each for each in rows]

    assert release_for(undone, now=NOW, **choice) == shown


@given(release_lists(), choices)
def test_a_group_of_which_the_clinic_is_part_is_everybody_to_it(
    rows: list[ReleaseInfo], choice: dict[str, Any]
) -> None:
    choice["clinic"] = CLINIC
    with_group = [replace(each, first_clinics=frozenset({CLINIC})) for each in rows]
    for_all = [replace(each, first_clinics=None) for each in rows]

    assert number(release_for(with_group, now=NOW, **choice)) == number(
        release_for(for_all, now=NOW, **choice)
    )
