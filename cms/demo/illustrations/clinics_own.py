"""Pictures for the articles that single clinics changed: the clinic's own town in each.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import arc, box, oval, ridge
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
