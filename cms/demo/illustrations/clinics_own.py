"""Pictures for the articles that single clinics changed: the clinic's own town in each.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import arc, box, oval, ridge
from cms.demo.illustrations.furnishings import bright_window, floor_shadow, plant
from cms.demo.illustrations.homes import ROW, rowhouse, skyline
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def dallas_fibromyalgia(sheet: Sheet) -> None:
    """Soft circles, some brighter than others, above a low skyline at dusk."""
    sheet.wash(
        Blend(
            [(0, "#12304d"), (0.4, "#375879"), (0.66, "#a8788c"), (0.8, "#f0b785"), (1, "#0f3b50")]
        )
    )
    sheet.glow(980, 690, 620, "#ffd69a", 0.6)
    spots = [
        (250, 250, 120),
        (520, 130, 74),
        (640, 360, 150),
        (930, 190, 104),
        (1180, 330, 132),
        (1400, 160, 84),
        (1450, 470, 70),
        (330, 500, 66),
        (900, 520, 58),
    ]
    for number, (x, y, size) in enumerate(spots):
        bright = number % 3 == 2
        ink = inks.HONEY if bright else mix(inks.LILAC, inks.MIST, (number % 4) / 4)
        for ring in range(4):
            sheet.paint(
                sheet.stencil(oval(x, y, size * (1 - ring * 0.22))), ink, 0.14 + 0.05 * ring
            )
        sheet.paint(sheet.strokes([oval(x, y, size * 1.12)], 1.8), ink, 0.5)
        if bright:
            sheet.glow(x, y, size * 1.3, inks.AMBER, 0.55)
    skyline(sheet, 980, 742)
    for number, ink in enumerate(("#3f5f6c", "#24485a", "#0f3144")):
        top = ridge(sheet.random, 1600, 748 + number * 46, 16 + 6 * number, waves=0.8, rough=3)
        sheet.shape([*top, (1600, 910), (0, 910)], fade(ink, mix(ink, inks.NIGHT, 0.3)))


def kairos_infusion(sheet: Sheet) -> None:
    """One large drop above a row of narrow city houses."""
    sheet.wash(Blend([(0, "#2b2c72"), (0.45, "#5d5aa8"), (0.75, "#c9a0b4"), (1, "#f4c68d")]))
    for ring in range(5):
        sheet.paint(sheet.stencil(oval(800, 350, 520 - ring * 70)), "#a9a4d6", 0.09)
    sheet.glow(800, 360, 420, "#f6dfc0", 0.5)
    round_part = arc(800, 390, 132, 132, -28, 208)
    drop = [*round_part, (800, 92)]
    mask = sheet.stencil(drop)
    sheet.shade(mask, blur=30, drop=24, opacity=0.4)
    sheet.paint(mask, fade("#dff0ee", "#3f93a0", 0, (0.1, 0.58)))
    wave = [(x, 396 + 12 * math.sin(x / 40)) for x in range(640, 961, 6)]
    level = sheet.stencil([*wave, (960, 560), (640, 560)])
    sheet.paint(within(mask, level), fade("#6fb4b7", "#25707f", 0, (0.43, 0.58)))
    shine = arc(800, 390, 96, 96, 120, 190)
    sheet.paint(sheet.strokes([shine], 12, 5), "#ffffff", 0.75)
    left = -40.0
    for number, (ink, wide, high) in enumerate(ROW):
        rowhouse(sheet, left, 840, wide, high * 0.78, ink, number)
        left += wide
    sheet.shape(box(0, 838, 1600, 910), fade("#4b4668", "#2b2a50"))


def kairos_two_visits(sheet: Sheet) -> None:
    """Two arched windows side by side, one by day and one by night, above a long bench."""
    sheet.wash(fade("#45459b", "#31316f"))
    sheet.speckle(sheet.stencil(box(0, 0, 1600, 900)), inks.NIGHT, turn=70, reach=0.6, opacity=0.2)
    sheet.shape(box(0, 700, 1600, 716), "#6a68b4")
    sheet.shape([(0, 716), (1600, 716), (1600, 900), (0, 900)], fade("#8a5f52", "#5f3d43"))
    for number in range(7):
        y = 736 + number**1.7 * 6.5
        sheet.line([(0, y), (1600, y)], "#3f2838", 1.4, opacity=0.35)
    bright_window(sheet, 330, 110, 690, 590, arched=True)
    bright_window(sheet, 910, 110, 1270, 590, arched=True)
    night = sheet.stencil([*arc(1090, 290, 180, 180, 180, 360), (1270, 590), (910, 590)])
    sheet.paint(night, "#191b52", 0.74)
    moon = sheet.stencil(oval(1160, 300, 40))
    sheet.glow(1160, 300, 170, "#e9e2ff", 0.5)
    sheet.paint(moon, "#f7f0da")
    for x, y, size in ((990, 250, 4), (1040, 360, 3), (1090, 200, 3.5), (1225, 420, 3)):
        sheet.paint(sheet.stencil(oval(x, y, size)), "#f7f0da")
    sheet.shape([(330, 716), (690, 716), (840, 900), (360, 900)], "#ffd28a", 0.22)
    _bench(sheet, 470, 1130, 790)
    plant(sheet, 1420, 800, 380, pot=inks.AMBER)
    plant(sheet, 190, 812, 300, pot=inks.MULBERRY)


def _bench(sheet: Sheet, left: float, right: float, foot: float) -> None:
    """With a closed folder and a cup on it: time to read and to think."""
    floor_shadow(sheet, (left + right) / 2, foot, (right - left) * 0.54, 0.5)
    for x in (left + 50, right - 50):
        sheet.shape(box(x - 16, foot - 120, x + 16, foot), "#3b2740")
    seat = box(left, foot - 146, right, foot - 104, 14)
    sheet.shape(seat, fade("#ffcf6b", "#dc9740"), shadow=14)
    sheet.shape(box(left + 150, foot - 172, left + 340, foot - 146, 4), "#f6ecd8", shadow=6)
    sheet.shape(box(left + 150, foot - 182, left + 340, foot - 170, 4), "#8f6bb0")
    cup = box(right - 190, foot - 200, right - 138, foot - 146, 8)
    sheet.shape(cup, fade("#fdf4e1", "#dccbb0"), shadow=5)
    sheet.paint(sheet.strokes([oval(right - 132, foot - 174, 13, 13)], 6), "#eadcc4")
