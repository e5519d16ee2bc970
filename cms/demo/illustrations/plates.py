"""Plates that stand beside text: a nerve, signals on their way, and a treatment room.

Each function takes an empty sheet and draws one picture on it. None shows a person or a word.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, along, arc, box, branches, oval, smooth
from cms.demo.illustrations.furnishings import (
    bright_window,
    drip_stand,
    floor_shadow,
    pendant_lamp,
    plant,
)
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def nerve_signal(sheet: Sheet) -> None:
    """A nerve cell, its long wrapped fibre, and the ends that reach the next cell."""
    sheet.wash(Blend([(0, "#f7efe1"), (1, "#e9d8c2")], 30))
    sheet.shape(oval(320, 350, 340), "#f2dfc4", 0.8)
    sheet.shape(oval(985, 660, 290), "#dfe6dc", 0.9)
    cell = (320.0, 350.0)
    found = []
    for turn in (150, 190, 232, 275, 318, 105):
        start = (
            cell[0] + 62 * math.cos(math.radians(turn)),
            cell[1] + 62 * math.sin(math.radians(turn)),
        )
        found += branches(sheet.random, start, turn, 120, 30, 3, spread=42, bend=9)
    body = sheet.stencil(
        smooth(
            [
                (cell[0] + r * math.cos(a * math.tau / 9), cell[1] + r * math.sin(a * math.tau / 9))
                for a, r in enumerate((118, 100, 108, 96, 104, 92, 106, 94, 100))
            ],
            closed=True,
        )
    )
    axon = smooth(
        [(385, 405), (480, 480), (600, 480), (720, 510), (800, 590), (890, 630)], steps=30
    )
    ends = branches(sheet.random, axon[-1], 24, 96, 20, 3, spread=44, bend=8)
    mask = sheet.tree(found)
    fibre = sheet.strokes([axon], 40, 18)
    for part in (mask, fibre, sheet.tree(ends), body):
        sheet.shade(part, blur=10, drop=10, opacity=0.22)
    for part in (mask, fibre, sheet.tree(ends)):
        sheet.paint(part, fade("#2b7680", "#3f8f95", 90))
    sheet.paint(body, fade("#2b7680", "#1c5864", 0, (0.2, 0.5)))
    sheet.shape(oval(cell[0], cell[1], 46), fade("#7d4470", "#4f2450"), shadow=6)
    sheet.shape(oval(cell[0] + 12, cell[1] - 10, 14), inks.ROSE)
    _wrapping(sheet, axon)
    _signal(sheet, axon)
    for path, _, _, depth in ends:
        if depth == 0:
            sheet.shape(oval(*path[-1], 13), fade("#54a0a2", inks.TEAL))
            for _ in range(5):
                x, y = (
                    path[-1][0] + sheet.random.uniform(14, 52),
                    path[-1][1] + sheet.random.uniform(-24, 30),
                )
                sheet.shape(oval(x, y, sheet.random.uniform(2.5, 5)), inks.AMBER)


def _wrapping(sheet: Sheet, axon: Path) -> None:
    count = 6
    for number in range(count):
        first, last = 0.1 + number * 0.15, 0.16 + number * 0.15
        piece = [along(axon, first + (last - first) * step / 12) for step in range(13)]
        mask = sheet.strokes([piece], 62, 58)
        sheet.shade(mask, blur=8, drop=9, opacity=0.3)
        sheet.paint(mask, fade("#f6d9a2", "#e3a75c", 0, (0.4, 0.75)))
        upper = [(x - 2, y - 15) for x, y in piece]
        sheet.paint(within(mask, sheet.strokes([upper], 8)), "#fff3d8", 0.75)


def _signal(sheet: Sheet, axon: Path) -> None:
    for number in range(6):
        x, y = along(axon, 0.055 + number * 0.15)
        sheet.glow(x, y, 60, "#fff2c8", 0.85)
        sheet.shape(oval(x, y, 8), "#fffdf4")
        if number in (1, 3, 5):
            for ring, size in enumerate((70, 92)):
                sheet.paint(
                    sheet.strokes([arc(x, y, size, size, 200, 260)], 4),
                    inks.CLAY,
                    0.75 - ring * 0.3,
                )
                sheet.paint(
                    sheet.strokes([arc(x, y, size, size, 20, 80)], 4), inks.CLAY, 0.75 - ring * 0.3
                )


def pain_signals(sheet: Sheet) -> None:
    """Thin wavy lines that grow thicker as they move towards a circle."""
    sheet.wash(Blend([(0, "#15324a"), (0.6, "#27476b"), (1, "#5a3a6b")], 70))
    sheet.glow(880, 450, 460, "#a86a72", 0.6)
    for number in range(13):
        share = number / 12 - 0.5
        path: Path = []
        for x in range(-20, 861, 8):
            near = max(0.0, x / 860)
            spread = 760 * share * (1 - near**1.6) + 210 * share * near**1.6
            wave = 20 * math.sin(x / 62 + number * 1.7) * (1 - near * 0.55)
            path.append((x, 450 + spread + wave))
        ink = mix(inks.LAGOON, inks.HONEY, abs(share) * 0.6 + 0.2 * (number % 3))
        mask = sheet.strokes([path], 2, 20)
        sheet.shade(mask, blur=6, drop=5, opacity=0.35)
        sheet.paint(mask, fade(ink, inks.AMBER, 90, (0.2, 0.72)))
    for size, ink in ((172, "#8a4770"), (138, "#c9705a"), (100, "#f0a858"), (58, "#ffe6b4")):
        mask = sheet.stencil(oval(890, 450, size))
        sheet.shade(mask, blur=16, opacity=0.35)
        sheet.paint(mask, ink)
    for ring in range(4):
        loop = arc(890, 450, 205 + ring * 34, 205 + ring * 34, -70, 70)
        sheet.paint(sheet.strokes([loop], 3), inks.HONEY, 0.55 - ring * 0.12)


def infusion_room(sheet: Sheet) -> None:
    """A quiet room: a reclining chair, a drip stand, a lamp and a window."""
    sheet.wash(fade("#e3ddcf", "#d3cfc4"))
    sheet.shape(box(0, 0, 1200, 420), fade("#c3d5d0", "#b4cac6"))
    sheet.shape(box(0, 418, 1200, 428), "#eef0e8")
    sheet.shape([(0, 680), (1200, 680), (1200, 900), (0, 900)], fade("#c9a27e", "#ab8062"))
    sheet.shape(box(0, 664, 1200, 682), "#f3efe6")
    bright_window(sheet, 130, 90, 410, 470, arched=True)
    _curtain(sheet, 452, 60, 640)
    sheet.shape(oval(640, 810, 440, 66), fade("#6b5a8c", "#4a3f70"))
    sheet.paint(sheet.strokes([oval(640, 810, 412, 57)], 3), "#c9b6cf", 0.6)
    plant(sheet, 1085, 730, 330, pot=inks.TEAL)
    pendant_lamp(sheet, 780, 90, inks.AMBER, 0.8)
    tube_start = drip_stand(sheet, 905, 820, 610)
    _recliner(sheet, 610, 812)
    tube = smooth([tube_start, (840, 560), (800, 640), (740, 610), (700, 590)])
    sheet.line(tube, "#e9f4f1", 4)
    _side_table(sheet, 250, 812)


def _curtain(sheet: Sheet, x: float, top: float, bottom: float) -> None:
    sheet.line([(60, top), (560, top)], "#8a6a55", 8)
    for number in range(5):
        left = x + number * 22
        fold = smooth(
            [(left, top), (left + 26, top), (left + 32, bottom), (left - 4, bottom)], closed=False
        )
        sheet.shape(
            fold,
            fade(mix(inks.ROSE, inks.CREAM, 0.35), mix(inks.ROSE, inks.PLUM, 0.22), 90),
            shadow=3,
        )


def _recliner(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y, 300, 0.5)
    ink = inks.TEAL
    sheet.line([(x - 30, y - 90), (x - 60, y - 6)], inks.NIGHT, 16, 12)
    sheet.line([(x + 70, y - 90), (x + 96, y - 6)], inks.NIGHT, 16, 12)
    sheet.line([(x - 110, y - 4), (x + 150, y - 4)], inks.NIGHT, 12)
    back = smooth([(x - 236, y - 380), (x - 176, y - 270), (x - 98, y - 150)])
    rest = smooth([(x + 130, y - 142), (x + 206, y - 112), (x + 280, y - 62)])
    for part, wide, tip in ((rest, 62, 48), (back, 84, 96)):
        mask = sheet.strokes([part], wide, tip)
        sheet.shade(mask, blur=12, drop=8)
        sheet.paint(
            mask, fade(mix(ink, inks.CREAM, 0.2), mix(ink, inks.NIGHT, 0.15), 90, (0.28, 0.78))
        )
    seat = sheet.strokes(
        [smooth([(x - 96, y - 128), (x + 20, y - 116), (x + 134, y - 138)])], 88, 66
    )
    sheet.shade(seat, blur=12, drop=8)
    sheet.paint(seat, fade(mix(ink, inks.CREAM, 0.14), mix(ink, inks.NIGHT, 0.2), 0, (0.72, 0.84)))
    sheet.shape(
        smooth(
            [(x - 246, y - 410), (x - 196, y - 420), (x - 150, y - 330), (x - 198, y - 310)],
            closed=True,
        ),
        fade("#f8efe0", "#e6d3b8"),
        shadow=6,
    )
    arm = smooth([(x - 118, y - 236), (x - 10, y - 232), (x + 104, y - 222)])
    sheet.line([(x - 20, y - 226), (x - 14, y - 150)], mix(ink, inks.NIGHT, 0.4), 22)
    mask = sheet.strokes([arm], 36, 32)
    sheet.shade(mask, blur=8, drop=8)
    sheet.paint(mask, mix(ink, inks.CREAM, 0.3))
    throw = [(x + 60, y - 184), (x + 168, y - 170), (x + 186, y - 60), (x + 70, y - 64)]
    cloth = sheet.shape(smooth(throw, closed=True), fade("#e9b36c", "#c57f48"), shadow=8)
    stripes = [[(x + 40, y - 150 + n * 26), (x + 210, y - 136 + n * 26)] for n in range(4)]
    sheet.paint(within(cloth, sheet.strokes(stripes, 5)), "#f8dfae", 0.8)


def _side_table(sheet: Sheet, x: float, y: float) -> None:
    floor_shadow(sheet, x, y, 88, 0.4)
    for reach in (-54, 54):
        sheet.line([(x + reach * 0.8, y - 176), (x + reach, y - 3)], "#7d4c3a", 10, 7)
    sheet.shape(box(x - 86, y - 190, x + 86, y - 168, 10), fade("#d39a6e", "#a8714f"), shadow=6)
    glass = [(x + 18, y - 258), (x + 62, y - 258), (x + 56, y - 190), (x + 24, y - 190)]
    sheet.shape(glass, "#eef7f4", 0.75)
    sheet.shape(
        [(x + 20, y - 236), (x + 60, y - 236), (x + 56, y - 192), (x + 24, y - 192)], "#9ccac7", 0.9
    )
    for number, ink in enumerate((inks.PLUM, inks.HONEY)):
        sheet.shape(
            box(
                x - 66 + number * 5,
                y - 208 - number * 17,
                x + 2 + number * 3,
                y - 191 - number * 17,
                3,
            ),
            ink,
        )
