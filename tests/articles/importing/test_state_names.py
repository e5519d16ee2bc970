from __future__ import annotations

import re

import pytest

from articles.importing.state_names import is_elsewhere, is_state


def place(text: str, name: str) -> re.Match[str]:
    found = re.search(name, text)
    assert found
    return found


@pytest.mark.parametrize(
    "text",
    [
        "in Texas.",
        "Texas communities",
        "Texas-based",
        "Why Texas Patients Ask",
        "TEXAS",
        "for Texas",
    ],
)
def test_state_alone_is_the_state(text: str) -> None:
    assert is_state(place(text, "(?i)texas"))


@pytest.mark.parametrize(
    "text",
    [
        "the University of Texas",
        "the Texas Medical Board",
        "Texas Administrative Code",
        "Texas State University",
        "Texas A&M",
    ],
)
def test_state_in_the_name_of_something_else_is_not(text: str) -> None:
    found = place(text, "Texas")

    assert (is_state(found), is_elsewhere(found)) == (False, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("West Virginia", "Virginia"),
        ("Washington, D.C.", "Washington"),
        ("Washington DC", "Washington"),
    ],
)
def test_other_place_is_elsewhere(text: str, name: str) -> None:
    assert is_elsewhere(place(text, name))
