"""What counts as a foreign id in a row or an answer, and what is chance."""

from __future__ import annotations

import pytest

from tests.isolation.rows import Rows, changes, without_chance


def is_foreign(number: str) -> bool:
    return number.startswith("2") and len(number) == 7


@pytest.mark.parametrize(
    "chance",
    [
        "a2416982ffb74c0d9be1c0ffee00abcd",
        "a2416982-ffb7-4c0d-9be1-c0ffee00abcd",
        "Qw2416982" + "Xy" * 27 + "Z",
        "images/a2416982ff-room.avif",
    ],
    ids=["UUID", "UUID with dashes", "token", "picture"],
)
def test_digits_of_chance_are_nobodys_id(chance: str) -> None:
    before: Rows = {"log": {}}
    after: Rows = {"log": {"7000001": f"7000001\x1fpublish\x1f{chance}"}}

    assert "2416982" in chance
    assert without_chance(chance) != chance
    assert changes(before, after, is_foreign) == []


def test_foreign_id_is_found_beside_them() -> None:
    row = "7000001\x1f2416982\x1fa2416982ffb74c0d9be1c0ffee00abcd"

    (change,) = changes({"log": {}}, {"log": {"7000001": row}}, is_foreign)

    assert str(change) == "refers to 2416982 log 7000001"
