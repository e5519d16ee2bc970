"""The text of the peers' article: as long as that of our world, with the same five headings."""

from __future__ import annotations

HEADINGS = ("What it is", "How it feels", "How it is found out", "What helps", "Day by day")
_SENTENCE = (
    "Pain is a signal, and a signal that stays on for longer than it is of use can be looked at "
    "with a plan that is written down and looked at again. "
)
_SENTENCES = 6  # of 31 words, with five headings about a thousand


def sections() -> list[tuple[str, str]]:
    """Heading and HTML of each section."""
    paragraph = f"<p>{(_SENTENCE * (_SENTENCES // 2)).strip()}</p>"
    return [(heading, paragraph * 2) for heading in HEADINGS]


def html_of_sections() -> str:
    return "".join(f"<h2>{heading}</h2>{html}" for heading, html in sections())
