from __future__ import annotations

import pytest

from articles.importing.orphan_ctas import orphan_ctas


@pytest.mark.parametrize(
    "sentence",
    [
        "Call or text us to plan a first visit with Hillside Pain Care.",
        "If it goes on, please contact our office.",
        "So schedule a consultation today.",
        "You can book your free appointment online.",
        "Give us a call!",
        "Ready? Reach out to our team.",
        "Ask for a specialist in your area.",
        "Call today!",
    ],
)
def test_sentence_that_calls_to_action_is_found(sentence: str) -> None:
    text = f"It can be treated. {sentence}"

    assert orphan_ctas(text) == (sentence.removeprefix("Ready? "),)


@pytest.mark.parametrize(
    "text",
    [
        "Call 911 at once.",
        "Arrange a ride to and from your session.",
        "Doctors call this an aura.",
        "The visit takes an hour.",
        "Make a note of what you ate.",
        "Many people in your area have it.",
    ],
)
def test_other_sentences_are_left_alone(text: str) -> None:
    assert orphan_ctas(text) == ()
