"""The marks of the three demo clinics, in the colours of `clinics.csv`, on nothing.

Each function takes an empty transparent sheet of 256 by 256 pixels and draws one mark on it.
"""

from __future__ import annotations

import math

from cms.demo.illustrations.curves import Path, arc, leaf, oval, ribbon
from cms.demo.illustrations.sheet import Sheet, within

DALLAS = ("#0b4f6c", "#f2a541")
DELRAY_BEACH = ("#7a1f5c", "#2e8b57")
KAIROS = ("#3b3b98", "#ffb81c")


def logo_dallas(sheet: Sheet) -> None:
    """A sun that rises over three bands of open land."""
    land, sun = DALLAS
    disc = sheet.stencil(oval(128, 128, 120))
    sheet.paint(sheet.stencil(oval(128, 116, 58), cut=[[*_wave(110), (280, 280), (-20, 280)]]), sun)
    for top, bottom in ((122, 154), (166, 194), (206, 250)):
        band = sheet.stencil([*_wave(top), *_wave(bottom)[::-1]])
        sheet.paint(within(disc, band), land)
    rim = sheet.strokes([arc(128, 128, 112, 112, 196, 344)], 16)
    sheet.paint(rim, land)


def _wave(level: float) -> Path:
    return [(x, level + 9 * math.sin((x - 20) / 236 * math.tau)) for x in range(-20, 281, 4)]


def logo_delray_beach(sheet: Sheet) -> None:
    """One broad leaf in two halves, parted by its veins."""
    left, right = DELRAY_BEACH
    outline = leaf(128, 250, 246, 190, -90, belly=0.84)
    half = len(outline) // 2
    veins: list[Path] = [[(128, 250), (128, -4)]]
    for level, reach in ((208, 96), (164, 104), (120, 92)):
        veins += [[(128, level), (128 + side * reach, level - reach * 0.72)] for side in (-1, 1)]
    gaps = [ribbon(vein, 11, 8) for vein in veins]
    sheet.paint(sheet.stencil(outline[:half], cut=gaps), left)
    sheet.paint(sheet.stencil(outline[half:], cut=gaps), right)


def logo_kairos(sheet: Sheet) -> None:
    """An open ring with one bright point in the opening: the right moment."""
    ring, point = KAIROS
    sheet.paint(sheet.strokes([arc(128, 132, 98, 98, -22, 262)], 26), ring)
    sheet.paint(sheet.strokes([arc(128, 132, 54, 54, 130, 292)], 12), ring)
    sheet.paint(sheet.stencil(oval(194, 58, 27)), point)
