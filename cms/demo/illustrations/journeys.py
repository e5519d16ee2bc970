"""Pictures about getting there: pins and roads, a map, a suitcase, a way from home to the sea.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, along, arc, box, leaf, oval, ribbon, smooth
from cms.demo.illustrations.furnishings import floor_shadow
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.scenery import round_tree
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def parking_and_arriving(sheet: Sheet) -> None:
    """Two map pins joined by a curved road."""
    sheet.wash(Blend([(0, "#d3e2da"), (0.6, "#eadfc6"), (1, "#dcc39c")], 40))
    fields = (
        ([(-50, 520), (300, 430), (640, 560), (560, 960), (-50, 960)], "#9fc0ac"),
        ([(900, -50), (1650, -50), (1650, 330), (1290, 420), (960, 240)], "#a9c8bd"),
        ([(980, 640), (1650, 520), (1650, 960), (860, 960)], "#e2b98c"),
        ([(-50, -50), (430, -50), (360, 210), (-50, 300)], "#c6b7c9"),
    )
    for points, ink in fields:
        sheet.shape(smooth(points, closed=True), fade(mix(ink, inks.CREAM, 0.25), ink), 0.85)
    way = smooth(
        [(360, 660), (520, 760), (760, 700), (760, 480), (900, 330), (1240, 350)], steps=30
    )
    road = sheet.strokes([way], 74)
    sheet.shade(road, blur=14, drop=8, opacity=0.3)
    sheet.paint(road, "#4b5a6c")
    sheet.paint(sheet.strokes([way], 62), "#59687a")
    dashes = [[along(way, (n + 0.15) / 26), along(way, (n + 0.65) / 26)] for n in range(26)]
    sheet.paint(sheet.strokes(dashes, 5), "#f6e6c6", 0.9)
    for x, y in (
        (170, 700),
        (250, 840),
        (620, 860),
        (1420, 180),
        (1050, 140),
        (1300, 760),
        (1460, 690),
    ):
        round_tree(sheet, x, y, 110, "#6d9a78")
    _pin(sheet, 360, 660, 300, "#0b4f6c")
    _pin(sheet, 1240, 350, 260, "#d98f3f")


def _pin(sheet: Sheet, x: float, y: float, height: float, ink: str) -> None:
    radius = height * 0.32
    middle = y - height + radius
    floor_shadow(sheet, x + 10, y + 2, height * 0.24, 0.5)
    outline = [*arc(x, middle, radius, radius, 152, 388), (x, y)]
    mask = sheet.shape(
        outline, fade(mix(ink, inks.CREAM, 0.18), mix(ink, inks.NIGHT, 0.2), 90), shadow=14
    )
    span = ((x - radius) / sheet.width, (x + radius) / sheet.width)
    sheet.speckle(mask, inks.NIGHT, turn=90, reach=0.5, span=span, opacity=0.4)
    sheet.shape(oval(x, middle, radius * 0.46), "#fdf4e1", shadow=4)


def two_offices_map(sheet: Sheet) -> None:
    """A road map with one star in the south and one in the north."""
    sheet.wash(fade("#3f7f86", "#235863"))
    sheet.speckle(sheet.stencil(box(0, 0, 1200, 900)), inks.NIGHT, turn=40, reach=0.5, opacity=0.15)
    panels = [
        (150 + n * 225, 90 + 26 * (n % 2), 375 + n * 225, 116 - 26 * (n % 2)) for n in range(4)
    ]
    paper = sheet.stencil(
        *[
            [(left, first), (right, second), (right, second + 690), (left, first + 690)]
            for left, first, right, second in panels
        ]
    )
    sheet.shade(paper, blur=26, drop=22, opacity=0.45)
    sheet.paint(paper, "#f6ecd8")
    for points, ink in (
        ([(120, 90), (420, 60), (520, 260), (330, 400), (120, 330)], "#c5d8c4"),
        ([(700, 520), (1080, 470), (1080, 830), (760, 830)], "#c5d8c4"),
        ([(120, 560), (330, 620), (420, 830), (120, 830)], "#e9d3b4"),
    ):
        sheet.paint(within(paper, sheet.stencil(smooth(points, closed=True))), ink)
    river = smooth([(120, 470), (320, 500), (520, 440), (760, 470), (1080, 330)], steps=20)
    sheet.paint(within(paper, sheet.strokes([river], 30, 44)), "#9ccaca")
    streets: list[Path] = [[(120, y), (1080, y - 50)] for y in (190, 290, 600, 700)]
    streets += [[(x, 60), (x + 70, 840)] for x in (250, 390, 800, 930)]
    sheet.paint(within(paper, sheet.strokes(streets, 7)), "#dcc8a8")
    main = smooth([(480, 840), (520, 690), (600, 560), (620, 420), (690, 280), (700, 60)], steps=24)
    sheet.paint(within(paper, sheet.strokes([main], 26)), "#bf8a54")
    sheet.paint(within(paper, sheet.strokes([main], 18)), "#f0bf7c")
    for number, (left, first, right, second) in enumerate(panels):
        fold = sheet.stencil(
            [(left, first), (right, second), (right, second + 690), (left, first + 690)]
        )
        sheet.paint(fold, inks.NIGHT, 0.09 if number % 2 else 0.0)
    _star(sheet, 530, 664, 54, "#d98f3f")
    _star(sheet, 680, 236, 46, "#0b4f6c")


def _star(sheet: Sheet, x: float, y: float, size: float, ink: str) -> None:
    disc = sheet.stencil(oval(x, y, size * 1.35))
    sheet.shade(disc, blur=10, drop=7, opacity=0.4)
    sheet.paint(disc, "#fffaf0")
    points = [
        (x + r * math.sin(n * math.pi / 5), y - r * math.cos(n * math.pi / 5))
        for n, r in enumerate((size, size * 0.44) * 5)
    ]
    sheet.shape(points, ink)


def visiting_from_out_of_town(sheet: Sheet) -> None:
    """A small suitcase beside a palm leaf and a calendar."""
    sheet.wash(fade("#f3dcc6", "#f7e8d4"))
    sheet.shape(oval(820, 420, 400), "#e9b7a4", 0.55)
    sheet.shape([(0, 660), (1600, 660), (1600, 900), (0, 900)], fade("#7d4a70", "#552a50"))
    sheet.shape([(0, 660), (1600, 660), (1600, 670), (0, 670)], "#a9708f")
    _palm_leaf(sheet, 560, 770)
    _calendar(sheet, 1190, 780, 300, 360, dots=((1, 1), (2, 1), (4, 2)))
    _suitcase(sheet, 800, 800)


def _palm_leaf(sheet: Sheet, x: float, y: float) -> None:
    spine = smooth(
        [(x + 60, y), (x - 20, y - 260), (x - 150, y - 470), (x - 330, y - 600)], steps=20
    )
    for number in range(19):
        share = 0.2 + 0.78 * number / 18
        px, py = along(spine, share)
        long = 250 * math.sin(math.pi * (0.2 + 0.74 * share)) ** 0.8
        for side, turn in ((1, -12 - 34 * share), (-1, -196 + 60 * share)):
            blade = leaf(px, py, long, long * 0.15, turn, belly=0.8)
            ink = mix("#2e8b57", inks.MOSS, 0.25 + 0.35 * (side < 0) + 0.12 * (number % 2))
            sheet.shape(blade, ink)
    sheet.line(spine, mix(inks.FERN, inks.HONEY, 0.5), 11, 3)


def _calendar(
    sheet: Sheet, x: float, y: float, wide: float, high: float, *, dots: tuple[tuple[int, int], ...]
) -> None:
    """A leaf of a calendar without names or numbers; `dots` are (column, row)."""
    floor_shadow(sheet, x, y + 2, wide * 0.6, 0.5)
    page = box(x - wide / 2, y - high, x + wide / 2, y, 16)
    mask = sheet.shape(page, fade("#fffaf0", "#efe2cb"), shadow=16)
    head = sheet.stencil(box(x - wide / 2, y - high, x + wide / 2, y - high * 0.8))
    sheet.paint(within(mask, head), "#2b7680")
    for share in (-0.28, 0.28):
        sheet.shape(
            box(x + wide * share - 9, y - high - 20, x + wide * share + 9, y - high + 34, 9),
            "#23304f",
        )
    pitch = wide / 7.2
    for row in range(5):
        for column in range(6):
            cx = x + (column - 2.5) * pitch
            cy = y - high * 0.68 + row * high * 0.145
            marked = (column, row) in dots
            ink = (inks.CLAY, inks.AMBER, inks.MULBERRY)[row % 3] if marked else "#e0d1b6"
            half = pitch * (0.4 if marked else 0.32)
            sheet.shape(
                oval(cx, cy, half)
                if marked
                else box(cx - half, cy - half, cx + half, cy + half, 5),
                ink,
            )


def headache_diary(sheet: Sheet) -> None:
    """A calendar page with a few days marked by coloured dots, and a pencil."""
    sheet.wash(Blend([(0, "#3a3a72"), (0.6, "#6a5590"), (1, "#a3788f")], 30))
    sheet.glow(600, 420, 520, "#c99aa6", 0.5)
    sheet.shape([(0, 760), (1200, 760), (1200, 900), (0, 900)], fade("#2c2a58", "#201f45"))
    _calendar(sheet, 580, 800, 560, 640, dots=((1, 0), (4, 1), (2, 2), (5, 3), (0, 4)))
    body = [(930, 838), (1080, 440)]
    mask = sheet.strokes([body], 34)
    sheet.shade(mask, blur=14, drop=10, opacity=0.45)
    sheet.shape(ribbon(body, 36), fade("#f3c57a", "#d98f3f", 90))
    sheet.shape([(913, 832), (947, 845), (905, 892)], "#f8e5c4")
    sheet.shape([(909, 862), (922, 867), (905, 892)], inks.NIGHT)
    sheet.shape(ribbon([(1072, 461), (1086, 424)], 38), "#d9dfdc")
    sheet.shape(ribbon([(1086, 424), (1098, 392)], 36), inks.ROSE)


def _suitcase(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y + 6, 250, 0.6)
    handle = sheet.strokes(
        [
            [(x - 70, y - 330), (x - 70, y - 390)],
            [(x + 70, y - 330), (x + 70, y - 390)],
            [(x - 70, y - 390), (x + 70, y - 390)],
        ],
        20,
    )
    sheet.paint(handle, "#5a3a34")
    case = sheet.shape(box(x - 220, y - 330, x + 220, y, 34), fade("#e3a45c", "#bb6f43"), shadow=20)
    span = ((x - 220) / 1600, (x + 220) / 1600)
    sheet.speckle(case, inks.NIGHT, turn=90, reach=0.55, span=span, opacity=0.4)
    bands = [box(x + at - 22, y - 330, x + at + 22, y) for at in (-120, 120)]
    sheet.paint(within(case, sheet.stencil(*bands)), fade("#8a4a3c", "#6b352f"))
    sheet.paint(within(case, sheet.stencil(box(x - 220, y - 170, x + 220, y - 162))), "#8a4a3c")
    for at in (-120, 120):
        sheet.shape(box(x + at - 16, y - 186, x + at + 16, y - 146, 6), "#f6e2b4", shadow=3)
    sheet.shape(box(x - 46, y - 128, x + 46, y - 60, 8), "#fbf1de", 0.9)


def travel_plan(sheet: Sheet) -> None:
    """A dotted line that runs from a house to a sun over waves."""
    sheet.wash(Blend([(0, "#bfe0db"), (0.55, "#f6ead2"), (1, "#f6d6b0")], 20))
    sheet.glow(880, 300, 460, "#fff0c6", 0.9)
    sheet.shape(oval(900, 320, 128), fade("#ffd98f", "#f0a558"))
    for number, ink in enumerate(("#9fcfca", "#6fb0b0", "#43878f", "#285f70")):
        base = 400 + number * 46
        edge = [(x, base + 15 * math.sin(x / 64 + number * 1.4)) for x in range(-20, 1221, 8)]
        mask = sheet.stencil([*edge, (1220, 910), (-20, 910)])
        sheet.shade(mask, blur=9, drop=-5, opacity=0.15)
        sheet.paint(mask, ink)
        sheet.line(edge, "#ffffff", 3, opacity=0.6)
    shore = smooth(
        [(-60, 560), (220, 500), (520, 590), (680, 720), (760, 960), (-60, 960)], closed=True
    )
    mask = sheet.stencil(shore)
    sheet.shade(mask, blur=14, drop=6, opacity=0.3)
    sheet.paint(mask, fade("#cfd9a8", "#86ab83", 0, (0.55, 1)))
    round_tree(sheet, 110, 700, 210, "#5f8f6b")
    _house(sheet, 290, 740)
    way = smooth(
        [(345, 700), (470, 640), (500, 480), (420, 320), (540, 180), (720, 190), (800, 262)],
        steps=40,
    )
    for size, ink in ((11.0, "#fffaf0"), (7.5, inks.PLUM)):
        sheet.paint(sheet.stencil(*[oval(*along(way, n / 24), size) for n in range(25)]), ink)


def _house(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y, 130, 0.5)
    sheet.shape(box(x + 42, y - 226, x + 70, y - 140), "#8a4a3c")
    sheet.shape(box(x - 95, y - 130, x + 95, y), fade("#fffaf0", "#ecd9bc"), shadow=12)
    sheet.shape(
        [(x - 120, y - 126), (x, y - 236), (x + 120, y - 126)], fade("#8a3f6b", "#5f2a54"), shadow=8
    )
    sheet.shape(box(x + 18, y - 86, x + 62, y, 4), fade("#2b7680", "#1c5864"))
    sheet.shape(box(x - 66, y - 92, x - 14, y - 40, 4), fade("#ffdf9c", "#f3b35f"))
    sheet.paint(
        sheet.stencil(box(x - 42, y - 92, x - 38, y - 40), box(x - 66, y - 68, x - 14, y - 64)),
        "#fffaf0",
    )


def first_visit_folder(sheet: Sheet) -> None:
    """An open folder with three papers, a pen and a small pill box."""
    sheet.wash(fade("#d9c3a5", "#c4a583"))
    sheet.speckle(sheet.stencil(box(0, 0, 1200, 900)), "#7d5a40", turn=60, reach=0.6, opacity=0.16)
    sheet.shape(box(110, 170, 600, 790, 22), fade("#1f6672", "#174e5a", 90), shadow=26)
    sheet.shape(box(600, 170, 1050, 790, 22), fade("#2b7680", "#1f6672", 90), shadow=26)
    sheet.shape(box(592, 170, 608, 790), "#123c49")
    sheet.shape([(150, 500), (560, 560), (560, 750), (150, 750)], "#164a55", shadow=8)
    for turn, ink, aside in ((-5.0, "#f0e2c8", -16), (3.0, "#f7ecd8", 10), (-1.0, "#fffaf0", 0)):
        _paper(sheet, 820 + aside, 480, turn, ink)
    pen = [(230, 300), (470, 420)]
    mask = sheet.strokes([pen], 22)
    sheet.shade(mask, blur=9, drop=9, opacity=0.5)
    sheet.paint(mask, "#3b3b78")
    sheet.shape(ribbon([along(pen, 0.62), along(pen, 0.7)], 24), inks.HONEY)
    sheet.shape([(464, 427), (476, 411), (504, 438)], "#d9dfdc")
    for number in range(4):
        left = 190 + number * 82
        sheet.shape(box(left, 596, left + 74, 690, 12), fade("#fbe3c0", "#efb98c"), shadow=6)
        sheet.shape(box(left + 6, 602, left + 68, 640, 9), "#fff3dd", 0.8)
        sheet.shape(
            oval(left + 37, 664, 11), (inks.MULBERRY, inks.CREAM, inks.TEAL, inks.AMBER)[number]
        )


def _paper(sheet: Sheet, x: float, y: float, turn: float, ink: str) -> None:
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def place(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * cosine - dy * sine, y + dx * sine + dy * cosine

    sheet.shape(
        [place(-180, -250), place(180, -250), place(180, 250), place(-180, 250)], ink, shadow=8
    )
    rows = [
        [place(-136, -120 + n * 44), place(136 - 52 * (n % 3), -120 + n * 44)] for n in range(8)
    ]
    sheet.paint(sheet.strokes(rows, 9), "#d8c6a8")
    sheet.paint(sheet.strokes([[place(-136, -186), place(20, -186)]], 17), inks.LAGOON)
