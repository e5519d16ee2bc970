"""Every size of a picture comes from one decode, as Wagtail would have made it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from wagtail.images.models import Filter

from clinics.choices import SizesProblem
from clinics.picture_encoding import STEP, EncodedSize, encode_sizes
from clinics.picture_shapes import SHAPES
from clinics.picture_sizes import EVERY_SPEC
from tests.clinics.picture_files import file_of, moving, turned, upload
from tests.factories import World

# Of 255, on average over all of a picture: what another way of shrinking may change.
SAME_TO_THE_EYE = 3
FOCUS = {
    "focal_point_x": 900,
    "focal_point_y": 150,
    "focal_point_width": 120,
    "focal_point_height": 80,
}
# The smallest and the largest of each kind of crop: what an encoder does takes most of the time.
SOME_SPECS = [
    f"{crop}|format-{SHAPES[shape].formats[-1]}"
    for shape in ("wide", "half", "card", "text", "thumb", "logo", "icon", "share")
    for crop in (SHAPES[shape].crops[0], SHAPES[shape].crops[-1])
] + ["fill-480x320|format-avif", "fill-480x320|format-webp"]

KINDS: dict[str, tuple[bytes, str, dict[str, Any]]] = {
    "landscape": (file_of((1600, 900)), "a.jpg", {}),
    "portrait": (file_of((700, 1300)), "a.jpg", {}),
    "focal point": (file_of((1100, 800)), "a.jpg", FOCUS),
    "tiny": (file_of((40, 30)), "a.jpg", {}),
    "a strip": (file_of((900, 2)), "a.jpg", {}),
    "alpha": (file_of((900, 700), "PNG", "RGBA"), "a.png", {}),
    "palette": (file_of((900, 700), "PNG", "P"), "a.png", {}),
    "grey": (file_of((900, 700), mode="L"), "a.jpg", {}),
    "for print": (file_of((900, 700), mode="CMYK"), "a.jpg", {}),
    "turned": (turned((1200, 800)), "a.jpg", {}),
    "turned with a focal point": (turned((1200, 800)), "a.jpg", FOCUS),
    "webp": (file_of((900, 700), "WEBP"), "a.webp", {}),
    "moving": (moving((300, 200)), "a.gif", {}),
}


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often Pillow decoded, by format."""
    counted: Counter[str] = Counter()
    decoder = Image._getdecoder

    def counting(mode: str, name: str, *args: Any) -> Any:
        counted[name] += 1
        return decoder(mode, name, *args)

    monkeypatch.setattr(Image, "_getdecoder", counting)
    return counted


def test_original_is_decoded_once_for_all_sizes(world: World, decodes: Counter[str]) -> None:
    image = upload()
    decodes.clear()

    encoded = encode_sizes(image, EVERY_SPEC)

    assert (len(encoded.sizes), decodes) == (len(EVERY_SPEC), {"jpeg": 1})
    decodes.clear()
    for spec in SOME_SPECS[:3]:
        image.generate_rendition_file(Filter(spec))
    assert decodes == {"jpeg": 3}  # Wagtail's own way


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_are_those_that_wagtail_makes(world: World, kind: str) -> None:
    content, name, fields = KINDS[kind]
    image = upload(content, name, **fields)

    encoded = encode_sizes(image, SOME_SPECS)

    made = {size.spec: size for size in encoded.sizes}
    by_wagtail = _by_wagtail(image)
    assert set(made) >= set(by_wagtail)
    for spec, (key, file) in by_wagtail.items():
        ours = made[spec]
        theirs = Image.open(file.file)
        assert (ours.focal_point_key, ours.width, ours.height) == (key, *theirs.size), spec
        assert ours.file.name == file.name
        assert _difference(ours, theirs) < SAME_TO_THE_EYE, spec


def _by_wagtail(image: Any) -> dict[str, tuple[str, Any]]:
    """Some kinds of pictures Wagtail refuses for some formats."""
    made = {}
    for spec in dict.fromkeys(SOME_SPECS):
        filter_ = Filter(spec)
        try:
            file = image.generate_rendition_file(filter_)
        except (OSError, ValueError):
            continue
        made[spec] = filter_.get_cache_key(image), file
    return made


def _difference(size: EncodedSize, other: Image.Image) -> float:
    mine = Image.open(size.file.file).convert("RGBA")
    assert mine.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(mine, other.convert("RGBA"))).mean)


def test_only_a_size_with_pixels_to_spare_is_made_from_another(world: World) -> None:
    """All others come from the original, and are Wagtail's to the byte: no size is blurred."""
    image = upload(file_of((1700, 1000)))
    specs = SHAPES["wide"].specs("jpeg")
    assert 736 * STEP < 1600 < 1200 * STEP

    made = {size.spec: size.file.read() for size in encode_sizes(image, specs).sizes}

    same = [made[spec] == _bytes_by_wagtail(image, spec) for spec in specs]
    assert same == [False, True, True]


def _bytes_by_wagtail(image: Any, spec: str) -> bytes:
    file = image.generate_rendition_file(Filter(spec))
    file.seek(0)
    return file.read()


def test_format_that_cannot_be_written_does_not_take_the_others_along(world: World) -> None:
    image = upload()
    good = "fill-320x320|format-jpeg"

    encoded = encode_sizes(image, ["fill-320x320|format-avif|avifquality-oops", good])

    assert [size.spec for size in encoded.sizes] == [good]
    assert encoded.problem == SizesProblem.PARTLY


@pytest.mark.parametrize("cut_at", [300, 2000])
def test_broken_file_is_said_to_be_broken(world: World, cut_at: int) -> None:
    content = file_of()
    image = upload(content)
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(content[:cut_at])

    encoded = encode_sizes(type(image).objects.get(pk=image.pk), EVERY_SPEC)

    assert (encoded.sizes, encoded.problem) == ((), SizesProblem.UNREADABLE)


def test_lost_file_is_said_to_be_lost(world: World) -> None:
    image = upload()
    image.file.storage.delete(image.file.name)

    encoded = encode_sizes(type(image).objects.get(pk=image.pk), EVERY_SPEC)

    assert (encoded.sizes, encoded.problem) == ((), SizesProblem.LOST)


def test_moving_picture_is_made_by_wagtail(world: World, decodes: Counter[str]) -> None:
    image = upload(moving((300, 200)), "a.gif")
    decodes.clear()

    encoded = encode_sizes(image, SOME_SPECS[:4])

    assert len(encoded.sizes) == 4
    assert decodes["gif"] >= 4
