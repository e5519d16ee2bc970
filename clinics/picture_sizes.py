"""Makes every size of a picture when it is uploaded or changed, and finds those that are made.

Readers never wait for an encoder: their request uses what is there. An editor's preview may show
a picture that was uploaded a second ago, so it makes what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from clinics.picture_shapes import SHAPES

EVERY_SPEC = tuple(dict.fromkeys(spec for shape in SHAPES.values() for spec in shape.every_spec))

_may_make: ContextVar[bool] = ContextVar("may_make", default=False)


@contextmanager
def making_missing_sizes() -> Iterator[None]:
    """Within it a size that is asked for and missing is made at once: for previews."""
    token = _may_make.set(True)
    try:
        yield
    finally:
        _may_make.reset(token)


def sizes_at_hand(image: AbstractImage, shape: str) -> dict[str, AbstractRendition]:
    """The renditions of a shape that are made, by spec."""
    specs = SHAPES[shape].every_spec
    if _may_make.get():
        return dict(image.get_renditions(*specs))
    found = image.find_existing_renditions(*(Filter(spec) for spec in specs))
    return {filter_.spec: rendition for filter_, rendition in found.items()}


def make_sizes(image: AbstractImage) -> None:
    """Make every size that the picture lacks."""
    image.get_renditions(*EVERY_SPEC)


@task
def make_sizes_of(image_id: int) -> None:
    """The same as a task; nothing for a picture that is gone by now."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        make_sizes(image)


def make_sizes_after_save(instance: AbstractImage, **kwargs: Any) -> None:
    """A receiver of `post_save`: an upload, another file, another focal point."""
    transaction.on_commit(partial(make_sizes_of.enqueue, instance.pk))
