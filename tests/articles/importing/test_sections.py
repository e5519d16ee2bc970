from __future__ import annotations

from articles.importing.parsed import ParsedArticle, ParsedSection, SubHeading, TextList
from articles.importing.sections import to_stream


def stream_of(*sections: ParsedSection) -> list[tuple[str, dict[str, str]]]:
    stream = to_stream(ParsedArticle(None, "", sections))
    return [(block["type"], block["value"]) for block in stream]


def test_text_section_is_escaped_rich_text() -> None:
    section = ParsedSection(heading="Rest & sleep <b>", body=("5 < 6 & “so”", "It’s enough."))

    assert stream_of(section) == [
        (
            "text",
            {
                "heading": "Rest & sleep <b>",
                "level": "h2",
                "text": "<p>5 &lt; 6 &amp; “so”</p><p>It’s enough.</p>",
            },
        )
    ]


def test_lists_and_headings_stand_inside_rich_text() -> None:
    body = (SubHeading("At home"), TextList(("Rest", "A & B")), TextList(("One",), is_ordered=True))

    [(_, value)] = stream_of(ParsedSection(heading="Care", body=body))

    assert value["text"] == (
        "<h3>At home</h3><ul><li>Rest</li><li>A &amp; B</li></ul><ol><li>One</li></ol>"
    )


def test_call_to_action_has_an_action_and_no_number() -> None:
    section = ParsedSection(heading="Ready?", kind="cta", action="call_text")

    assert stream_of(section) == [
        ("cta", {"action": "call_text", "heading": "Ready?", "message": ""})
    ]


def test_every_section_has_its_own_id() -> None:
    article = ParsedArticle(
        None, "", (ParsedSection(body=("One.",)), ParsedSection(body=("Two.",)))
    )

    first, second = to_stream(article), to_stream(article)

    assert len({block["id"] for block in (*first, *second)}) == 4
