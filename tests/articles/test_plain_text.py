from __future__ import annotations

import pytest

from articles.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<ul><li>One</li><li>two</li></ul>", "One two"),
        ("One<br/>two", "One two"),
        ("<p>re<b>al</b>ly, H<sub>2</sub>O</p>", "really, H2O"),
        ("Fish &amp; chips&nbsp;&lt; 5", "Fish & chips < 5"),
        ("p < 0.05 and x > 3", "p < 0.05 and x > 3"),
        ("<p>\n  One <!-- no -->\n two</p>", "One two"),
    ],
)
def test_plain_text_of_rich_text(html, expected):
    assert plain_text(html) == expected


def test_plain_text_of_a_section_is_one_line_per_text():
    section = {
        "type": "list",
        "value": {
            "heading": "Symptoms",
            "level": "h2",
            "kind": "symptoms",
            "intro": "",
            "items": [{"type": "item", "value": "Pain", "id": "1"}],
            "locked": True,
            "role": "clinical",
        },
        "id": "2",
    }

    assert plain_text(section) == "Symptoms\nPain"


def test_plain_text_of_a_struct_has_its_value_and_label():
    figure = {"value": "70%", "label": "felt better", "source": 3}

    assert plain_text({"figures": [{"type": "item", "value": figure}]}) == "70%\nfelt better"


@pytest.mark.parametrize("value", [None, 3, True, [], {}, ""])
def test_plain_text_of_what_has_no_words_is_empty(value):
    assert plain_text(value) == ""
