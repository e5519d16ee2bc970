"""Pictures for the articles about treatments.

Each function takes an empty sheet and draws one picture on it. None shows a person.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, along, box, oval, ribbon, ridge, smooth
from cms.demo.illustrations.furnishings import (
    armchair,
    bright_window,
    pendant_lamp,
    plant,
    round_table,
)
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def ketamine_infusion(sheet: Sheet) -> None:
    """A drip bag whose line widens into slow waves."""
    sheet.wash(Blend([(0, "#e6efe8"), (0.5, "#f3e6d2"), (1, "#edc9a4")], 30))
    sheet.shape(oval(1180, 300, 235), "#f9e3bb", 0.85)
    sheet.shape(oval(1180, 300, 150), "#f7d596", 0.6)
    colours = [
        "#c9d8cf",
        "#a2c4c0",
        "#74a7aa",
        "#4b868f",
        "#386a80",
        "#3c4f7c",
        "#40386f",
        "#332656",
    ]
    crest: Path = []
    for number, ink in enumerate(colours):
        path: Path = []
        for x in range(-20, 1641, 16):
            calm = 1 / (1 + math.exp(-(x - 420) / 190))
            wave = math.sin(x / (270 - number * 8) + number * 0.85) * (58 - number * 3)
            path.append((x, 545 + number * 48 + wave * calm - 46 * (1 - calm) * (1 - number / 8)))
        if number == 0:
            crest = [(x, y - 3) for x, y in path if 480 < x < 1180]
        body = [*path, (1640, 960), (-20, 960)]
        mask = sheet.stencil(body)
        sheet.shade(mask, blur=14, drop=-8, opacity=0.16)
        sheet.shape(body, fade(mix(ink, inks.CREAM, 0.1), mix(ink, inks.NIGHT, 0.12)))
        sheet.line(path, mix(ink, "#ffffff", 0.45), 1.6, opacity=0.6)
    _bag(sheet, 330, 60, crest)


def _bag(sheet: Sheet, x: float, top: float, crest: Path) -> None:
    sheet.line([(x, -10), (x, top + 14)], "#7d949c", 5)
    outline = smooth(
        [
            (x - 78, top + 20),
            (x, top + 8),
            (x + 78, top + 20),
            (x + 98, top + 120),
            (x + 82, top + 236),
            (x + 20, top + 276),
            (x - 20, top + 276),
            (x - 82, top + 236),
            (x - 98, top + 120),
        ],
        closed=True,
    )
    mask = sheet.stencil(outline)
    sheet.shade(mask, blur=26, drop=20)
    sheet.paint(mask, fade("#fbfdfb", "#dcebe7", 0, (top / 900, (top + 270) / 900)))
    surface = smooth(
        [(x - 120, top + 108), (x - 40, top + 98), (x + 40, top + 112), (x + 120, top + 102)]
    )
    fluid = sheet.stencil([*surface, (x + 120, top + 300), (x - 120, top + 300)])
    sheet.paint(
        within(mask, fluid), fade("#a6d0cd", "#4f9299", 0, ((top + 90) / 900, (top + 280) / 900))
    )
    sheet.paint(
        sheet.strokes(
            [smooth([(x - 70, top + 62), (x - 80, top + 130), (x - 66, top + 214)])], 9, 5
        ),
        "#ffffff",
        0.75,
    )
    sheet.line([(x, top + 272), (x, top + 300)], "#7d949c", 12)
    sheet.shape(box(x - 19, top + 298, x + 19, top + 392, 16), "#f3faf8", 0.95, shadow=8)
    sheet.shape(box(x - 19, top + 358, x + 19, top + 392, 14), "#6aa6a9", 0.9)
    drop = [(x, top + 312), *oval(x, top + 332, 7)[10:80]]
    sheet.shape(drop, "#4f9299")
    tube = smooth([(x, top + 390), (x + 4, top + 424), (x + 50, top + 462), *crest])
    sheet.line(tube, "#f3faf8", 9, 2)
    sheet.line(tube, "#6aa6a9", 4, 1)


def nerve_blocks(sheet: Sheet) -> None:
    """Bright lines of a signal that leave a still zone thin and quiet."""
    sheet.wash(Blend([(0, "#2a1c3f"), (0.5, "#43285a"), (1, "#203a5a")], 90))
    sheet.glow(160, 450, 700, "#9a4f57", 0.5)
    sheet.glow(1400, 450, 700, "#2f6d7d", 0.5)
    still = oval(830, 450, 235, 350)
    lines: list[tuple[Path, float]] = []
    for number in range(25):
        share = number / 24 - 0.5
        path: Path = []
        for x in range(-20, 1641, 10):
            waist = 250 + 640 * abs((x - 830) / 830) ** 1.7
            loud = 1 / (1 + math.exp((x - 700) / 70))
            shiver = math.sin(x / 26 + number * 1.9) * 9 + math.sin(x / 61 + number) * 13
            path.append((x, 450 + share * waist + shiver * loud))
        lines.append((path, abs(share) * 2))
    for path, edge in lines:
        left = [p for p in path if p[0] <= 850]
        right = [p for p in path if p[0] >= 840]
        sheet.line(
            left,
            fade(
                mix(inks.HONEY, inks.CLAY, edge),
                mix(inks.ROSE, inks.PLUM, edge * 0.5),
                90,
                (0, 0.5),
            ),
            5.5,
            3.2,
        )
        sheet.line(right, mix(inks.MIST, inks.TEAL, edge), 2.4, 1.4, opacity=0.85)
    mask = sheet.stencil(still)
    sheet.shade(mask, blur=40, drop=14, opacity=0.4)
    sheet.paint(mask, fade("#bfdcd6", "#3f7f8a", 0, (0.1, 0.9)), 0.5)
    sheet.paint(
        sheet.stencil(oval(830, 450, 160, 250)), fade("#eef6ee", "#79b1b0", 0, (0.2, 0.8)), 0.45
    )
    sheet.paint(sheet.strokes([still], 2.4), "#e8f4ec", 0.8)
    for number, (path, _) in enumerate(lines[2:-2:3]):
        px, py = along(path, 0.1 + 0.045 * (number * 3 % 7))
        sheet.glow(px, py, 46, inks.AMBER, 0.8)
        sheet.shape(oval(px, py, 6.5), "#ffe7b6")


KNOTS = ((540.0, 640.0, 1.2), (1010, 330, 1.0), (1265, 690, 0.8))


def trigger_point_injections(sheet: Sheet) -> None:
    """Bands of muscle that part around three tight knots, and one fine needle."""
    sheet.wash("#24163f")
    lanes = 18
    for number in range(lanes):
        t = number / (lanes - 1)
        path = [_parted(point) for point in _band(-500 + number * 92, t)]
        ink = mix(mix("#3b2a61", "#c98d92", t), inks.MULBERRY, 0.12 + 0.16 * (number % 3))
        mask = sheet.strokes([path], 86)
        sheet.shade(mask, blur=16, drop=10, ink="#1c1233", opacity=0.4)
        sheet.paint(mask, ink)
        low = sheet.strokes([[(x, y + 34) for x, y in path]], 22)
        sheet.paint(within(mask, low), inks.NIGHT, 0.13)
        threads = [[(x, y + aside) for x, y in path] for aside in (-16, 10)]
        sheet.paint(within(mask, sheet.strokes(threads, 1.8)), mix(ink, inks.CREAM, 0.45), 0.5)
    for x, y, size in KNOTS:
        stain = sheet.stencil(oval(x, y, 100 * size, 48 * size, turn=-8))
        sheet.shade(stain, blur=14, ink="#2c1238", opacity=0.7)
        sheet.shape(oval(x, y, 78 * size, 36 * size, turn=-8), fade("#f0b468", "#b9574f"))
        sheet.glow(x, y, 150 * size, inks.AMBER, 0.7)
        for ring in range(3):
            loop = oval(x, y, (36 + ring * 26) * size, (15 + ring * 12) * size, turn=-8)
            sheet.paint(sheet.strokes([loop], 2), "#ffe6bd", 0.7 - ring * 0.17)
    _needle(sheet, (1010, 326), (1330, -40))


def _band(offset: float, t: float) -> Path:
    path = []
    for step in range(91):
        s = step / 90
        rise = 300 * s - 46 * math.sin(s * 4.4 + 0.4) - 70 * s * (t - 0.5)
        path.append((-120 + s * 1840, offset + 470 - rise))
    return path


def _parted(point: tuple[float, float]) -> tuple[float, float]:
    """The point pushed up or down, away from a knot that is near."""
    x, y = point
    for kx, ky, size in KNOTS:
        near = math.exp(-(((x - kx) / (150 * size)) ** 2) - ((y - ky) / (120 * size)) ** 2)
        y += math.tanh((y - ky) / 30) * 34 * size * near
    return x, y


def _needle(sheet: Sheet, tip: tuple[float, float], end: tuple[float, float]) -> None:
    shaft = [along([tip, end], share) for share in (0, 0.25, 0.5)]
    mask = sheet.strokes([shaft], 2.5, 6)
    sheet.shade(mask, blur=8, drop=12, aside=10, opacity=0.5)
    sheet.paint(mask, "#eef3f2")
    hub = ribbon([along([tip, end], 0.5), along([tip, end], 0.62)], 16, 30)
    sheet.shape(hub, fade("#4f9299", "#22606a", 90), shadow=8)
    barrel = ribbon([along([tip, end], 0.62), end], 58)
    sheet.shape(barrel, fade("#f6fbf8", "#b5d3cf", 90), 0.95, shadow=10)
    sheet.shape(ribbon([along([tip, end], 0.62), along([tip, end], 0.8)], 46), "#8fc1bf", 0.8)


def pain_management_consultation(sheet: Sheet) -> None:
    """Two chairs at a small table in front of a bright window."""
    sheet.wash(fade("#cfded6", "#b7cdc8"))
    sheet.speckle(sheet.stencil(box(0, 0, 1600, 900)), inks.TEAL, turn=60, reach=0.5, opacity=0.1)
    sheet.shape([(0, 690), (1600, 690), (1600, 900), (0, 900)], fade("#d8b892", "#bd9270"))
    sheet.shape(box(0, 676, 1600, 692), "#eef2ea")
    for number in range(9):
        y = 712 + number**1.7 * 5.2
        sheet.line([(0, y), (1600, y)], "#9c7352", 1.4, opacity=0.35)
    bright_window(sheet, 590, 90, 1010, 470)
    sheet.shape(oval(800, 800, 520, 78), fade("#7d5a86", "#5b3d6e"), 0.95)
    sheet.paint(sheet.strokes([oval(800, 800, 490, 69)], 3), "#d9b6c0", 0.7)
    _pictures(sheet)
    plant(sheet, 1395, 735, 420, pot=inks.MULBERRY)
    pendant_lamp(sheet, 800, 30, inks.PLUM, 0.72)
    armchair(sheet, 500, 800, 290, inks.TEAL, facing=1)
    armchair(sheet, 1100, 800, 290, inks.INDIGO, facing=-1)
    round_table(sheet, 800, 808, 250, 150)
    for x, ink in ((760, inks.CREAM), (842, inks.HONEY)):
        sheet.shape(box(x - 16, 620, x + 16, 650, 6), fade(ink, mix(ink, inks.CLAY, 0.3)))
        sheet.paint(sheet.strokes([oval(x + 19, 634, 8, 8)], 4), ink)


def _pictures(sheet: Sheet) -> None:
    for left, top, right, bottom, ink in (
        (170, 170, 330, 390, inks.PLUM),
        (360, 230, 470, 370, inks.TEAL),
    ):
        sheet.shape(box(left - 12, top - 12, right + 12, bottom + 12, 3), "#f9f2e4", shadow=8)
        mask = sheet.stencil(box(left, top, right, bottom))
        sheet.paint(mask, fade(mix(ink, inks.CREAM, 0.75), mix(ink, inks.BLUSH, 0.6)))
        wide = right - left
        for number in range(3):
            hill = ridge(
                sheet.random,
                wide + 40,
                top + (bottom - top) * (0.5 + number * 0.18),
                26,
                waves=0.9,
                rough=2,
            )
            land = [(left - 20 + x, y) for x, y in hill]
            land += [(right + 20, bottom), (left - 20, bottom)]
            sheet.paint(
                within(mask, sheet.stencil(land)), mix(mix(ink, inks.BLUSH, 0.5), ink, number / 2)
            )
        sun = oval(left + wide * 0.66, top + (bottom - top) * 0.3, wide * 0.13)
        sheet.paint(within(mask, sheet.stencil(sun)), inks.AMBER)
