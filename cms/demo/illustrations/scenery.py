"""Things that stand outdoors: trees, palms, shrubs, clouds, grass, water and sails.

Each function draws one kind of thing on a sheet; (x, y) is where it meets the ground.
"""

from __future__ import annotations

import math

from cms.demo.illustrations import inks
from cms.demo.illustrations.curves import (
    Branch,
    Path,
    along,
    arc,
    box,
    branches,
    oval,
    ribbon,
    smooth,
)
from cms.demo.illustrations.inks import mix
from cms.demo.illustrations.sheet import Sheet, fade, within


def round_tree(
    sheet: Sheet, x: float, y: float, height: float, crown: str = inks.FERN, trunk: str = "#5a4038"
) -> None:
    """A broad tree whose crown is a cluster of rounds, lit from the left."""
    shadow = sheet.stencil(oval(x + height * 0.06, y, height * 0.42, height * 0.035))
    sheet.shade(shadow, blur=6, opacity=0.35)
    wood = branches(sheet.random, (x, y), -90, height * 0.4, height * 0.06, 1, spread=34, bend=3)
    sheet.paint(sheet.tree(wood), trunk)
    middle = y - height * 0.66
    rounds = []
    for number in range(11):
        angle = math.tau * number / 11 + sheet.random.uniform(-0.2, 0.2)
        far = height * sheet.random.uniform(0.16, 0.27)
        size = height * sheet.random.uniform(0.13, 0.19)
        rounds.append(
            (x + far * 1.25 * math.cos(angle), middle + far * 0.75 * math.sin(angle), size)
        )
    rounds += [(x, middle, height * 0.24), (x - height * 0.1, middle + height * 0.08, height * 0.2)]
    whole = sheet.stencil(*[oval(cx, cy, size) for cx, cy, size in rounds])
    sheet.paint(whole, mix(crown, inks.NIGHT, 0.28))
    for ink, share, shift in ((crown, 0.86, 0.03), (mix(crown, inks.HONEY, 0.28), 0.56, 0.075)):
        lit = [
            oval(cx - height * shift, cy - height * shift, size * share) for cx, cy, size in rounds
        ]
        sheet.paint(within(whole, sheet.stencil(*lit)), ink, 0.85)
    span = ((middle - height * 0.4) / sheet.height, (middle + height * 0.4) / sheet.height)
    sheet.speckle(whole, inks.NIGHT, turn=0, reach=0.6, span=span, opacity=0.3)


def palm(
    sheet: Sheet,
    x: float,
    y: float,
    height: float,
    lean: float,
    *,
    green: str = inks.FERN,
    trunk: str = "#8a6650",
    fronds: int = 8,
) -> None:
    top = (x + lean, y - height)
    stem = smooth(
        [(x, y), (x + lean * 0.28, y - height * 0.4), (x + lean * 0.7, y - height * 0.75), top]
    )
    mask = sheet.strokes([stem], height * 0.05, height * 0.03)
    sheet.paint(
        mask,
        fade(
            mix(trunk, inks.CREAM, 0.15),
            mix(trunk, inks.NIGHT, 0.25),
            90,
            ((x - 20) / sheet.width, (x + lean + 20) / sheet.width),
        ),
    )
    rings = []
    for number in range(22):
        px, py = along(stem, number / 22)
        rings.append([(px - height * 0.03, py), (px + height * 0.03, py - 3)])
    sheet.paint(within(mask, sheet.strokes(rings, 2)), mix(trunk, inks.NIGHT, 0.5), 0.5)
    for layer in range(2):
        ink = mix(green, inks.NIGHT, 0.32) if layer == 0 else green
        parts: list[Branch] = []
        for number in range(fronds):
            turn = -212 + 244 * (number + 0.5 * layer) / (fronds - 0.5)
            parts += _frond(sheet, top, turn, height * (0.5 - 0.05 * layer))
        sheet.paint(sheet.tree(parts), ink)
        if layer:
            spines = [part[0] for part in parts if part[3] == 1]
            sheet.paint(sheet.strokes(spines, 2.4, 1), mix(green, inks.HONEY, 0.5), 0.8)
    for dx, dy in ((-9, 5), (8, 8), (0, 13)):
        sheet.shape(
            oval(top[0] + dx * height / 420, top[1] + dy * height / 420, height * 0.02), "#6b4a38"
        )


def _frond(sheet: Sheet, top: tuple[float, float], turn: float, length: float) -> list[Branch]:
    reach = length * sheet.random.uniform(0.85, 1.1)
    angle = math.radians(turn + sheet.random.uniform(-6, 6))
    ex, ey = (
        top[0] + reach * math.cos(angle),
        top[1] + reach * math.sin(angle) * 0.75 + reach * 0.34,
    )
    mx = top[0] + reach * 0.55 * math.cos(angle)
    my = top[1] + reach * 0.55 * math.sin(angle) * 1.05 - reach * 0.03
    spine = smooth([top, (mx, my), (ex, ey)], steps=16)
    parts: list[Branch] = [(spine, length * 0.022, length * 0.008, 1)]
    for step in range(20):
        share = 0.08 + 0.9 * step / 19
        px, py = along(spine, share)
        qx, qy = along(spine, min(1, share + 0.03))
        heading = math.atan2(qy - py, qx - px) if share < 0.97 else angle
        long = length * 0.3 * math.sin(math.pi * (0.12 + 0.86 * share)) ** 0.8
        for side in (-1, 1):
            away = heading + side * 0.75
            tip = (px + long * math.cos(away), py + long * math.sin(away) + long * 0.35)
            parts.append(([(px, py), tip], length * 0.034, length * 0.006, 0))
    return parts


def shrubs(sheet: Sheet, left: float, right: float, y: float, height: float, ink: str) -> None:
    """A low hedge of uneven rounds."""
    rounds = []
    x = left
    while x < right:
        size = height * sheet.random.uniform(0.55, 1)
        rounds.append((x, y - size * 0.4, size))
        x += size * 0.9
    ground = box(left - height, y, right + height, y + height * 2)
    whole = sheet.stencil(*[oval(cx, cy, size) for cx, cy, size in rounds], cut=[ground])
    sheet.paint(whole, mix(ink, inks.NIGHT, 0.25))
    lit = [oval(cx - size * 0.2, cy - size * 0.25, size * 0.78) for cx, cy, size in rounds]
    sheet.paint(within(whole, sheet.stencil(*lit)), ink)


def cloud(sheet: Sheet, x: float, y: float, width: float, ink: str, opacity: float = 0.7) -> None:
    """A long thin cloud of overlapping streaks."""
    for _ in range(6):
        half = width * sheet.random.uniform(0.22, 0.5)
        middle = x + sheet.random.uniform(-0.3, 0.3) * width
        high = width * sheet.random.uniform(0.012, 0.026)
        level = y + sheet.random.uniform(-0.05, 0.05) * width
        streak = [
            *arc(middle, level, half, high * 2.2, 180, 360),
            *arc(middle, level, half, high * 0.5, 0, 180),
        ]
        sheet.paint(sheet.stencil(streak), ink, opacity * 0.55)


def grasses(
    sheet: Sheet,
    left: float,
    right: float,
    y: float,
    height: float,
    ink: str,
    count: int,
    sway: float = 0.25,
) -> None:
    """Tapering blades; every sixth carries a seed head."""
    blades: list[Branch] = []
    heads: list[Path] = []
    for number in range(count):
        x = sheet.random.uniform(left, right)
        high = height * sheet.random.uniform(0.45, 1)
        tip = (x + high * sheet.random.uniform(-0.4, 1) * sway * 2, y - high)
        blade = smooth([(x, y), ((x * 2 + tip[0]) / 3, y - high * 0.55), tip], steps=10)
        blades.append((blade, height * 0.022, height * 0.004, 0))
        if number % 6 == 0:
            heads.append(ribbon([along(blade, 0.8), tip], height * 0.032, height * 0.008))
    sheet.paint(sheet.tree(blades), ink)
    if heads:
        sheet.paint(sheet.stencil(*heads), mix(ink, inks.HONEY, 0.32))


def sailing_boat(sheet: Sheet, x: float, y: float, height: float, sail: str, hull: str) -> None:
    sheet.line([(x, y - height), (x, y - height * 0.1)], "#5a4038", height * 0.018)
    main = smooth(
        [
            (x + height * 0.02, y - height * 0.96),
            (x + height * 0.2, y - height * 0.5),
            (x + height * 0.36, y - height * 0.17),
        ]
    )
    sheet.shape(
        [*main, (x + height * 0.02, y - height * 0.17)], fade(sail, mix(sail, inks.BLUSH, 0.4))
    )
    jib = smooth(
        [
            (x - height * 0.02, y - height * 0.88),
            (x - height * 0.14, y - height * 0.46),
            (x - height * 0.27, y - height * 0.16),
        ]
    )
    sheet.shape([*jib, (x - height * 0.02, y - height * 0.16)], mix(sail, inks.CLAY, 0.22))
    body = [
        (x - height * 0.32, y - height * 0.12),
        (x + height * 0.4, y - height * 0.12),
        (x + height * 0.3, y),
        (x - height * 0.22, y),
    ]
    sheet.shape(body, hull)


def ripples(
    sheet: Sheet,
    left: float,
    right: float,
    top: float,
    bottom: float,
    ink: str,
    count: int,
    opacity: float,
) -> None:
    """Short flat strokes on water, longer and wider apart towards the viewer."""
    lines: list[Branch] = []
    for _ in range(count):
        near = sheet.random.random() ** 0.7
        y = top + (bottom - top) * near
        x = sheet.random.uniform(left, right)
        half = 14 + 60 * near * sheet.random.uniform(0.4, 1)
        line = smooth([(x - half, y), (x, y - 2.5 * near), (x + half, y)])
        lines.append((line, 1 + 2.2 * near, 0.8, 0))
    sheet.paint(sheet.tree(lines), ink, opacity)
