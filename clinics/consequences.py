"""What an act does, said before it is done: plain values that a screen lists.

The acts on clinics and locations collect theirs; an app above this one adds its part to the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinics.models import ClinicPage


class Tone(StrEnum):
    """CHANGES: patients see something else. CARE: look at it yourself. NOTE: good to know.
    STAYS: nothing is lost.
    """

    CHANGES = "changes"
    CARE = "care"
    NOTE = "note"
    STAYS = "stays"


@dataclass(frozen=True)
class Item:
    """One thing that a consequence is about. `url` leads to it, "" for nowhere."""

    label: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Consequence:
    """One sentence, and what it is about by name."""

    tone: Tone
    text: str
    items: tuple[Item, ...] = ()


type Closing = Callable[["ClinicPage", "ClinicPage | None"], Iterable[Consequence]]
type Renamed = Callable[["ClinicPage"], None]

# Each is given the clinic, and the neighbour that takes its patients or None.
WHEN_A_CLINIC_CLOSES: list[Closing] = []
# Each is given the clinic once it has its new name, within the transaction.
AFTER_RENAMING: list[Renamed] = []


def changes(text: str, items: Iterable[Item] = ()) -> Consequence:
    return Consequence(Tone.CHANGES, text, tuple(items))


def stays(text: str, items: Iterable[Item] = ()) -> Consequence:
    return Consequence(Tone.STAYS, text, tuple(items))


def in_order(found: Iterable[Consequence]) -> list[Consequence]:
    """What changes first, then what to look at, and last what stays."""
    tones = list(Tone)
    return sorted(found, key=lambda each: tones.index(each.tone))


def note(text: str, items: Iterable[Item] = ()) -> Consequence:
    return Consequence(Tone.NOTE, text, tuple(items))


def care(text: str, items: Iterable[Item] = ()) -> Consequence:
    return Consequence(Tone.CARE, text, tuple(items))
