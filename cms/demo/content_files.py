"""Reads the demo's content files and turns their sections into stream data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from articles.blocks.figures import tokens_of
from articles.blocks.rich_text import canonical

CONTENT = Path(__file__).parent / "content"
IMAGES = CONTENT / "images"

_ARTICLE_LINK = re.compile(r'<a article="([\w-]+)">')
_RICH_FIELDS = ("text", "answer", "seek_help")
_LISTS = ("items",)
_OWN_KEYS = frozenset({"key", "type", "fallback"})


def read(name: str) -> dict[str, Any]:
    """One content file by its name without ending."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


def read_articles() -> list[dict[str, Any]]:
    return [
        tomllib.loads(path.read_text("utf-8")) for path in sorted((CONTENT / "articles").glob("*"))
    ]


def section_id(scope: str, key: str) -> str:
    """The same id every time the demo is loaded, so that overrides stay attached."""
    return str(uuid5(NAMESPACE_URL, f"polyclinic-demo/{scope}/{key}"))


class Sections:
    """Turns the sections of one file into stream data. `rows` are the rows that they refer to."""

    def __init__(self, scope: str, rows: Mapping[str, Mapping[str, int]]) -> None:
        self.scope = scope
        self.rows = rows

    def stream(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._child(section) for section in sections]

    def _child(self, section: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": section["type"],
            "id": section_id(self.scope, section["key"]),
            "value": self._value(section),
        }

    def _value(self, section: dict[str, Any]) -> dict[str, Any]:
        value = {name: each for name, each in section.items() if name not in _OWN_KEYS}
        value.setdefault("role", "clinical")
        for name in _RICH_FIELDS:
            if name in value:
                value[name] = self._rich_text(value[name])
        for name in _LISTS:
            if name in value:
                value[name] = [self._item(section, n, item) for n, item in enumerate(value[name])]
        match section["type"]:
            case "image":
                value["image"] = self.rows["images"][section["image"]]
                value["alt"] = ""  # images.toml describes what was drawn
            case "statement":
                value["statement"] = self.rows["statements"][section["statement"]]
            case "sources":
                pks = [self.rows["sources"][key] for key in section["sources"]]
                value["sources"] = [self._item(section, n, pk) for n, pk in enumerate(pks)]
            case "figures":
                value["figures"] = [
                    self._item(section, n, self._figure(each))
                    for n, each in enumerate(section["figures"])
                ]
            case "slot":
                value["fallback"] = self.stream(section.get("fallback", []))
        return value

    def _figure(self, figure: dict[str, Any]) -> dict[str, Any]:
        if "kept" in figure:
            slug = figure["kept"]
            return {"kept": self.rows["figures"][slug], **tokens_of(slug)}
        source = self.rows["sources"].get(figure.get("source", ""))
        return {"value": figure["value"], "label": figure["label"], "source": source}

    def _item(self, section: dict[str, Any], number: int, value: Any) -> dict[str, Any]:
        id_ = section_id(self.scope, f"{section['key']}/{number}")
        return {"type": "item", "value": value, "id": id_}

    def _rich_text(self, html: str) -> str:
        linked = _ARTICLE_LINK.sub(
            lambda match: f'<a linktype="page" id="{self.rows["articles"][match[1]]}">', html
        )
        return canonical(re.sub(r">\s*\n\s*<", "><", linked.strip()))
