from __future__ import annotations

import pytest

from articles.importing.symptoms import OfferedList, offered_lists


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        (
            "Symptoms include yawning, a stiff neck, thirst, and trouble finding words.",
            ("yawning", "a stiff neck", "thirst", "trouble finding words"),
        ),
        (
            "The signs differ, but common complaints include throbbing or stabbing pain, nausea, "
            "and sensitivity to light and sound.",
            ("throbbing or stabbing pain", "nausea", "sensitivity to light and sound"),
        ),
        (
            "Common symptoms are: nausea, dizziness, low mood and poor sleep.",
            ("nausea", "dizziness", "low mood", "poor sleep"),
        ),
        (
            "It has other symptoms, such as nausea (or vomiting, in children), pallor, or fever.",
            ("nausea (or vomiting, in children)", "pallor", "fever"),
        ),
        (
            "Side effects may include the following: nausea; a dry mouth; and drowsiness.",
            ("nausea", "a dry mouth", "drowsiness"),
        ),
        (
            "Symptoms include nausea, pallor, yawning, which may last for days, and more.",
            ("nausea", "pallor", "yawning"),
        ),
    ],
)
def test_comma_list_after_symptoms_is_offered(sentence: str, items: tuple[str, ...]) -> None:
    """I-06."""
    text = f"First things first. {sentence} And so on."

    assert offered_lists(text) == (OfferedList(sentence, items),)


@pytest.mark.parametrize(
    "text",
    [
        "Symptoms include nausea and fever.",
        "Symptoms come and go, they are worse at night, and they tire people.",
        "Foods include cheese, wine, chocolate, and nuts.",
        "Symptoms vary. They include nausea, pallor, and fever.",
        "",
    ],
)
def test_other_sentences_offer_nothing(text: str) -> None:
    assert offered_lists(text) == ()
