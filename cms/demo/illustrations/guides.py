"""Pictures for the general articles: a way in, things to bring, bottles without labels.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math
from itertools import pairwise

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, along, arc, box, oval, ribbon, smooth
from cms.demo.illustrations.furnishings import (
    floor_shadow,
    plant,
)
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def your_first_visit(sheet: Sheet) -> None:
    """A path to an open, lit doorway between arches and plants."""
    sheet.wash(Blend([(0, "#2f4f6b"), (0.5, "#6f8f9b"), (1, "#d9b99a")]))
    for number in range(5):
        half, rise = 760 - number * 118, 70 + number * 62
        ink = ["#3a5f73", "#527b86", "#7d9c99", "#b5b9a4", "#e2cfae"][number]
        outline = [
            *arc(800, rise + half * 0.82, half, half * 0.82, 180, 360),
            (800 + half, 900),
            (800 - half, 900),
        ]
        mask = sheet.stencil(outline)
        sheet.shade(mask, blur=26, opacity=0.35)
        sheet.paint(mask, fade(mix(ink, inks.CREAM, 0.14), mix(ink, inks.NIGHT, 0.1), 0, (0.1, 1)))
        sheet.speckle(mask, inks.NIGHT, turn=90, reach=0.45, opacity=0.16, span=(0.5, 1))
    door = [*arc(800, 470, 130, 130, 180, 360), (930, 780), (670, 780)]
    sheet.glow(800, 600, 460, "#fff0c4", 0.85)
    mask = sheet.stencil(door)
    sheet.paint(mask, fade("#fff8e4", "#fbd48c", 0, (0.38, 0.87)))
    leafed = [(930, 470), (1022, 428), (1022, 826), (930, 780)]
    sheet.shape(leafed, fade("#8a3f63", "#5f2a54", 90), shadow=8)
    for top, bottom in ((0.16, 0.46), (0.56, 0.86)):
        panel = [
            (948, 470 + 310 * top),
            (1004, 462 + 330 * top),
            (1004, 458 + 345 * bottom),
            (948, 470 + 312 * bottom),
        ]
        sheet.shape(panel, "#a0587a", 0.8)
    sheet.shape(oval(943, 632, 6), inks.HONEY)
    sheet.shape([(0, 782), (1600, 782), (1600, 900), (0, 900)], fade("#8c7f86", "#5c5670"))
    path = [(670, 780), (930, 780), (1160, 900), (440, 900)]
    sheet.shape(path, fade("#fbe0ab", "#e9c08c"))
    for share in (0.24, 0.56):
        y = 780 + 120 * share
        sheet.line([(670 - 230 * share, y), (930 + 230 * share, y)], "#c79a6a", 2, opacity=0.5)
    plant(sheet, 560, 812, 330, pot=inks.TEAL)
    plant(sheet, 1130, 826, 300, pot=inks.AMBER, green=inks.LAGOON)


def how_to_prepare_for_an_infusion(sheet: Sheet) -> None:
    """A still life: water, folded blanket, headphones, a ticked list and a car key."""
    sheet.wash(fade("#e9dcc6", "#f2e2cb"))
    sheet.shape(oval(800, 380, 430), "#f6c98f", 0.5)
    sheet.shape(oval(800, 380, 330), "#f3b878", 0.4)
    sheet.shape([(0, 640), (1600, 640), (1600, 900), (0, 900)], fade("#35707a", "#1f4c59"))
    sheet.shape([(0, 640), (1600, 640), (1600, 650), (0, 650)], "#5c9aa0")
    _list_on_a_board(sheet, 800, 700)
    _blanket(sheet, 1140, 770)
    _glass(sheet, 470, 770)
    _headphones(sheet, 800, 800)
    _key(sheet, 300, 822)


def _list_on_a_board(sheet: Sheet, x: float, y: float) -> None:
    board = box(x - 150, y - 460, x + 150, y, 16)
    sheet.shape(board, fade("#9a6748", "#7d4c3a"), shadow=22)
    sheet.shape(box(x - 128, y - 420, x + 128, y - 24, 6), fade("#fffaf0", "#f3e8d4"), shadow=4)
    sheet.shape(box(x - 62, y - 482, x + 62, y - 434, 12), fade("#d9dfdc", "#93a6aa"), shadow=5)
    sheet.shape(oval(x, y - 474, 15), "#7d4c3a")
    for row in range(5):
        line = y - 366 + row * 70
        sheet.paint(sheet.strokes([box(x - 100, line - 15, x - 70, line + 15, 6)], 3), inks.TEAL)
        if row < 4:
            tick = [(x - 95, line - 2), (x - 87, line + 8), (x - 70, line - 18)]
            sheet.paint(sheet.strokes([tick[:2], tick[1:]], 6), inks.CLAY)
        reach = (150, 118, 140, 96, 128)[row]
        sheet.line([(x - 46, line), (x - 46 + reach, line)], "#c9bda6", 9)


def _blanket(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y + 4, 230, 0.5)
    for number, ink in enumerate((inks.PLUM, inks.MULBERRY, "#a9677f", inks.ROSE)):
        bottom = y - number * 62
        half = 205 - number * 6
        fold = [
            *arc(x - half, bottom - 31, 31, 31, 90, 270),
            *arc(x + half - 8, bottom - 31, 20, 31, -90, 90),
        ]
        mask = sheet.shape(
            fold, fade(mix(ink, inks.CREAM, 0.16), mix(ink, inks.NIGHT, 0.14)), shadow=6
        )
        seam = [(x - half, bottom - 31), (x + half, bottom - 31)]
        sheet.paint(within(mask, sheet.strokes([seam], 3)), mix(ink, inks.NIGHT, 0.4), 0.7)
        sheet.speckle(
            mask,
            inks.NIGHT,
            turn=90,
            reach=0.5,
            opacity=0.3,
            span=((x - 60) / 1600, (x + half) / 1600),
        )


def _glass(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y + 2, 92, 0.5)
    outline = [(x - 82, y - 250), (x + 82, y - 250), (x + 64, y), (x - 64, y)]
    mask = sheet.stencil(outline)
    sheet.paint(mask, "#eaf5f2", 0.5)
    water = [(x - 77, y - 186), (x + 77, y - 186), (x + 62, y - 12), (x - 62, y - 12)]
    sheet.shape(water, fade("#bfe0dc", "#7fb9ba"), 0.85)
    sheet.shape(oval(x, y - 186, 77, 10), "#d9efea")
    sheet.line([(x - 54, y - 220), (x - 44, y - 60)], "#ffffff", 10, 5, opacity=0.7)
    slice_ = oval(x + 66, y - 250, 52)
    sheet.shape(slice_, inks.AMBER)
    sheet.shape(oval(x + 66, y - 250, 43), "#fbe3a8")
    spokes = [[(x + 66, y - 250), p] for p in oval(x + 66, y - 250, 41)[::22]]
    sheet.paint(sheet.strokes(spokes, 3), inks.AMBER)


def _headphones(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y + 22, 190, 0.5)
    band = arc(x, y - 8, 148, 132, 188, 352)
    mask = sheet.strokes([band], 24)
    sheet.shade(mask, blur=10, drop=8)
    sheet.paint(mask, fade("#3a3f78", "#232a55", 0, (0.72, 0.9)))
    sheet.paint(sheet.strokes([arc(x, y - 8, 155, 139, 205, 300)], 4), inks.LILAC, 0.7)
    for side in (-1, 1):
        cup = oval(x + side * 140, y - 2, 38, 58, turn=side * 8)
        sheet.shape(cup, fade("#4a4f8c", "#262c5a"), shadow=6)
        sheet.shape(oval(x + side * 118, y, 22, 48, turn=side * 8), inks.AMBER)


def _key(sheet: Sheet, x: float, y: float) -> None:
    ring = sheet.strokes([oval(x - 42, y - 6, 40, 17)], 7)
    sheet.shade(ring, blur=6, drop=6)
    sheet.paint(ring, "#dfe6e2")
    sheet.shape(ribbon([(x - 8, y - 4), (x + 84, y + 12)], 12, 9), "#c7d1cf", shadow=5)
    sheet.shape(
        smooth([(x - 34, y - 20), (x + 8, y - 20), (x + 16, y + 4), (x - 20, y + 14)], closed=True),
        inks.CLAY,
        shadow=6,
    )


def understanding_off_label_treatment(sheet: Sheet) -> None:
    """Three bottles without a word on them; one label has slipped to the side."""
    sheet.wash(Blend([(0, "#3a3168"), (0.6, "#6a4a7c"), (1, "#a06a80")], 20))
    sheet.glow(830, 360, 640, "#e9a97c", 0.6)
    sheet.shape([(0, 680), (1600, 680), (1600, 900), (0, 900)], fade("#e8c9a6", "#c99f80"))
    sheet.shape([(0, 680), (1600, 680), (1600, 692), (0, 692)], "#f6e0c2")
    _bottle(sheet, 420, 760, 118, 380, ("#1d5b66", "#5ea5a6"), inks.SAND)
    _bottle(sheet, 1290, 756, 92, 300, ("#7a3a5c", "#c08593"), inks.BLUSH)
    _bottle(sheet, 770, 786, 150, 480, ("#b4652f", "#f0b35c"), inks.CREAM)
    gap = box(672, 476, 868, 672, 8)
    dashes = [list(piece) for piece in _dashes(gap, 26)]
    sheet.paint(sheet.strokes(dashes, 4), "#fff1d4", 0.9)
    slipped = ribbon([(966, 660), (1150, 730)], 190)
    sheet.shape(slipped, fade("#fffaf0", "#ecdcc0"), shadow=20)
    rim = ribbon([(980, 665), (1136, 725)], 160)
    sheet.paint(sheet.strokes([[*rim, rim[0]]], 4), inks.CLAY, 0.8)


def _dashes(outline: Path, size: float) -> list[Path]:
    """A closed outline as separate short lines."""
    closed = [*outline, outline[0]]
    dense: Path = []
    for start, end in pairwise(closed):
        steps = max(1, round(math.dist(start, end) / 2))
        dense += [along([start, end], step / steps) for step in range(steps)]
    each = round(size / 2)
    return [dense[at : at + round(each * 0.6)] for at in range(0, len(dense) - each, each)]


def _bottle(
    sheet: Sheet, x: float, y: float, half: float, high: float, glass: tuple[str, str], label: str
) -> None:
    floor_shadow(sheet, x, y, half * 1.25, 0.5)
    neck, shoulder = half * 0.44, y - high * 0.74
    body = [
        *box(x - half, shoulder, x + half, y, half * 0.3)[46:138],
        *smooth(
            [
                (x - half, shoulder + half * 0.3),
                (x - half * 0.82, shoulder - half * 0.1),
                (x - neck, shoulder - half * 0.36),
                (x - neck, y - high),
            ]
        ),
        *smooth(
            [
                (x + neck, y - high),
                (x + neck, shoulder - half * 0.36),
                (x + half * 0.82, shoulder - half * 0.1),
                (x + half, shoulder + half * 0.3),
            ]
        ),
    ]
    mask = sheet.stencil(body)
    sheet.shade(mask, blur=24, drop=14, aside=16, opacity=0.4)
    across = ((x - half) / 1600, (x + half) / 1600)
    sheet.paint(
        mask, Blend([(0, glass[0]), (0.3, glass[1]), (0.65, glass[1]), (1, glass[0])], 90, across)
    )
    sheet.speckle(mask, inks.NIGHT, turn=90, reach=0.5, span=across, opacity=0.4)
    shine = sheet.strokes(
        [[(x - half * 0.72, shoulder + half * 0.4), (x - half * 0.72, y - half * 0.35)]], half * 0.1
    )
    sheet.paint(shine, "#ffffff", 0.55)
    cap = box(x - neck * 1.25, y - high - half * 0.5, x + neck * 1.25, y - high + 10, 9)
    sheet.shape(cap, Blend([(0, inks.NIGHT), (0.35, inks.DUSK), (1, inks.NIGHT)], 90), shadow=5)
    if label != inks.CREAM:
        paper = sheet.stencil(
            box(x - half - 2, shoulder + high * 0.2, x + half + 2, y - high * 0.14)
        )
        sheet.paint(
            within(mask, paper),
            Blend(
                [(0, mix(label, inks.NIGHT, 0.25)), (0.4, label), (1, mix(label, inks.NIGHT, 0.3))],
                90,
                across,
            ),
        )
        stripe = sheet.stencil(
            box(x - half - 2, shoulder + high * 0.25, x + half + 2, shoulder + high * 0.275)
        )
        sheet.paint(within(mask, stripe), glass[0], 0.7)
