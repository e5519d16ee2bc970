"""The colours of the demo's illustrations, and how two of them are mixed.

Hex strings come in and RGB triples go out. Mixing is done in OKLab, because teal mixed with amber
in plain RGB turns grey in the middle.
"""

from __future__ import annotations

from itertools import pairwise

type RGB = tuple[int, int, int]

NIGHT = "#191f3a"
INDIGO = "#30376e"
DUSK = "#5b5793"
LILAC = "#9a93bd"
PLUM = "#5f2a54"
MULBERRY = "#8a4770"
ROSE = "#c08593"
BLUSH = "#e6bfae"
SAND = "#ecdcc2"
CREAM = "#f8f0e2"
HONEY = "#f3c57a"
AMBER = "#e69c45"
CLAY = "#bf6d49"
BRICK = "#9a4f42"
DEEP = "#123c49"
TEAL = "#2b7680"
LAGOON = "#5ea5a6"
MIST = "#abccc8"
FOAM = "#dbe8e0"
FERN = "#54846b"
MOSS = "#33594d"


def rgb(hex_colour: str) -> RGB:
    value = int(hex_colour.lstrip("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from the first to the second."""
    pairs = zip(_to_lab(rgb(first)), _to_lab(rgb(second)), strict=True)
    return _to_hex([a + (b - a) * share for a, b in pairs])


def ramp(stops: list[tuple[float, str]], length: int) -> list[RGB]:
    """`length` colours through the given (position, colour) stops, positions from 0 to 1."""
    return [rgb(_at(stops, step / max(1, length - 1))) for step in range(length)]


def _at(stops: list[tuple[float, str]], position: float) -> str:
    for (start, first), (end, second) in pairwise(stops):
        if position <= end:
            return mix(first, second, max(0.0, (position - start) / (end - start)))
    return stops[-1][1]


def _to_lab(colour: RGB) -> tuple[float, float, float]:
    r, g, b = (_linear(channel / 255) for channel in colour)
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def _to_hex(lab: list[float]) -> str:
    lightness, a, b = lab
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
