"""Pictures for the articles about conditions: feelings and nerves as landscapes, lines and leaves.

Each function takes an empty sheet and draws one picture on it. None shows a person.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import (
    Path,
    along,
    arc,
    branches,
    leaf,
    oval,
    ribbon,
    ridge,
    smooth,
)
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def fibromyalgia(sheet: Sheet) -> None:
    """A calm field of lines that rises at many places, as pain in many places does."""
    sheet.wash(Blend([(0, "#241c41"), (0.45, inks.PLUM), (0.8, "#b0657a"), (1, "#e3ab8d")], 0))
    sheet.glow(1180, 180, 900, inks.MULBERRY, 0.55)
    bumps = [
        (230, 470, 105, 130),
        (455, 300, 80, 90),
        (560, 640, 120, 160),
        (790, 420, 95, 120),
        (930, 720, 110, 130),
        (1080, 290, 85, 105),
        (1190, 560, 130, 175),
        (1420, 400, 90, 110),
        (1390, 740, 95, 105),
    ]
    rows = 27
    for row in range(rows):
        base = 170 + row * 30
        path: Path = []
        for x in range(-20, 1641, 10):
            lift = 0.0
            for bx, by, spread, high in bumps:
                near = math.exp(-(((base - by) / 75) ** 2))
                lift += high * near * math.exp(-(((x - bx) / spread) ** 2))
            sway = 16 * math.sin(x / 260 + row * 0.22) + 7 * math.sin(x / 97 - row * 0.4)
            path.append((x, base + sway - lift))
        depth = row / (rows - 1)
        ground = [*path, (1640, 960), (-20, 960)]
        sheet.shape(ground, mix("#2a2049", mix(inks.CLAY, inks.BLUSH, 0.25), depth**1.5), 0.62)
        warm = mix(inks.LILAC, inks.HONEY, min(1, depth * 1.4))
        sheet.line(path, warm, 2.4, opacity=0.55 + 0.35 * depth)
    for x, y, _, high in bumps:
        top = y - high * 0.78
        sheet.glow(x, top, 105, inks.AMBER, 0.6)
        sheet.glow(x, top, 30, "#fff0cf", 0.9)


def migraine(sheet: Sheet) -> None:
    """The zigzag crescent of an aura, opening over a dim field."""
    sheet.wash(Blend([(0, "#151a35"), (0.6, "#2b2a5c"), (1, "#54305f")], 60))
    sheet.glow(560, 520, 620, "#5a4a92", 0.55)
    bands = [
        inks.DEEP,
        inks.TEAL,
        inks.LAGOON,
        inks.MIST,
        inks.CREAM,
        inks.HONEY,
        inks.AMBER,
        inks.CLAY,
        inks.MULBERRY,
        inks.PLUM,
        "#33244f",
        "#20204a",
    ]
    for number, ink in enumerate(bands):
        x, y = 610 + number * 30, 420 + number * 20
        outline = _zigzag(x, y, 545 - number * 39)
        mask = sheet.stencil(outline)
        sheet.shade(mask, blur=18, drop=6, opacity=0.3)
        sheet.paint(mask, ink)
        sheet.speckle(mask, inks.NIGHT, turn=45, reach=0.5, opacity=0.3, span=(0.1, 0.8))
    sheet.glow(940, 640, 190, "#4a4a86", 0.7)
    for number in range(9):
        line = [
            (x, 560 + number * 44 + 34 * math.sin(x / 230 + number * 0.45))
            for x in range(1180, 1650, 10)
        ]
        sheet.line(line, inks.LILAC, 0.5, 3.2, opacity=0.5 - number * 0.04)


def _zigzag(x: float, y: float, radius: float, teeth: int = 30) -> Path:
    """A ring of teeth, long at the upper left and flat where the rings meet at the lower right."""
    path: Path = []
    for step in range(teeth * 2):
        angle = math.tau * step / (teeth * 2)
        swell = 0.5 - 0.5 * math.cos(angle - math.radians(34))
        reach = radius * (1 + (0.1 if step % 2 else -0.1) * swell**1.2)
        path.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return path


def complex_regional_pain_syndrome(sheet: Sheet) -> None:
    """Two leaves of one stem: one cool and quiet, one warm with every vein awake."""
    sheet.wash(Blend([(0, "#f6ead8"), (0.6, "#ecd9c3"), (1, "#dcb9a8")], 20))
    sheet.glow(1130, 380, 620, "#f1b878", 0.55)
    sheet.glow(380, 420, 560, "#c9ded6", 0.75)
    stem = smooth([(806, 960), (797, 860), (804, 740), (800, 655)])
    sheet.line(stem, mix(inks.MOSS, inks.PLUM, 0.3), 15, 9)
    _leaf_with_veins(sheet, 800, 660, 760, 370, 207, (inks.DEEP, inks.LAGOON), inks.MIST, veins=9)
    _leaf_with_veins(sheet, 800, 660, 800, 410, -29, (inks.PLUM, inks.CLAY), inks.HONEY, veins=17)


def _leaf_with_veins(
    sheet: Sheet,
    x: float,
    y: float,
    length: float,
    width: float,
    turn: float,
    colours: tuple[str, str],
    vein: str,
    *,
    veins: int,
) -> None:
    outline = leaf(x, y, length, width, turn, belly=0.86)
    mask = sheet.stencil(outline)
    sheet.shade(mask, blur=34, drop=30, opacity=0.3)
    sheet.shape(outline, fade(*colours, 90))
    half = sheet.stencil(outline[: len(outline) // 2])
    sheet.paint(half, inks.NIGHT, 0.16)
    sheet.speckle(
        mask,
        inks.NIGHT,
        turn=0,
        reach=0.5,
        opacity=0.25,
        span=(min(p[1] for p in outline) / 900, max(p[1] for p in outline) / 900),
    )
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def place(a: float, b: float) -> tuple[float, float]:
        return x + a * cosine - b * sine, y + a * sine + b * cosine

    lines: list[Path] = []
    fine: list[Path] = []
    for number in range(1, veins + 1):
        t = number / (veins + 1) * 0.88
        for side in (-1, 1):
            reach = width * 0.46 * math.sin(math.pi * (t + 0.1) ** 0.86)
            curve = smooth(
                [
                    place(t * length, 0),
                    place(t * length + reach * 0.42, side * reach * 0.5),
                    place(t * length + reach * 0.95, side * reach * 0.86),
                ]
            )
            lines.append(curve)
            if veins > 10:
                for share in (0.3, 0.55, 0.78):
                    fx, fy = along(curve, share)
                    sway = sheet.random.uniform(-16, 16)
                    fine.append(
                        branches(sheet.random, (fx, fy), turn + side * 88 + sway, 40, 1, 0, bend=6)[
                            0
                        ][0]
                    )
    middle = smooth([place(0, 0), place(length * 0.5, -5), place(length * 0.97, 0)])
    clipped = sheet.strokes(lines, 4.4, 1.0)
    sheet.paint(within(clipped, mask), vein, 0.85)
    if fine:
        sheet.paint(within(sheet.strokes(fine, 2.4, 0.8), mask), inks.CREAM, 0.7)
    sheet.line(middle, vein, 9, 2, opacity=0.95)


def neuropathic_pain(sheet: Sheet) -> None:
    """Branching fibres that carry sparks of a signal."""
    sheet.wash(Blend([(0, "#0f2f3b"), (0.55, "#174e5a"), (1, "#2d6b70")], 35))
    sheet.glow(1250, 220, 760, inks.LAGOON, 0.4)
    sheet.glow(200, 860, 620, "#0b2230", 0.7)
    far = [((-40, 640), -12), ((1040, 960), -68), ((1660, 720), 200)]
    near = [((-40, 230), 16), ((1660, 330), 165)]
    for starts, ink, opacity in ((far, "#0c3440", 0.85), (near, "#4f979b", 0.5)):
        for start, angle in starts:
            tree = branches(sheet.random, start, angle, 330, 26, 4, spread=40, bend=8)
            sheet.paint(sheet.tree(tree), ink, opacity)
    tree = branches(sheet.random, (-60, 830), -28, 430, 36, 6, spread=38, bend=9)
    mask = sheet.tree(tree)
    sheet.shade(mask, blur=14, drop=16, ink="#04161d", opacity=0.5)
    sheet.paint(mask, Blend([(0, "#f7e6c9"), (0.55, "#f0d3ae"), (1, "#f6c98a")], 90))
    for path, _, _, depth in tree:
        if depth == 0:
            x, y = path[-1]
            sheet.glow(x, y, 36, inks.AMBER, 0.8)
            sheet.shape(oval(x, y, 5.5), inks.HONEY)


def treatment_resistant_depression(sheet: Sheet) -> None:
    """Ranges of hills in fog below a heavy sky, with one thin band of light."""
    sheet.wash(
        Blend(
            [
                (0, "#171c3c"),
                (0.3, "#2c3163"),
                (0.44, "#6a5a8c"),
                (0.52, "#cf9488"),
                (0.565, "#f4cd95"),
                (0.62, "#e0b3a0"),
                (1, "#8d89a8"),
            ]
        )
    )
    for number in range(5):
        base = 40 + number * 78
        cloud = ridge(sheet.random, 1600, base, 30, waves=0.7, rough=5)
        outline = [(0, -10), (1600, -10), *cloud[::-1]]
        sheet.shape(outline, mix("#10152d", "#4a4479", number / 5), 0.3, shadow=22)
    sheet.glow(1080, 505, 560, "#ffd9a0", 0.7)
    sheet.glow(1080, 508, 210, "#fff0cd", 0.9)
    inks_of_ranges = ["#c69ca3", "#a688a6", "#8273a0", "#625d92", "#46487c", "#2d3261", "#161b38"]
    for number, ink in enumerate(inks_of_ranges):
        top = ridge(
            sheet.random,
            1600,
            528 + number * 57,
            62 - number * 3,
            waves=1.1 + number * 0.18,
            rough=6,
        )
        foot = mix(ink, "#e0c3bd", 0.55 * (1 - number / 6))
        sheet.shape([*top, (1600, 910), (0, 910)], fade(ink, foot))


def post_traumatic_stress_disorder(sheet: Sheet) -> None:
    """A night lake: rings run outwards through the moon's reflection."""
    sheet.wash(Blend([(0, "#131a36"), (0.38, "#2a3868"), (0.5, "#56719a"), (1, "#16213f")]))
    sheet.glow(1040, 210, 460, "#8fa6c6", 0.6)
    sheet.shape(oval(1040, 210, 92), fade("#fdf4df", "#ecd6b4"))
    for number in range(3):
        hill = ridge(
            sheet.random,
            1600,
            425 - number * 6,
            64 - number * 22,
            waves=1.2 + number * 0.5,
            rough=6,
        )
        ink = mix("#4b6389", "#17223f", number / 2)
        sheet.shape([*hill, (1600, 455), (0, 455)], ink)
    water = [(0, 450), (1600, 450), (1600, 900), (0, 900)]
    sheet.shape(water, Blend([(0, "#4c6690"), (0.3, "#2e4270"), (1, "#141c38")]))
    x, y = 1040, 640
    for number in range(15, 0, -1):
        rx = 42 * number + 5.5 * number**1.65
        ring = oval(x, y, rx, rx * 0.25)
        shade = mix("#f2dfb8", "#33477a", min(1, number / 10))
        sheet.paint(within(sheet.stencil(ring), sheet.stencil(water)), shade, 0.16)
        rim = sheet.strokes([arc(x, y, rx, rx * 0.25, 0, 360)], max(1.2, 3.6 - number * 0.15))
        sheet.paint(
            within(rim, sheet.stencil(water)),
            mix("#fff1d2", "#7f97c0", number / 15),
            0.75 - number * 0.03,
        )
    sheet.glow(x, y, 120, "#fff1d2", 0.7)
    reeds = []
    for _ in range(34):
        foot = sheet.random.uniform(-20, 400)
        high = sheet.random.uniform(240, 560) * (1 - foot / 700)
        lean = sheet.random.uniform(-30, 90)
        reeds.append(
            smooth([(foot, 920), (foot + lean * 0.2, 920 - high * 0.5), (foot + lean, 920 - high)])
        )
    sheet.paint(sheet.strokes(reeds, 11, 1.5), "#0d1328")
    for reed in reeds[::5]:
        (ax, ay), (bx, by) = along(reed, 0.8), along(reed, 0.94)
        head = ribbon([(ax, ay), (bx, by)], 13, 11)
        sheet.shape(head, "#0d1328")
        sheet.shape(oval(ax, ay, 6.5), "#0d1328")
        sheet.shape(oval(bx, by, 5.5), "#0d1328")


def chronic_low_back_pain(sheet: Sheet) -> None:
    """Smooth stones stacked in the curve of a spine; one low stone holds warmth."""
    sheet.wash(Blend([(0, "#dfe8df"), (0.55, "#efe3cf"), (1, "#e0c4a6")]))
    sheet.shape(oval(1120, 330, 300), "#f3ead9", 0.8)
    for number in range(3):
        dune = ridge(sheet.random, 1600, 700 + number * 70, 46, waves=0.7 + number * 0.3, rough=3)
        sheet.shape(
            [*dune, (1600, 910), (0, 910)],
            fade(mix("#dcbd9c", "#a7a08d", number / 2), mix("#c99f7e", "#7d8a80", number / 2)),
        )
    stones = 8
    for number in range(stones):
        t = number / (stones - 1)
        y = 812 - number * 94 + 14 * t * t * 4.2
        x = 800 + 78 * math.sin(t * 5.2 + 0.2)
        rx, ry = 200 - 96 * t, 53 - 13 * t
        ink, low = mix("#2c6670", "#9cc0bb", t), mix("#143d49", "#5c8f92", t)
        if number == 2:
            sheet.glow(x, y, 330, inks.AMBER, 0.75)
            ink, low = "#f6c877", "#c9693f"
        tilt = 5 * math.cos(t * 5.2)
        outline = smooth(
            [
                (px + sheet.random.uniform(-4, 4), py + sheet.random.uniform(-2, 2))
                for px, py in oval(x, y, rx, ry, turn=tilt)[:-1:12]
            ],
            closed=True,
        )
        mask = sheet.stencil(outline)
        sheet.shade(mask, blur=16, drop=16, opacity=0.34)
        sheet.shape(outline, fade(ink, low))
        span = ((y - ry) / 900, (y + ry) / 900)
        sheet.speckle(mask, inks.NIGHT, turn=0, span=span, reach=0.75, opacity=0.35)
        shine = sheet.stencil(oval(x - rx * 0.2, y - ry * 0.62, rx * 0.5, ry * 0.16, turn=tilt - 3))
        sheet.shade(within(mask, shine), blur=7, ink="#ffffff", opacity=0.45)
