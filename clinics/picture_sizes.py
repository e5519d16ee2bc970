"""Makes every size of a picture when it is uploaded or changed, and finds those that are made.

Readers never wait for an encoder: their request uses what is there. An editor's preview may show
a picture that was uploaded a second ago, so it makes what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from clinics.choices import SizesProblem
from clinics.picture_encoding import encode_sizes
from clinics.picture_shapes import SHAPES
from clinics.picture_storing import store_sizes

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
    """The renditions of a shape that are made, by spec.

    One query for the first shape of a picture, none for the others, none after `images_by_id`.
    """
    specs = SHAPES[shape].every_spec
    found = _made(image, specs)
    if _may_make.get() and len(found) < len(specs):
        make_sizes(image, specs)
        found = _made(image, specs)
    return found


def make_sizes(image: AbstractImage, specs: Iterable[str] | None = None) -> SizesProblem:
    """Make the sizes that the picture lacks, all or these; says what kept it from making them."""
    specs = EVERY_SPEC if specs is None else specs
    _read_made(image)
    made = _made(image, specs)
    up_to_date = {spec for spec, size in made.items() if size.made_from in ("", image.file.name)}
    missing = [spec for spec in specs if spec not in up_to_date]
    problem = SizesProblem.NONE
    if missing:
        encoded = encode_sizes(image, missing)
        store_sizes(image, encoded)
        _read_made(image)
        problem = encoded.problem
    # Always, since a form that was open meanwhile may have written what it had read before. Not
    # `image.save()`, which would start the next task.
    others = get_image_model().objects.filter(pk=image.pk).exclude(sizes_problem=problem)
    others.update(sizes_problem=problem)
    return problem


@task
def make_sizes_of(image_id: int) -> None:
    """The same as a task; nothing for a picture that is gone by now."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        make_sizes(image)


def make_sizes_after_save(instance: AbstractImage, **kwargs: Any) -> None:
    """A receiver of `post_save`: an upload, another file, another focal point, other words."""
    if kwargs["raw"]:
        return  # what a fixture holds was made before
    transaction.on_commit(partial(make_sizes_of.enqueue, instance.pk))


def _made(image: AbstractImage, specs: Iterable[str]) -> dict[str, AbstractRendition]:
    # Not from Wagtail's cache: one that processes share would cost more than the query.
    if getattr(image, "prefetched_renditions", None) is None:
        _read_made(image)
    found = image.find_existing_renditions(*map(_filter, specs))
    return {filter_.spec: rendition for filter_, rendition in found.items()}


def _read_made(image: AbstractImage) -> None:
    image.prefetched_renditions = list(image.renditions.filter(filter_spec__in=EVERY_SPEC))


@cache
def _filter(spec: str) -> Filter:
    """Kept, since a filter takes its spec apart when it is first used."""
    return Filter(spec)
