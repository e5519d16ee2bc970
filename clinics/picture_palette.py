"""A picture in few colors, as a filter of Wagtail's images: `palette-64`."""

from __future__ import annotations

from typing import Any

from PIL.Image import Quantize
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage
from willow.image import Image as WillowImage
from willow.plugins.pillow import PillowImage


class PaletteOperation(FilterOperation):
    """At most so many colors, 2 to 256; what is transparent stays so. Only PNG gains by it."""

    def construct(self, colors: str) -> None:
        self.colors = int(colors)

    def run(self, willow: WillowImage, image: AbstractImage, env: dict[str, Any]) -> PillowImage:
        picture = willow.get_pillow_image().convert("RGBA")
        return PillowImage(picture.quantize(self.colors, method=Quantize.FASTOCTREE))
