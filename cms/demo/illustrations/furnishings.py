"""Things that stand in a room: plants, chairs, tables, a drip stand, a window with light in it.

Each function draws one thing on a sheet; (x, y) is where it meets the floor unless it says more.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import Path, arc, box, leaf, oval, ribbon, smooth
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Blend, Sheet, fade, within


def floor_shadow(sheet: Sheet, x: float, y: float, half_width: float, opacity: float = 0.3) -> None:
    mask = sheet.stencil(oval(x, y, half_width, half_width * 0.09))
    sheet.shade(mask, blur=9, opacity=opacity)


def plant(
    sheet: Sheet, x: float, y: float, height: float, *, pot: str = inks.CLAY, green: str = inks.FERN
) -> None:
    """Broad leaves on thin stalks in a tapering pot."""
    floor_shadow(sheet, x, y, height * 0.16)
    top = y - height * 0.3
    fans = [
        (-152, 0.5),
        (-128, 0.72),
        (-104, 0.86),
        (-84, 0.8),
        (-60, 0.9),
        (-36, 0.66),
        (-18, 0.46),
    ]
    for number, (turn, reach) in enumerate(sorted(fans, key=lambda fan: -fan[1])):
        stalk = height * 0.42 * reach
        sx = x + stalk * math.cos(math.radians(turn))
        sy = top + stalk * math.sin(math.radians(turn))
        sheet.line(
            smooth([(x, top + 8), ((x + sx) / 2, (top + sy) / 2 - 6), (sx, sy)]), inks.MOSS, 4, 2.5
        )
        blade = leaf(sx, sy, height * 0.36, height * 0.15, turn * 0.9 - 9, belly=0.85)
        shade = mix(green, inks.MOSS if number % 2 else inks.LAGOON, 0.15 + 0.1 * (number % 3))
        sheet.shape(blade, fade(mix(shade, inks.MIST, 0.22), mix(shade, inks.NIGHT, 0.15)))
        half = sheet.stencil(blade[: len(blade) // 2])
        sheet.paint(half, inks.NIGHT, 0.1)
    wide, foot = height * 0.14, height * 0.095
    vase = [(x - wide, top), (x + wide, top), (x + foot, y), (x - foot, y)]
    mask = sheet.shape(vase, fade(mix(pot, inks.CREAM, 0.22), pot, 90))
    sheet.speckle(
        mask,
        inks.NIGHT,
        turn=90,
        reach=0.6,
        opacity=0.3,
        span=((x - wide) / sheet.width, (x + wide) / sheet.width),
    )
    rim = box(x - wide * 1.06, top - height * 0.02, x + wide * 1.06, top + height * 0.035, 6)
    sheet.shape(rim, mix(pot, inks.CREAM, 0.3))


def armchair(sheet: Sheet, x: float, y: float, size: float, ink: str, *, facing: int = 1) -> None:
    """A rounded chair in profile; `facing` 1 looks to the right, -1 to the left."""

    def place(px: float, py: float) -> tuple[float, float]:
        return x + facing * px * size, y + py * size

    floor_shadow(sheet, x, y, size * 0.56)
    wood = mix(inks.CLAY, inks.NIGHT, 0.35)
    for foot, knee in ((-0.36, -0.3), (0.42, 0.36)):
        sheet.line([place(knee, -0.3), place(foot, -0.01)], wood, size * 0.055, size * 0.03)
    back = smooth([place(-0.5, -1.06), place(-0.43, -0.72), place(-0.34, -0.4)])
    shell = sheet.strokes([back], size * 0.2, size * 0.24)
    sheet.shade(shell, blur=12, drop=6, aside=8 * facing)
    sheet.paint(shell, mix(ink, inks.NIGHT, 0.12))
    seat = box(*_ordered(place(-0.44, -0.5), place(0.5, -0.27)), radius=size * 0.11)
    sheet.shape(seat, fade(mix(ink, inks.CREAM, 0.16), mix(ink, inks.NIGHT, 0.16)))
    arm = smooth([place(-0.38, -0.63), place(0.0, -0.655), place(0.42, -0.63)])
    side = smooth(
        [place(-0.42, -0.6), place(0.43, -0.6), place(0.47, -0.36), place(-0.4, -0.34)], closed=True
    )
    sheet.shape(side, fade(ink, mix(ink, inks.NIGHT, 0.25)), shadow=8)
    sheet.line(arm, mix(ink, inks.CREAM, 0.22), size * 0.085)
    pillow = smooth(
        [place(-0.36, -0.98), place(-0.2, -0.84), place(-0.2, -0.6), place(-0.33, -0.64)],
        closed=True,
    )
    sheet.shape(pillow, mix(inks.HONEY, inks.AMBER, 0.4), 0.95)


def _ordered(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def round_table(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    floor_shadow(sheet, x, y, width * 0.42)
    wood = mix(inks.CLAY, inks.SAND, 0.35)
    sheet.line([(x, y - height), (x, y - 6)], mix(wood, inks.NIGHT, 0.35), 16)
    sheet.shape(oval(x, y - 4, width * 0.26, 9), mix(wood, inks.NIGHT, 0.35))
    top = box(x - width / 2, y - height - 10, x + width / 2, y - height + 12, 11)
    sheet.shape(top, fade(mix(wood, inks.CREAM, 0.4), wood), shadow=6)


def bright_window(
    sheet: Sheet, left: float, top: float, right: float, bottom: float, *, arched: bool = False
) -> None:
    """A window onto low hills in the morning."""
    pane = _pane(left, top, right, bottom, arched=arched)
    frame = _pane(left - 16, top - 16, right + 16, bottom + 16, arched=arched)
    sheet.shape(frame, "#fbf5ea", shadow=8)
    mask = sheet.stencil(pane)
    sheet.paint(
        mask,
        Blend(
            [(0, "#a9cdd0"), (0.55, "#f2dfc0"), (1, "#f6c98d")],
            span=(top / sheet.height, bottom / sheet.height),
        ),
    )
    wide, high = right - left, bottom - top
    sun = oval(left + wide * 0.68, top + high * 0.56, wide * 0.11)
    sheet.paint(within(mask, sheet.stencil(sun)), "#fff4dc")
    for number, ink in enumerate(("#b8a6bd", "#7f9ea6", "#4f8080")):
        base = top + high * (0.66 + number * 0.12)
        rise = high * 0.09
        hill: Path = smooth(
            [
                (left - 5, base),
                (left + wide * 0.22, base - rise * (1.5 - number * 0.5)),
                (left + wide * 0.5, base + rise * 0.2),
                (left + wide * 0.78, base - rise * number * 0.5),
                (right + 5, base),
            ]
        )
        land = [*hill, (right + 5, bottom + 5), (left - 5, bottom + 5)]
        sheet.paint(within(mask, sheet.stencil(land)), ink)
    middle = (left + right) / 2
    bars = sheet.stencil(
        box(middle - 4, top - 4, middle + 4, bottom + 4),
        box(left, top + high * 0.42, right, top + high * 0.42 + 8),
    )
    sheet.paint(bars, "#fbf5ea")
    sheet.shape(box(left - 30, bottom + 12, right + 30, bottom + 30, 4), "#fffaf0", shadow=5)


def _pane(left: float, top: float, right: float, bottom: float, *, arched: bool) -> Path:
    if not arched:
        return box(left, top, right, bottom, 6)
    radius = (right - left) / 2
    head = arc(left + radius, top + radius, radius, radius, 180, 360)
    return [*head, (right, bottom), (left, bottom)]


def pendant_lamp(sheet: Sheet, x: float, drop: float, ink: str, size: float = 1) -> None:
    sheet.line([(x, -10), (x, drop)], mix(ink, inks.NIGHT, 0.3), 3)
    sheet.glow(x, drop + 70 * size, 260 * size, "#ffe2a8", 0.6)
    shade = arc(x, drop + 62 * size, 84 * size, 66 * size, 180, 360)
    sheet.shape(shade, fade(mix(ink, inks.CREAM, 0.2), mix(ink, inks.NIGHT, 0.1), 90))
    sheet.shape(oval(x, drop + 62 * size, 84 * size, 9 * size), "#fff0c9")


def drip_stand(sheet: Sheet, x: float, y: float, height: float) -> tuple[float, float]:
    """A drip stand with a full bag; gives the point where its tube begins."""
    metal = "#8fa5ad"
    floor_shadow(sheet, x, y, height * 0.14)
    top = y - height
    for reach in (-0.12, -0.05, 0.07, 0.13):
        foot = (x + height * reach, y - 8 + abs(reach) * 60)
        sheet.line([(x, y - 40), foot], metal, 8, 6)
        sheet.shape(oval(foot[0], foot[1] + 5, 7), inks.NIGHT)
    sheet.line(
        [(x, top), (x, y - 36)],
        fade("#c4d2d4", "#7d949c", 90, (x / sheet.width - 0.004, x / sheet.width + 0.004)),
        9,
    )
    hooks = smooth(
        [(x - 62, top + 22), (x - 58, top + 2), (x, top - 6), (x + 58, top + 2), (x + 62, top + 22)]
    )
    sheet.line(hooks, metal, 6)
    bag_x, bag_top, wide, high = x - 62, top + 34, 46, height * 0.2
    sheet.line([(bag_x, top + 18), (bag_x, bag_top + 6)], metal, 3)
    bag = smooth(
        [
            (bag_x - wide * 0.8, bag_top),
            (bag_x + wide * 0.8, bag_top),
            (bag_x + wide, bag_top + high * 0.4),
            (bag_x + wide * 0.8, bag_top + high * 0.85),
            (bag_x + 8, bag_top + high),
            (bag_x - 8, bag_top + high),
            (bag_x - wide * 0.8, bag_top + high * 0.85),
            (bag_x - wide, bag_top + high * 0.4),
        ],
        closed=True,
    )
    mask = sheet.stencil(bag)
    sheet.shade(mask, blur=10, drop=8)
    sheet.paint(mask, "#eef5f2", 0.95)
    level = bag_top + high * 0.34
    fluid = sheet.stencil(box(bag_x - 80, level, bag_x + 80, bag_top + high + 5))
    sheet.paint(
        within(mask, fluid),
        fade("#b7dad6", "#83b9b8", 0, (level / sheet.height, (bag_top + high) / sheet.height)),
    )
    glint = sheet.stencil(
        ribbon(
            smooth(
                [
                    (bag_x - wide * 0.62, bag_top + high * 0.2),
                    (bag_x - wide * 0.7, bag_top + high * 0.5),
                    (bag_x - wide * 0.56, bag_top + high * 0.78),
                ]
            ),
            7,
            4,
        )
    )
    sheet.paint(glint, "#ffffff", 0.8)
    chamber = box(bag_x - 9, bag_top + high + 14, bag_x + 9, bag_top + high + 62, 8)
    sheet.line([(bag_x, bag_top + high - 3), (bag_x, bag_top + high + 18)], metal, 5)
    sheet.shape(chamber, fade("#f4faf7", "#9ccac7"))
    return bag_x, bag_top + high + 62
