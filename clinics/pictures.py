"""Pictures as templates show them: an image and a shape in, addresses and sizes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from clinics.page_frame import ImageView, ShareImage
from clinics.rows import asked_for, rows_by_id


@dataclass(frozen=True)
class Shape:
    """Rendition specs from small to large, and how wide the picture stands on the page."""

    specs: tuple[str, ...]
    sizes: str = "100vw"


SHAPES: dict[str, Shape] = {
    "wide": Shape(
        ("fill-800x450|format-webp", "fill-1600x900|format-webp"), "(min-width: 75rem) 75rem, 100vw"
    ),
    "half": Shape(
        ("fill-600x450|format-webp", "fill-1200x900|format-webp"), "(min-width: 48rem) 36rem, 100vw"
    ),
    "card": Shape(("fill-480x320|format-webp", "fill-960x640|format-webp"), "22rem"),
    "text": Shape(
        ("width-480|format-webp", "width-960|format-webp"), "(min-width: 48rem) 42rem, 100vw"
    ),
    "thumb": Shape(("fill-320x320|format-webp",), "10rem"),
    "logo": Shape(("max-512x128|format-png",), "16rem"),
    "share": Shape(("fill-1200x630|format-jpeg",)),
}
# Smaller ones are shown as a thumbnail beside the link (https://ogp.me, L-10).
SHARE_SIZE = (1200, 630)


def image_view(
    image: AbstractImage | None, shape: str, *, alt: str | None = None, caption: str = ""
) -> ImageView | None:
    """A picture in a shape. `alt` is the text for this place; None takes the picture's own."""
    if image is None:
        return None
    renditions = [image.get_rendition(spec) for spec in SHAPES[shape].specs]
    largest = renditions[-1]
    srcset = ", ".join(f"{r.url} {r.width}w" for r in renditions) if len(renditions) > 1 else ""
    return ImageView(
        src=renditions[0].url,
        srcset=srcset,
        sizes=SHAPES[shape].sizes if srcset else "",
        width=largest.width,
        height=largest.height,
        alt=image.default_alt_text if alt is None else alt,
        caption=caption,
        credit=image.credit,
        person_label=image.person_label,
    )


def share_image(image: AbstractImage | None, origin: str) -> ShareImage | None:
    """The picture for links to a page; None when it is too small for one."""
    view = image_view(image, "share")
    if view is None or (view.width, view.height) < SHARE_SIZE:
        return None
    url = view.src if view.src.startswith("http") else f"{origin}{view.src}"
    return ShareImage(url, view.width, view.height, view.alt)


def images_by_id(ids: Iterable[int], *shapes: str) -> dict[int, AbstractImage]:
    """Images with the renditions of the shapes at hand: two queries, however many pictures."""
    images = rows_by_id(get_image_model().objects.all(), ids)
    specs = [spec for shape in shapes for spec in SHAPES[shape].specs]
    renditions = (
        get_image_model()
        .get_rendition_model()
        .objects.filter(image_id__in=asked_for(images), filter_spec__in=specs)
    )
    for image in images.values():
        image.prefetched_renditions = []
    for rendition in renditions:
        images[rendition.image_id].prefetched_renditions.append(rendition)
    return images
