"""For any text of the kinds of lines that occur: every word of the body stays, once, in order."""

from __future__ import annotations

import re
from html import escape, unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.parse import parse_article
from articles.importing.reading import normalised
from articles.importing.sections import to_stream

WORDS = st.sampled_from(
    "pain rest sleep water — diary “light” 2-4% 5 mg, & it’s <b> nerve's".split()
)
SENTENCE = st.lists(WORDS, min_size=13, max_size=40).map(
    lambda words: "It is " + " ".join(words) + "."
)
SHORT_SENTENCE = st.lists(WORDS, min_size=1, max_size=6).map(lambda ws: "So " + " ".join(ws) + ".")
HEADING = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: "About " + " ".join(words))
QUESTION = HEADING.map(lambda text: text + "?")
BULLET = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: "- item " + " ".join(words))
COLON = st.lists(WORDS, min_size=1, max_size=15).map(
    lambda words: "They are " + " ".join(words) + ":"
)
CHROME = st.sampled_from(
    ["Share", "Skip to content", "Call Us Text Us", "pic", "misc image", "IMG_0042.jpg", "Book Now"]
)
BODY = st.one_of(SENTENCE, SHORT_SENTENCE, HEADING, QUESTION, BULLET, COLON)
GAP = st.sampled_from(["\n", "\n\n", "\r\n", "\u00a0\n\n", "\n \n\n"])
TEXT = st.lists(
    st.tuples(BODY | CHROME.map(lambda line: "\0" + line), GAP), min_size=1, max_size=20
)

few = settings(max_examples=60, deadline=None)


def source_of(lines: list[tuple[str, str]]) -> str:
    return normalised("".join(line.removeprefix("\0") + gap for line, gap in lines))


def words_of(text: str) -> list[str]:
    return text.removeprefix("- ").split()


@few
@given(TEXT)
def test_every_word_of_the_body_survives_once_and_in_order(lines: list[tuple[str, str]]) -> None:
    """I-01."""
    body = [line for line, _ in lines if not line.startswith("\0")]

    article = parse_article(source_of(lines))

    printed = [line.text for line in article.removed if line.kind == "repeat"]
    kept = [word for text in (article.title or "", *article.strings) for word in text.split()]
    expected = [word for line in body for word in words_of(normalised(line))]
    if not printed:
        assert kept == expected
    assert len(kept) + sum(len(text.split()) for text in printed) == len(expected)


@few
@given(TEXT)
def test_chrome_leaves_no_trace_in_the_text(lines: list[tuple[str, str]]) -> None:
    """I-01: chrome strings appear zero times."""
    chrome = [line.removeprefix("\0") for line, _ in lines if line.startswith("\0")]

    article = parse_article(source_of(lines))

    removed = [line.text for line in article.removed if line.kind != "repeat"]
    assert removed == chrome
    assert not {*article.strings, article.title} & set(chrome)


@few
@given(TEXT)
def test_stream_says_what_was_parsed(lines: list[tuple[str, str]]) -> None:
    article = parse_article(source_of(lines))

    stream = to_stream(article)

    texts = [
        f"{escape(block['value']['heading'])} {block['value'].get('text', '')}" for block in stream
    ]
    words = unescape(re.sub(r"<[^>]+>", " ", " ".join(texts))).split()
    assert words == " ".join(article.strings).split()
    assert len({block["id"] for block in stream}) == len(stream)


@few
@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    article = parse_article(normalised(text))

    assert len(to_stream(article)) == len(article.sections)
