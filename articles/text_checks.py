"""Local texts that deserve a look: cells of the matrix in, one line for each text out.

Pure: no database, no request; what is asked for was read with the cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from articles.digest import section_digest
from articles.effective import FIELD_NAMES
from articles.section_names import raw_name

if TYPE_CHECKING:
    from articles.states_by_clinic import Cell

# From this share of own words on, a copy of one's own is easier to keep than a local version.
HEAVY_SHARE = 0.6


class Check(StrEnum):
    """Why a text deserves a look."""

    OVERDUE = "OVERDUE"
    SAME = "SAME"
    HEAVY = "HEAVY"


@dataclass(frozen=True)
class TextCheck:
    """`name` is the section's or the field's, "" for the article; `override` is its id, if any.

    `due` is the date of an overdue review; `share` the part of the article that is the clinic's.
    """

    check: Check
    name: str = ""
    override: str = ""
    due: date | None = None
    owner: str = ""
    share: float = 0.0


def text_checks(cell: Cell, today: date) -> Iterator[TextCheck]:
    """What deserves a look in one article at one clinic; the most urgent first."""
    if cell.version is None or cell.reading is None or cell.content is None:
        return
    overrides = list(cell.version.overrides.raw_data)
    shared = {raw["id"]: raw for raw in cell.content.body}
    headings = {id_: raw_name(raw) for id_, raw in shared.items()}
    headings |= {
        raw["value"]["name"]: raw["value"].get("label") or raw["value"]["name"]
        for raw in cell.content.body
        if raw["type"] == "slot"
    }
    for override in overrides:
        due = _due(override)
        if due and due < today:
            name, owner = _name(override, headings), override["value"].get("owner") or ""
            yield TextCheck(Check.OVERDUE, name, override["id"], due=due, owner=owner)
    for override in overrides:
        if _says_the_same(override, shared):
            yield TextCheck(Check.SAME, _name(override, headings), override["id"])
    for field in FIELD_NAMES:
        found = cell.reading.fields[field]
        if found.origin == "local" and found.value == found.shared and field != "hero_image":
            yield TextCheck(Check.SAME, field)
    share = own_share(cell)
    if share >= HEAVY_SHARE:
        yield TextCheck(Check.HEAVY, share=share)


def own_share(cell: Cell) -> float:
    """The part of the sections that patients read which is the clinic's own, 0.0 to 1.0."""
    sections = cell.reading.merged.sections if cell.reading else ()
    own = sum(section.origin == "local" for section in sections)
    return own / len(sections) if sections else 0.0


def _due(override: dict[str, Any]) -> date | None:
    value = override["value"].get("review_date")
    return date.fromisoformat(value) if value else None


def _says_the_same(override: dict[str, Any], shared: dict[str, Any]) -> bool:
    """A text that was changed back by hand keeps an update from coming through, for nothing."""
    value = override["value"]
    original, content = shared.get(value.get("section") or ""), value.get("content") or []
    if override["type"] != "replace" or original is None or len(content) != 1:
        return False
    digests = [section_digest(raw["type"], raw["value"]) for raw in (content[0], original)]
    return digests[0] == digests[1]


def _name(override: dict[str, Any], headings: dict[str, str]) -> str:
    value = override["value"]
    target = value.get("section") or value.get("slot") or ""
    if override["type"] != "insert" and target in headings:
        return headings[target]
    content = value.get("content") or []
    return raw_name(content[0]) if content else ""
