from __future__ import annotations

from typing import Any

from clinics.facts_merge import merge_typed


def day(weekday: int, opens: str = "08:00", closes: str = "17:00") -> dict[str, Any]:
    return {"weekday": weekday, "opens": opens, "closes": closes, "by_appointment": False}


def test_merge_keeps_what_was_typed() -> None:
    base, now = {"city": "Dallas"}, {"city": "Houston"}

    assert merge_typed(base, {"city": "Austin"}, now) == {"city": "Austin"}


def test_merge_takes_what_is_saved_now_where_nothing_was_typed() -> None:
    base = {"city": "Dallas", "fax": None}
    typed = {"city": "Austin", "fax": None}
    now = {"city": "Dallas", "fax": "+12145550199"}

    assert merge_typed(base, typed, now) == {"city": "Austin", "fax": "+12145550199"}


def test_merge_without_a_base_keeps_everything_that_was_typed() -> None:
    typed = {"city": "Austin", "hours": [day(0)]}

    assert merge_typed({}, typed, {"city": "Houston", "hours": []}) == typed


def test_merge_of_hours_goes_day_by_day() -> None:
    base = {"hours": [day(0), day(1)]}
    typed = {"hours": [day(0, "09:00"), day(1), day(5)]}
    now = {"hours": [day(0), day(1, "10:00"), day(6)]}

    assert merge_typed(base, typed, now) == {
        "hours": [day(0, "09:00"), day(1, "10:00"), day(5), day(6)]
    }
