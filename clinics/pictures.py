"""Pictures as templates show them: an image and a shape in, addresses and sizes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import FilteredRelation, Q
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition

from clinics.edge.memory import is_remembering, remembered, remembered_many
from clinics.edge.shown import shows
from clinics.page_frame import ImageSource, ImageView, ShareImage
from clinics.picture_shapes import SHAPES
from clinics.picture_sizes import EVERY_SPEC, sizes_at_hand
from clinics.rows import asked_for, rows_by_id

# Smaller ones are shown as a thumbnail beside the link (https://ogp.me, L-10).
SHARE_SIZE = (1200, 630)


def image_view(
    image: AbstractImage | None, shape: str, *, alt: str | None = None, caption: str = ""
) -> ImageView | None:
    """A picture in a shape. `alt` is the text for this place; None takes the picture's own.

    None also while no size of it is made yet: no reader waits for that (P12).
    """
    if image is None:
        return None
    view = remembered(("view", image.pk, shape), lambda: _view_of(image, shape))
    if view is None:
        return None
    alt = image.default_alt_text if alt is None else alt
    return replace(view, alt=alt, caption=caption)


def _view_of(image: AbstractImage, shape: str) -> ImageView | None:
    shows(f"i:{image.pk}")
    made = sizes_at_hand(image, shape)
    formats = [
        [made[spec] for spec in SHAPES[shape].specs(format_) if spec in made]
        for format_ in SHAPES[shape].formats
    ]
    *better, plain = [sized for sized in formats if sized] or [[]]
    if not plain:
        return None
    sizes = SHAPES[shape].sizes
    return ImageView(
        src=plain[0].url,
        srcset=_srcset(plain) if len(plain) > 1 else "",
        sizes=sizes if len(plain) > 1 else "",
        sources=tuple(
            ImageSource(f"image/{_format(sized[0])}", _srcset(sized), sizes) for sized in better
        ),
        width=plain[-1].width,
        height=plain[-1].height,
        alt="",
        credit=image.credit,
        person_label=image.person_label,
    )


def icons_of(logo: AbstractImage | None) -> tuple[ImageView, ...]:
    """The icons of a site, from small to large, in one query; none while they are not made."""
    if logo is None:
        return ()
    shows(f"i:{logo.pk}")
    made = sizes_at_hand(logo, "icon")
    icons = (made[spec] for spec in SHAPES["icon"].every_spec if spec in made)
    return tuple(ImageView(icon.url, icon.width, icon.height, alt="") for icon in icons)


def _srcset(sized: list[AbstractRendition]) -> str:
    """One file for each width: of a small picture, several crops come out alike."""
    by_width = {rendition.width: rendition for rendition in reversed(sized)}
    return ", ".join(f"{by_width[width].url} {width}w" for width in sorted(by_width))


def _format(rendition: AbstractRendition) -> str:
    return str(rendition.filter_spec).rpartition("format-")[2]


def share_image(image: AbstractImage | None, origin: str) -> ShareImage | None:
    """The picture for links to a page; None when it is too small for one."""
    view = image_view(image, "share")
    if view is None or (view.width, view.height) < SHARE_SIZE:
        return None
    url = view.src if view.src.startswith("http") else f"{origin}{view.src}"
    return ShareImage(url, view.width, view.height, view.alt)


def images_by_id(ids: Iterable[int], *shapes: str) -> dict[int, AbstractImage]:
    """Images with the renditions of the shapes at hand: one query, however many pictures (P13)."""
    if is_remembering():
        return pictures_by_id(ids)
    ids = set(ids)
    shows(*(f"i:{pk}" for pk in ids))
    return _with_sizes(ids, {spec for shape in shapes for spec in SHAPES[shape].every_spec})


def pictures_by_id(ids: Iterable[int]) -> dict[int, AbstractImage]:
    """Images; for a page that is going to be kept with all their sizes at hand. One query."""
    return remembered_many("picture", ids, _read_pictures, scope=lambda pk: f"i:{pk}")


def _read_pictures(ids: set[int]) -> dict[int, AbstractImage]:
    if is_remembering():
        return _with_sizes(ids, set(EVERY_SPEC))
    return rows_by_id(get_image_model().objects.all(), ids)


def _with_sizes(ids: set[int], specs: set[str]) -> dict[int, AbstractImage]:
    """As plain rows of both tables: a picture has a dozen sizes, and is built once."""
    model = get_image_model()
    columns = [field.attname for field in model._meta.concrete_fields]
    of_size = model.get_rendition_model()._meta
    size_columns = [field.attname for field in of_size.concrete_fields]
    sizes = FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=specs))
    rows = model.objects.filter(pk__in=asked_for(ids)).annotate(size=sizes)
    images: dict[int, AbstractImage] = {}
    for row in rows.values_list("pk", *columns, *(f"size__{name}" for name in size_columns)):
        pk, of_image, of_rendition = row[0], row[1 : len(columns) + 1], row[len(columns) + 1 :]
        if pk not in images:
            images[pk] = model.from_db(rows.db, columns, of_image)
            images[pk].prefetched_renditions = []
        if of_rendition[size_columns.index(of_size.pk.attname)] is not None:
            rendition = of_size.model.from_db(rows.db, size_columns, of_rendition)
            images[pk].prefetched_renditions.append(rendition)
    return images
