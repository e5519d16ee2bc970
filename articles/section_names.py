"""What an editor calls a section: by its heading, or its first words."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from articles.plain_text import plain_text
from clinics.tokens import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.blocks import StreamValue

NAME_LENGTH = 70


def section_names(body: StreamValue) -> dict[str, str]:
    """What an editor calls a section, by its id, or by its name for a slot."""
    names = {}
    for child in body:
        if child.block_type == "slot":
            names[child.value["name"]] = str(child.value.get("label") or child.value["name"])
        names[child.id] = name_of(child)
    return names


def raw_name(raw: Mapping[str, Any]) -> str:
    """The same of a stored section: the database keeps its values in no order of reading."""
    value = raw["value"]
    heading = str(value.get("heading") or value.get("question") or "")
    text = readable(heading or plain_text(value).split("\n", 1)[0])
    return text[:NAME_LENGTH] or str(raw["type"])


def name_of(child: Any) -> str:
    """The heading of a section; without one its first words, or what kind it is."""
    raw = child.block.get_prep_value(child.value)
    text = readable(str(raw.get("heading") or "") or plain_text(raw).split("\n", 1)[0])
    return shorten(text, NAME_LENGTH, placeholder="…") or str(child.block.label)
