"""Pictures for the home pages: prairie, sea, harbour and the place where paths meet.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math

from PIL import Image

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, box, oval, ribbon, ridge, smooth
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.scenery import cloud, grasses, palm, ripples, round_tree, sailing_boat
from cms.demo.illustrations.sheet import Blend, Sheet, fade


def home_dallas(sheet: Sheet) -> None:
    """Prairie grass at dawn with a city far away."""
    sheet.wash(
        Blend(
            [(0, "#12485f"), (0.28, "#3f7f8a"), (0.5, "#c8bd9d"), (0.62, "#f6c982"), (1, "#eda85c")]
        )
    )
    sheet.glow(1010, 560, 680, "#ffd98f", 0.85)
    sheet.shape(oval(1010, 548, 108), fade("#fff6dc", "#ffdf9c"))
    for x, y, width in ((300, 190, 420), (760, 120, 300), (1330, 230, 460), (560, 330, 260)):
        cloud(sheet, x, y, width, "#f3d9b4", 0.35)
    skyline(sheet, 1010, 592)
    colours = ["#b9a878", "#a39a63", "#7f8a5c", "#4f7461", "#2a5a5e", "#123f4c"]
    for number, ink in enumerate(colours):
        top = ridge(
            sheet.random,
            1600,
            596 + number * 46,
            22 + number * 5,
            waves=0.6 + 0.14 * number,
            rough=3,
        )
        sheet.shape(
            [*top, (1600, 910), (0, 910)],
            fade(mix(ink, inks.HONEY, 0.3 - number * 0.05), mix(ink, inks.NIGHT, 0.12)),
        )
        blades = [
            ([p, (p[0] + 5, p[1] - 7 - number * 4)], 2.0 + number * 0.3, 0.6, 0)
            for p in _spread(sheet, top, 150)
        ]
        sheet.paint(sheet.tree(blades), mix(ink, inks.HONEY, 0.25 if number < 4 else 0.05))
    round_tree(sheet, 300, 690, 190, "#5f7a55")
    grasses(sheet, -40, 1640, 920, 250, "#0d3440", 210, 0.22)
    grasses(sheet, -40, 1640, 930, 170, "#08262f", 190, 0.18)


def _spread(sheet: Sheet, top: Path, count: int) -> Path:
    return [sheet.random.choice(top) for _ in range(count)]


def skyline(sheet: Sheet, x: float, y: float) -> None:
    far = [
        (-330, 60, 46),
        (-270, 96, 38),
        (-222, 74, 52),
        (-120, 120, 40),
        (60, 150, 36),
        (210, 92, 50),
        (290, 62, 58),
    ]
    near = [(-172, 150, 44), (-70, 190, 50), (-8, 128, 58), (110, 176, 46), (166, 118, 40)]
    for towers, ink in ((far, "#c79f74"), (near, "#8e8168")):
        for left, high, wide in towers:
            tower = box(x + left, y - high, x + left + wide, y + 10)
            sheet.shape(tower, fade(ink, mix(ink, "#f6c982", 0.55)))
    roofs = [
        [(x - 70, y - 190), (x - 45, y - 236), (x - 20, y - 190)],
        [(x + 110, y - 176), (x + 156, y - 212), (x + 156, y - 176)],
        box(x - 154, y - 176, x - 146, y - 148),
    ]
    sheet.paint(sheet.stencil(*roofs), "#8e8168")


def home_delray_beach(sheet: Sheet) -> None:
    """Morning over the sea, framed by palms."""
    sheet.wash(
        Blend(
            [(0, "#7d3f70"), (0.2, "#c08593"), (0.4, "#f0c3a0"), (0.52, "#fbe3b6"), (1, "#f0d9b5")]
        )
    )
    sheet.glow(760, 460, 560, "#fff0c8", 0.9)
    sheet.shape(oval(760, 438, 96), "#fff8e6")
    for x, y, width in ((1120, 150, 440), (420, 230, 330), (1230, 330, 300)):
        cloud(sheet, x, y, width, "#fde9d2", 0.5)
    sea = box(0, 470, 1600, 900)
    sheet.shape(sea, Blend([(0, "#8fc1b8"), (0.25, "#4a9a94"), (0.7, "#236f72"), (1, "#1d5c64")]))
    column = sheet.stencil([(690, 470), (830, 470), (960, 760), (560, 760)])
    sheet.shade(column, blur=30, ink="#fff1cf", opacity=0.55)
    ripples(sheet, 560, 960, 480, 740, "#fff6dd", 90, 0.75)
    ripples(sheet, 0, 1600, 486, 760, "#d9efe4", 110, 0.4)
    sailing_boat(sheet, 1020, 512, 120, "#fff6e6", inks.PLUM)
    sailing_boat(sheet, 650, 490, 56, "#fbe9d6", inks.TEAL)
    for number in range(4):
        base = 690 + number * 40
        edge = [
            (x, base + 17 * math.sin(x / 190 + number * 1.3) + 8 * math.sin(x / 71 + number))
            for x in range(-20, 1641, 14)
        ]
        ink = ("#3f9391", "#7fbdb2", "#bfded0", "#ecd3ab")[number]
        mask = sheet.stencil([*edge, (1640, 930), (-20, 930)])
        sheet.shade(mask, blur=8, drop=-6, opacity=0.14)
        sheet.paint(mask, fade(ink, mix(ink, inks.CLAY, 0.22 if number == 3 else 0), 0, (0.76, 1)))
        sheet.line(edge, "#fffaf0", 4 if number == 3 else 2.4, opacity=0.85)
    palm(sheet, 110, 905, 640, 130, green="#2e7a58")
    palm(sheet, 1500, 905, 560, -110, green="#2e7a58")


ROW = (
    ("#9a4f42", 150, 330),
    ("#d9b48a", 132, 290),
    ("#3f5f86", 146, 352),
    ("#b5745c", 128, 304),
    ("#5b5793", 152, 338),
    ("#e0c49a", 130, 282),
    ("#7d3f55", 148, 356),
    ("#4f8080", 134, 300),
    ("#c88a5c", 150, 332),
    ("#37406f", 136, 296),
    ("#a85e4c", 154, 346),
    ("#d8a76a", 140, 310),
)


def home_kairos(sheet: Sheet) -> None:
    """Rowhouses along a harbour at nightfall, with lit windows and moored boats."""
    sheet.wash(
        Blend(
            [(0, "#1f2360"), (0.3, "#4a4a9a"), (0.5, "#b98aa6"), (0.64, "#f4c48a"), (1, "#30376e")]
        )
    )
    sheet.glow(420, 540, 620, "#ffcf8a", 0.6)
    sheet.shape(oval(1240, 150, 52), "#fff3d6", 0.95)
    for x, y, width in ((340, 200, 420), (900, 130, 280), (1340, 300, 380)):
        cloud(sheet, x, y, width, "#e9c7bf", 0.28)
    far = ridge(sheet.random, 1600, 520, 40, waves=2.2, rough=5)
    sheet.shape([*far, (1600, 640), (0, 640)], "#7d6a93", 0.7)
    quay = 622.0
    left = -40.0
    for number, (ink, wide, high) in enumerate(ROW):
        rowhouse(sheet, left, quay, wide, high * 0.86, ink, number)
        left += wide
    sheet.shape(box(0, quay, 1600, quay + 26), fade("#6d5f6e", "#453f5e"))
    water = box(0, quay + 26, 1600, 900)
    mirror = sheet.image.crop((0, round(quay) - 250, 1600, round(quay))).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    sheet.image.paste(mirror.resize((1600, 252)), (0, round(quay) + 26))
    sheet.shape(water, fade("#2c3170", "#171a42"), 0.66)
    ripples(sheet, 0, 1600, 655, 890, "#f6cf95", 100, 0.5)
    ripples(sheet, 0, 1600, 655, 890, "#1b1e4c", 130, 0.55)
    sailing_boat(sheet, 420, 760, 330, "#fdf0da", "#8a3f4f")
    sailing_boat(sheet, 1180, 720, 240, "#f6d9a8", "#2b7680")
    sailing_boat(sheet, 820, 690, 130, "#fdf0da", "#3b3b98")


def rowhouse(
    sheet: Sheet, left: float, foot: float, wide: float, high: float, ink: str, number: int
) -> None:
    top, right = foot - high, left + wide
    sheet.shape(
        box(left, top, right, foot), fade(mix(ink, inks.NIGHT, 0.12), mix(ink, inks.NIGHT, 0.38))
    )
    shade = sheet.stencil(box(right - 14, top, right, foot))
    sheet.paint(shade, inks.NIGHT, 0.22)
    if number % 4 == 1:
        gable = [(left - 4, top), ((left + right) / 2, top - 52), (right + 4, top)]
        sheet.shape(gable, mix(ink, inks.NIGHT, 0.5))
    elif number % 4 == 3:
        sheet.shape(
            [(left, top), (left + 16, top - 44), (right - 16, top - 44), (right, top)], "#3a3a66"
        )
        sheet.shape(
            box(left + wide / 2 - 12, top - 36, left + wide / 2 + 12, top - 6, 3), "#f4c67a"
        )
    sheet.shape(box(left - 3, top - 9, right + 3, top + 7), mix(ink, inks.CREAM, 0.45))
    lit = [sheet.random.random() < 0.62 for _ in range(9)]
    for row in range(3):
        for column in range(3):
            wx = left + wide * (0.14 + column * 0.27)
            wy = top + 26 + row * (high - 30) / 3.1
            if row == 2 and column == number % 3:
                sheet.shape(box(wx, wy + 6, wx + wide * 0.19, foot, 2), mix("#26264f", ink, 0.2))
                continue
            pane = box(wx, wy, wx + wide * 0.18, wy + high * 0.17, 2)
            sheet.shape(pane, "#ffd693" if lit[row * 3 + column] else "#2f3560")
            sheet.shape(
                box(wx - 3, wy + high * 0.17, wx + wide * 0.18 + 3, wy + high * 0.17 + 4),
                mix(ink, inks.CREAM, 0.5),
            )


def home_hub(sheet: Sheet) -> None:
    """Four paths that come from different sides and meet at one tree."""
    sheet.wash(
        Blend(
            [
                (0, "#254a63"),
                (0.25, "#6e9aa0"),
                (0.42, "#ead2ac"),
                (0.48, "#f8ddaa"),
                (1, "#3f6f6a"),
            ]
        )
    )
    sheet.glow(830, 390, 560, "#fff0c6", 0.95)
    sheet.shape(oval(830, 372, 72), "#fffaea")
    for x, y, width in ((330, 170, 420), (1270, 130, 360), (1060, 250, 240)):
        cloud(sheet, x, y, width, "#f8e9cf", 0.4)
    for number, ink in enumerate(("#b3a5bf", "#8ea3ab", "#7ba39a")):
        top = ridge(
            sheet.random,
            1600,
            402 + number * 22,
            44 - number * 9,
            waves=1.2 + 0.5 * number,
            rough=5,
        )
        sheet.shape(
            [*top, (1600, 910), (0, 910)], fade(ink, mix(ink, inks.CREAM, 0.35), 0, (0.4, 0.6))
        )
    for number, ink in enumerate(("#9db68f", "#7ba281", "#5a8c77", "#3f7569", "#2b5f60")):
        top = ridge(
            sheet.random,
            1600,
            462 + number * 74,
            26 + number * 6,
            waves=0.7 + number * 0.12,
            rough=3,
        )
        mask = sheet.stencil([*top, (1600, 910), (0, 910)])
        sheet.paint(mask, fade(mix(ink, inks.HONEY, 0.22), ink, 0, (0.5 + number * 0.06, 1)))
    _paths(sheet)
    for x, y, height, ink in (
        (262, 560, 120, "#5f8f6b"),
        (340, 572, 90, "#6f9a72"),
        (1330, 548, 130, "#4f8068"),
        (1420, 562, 96, "#6b966f"),
        (1120, 520, 70, "#6f9a72"),
        (560, 525, 64, "#5f8f6b"),
        (70, 636, 230, "#4a8068"),
        (1530, 636, 260, "#44795f"),
    ):
        round_tree(sheet, x, y, height, ink)


def _paths(sheet: Sheet) -> None:
    ends = (
        ([(-60, 770), (260, 690), (560, 640), (760, 585)], "#2b7680", 74),
        ([(330, 960), (480, 800), (660, 690), (790, 590)], "#6b2f5b", 96),
        ([(1180, 960), (1080, 800), (950, 690), (850, 590)], "#3b3b98", 96),
        ([(1680, 800), (1380, 700), (1060, 645), (880, 588)], "#d98f3f", 74),
    )
    for points, ink, wide in ends:
        way = smooth(points, steps=24)
        mask = sheet.stencil(ribbon(way, wide * 1.5, 26))
        sheet.shade(mask, blur=10, drop=8, opacity=0.3)
        sheet.paint(mask, mix(ink, inks.CREAM, 0.78))
        sheet.paint(sheet.stencil(ribbon(way, wide * 0.9, 13)), mix(ink, inks.CREAM, 0.3))
    for size, ink in ((96, "#fff3d6"), (74, "#f3d6a2"), (50, "#fff8e8")):
        mask = sheet.stencil(oval(822, 592, size, size * 0.36))
        sheet.shade(mask, blur=8, drop=5, opacity=0.2)
        sheet.paint(mask, ink)
    round_tree(sheet, 822, 590, 210, "#d99a52", "#6b4a40")
