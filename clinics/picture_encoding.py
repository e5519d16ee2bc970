"""A picture and the sizes that it lacks in, files out, from one decode of the original.

Wagtail decodes the original anew for each size in each format. Crops, qualities and file names stay
Wagtail's own: its filters run here, on a picture that is decoded already. Nothing is stored.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import File
from PIL import Image, ImageOps
from wagtail.images.models import AbstractImage, Filter
from willow.image import Image as WillowImage
from willow.plugins.pillow import PillowImage

from clinics.choices import SizesProblem

logger = logging.getLogger(__name__)

# A size is made from a larger one of the same crop that is at least so many times as wide: nobody
# sees the difference, and the whole original is read through less often.
STEP = 2

type Box = tuple[int, int, int, int]
type Size = tuple[int, int]


@dataclass(frozen=True)
class EncodedSize:
    """What becomes one rendition."""

    spec: str
    focal_point_key: str
    file: File[bytes]
    width: int
    height: int


@dataclass(frozen=True)
class EncodedSizes:
    """What could be made of the original with this name, and what was wrong with it."""

    source: str
    sizes: tuple[EncodedSize, ...] = ()
    problem: SizesProblem = SizesProblem.NONE


def encode_sizes(image: AbstractImage, specs: Iterable[str]) -> EncodedSizes:
    """Raises nothing for a file that is lost or broken: the problem is part of the answer."""
    source = image.file.name
    try:
        with image.open_file() as file:
            content = file.read()
    except OSError:
        logger.exception("Picture %s: %s cannot be opened", image.pk, source)
        return EncodedSizes(source, problem=SizesProblem.LOST)
    try:
        original = _decode(content)
    except Exception:  # decoders raise anything for a broken file, from OSError to struct.error
        logger.exception("Picture %s: %s cannot be read", image.pk, source)
        return EncodedSizes(source, problem=SizesProblem.UNREADABLE)
    specs = list(specs)
    if original is None:
        filters = [_FilterOfContent(spec, content) for spec in specs]
    else:
        filters = sorted(
            (_FilterOfDecoded(spec, original) for spec in specs), key=lambda each: each.order(image)
        )
    sizes = tuple(_encode(image, filters))
    problem = SizesProblem.NONE if len(sizes) == len(specs) else SizesProblem.PARTLY
    return EncodedSizes(source, sizes, problem)


def _encode(image: AbstractImage, filters: Iterable[Filter]) -> Iterator[EncodedSize]:
    """A size that fails takes no other along: one encoder refuses what the next one can write."""
    for filter_ in filters:
        try:
            file = image.generate_rendition_file(filter_)
            with Image.open(file.file) as made:
                width, height = made.size
        except Exception:  # as above, of encoders
            logger.exception("Picture %s cannot be made as %s", image.pk, filter_.spec)
        else:
            file.seek(0)
            yield EncodedSize(filter_.spec, filter_.get_cache_key(image), file, width, height)


def _decode(content: bytes) -> _Original | None:
    """The picture upright; None for a moving one, which Wagtail shall make in its own way."""
    picture = Image.open(BytesIO(content))
    if getattr(picture, "is_animated", False):
        return None
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)  # most stand upright and need no copy
    return _Original(picture, WillowImage.open(BytesIO(content)).format_name)


class _FilterOfContent(Filter):
    """Wagtail's filter, without reading the file from the storage again."""

    def __init__(self, spec: str, content: bytes) -> None:
        super().__init__(spec)
        self._content = content

    @contextmanager
    def get_willow_image(self, image: AbstractImage, source: Any = None) -> Iterator[WillowImage]:
        yield WillowImage.open(BytesIO(self._content))


class _FilterOfDecoded(Filter):
    """Wagtail's filter on a picture that is decoded already."""

    def __init__(self, spec: str, original: _Original) -> None:
        super().__init__(spec)
        self._original = original

    @contextmanager
    def get_willow_image(self, image: AbstractImage, source: Any = None) -> Iterator[WillowImage]:
        yield self._original

    def order(self, image: AbstractImage) -> tuple[Any, ...]:
        """Sizes of one crop together, the largest first, and each in all its formats."""
        try:
            transform = self.get_transform(image, self._original.image.size)
        except ValueError:  # a strip of one pixel has no such crop
            return (), ()
        width, height = transform.size
        return tuple(transform.get_rect().round()), (-width, -height)


class _Original(PillowImage):
    """The original as Willow's operations see it. It keeps the sizes of the crop at work."""

    def __init__(self, image: Image.Image, format_name: str) -> None:
        super().__init__(image)
        self.format_name = format_name
        self._box: Box | None = None
        self._cut: dict[Size, PillowImage] = {}

    def auto_orient(self) -> _Original:
        return self

    def crop(self, rect: Iterable[int]) -> _Crop:
        left, top, right, bottom = rect
        return _Crop(self, (left, top, right, bottom))

    def resized(self, box: Box, size: Size) -> PillowImage:
        if box != self._box:
            self._box, self._cut = box, {}
        if size not in self._cut:
            larger = [cut for (width, _), cut in self._cut.items() if width >= STEP * size[0]]
            # They were made from large to small, so the last one is the smallest that will do.
            crop = larger[-1] if larger else super().crop(box)
            self._cut[size] = crop.resize(size)
        return self._cut[size]


class _Crop:
    """A crop that waits for its size: Wagtail's filters always resize what they cropped."""

    def __init__(self, original: _Original, box: Box) -> None:
        self._original = original
        self._box = box

    def resize(self, size: Size) -> PillowImage:
        return self._original.resized(self._box, size)
