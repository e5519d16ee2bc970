"""The four demo locations from the street, as flat architecture.

Each function takes an empty sheet and draws one building on it. The buildings are made up.
"""

from __future__ import annotations

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, arc, box, oval, ridge, smooth
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.scenery import cloud, palm, round_tree, shrubs
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def clinic_dallas(sheet: Sheet) -> None:
    """An office block with long sun fins and an amber canopy."""
    sheet.wash(Blend([(0, "#5f9fab"), (0.5, "#cfdccb"), (0.78, "#f6dcae"), (1, "#f0c489")]))
    sheet.glow(1010, 480, 520, "#fff0c6", 0.8)
    for x, y, width in ((240, 120, 380), (930, 190, 420)):
        cloud(sheet, x, y, width, "#fdf5e2", 0.6)
    for left, high, wide in ((-20, 210, 120), (110, 150, 90), (960, 240, 110), (1080, 170, 140)):
        sheet.shape(box(left, 690 - high, left + wide, 700), fade("#a9bdb6", "#d6cdb2"))
    sheet.shape([(0, 690), (1200, 690), (1200, 900), (0, 900)], fade("#c9b598", "#a68f7c"))
    _side_wing(sheet)
    front = box(240, 170, 800, 690)
    mask = sheet.shape(front, fade("#0f5a74", "#0b4358", 90), shadow=26)
    for floor in range(5):
        top = 196 + floor * 86
        band = sheet.stencil(box(240, top, 800, top + 58))
        sheet.paint(
            within(mask, band), Blend([(0, "#9fd0d2"), (0.4, "#f6dfb0"), (1, "#5d9aa6")], 70)
        )
        sheet.paint(within(mask, sheet.stencil(box(240, top + 58, 800, top + 66))), "#f3ead7")
    fins = [box(240 + n * 28, 150, 247 + n * 28, 612) for n in range(21)]
    fin_mask = sheet.stencil(*fins)
    sheet.shade(fin_mask, blur=3, aside=8, drop=4, opacity=0.3)
    sheet.paint(fin_mask, fade("#f7efe0", "#d9cbb0", 0, (0.16, 0.7)))
    sheet.shape(box(226, 138, 814, 160), "#f3ead7", shadow=6)
    sheet.shape(box(228, 612, 812, 632), "#f3ead7", shadow=8)
    glass = sheet.shape(box(262, 632, 778, 690), fade("#f8dfa6", "#e6b56c"))
    sheet.paint(
        within(
            glass, sheet.stencil(*[box(262 + n * 43, 632, 266 + n * 43, 690) for n in range(13)])
        ),
        "#0f4a60",
    )
    canopy = [(420, 596), (640, 596), (664, 622), (396, 622)]
    sheet.shape(canopy, fade("#f2b155", "#d68c34"), shadow=12)
    for x in (420, 636):
        sheet.shape(box(x, 622, x + 8, 700), "#0f4a60")
    _steps(sheet, 530, 690)
    round_tree(sheet, 150, 738, 250, "#5f8f6b")
    round_tree(sheet, 1000, 748, 290, "#548468")
    shrubs(sheet, 690, 900, 726, 34, "#5d8d70")
    shrubs(sheet, 240, 380, 726, 30, "#5d8d70")
    _street(sheet, 800)


def _side_wing(sheet: Sheet) -> None:
    sheet.shape(box(790, 430, 1010, 690), fade("#e9dcc2", "#cdb998", 90), shadow=18)
    for row in range(2):
        for column in range(3):
            x, y = 818 + column * 62, 468 + row * 112
            sheet.shape(box(x, y, x + 40, y + 78, 2), fade("#8fc0c4", "#f3d9a6"))
    sheet.shape(box(782, 420, 1020, 436), "#0f5a74")


def _steps(sheet: Sheet, x: float, y: float) -> None:
    for number in range(4):
        half = 120 + number * 22
        sheet.shape(
            box(x - half, y + number * 12, x + half, y + number * 12 + 13),
            mix("#fbf3e4", "#cbb79b", number / 3),
        )


def _street(sheet: Sheet, y: float, ink: str = "#54566a") -> None:
    sheet.shape(box(0, y - 16, 1200, y), "#e6dac6")
    sheet.shape([(0, y), (1200, y), (1200, 910), (0, 910)], fade(ink, mix(ink, inks.NIGHT, 0.35)))
    dashes = [[(-30 + n * 170, y + 56), (50 + n * 170, y + 56)] for n in range(8)]
    sheet.paint(sheet.strokes(dashes, 6), "#f0e4cc", 0.8)


def clinic_plano(sheet: Sheet) -> None:
    """Three gabled pavilions of pale stone on a wide lawn."""
    sheet.wash(Blend([(0, "#4b7f9c"), (0.35, "#9cc0c0"), (0.62, "#f2e2bf"), (1, "#f2d3a0")]))
    sheet.shape(oval(930, 220, 78), "#fff4d8")
    sheet.glow(930, 220, 330, "#fff1c8", 0.7)
    for x, y, width in ((300, 150, 460), (760, 320, 330), (1080, 110, 260)):
        cloud(sheet, x, y, width, "#fbf3e2", 0.6)
    far = ridge(sheet.random, 1200, 560, 24, waves=1.4, rough=4)
    sheet.shape([*far, (1200, 700), (0, 700)], "#86a68f")
    lawn = smooth([(-10, 640), (400, 622), (800, 634), (1210, 618)])
    sheet.shape([*lawn, (1210, 910), (-10, 910)], fade("#8fb183", "#4a7d68"))
    for x, wide, high, roof in (
        (250, 300, 210, "#34597a"),
        (920, 320, 200, "#34597a"),
        (580, 380, 280, "#0b4f6c"),
    ):
        _pavilion(sheet, x, 690, wide, high, roof)
    path = [
        (545, 690),
        (615, 690),
        (640, 730),
        (680, 790),
        (780, 860),
        (860, 930),
        (420, 930),
        (500, 840),
        (530, 760),
    ]
    sheet.shape(smooth(path, closed=True), fade("#f3e2bf", "#dcc096"))
    for x, y, height, ink in (
        (60, 700, 230, "#b56a86"),
        (1130, 706, 250, "#c08593"),
        (1010, 730, 170, "#a9607c"),
    ):
        round_tree(sheet, x, y, height, ink)
    shrubs(sheet, 130, 420, 716, 30, "#4f8068")
    shrubs(sheet, 740, 1000, 716, 30, "#4f8068")
    for x, y in ((250, 800), (330, 846), (840, 800), (930, 850), (1040, 812), (150, 860)):
        shrubs(sheet, x, x + 60, y, 16, "#3f7062")


def _pavilion(sheet: Sheet, x: float, foot: float, wide: float, high: float, roof: str) -> None:
    left, right, eaves = x - wide / 2, x + wide / 2, foot - high * 0.62
    top = foot - high * 1.28
    wall = [(left, eaves), (x, top), (right, eaves), (right, foot), (left, foot)]
    mask = sheet.shape(wall, fade("#f6ecd8", "#dcc8a6"), shadow=22)
    courses = [
        [(left, foot - n * 17), (right, foot - n * 17)] for n in range(1, round(high * 1.2 / 17))
    ]
    sheet.paint(within(mask, sheet.strokes(courses, 1.4)), "#b79f7b", 0.4)
    inner = wide * 0.34
    glass = [
        (x - inner, foot),
        (x - inner, eaves + 6),
        (x, top + high * 0.24),
        (x + inner, eaves + 6),
        (x + inner, foot),
    ]
    pane = sheet.shape(glass, Blend([(0, "#6fa6b0"), (0.5, "#cfe0d2"), (1, "#f6d697")], 0))
    bars = [
        box(x + k * inner * 0.5 - 3, top, x + k * inner * 0.5 + 3, foot) for k in (-2, -1, 0, 1, 2)
    ]
    bars.append(box(left, foot - high * 0.36, right, foot - high * 0.36 + 6))
    sheet.paint(within(pane, sheet.stencil(*bars)), roof)
    slope = high * 0.66 / (wide / 2)
    for side in (-1, 1):
        over = wide / 2 + 34
        band = [
            (x, top - 30),
            (x + side * over, top - 30 + slope * over),
            (x + side * over, top + slope * over),
            (x, top),
        ]
        sheet.shape(
            band,
            fade(mix(roof, inks.CREAM, 0.15), roof) if side < 0 else mix(roof, inks.NIGHT, 0.25),
            shadow=8,
        )


def clinic_delray_beach(sheet: Sheet) -> None:
    """A white house with round corners, plum awnings and palms."""
    sheet.wash(Blend([(0, "#4f9aa3"), (0.4, "#a9d3cb"), (0.72, "#fbe6c4"), (1, "#f4c9a4")]))
    sheet.glow(240, 260, 420, "#fff4d4", 0.8)
    for x, y, width in ((900, 130, 420), (320, 210, 300)):
        cloud(sheet, x, y, width, "#ffffff", 0.55)
    sheet.shape(box(0, 560, 1200, 720), fade("#6fb0a6", "#4f9a94"))
    sheet.shape([(0, 712), (1200, 712), (1200, 900), (0, 900)], fade("#f0ddb9", "#d9b98f"))
    body = [*_round_left(190, 300, 150), (960, 300), (960, 712), (190, 712)]
    mask = sheet.shape(
        body,
        Blend([(0, "#dfe3d8"), (0.16, "#fffaf0"), (0.8, "#fbf0dd"), (1, "#e6d3b8")], 90),
        shadow=28,
    )
    tower = box(560, 200, 720, 712, 26)
    sheet.shape(tower, fade("#fffaf0", "#f0dfc4", 90), shadow=16)
    for number in range(3):
        stripe = sheet.stencil(box(180, 330 + number * 15, 970, 336 + number * 15))
        sheet.paint(within(mask, stripe), "#7a1f5c", 0.9)
    sheet.shape(box(560, 322, 720, 712), fade("#fffaf0", "#f0dfc4", 90))
    for number in range(5):
        fin = box(592 + number * 20, 226, 600 + number * 20, 330 + 14 * (2 - abs(2 - number)), 4)
        sheet.shape(fin, "#2e8b57" if number == 2 else "#7a1f5c")
    _ribbon_windows(sheet)
    for x in (606, 642):
        sheet.shape(box(x, 540, x + 32, 700, 2), fade("#8cc0bd", "#f3d9a8"))
    sheet.shape(box(590, 530, 690, 540), "#7a1f5c")
    sheet.shape(oval(640, 432, 34), "#7a1f5c")
    sheet.shape(oval(640, 432, 26), fade("#9fd0cf", "#f6dfb0"))
    canopy = box(540, 508, 740, 528, 10)
    sheet.shape(canopy, fade("#8f3a72", "#6b1b50"), shadow=10)
    sheet.shape([(600, 700), (680, 700), (730, 800), (550, 800)], "#fbeed6")
    shrubs(sheet, 200, 560, 724, 30, "#3f8562")
    shrubs(sheet, 730, 1000, 724, 30, "#3f8562")
    palm(sheet, 120, 760, 560, 70, green="#3a8a62")
    palm(sheet, 1120, 770, 500, -60, green="#3a7f62")
    _street(sheet, 812, "#6b6478")


def _round_left(left: float, top: float, radius: float) -> Path:
    return arc(left + radius, top + radius, radius, radius, 180, 270)


def _ribbon_windows(sheet: Sheet) -> None:
    for row, top in enumerate((396, 506, 616)):
        for left, right in ((214, 536), (746, 936)):
            frame = box(left, top, right, top + 72, 34 if left < 300 else 8)
            pane = sheet.shape(frame, Blend([(0, "#7fb5b8"), (0.6, "#cfe2d4"), (1, "#f8e2b4")], 60))
            bars = [box(left + n * 54, top, left + n * 54 + 5, top + 72) for n in range(1, 6)]
            sheet.paint(within(pane, sheet.stencil(*bars)), "#fffaf0")
            ledge = box(left - 14, top - 20, right + 14, top - 5, 8)
            sheet.shape(ledge, fade("#8f3a72", "#6b1b50") if row else "#2e8b57", shadow=8)


def clinic_kairos(sheet: Sheet) -> None:
    """A brick house between its neighbours at dusk, its windows lit."""
    sheet.wash(Blend([(0, "#2a2c6c"), (0.4, "#6f68a6"), (0.7, "#e3ab9b"), (1, "#f6cf95")]))
    sheet.shape(oval(990, 150, 44), "#fff4da")
    for x, y, width in ((300, 130, 400), (860, 260, 380)):
        cloud(sheet, x, y, width, "#f0cdbf", 0.4)
    _house(sheet, -60, 330, 230, "#5b5793", "#d8cfe0", lit=0.3)
    _house(sheet, 850, 1150, 290, "#c9a27c", "#f3e4cb", lit=0.4)
    _house(sheet, 1146, 1330, 350, "#4f7080", "#d5e0dd", lit=0.4)
    _house(sheet, 322, 858, 150, "#a5523f", "#f6e8d2", lit=1.0, main=True)
    sheet.shape(box(0, 742, 1200, 800), fade("#cdb9a6", "#a8948c"))
    _marble_steps(sheet, 590, 742)
    _street_lamp(sheet, 250, 790)
    round_tree(sheet, 980, 790, 330, "#6b8f5f")
    shrubs(sheet, 340, 490, 752, 24, "#4f8068")
    shrubs(sheet, 700, 840, 752, 24, "#4f8068")
    _street(sheet, 806, "#474a66")


def _house(
    sheet: Sheet,
    left: float,
    right: float,
    top: float,
    brick: str,
    trim: str,
    *,
    lit: float,
    main: bool = False,
) -> None:
    foot = 745.0
    outline = box(left, top, right, foot)
    mask = sheet.shape(
        outline, fade(mix(brick, inks.CREAM, 0.08), mix(brick, inks.NIGHT, 0.24), 90), shadow=20
    )
    courses = [[(left, y), (right, y)] for y in range(round(top) + 12, round(foot), 14)]
    sheet.paint(within(mask, sheet.strokes(courses, 1.3)), mix(brick, inks.CREAM, 0.5), 0.3)
    for depth, high in ((20, 0), (12, 18), (6, 30)):
        sheet.shape(
            box(left - depth, top - 30 + high, right + depth, top - 12 + high, 2),
            mix(trim, brick, high / 70),
            shadow=5,
        )
    brackets = [
        box(x, top + 12, x + 12, top + 36, 3)
        for x in range(round(left) + 16, round(right) - 12, 42)
    ]
    sheet.paint(sheet.stencil(*brackets), trim)
    columns = 4 if main else 2
    pitch = (right - left) / columns
    for row in range(3):
        high = 118 - row * 6
        y = top + 66 + row * (foot - top - 76) / 3
        for column in range(columns):
            x = left + pitch * (column + 0.5)
            if main and row == 2 and column in (1, 2):
                continue
            _tall_window(sheet, x, y, pitch * 0.42, high, trim, sheet.random.random() < lit)
    if main:
        _front_door(sheet, (left + right) / 2, foot, trim)


def _tall_window(
    sheet: Sheet, x: float, y: float, wide: float, high: float, trim: str, lit: bool
) -> None:
    half = wide / 2
    sheet.shape(box(x - half - 8, y - 14, x + half + 8, y - 2, 2), trim)
    sheet.shape(box(x - half - 10, y + high, x + half + 10, y + high + 9, 2), trim, shadow=4)
    fill: Blend = fade("#ffe4a8", "#f3b35f") if lit else fade("#4a4f86", "#2f3466")
    pane = sheet.shape(box(x - half, y, x + half, y + high), fill)
    bars = [
        box(x - 2, y, x + 2, y + high),
        box(x - half, y + high * 0.48, x + half, y + high * 0.48 + 5),
    ]
    sheet.paint(within(pane, sheet.stencil(*bars)), mix(trim, inks.NIGHT, 0.12))
    if lit:
        drape = [(x - half, y), (x - half + wide * 0.3, y), (x - half, y + high * 0.8)]
        other = [(x + half, y), (x + half - wide * 0.3, y), (x + half, y + high * 0.8)]
        sheet.paint(within(pane, sheet.stencil(drape, other)), "#fff4d8", 0.7)


def _front_door(sheet: Sheet, x: float, foot: float, trim: str) -> None:
    top = foot - 196
    sheet.shape(
        [*arc(x, top + 62, 92, 84, 180, 360), (x + 92, foot), (x - 92, foot)], trim, shadow=8
    )
    light = arc(x, top + 66, 70, 62, 180, 360)
    sheet.shape(light, fade("#ffe6ae", "#f6bf6c"))
    rays = [[(x, top + 66), p] for p in light[15:-10:18]]
    sheet.paint(sheet.strokes(rays, 3), trim)
    sheet.shape(box(x - 70, top + 66, x + 70, foot), fade("#3b3b98", "#2b2b74", 90))
    for column in (-1, 1):
        for up, down in ((0.1, 0.46), (0.56, 0.92)):
            a, b = top + 66 + 130 * up, top + 66 + 130 * down
            sheet.shape(box(x + column * 35 - 23, a, x + column * 35 + 23, b, 3), "#5151ae")
    sheet.shape(box(x - 1.5, top + 66, x + 1.5, foot), "#22225c")
    for dx in (-9, 9):
        sheet.shape(oval(x + dx, foot - 64, 4.5), "#ffb81c")


def _marble_steps(sheet: Sheet, x: float, y: float) -> None:
    for number in range(4):
        half = 92 + number * 16
        step = box(x - half, y + number * 13, x + half, y + number * 13 + 14, 2)
        sheet.shape(step, fade("#fffaf2", "#d9d0cb"), shadow=3)


def _street_lamp(sheet: Sheet, x: float, y: float) -> None:
    sheet.glow(x, y - 330, 210, "#ffdf9a", 0.85)
    sheet.line([(x, y - 300), (x, y)], "#22254a", 9, 13)
    sheet.shape(box(x - 17, y - 14, x + 17, y, 3), "#22254a")
    head = [(x - 15, y - 305), (x + 15, y - 305), (x + 25, y - 362), (x - 25, y - 362)]
    sheet.shape(head, fade("#fff3cf", "#ffc869"))
    sheet.paint(sheet.strokes([[*head, head[0]]], 4), "#22254a")
    sheet.shape([(x - 32, y - 360), (x + 32, y - 360), (x, y - 390)], "#22254a")
    sheet.shape(oval(x, y - 393, 6), "#22254a")
