"""The paper that an illustration is drawn on: shapes come in, a finished picture goes out.

A shape becomes a stencil at four times the size, so that its edge is soft, and is painted at the
final size. No font, no photograph and no clock is used: the same key gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cms.demo.illustrations.curves import Branch, Point, ribbon
from cms.demo.illustrations.inks import ramp, rgb

FINENESS = 4

type Stops = list[tuple[float, str]]


@dataclass(frozen=True)
class Blend:
    """A fill that runs through colours; `turn` 0 is top to bottom, 90 is left to right."""

    stops: Stops
    turn: float = 0
    span: tuple[float, float] = (0, 1)


type Fill = str | Blend


def fade(first: str, second: str, turn: float = 0, span: tuple[float, float] = (0, 1)) -> Blend:
    return Blend([(0, first), (1, second)], turn, span)


def within(mask: Image.Image, other: Image.Image) -> Image.Image:
    """What two masks share."""
    return ImageChops.multiply(mask, other)


@dataclass
class Sheet:
    width: int
    height: int
    key: str
    transparent: bool = False
    image: Image.Image = field(init=False)
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.key)  # noqa: S311 - chance in a drawing, not a secret
        mode = "RGBA" if self.transparent else "RGB"
        self.image = Image.new(mode, (self.width, self.height))

    # Stencils

    def stencil(self, *shapes: Sequence[Point], cut: Iterable[Sequence[Point]] = ()) -> Image.Image:
        """All the shapes as one mask; what `cut` covers is left out."""
        big = Image.new("L", (self.width * FINENESS, self.height * FINENESS))
        pen = ImageDraw.Draw(big)
        for ink, group in ((255, shapes), (0, tuple(cut))):
            for shape in group:
                pen.polygon([(x * FINENESS, y * FINENESS) for x, y in shape], fill=ink)
        return big.reduce(FINENESS)

    def strokes(
        self, paths: Iterable[Sequence[Point]], width: float, end: float | None = None
    ) -> Image.Image:
        """Lines with round ends as one mask."""
        tip = width if end is None else end
        return self.tree((list(path), width, tip, 0) for path in paths)

    def tree(self, found: Iterable[Branch]) -> Image.Image:
        """Every branch as one mask, so that a thin colour does not double at the forks."""
        big = Image.new("L", (self.width * FINENESS, self.height * FINENESS))
        pen = ImageDraw.Draw(big)
        for path, width, tip, _ in found:
            outline = ribbon(path, width, tip)
            pen.polygon([(x * FINENESS, y * FINENESS) for x, y in outline], fill=255)
            for (x, y), wide in ((path[0], width), (path[-1], tip)):
                pen.circle((x * FINENESS, y * FINENESS), wide * FINENESS / 2, fill=255)
        return big.reduce(FINENESS)

    # Painting

    def paint(self, mask: Image.Image, fill: Fill, opacity: float = 1) -> None:
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        if self.transparent and isinstance(fill, str):
            layer = Image.new("RGBA", self.image.size, (*rgb(fill), 0))
            layer.putalpha(mask)
            self.image.alpha_composite(layer)
        else:
            self.image.paste(self._filled(fill), (0, 0), mask)

    def wash(self, fill: Fill) -> None:
        self.image.paste(self._filled(fill), (0, 0))

    def shape(
        self, outline: Sequence[Point], fill: Fill, opacity: float = 1, *, shadow: float = 0
    ) -> Image.Image:
        """Paint one outline; a fill that blends runs over the outline's own height or width."""
        mask = self.stencil(outline)
        if shadow:
            self.shade(mask, blur=shadow, drop=shadow * 0.6)
        if isinstance(fill, Blend) and fill.span == (0, 1):
            fill = Blend(fill.stops, fill.turn, self._span(outline, fill.turn))
        self.paint(mask, fill, opacity)
        return mask

    def line(
        self,
        path: Sequence[Point],
        fill: Fill,
        width: float,
        end: float | None = None,
        *,
        opacity: float = 1,
    ) -> None:
        self.paint(self.strokes([path], width, end), fill, opacity)

    def shade(
        self,
        mask: Image.Image,
        *,
        blur: float,
        drop: float = 0,
        aside: float = 0,
        ink: str = "#14182c",
        opacity: float = 0.28,
    ) -> None:
        """The soft shadow that a stencil throws."""
        moved = Image.new("L", mask.size)
        moved.paste(mask, (round(aside), round(drop)))
        self.paint(moved.filter(ImageFilter.GaussianBlur(blur)), ink, opacity)

    def glow(self, x: float, y: float, radius: float, ink: str, opacity: float = 1) -> None:
        size = round(radius * 2)
        spot = Image.radial_gradient("L").resize((size, size), Image.Resampling.BICUBIC)
        # Pillow's radial gradient reaches its edge value only in the corners.
        spot = spot.point([round(255 * max(0.0, 1 - v / 181) ** 2) for v in range(256)])
        mask = Image.new("L", self.image.size)
        mask.paste(spot, (round(x - radius), round(y - radius)))
        self.paint(mask, ink, opacity)

    def speckle(
        self,
        mask: Image.Image,
        ink: str,
        *,
        turn: float,
        reach: float = 0.7,
        span: tuple[float, float] = (0, 1),
        opacity: float = 0.5,
    ) -> None:
        """Grainy shading that thins out across the mask, as a dry brush leaves it."""
        stops = [(0.0, "#000000"), (1 - reach, "#000000"), (1.0, "#ffffff")]
        slope = self._filled(Blend(stops, turn, span)).convert("L")
        size = (self.width * 2 // 3, self.height * 2 // 3)
        noise = Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))
        noise = noise.resize(self.image.size, Image.Resampling.BILINEAR)
        grain = ImageChops.subtract(slope, noise).point(lambda value: min(255, value * 5))
        self.paint(within(mask, grain), ink, opacity)

    def finish(self, grain: float = 2.2) -> Image.Image:
        """Lay a fine grain over the sheet, which also hides the steps of long gradients."""
        noise = Image.frombytes(
            "L", self.image.size, self.random.randbytes(self.width * self.height)
        )
        noise = noise.filter(ImageFilter.GaussianBlur(0.8))
        noise = noise.point([round(128 + (value - 128) / 32 * grain) for value in range(256)])
        self.image = ImageChops.overlay(self.image, Image.merge("RGB", [noise] * 3))
        return self.image

    # Fills

    def _filled(self, fill: Fill) -> Image.Image:
        if isinstance(fill, str):
            return Image.new("RGB", self.image.size, rgb(fill))
        if fill.turn not in (0, 90):
            return self._turned(fill)
        length = self.width if fill.turn else self.height
        strip = Image.new("RGB", (1, length))
        strip.putdata(self._strip(fill, length))
        if fill.turn:
            strip = strip.transpose(Image.Transpose.ROTATE_90)
        return strip.resize(self.image.size, Image.Resampling.NEAREST)

    def _turned(self, fill: Blend) -> Image.Image:
        side = math.ceil(math.hypot(self.width, self.height))
        strip = Image.new("RGB", (1, side))
        strip.putdata(self._strip(fill, side))
        square = strip.resize((side, side), Image.Resampling.NEAREST)
        square = square.rotate(fill.turn, Image.Resampling.BILINEAR)
        left, top = (side - self.width) // 2, (side - self.height) // 2
        return square.crop((left, top, left + self.width, top + self.height))

    @staticmethod
    def _strip(fill: Blend, length: int) -> list[tuple[int, int, int]]:
        first, last = (round(share * length) for share in fill.span)
        colours = ramp(fill.stops, max(2, last - first))
        return [colours[min(len(colours) - 1, max(0, at - first))] for at in range(length)]

    def _span(self, outline: Sequence[Point], turn: float) -> tuple[float, float]:
        if turn not in (0, 90):
            return 0.0, 1.0
        values = [x if turn else y for x, y in outline]
        size = self.width if turn else self.height
        return min(values) / size, max(values) / size
