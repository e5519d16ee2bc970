from __future__ import annotations

import pytest

from articles.importing.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("One sentence only", ("One sentence only",)),
        (
            "It hurts. Then it goes! Does it? Yes.",
            ("It hurts.", "Then it goes!", "Does it?", "Yes."),
        ),
        ("“It hurts.” She said so.", ("“It hurts.”", "She said so.")),
        ("Dr. Doe saw it. So did St. Mary.", ("Dr. Doe saw it.", "So did St. Mary.")),
        ("Take 2.5 mg, e.g. At night.", ("Take 2.5 mg, e.g. At night.",)),
        ("Life in the U.S. Is it hard?", ("Life in the U.S. Is it hard?",)),
        (
            "See {{ clinic.name }}. {{ clinic.city }} is near.",
            ("See {{ clinic.name }}.", "{{ clinic.city }} is near."),
        ),
    ],
)
def test_sentences(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_sentences_joined_again_are_the_text() -> None:
    text = "It hurts. “Then it goes!” Does it? Dr. Doe says yes… And no."

    assert " ".join(sentences(text)) == text
