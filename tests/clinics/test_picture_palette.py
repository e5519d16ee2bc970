"""Pictures in few colors: smaller, and as transparent as before."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from clinics.picture_encoding import encode_sizes
from clinics.picture_shapes import SHAPES
from tests.clinics.picture_files import upload
from tests.factories import World


def a_logo() -> bytes:
    """A disc that runs from red to blue, on nothing."""
    picture = Image.new("RGBA", (400, 400))
    draw = ImageDraw.Draw(picture)
    for left in range(40, 360):
        draw.line((left, 80, left, 320), fill=(360 - left // 2, 20, left // 2, 255))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_icons_have_few_colors_few_bytes_and_no_background(world: World) -> None:
    image = upload(a_logo(), "logo.png")
    plain = [f"{size}|format-png" for size in ("max-32x32", "max-96x96")]

    icons = encode_sizes(image, SHAPES["icon"].every_spec).sizes
    others = {size.width: len(size.file.read()) for size in encode_sizes(image, plain).sizes}

    assert sorted(icon.width for icon in icons) == [32, 96]
    for icon in icons:
        content = icon.file.read()
        picture = Image.open(BytesIO(content)).convert("RGBA")
        assert len(picture.getcolors() or ()) <= 64
        assert picture.getpixel((0, 0))[3] == 0
        assert picture.getpixel((icon.width // 2, icon.width // 2))[3] > 250
        assert len(content) < others[icon.width]
