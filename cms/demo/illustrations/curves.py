"""Points of lines and outlines: numbers come in, lists of points in pixels go out.

Nothing here draws. Every choice left to chance takes the `Random` of the sheet it is made for, so
that a picture is the same on every run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

type Point = tuple[float, float]
type Path = list[Point]


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 14) -> Path:
    """A curve through all the points (Catmull-Rom)."""
    if closed:
        around = [points[-1], *points, points[0], points[1]]
    else:
        around = [points[0], *points, points[-1]]
    path: Path = []
    for index in range(1, len(around) - 2):
        p0, p1, p2, p3 = around[index - 1 : index + 3]
        path += [_between(p0, p1, p2, p3, step / steps) for step in range(steps)]
    return path if closed else [*path, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        cubic = (3 * b - 3 * c + d - a) * t**3 + (2 * a - 5 * b + 4 * c - d) * t**2
        return 0.5 * (cubic + (c - a) * t + 2 * b)

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def oval(x: float, y: float, rx: float, ry: float | None = None, *, turn: float = 0) -> Path:
    return arc(x, y, rx, rx if ry is None else ry, 0, 360, turn=turn)


def arc(
    x: float, y: float, rx: float, ry: float, start: float, end: float, *, turn: float = 0
) -> Path:
    """Part of an oval; degrees, clockwise from three o'clock; `turn` rotates the whole oval."""
    count = max(8, round(abs(end - start) / 2))
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    path = []
    for step in range(count + 1):
        angle = math.radians(start + (end - start) * step / count)
        dx, dy = rx * math.cos(angle), ry * math.sin(angle)
        path.append((x + dx * cosine - dy * sine, y + dx * sine + dy * cosine))
    return path


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Path:
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [p for x, y, at in corners for p in arc(x, y, radius, radius, at, at + 90)]


def ribbon(path: Sequence[Point], start: float, end: float | None = None) -> Path:
    """The outline of a line whose width runs from `start` to `end`."""
    end = start if end is None else end
    left: Path = []
    right: Path = []
    for index, (x, y) in enumerate(path):
        ax, ay = path[max(0, index - 1)]
        bx, by = path[min(len(path) - 1, index + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        half = (start + (end - start) * index / max(1, len(path) - 1)) / 2
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def ridge(
    random: Random, width: float, base: float, height: float, *, waves: float = 1.5, rough: int = 4
) -> Path:
    """The top edge of a hill, from the left edge of the sheet to the right."""
    phases = [random.uniform(0, math.tau) for _ in range(rough)]
    path = []
    for step in range(161):
        t = step / 160
        rise = sum(
            math.sin(math.tau * waves * (1.9**octave) * t + phase) / 2.1**octave
            for octave, phase in enumerate(phases)
        )
        path.append((t * width, base - height * rise / 1.6))
    return path


def leaf(x: float, y: float, length: float, width: float, turn: float, *, belly: float = 1) -> Path:
    """A pointed leaf that starts at (x, y); `belly` below 1 puts its widest part near the stalk."""
    across: list[tuple[float, float]] = []
    for step in range(41):
        t = step / 40
        across.append((t * length, width / 2 * math.sin(math.pi * t**belly) ** 0.9))
    outline = across + [(along, -aside) for along, aside in across[::-1]]
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return [(x + a * cosine - b * sine, y + a * sine + b * cosine) for a, b in outline]


def along(path: Sequence[Point], share: float) -> Point:
    """The point `share` of the way along a path with evenly spaced points."""
    position = share * (len(path) - 1)
    index = min(len(path) - 2, int(position))
    rest = position - index
    (ax, ay), (bx, by) = path[index], path[index + 1]
    return ax + (bx - ax) * rest, ay + (by - ay) * rest


type Branch = tuple[Path, float, float, int]


def branches(
    random: Random,
    start: Point,
    angle: float,
    length: float,
    width: float,
    depth: int,
    *,
    spread: float = 32,
    bend: float = 14,
) -> list[Branch]:
    """A nerve-like tree: (path, width at start, width at end, depth left) of every branch."""
    path: Path = [start]
    heading = angle
    for _ in range(12):
        heading += random.uniform(-bend, bend)
        x, y = path[-1]
        step = length / 12
        path.append(
            (x + step * math.cos(math.radians(heading)), y + step * math.sin(math.radians(heading)))
        )
    path = smooth(path[::3], steps=8)
    tip = width * 0.66
    found: list[Branch] = [(path, width, tip, depth)]
    if depth == 0:
        return found
    for side in (1, -1):
        turn = heading + side * random.uniform(spread * 0.5, spread)
        found += branches(
            random,
            path[-1],
            turn,
            length * random.uniform(0.66, 0.86),
            tip,
            depth - 1,
            spread=spread,
            bend=bend,
        )
    return found
