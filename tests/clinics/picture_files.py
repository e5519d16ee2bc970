"""Files of pictures of every kind that editors upload, and a picture in the library of each."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

UPRIGHT_BY_TURNING_RIGHT = 6  # EXIF: how a telephone stores a portrait


def file_of(
    size: tuple[int, int] = (1600, 900), format_: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """Four quarters, so that a crop from the wrong place has other colours."""
    picture = Image.new("RGB", size, "#4a7c88")
    width, height = size
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 2, 0, width, height // 2), fill="#f2a541")
    draw.rectangle((0, height // 2, width // 2, height), fill="#7a1f3d")
    content = BytesIO()
    picture.convert(mode).save(content, format_, **options)
    return content.getvalue()


def turned(size: tuple[int, int]) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT_BY_TURNING_RIGHT
    return file_of(size, exif=exif)


def moving(size: tuple[int, int]) -> bytes:
    frames = [Image.new("RGB", size, colour) for colour in ("#0b4f6c", "#f2a541")]
    content = BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return content.getvalue()


def upload(content: bytes = b"", name: str = "room.jpg", **fields: Any) -> Any:
    fields = {"title": "Room", "description": "A room with a wide window", **fields}
    file = ContentFile(content or file_of(), name=name)
    return get_image_model().objects.create(file=file, **fields)
