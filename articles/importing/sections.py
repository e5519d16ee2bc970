"""A parsed article in, StreamField data out. Whoever stores it makes the rich text canonical."""

from __future__ import annotations

import html
import uuid
from typing import Any

from articles.importing.parsed import BodyPart, ParsedArticle, ParsedSection, SubHeading, TextList


def to_stream(article: ParsedArticle) -> list[dict[str, Any]]:
    """One block per section, each with a new id."""
    return [{**_block(section), "id": str(uuid.uuid4())} for section in article.sections]


def _block(section: ParsedSection) -> dict[str, Any]:
    if section.kind == "cta":
        value = {"action": section.action, "heading": section.heading, "message": ""}
        return {"type": "cta", "value": value}
    text = "".join(map(_html, section.body))
    return {
        "type": "text",
        "value": {"heading": section.heading, "level": section.level, "text": text},
    }


def _html(part: BodyPart) -> str:
    if isinstance(part, TextList):
        tag = "ol" if part.is_ordered else "ul"
        items = "".join(f"<li>{_escaped(item)}</li>" for item in part.items)
        return f"<{tag}>{items}</{tag}>"
    if isinstance(part, SubHeading):
        return f"<h3>{_escaped(part.text)}</h3>"
    return f"<p>{_escaped(part)}</p>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
