"""Encoded sizes in, rows of Wagtail's renditions out, and pages that show the picture are told.

A size is stored once, whoever makes it at the same time, and never for a file that was replaced
while it was made. Sizes of a replaced file go at once, but their files in a day: readers have pages
that name them, and so have caches that a purge did not reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition

from clinics.edge.changes import bump
from clinics.picture_encoding import EncodedSize, EncodedSizes

# Caches keep a page for an hour; an edge that lost touch with us serves older ones.
KEPT_AFTER_REPLACING = timedelta(days=1)


def store_sizes(image: AbstractImage, encoded: EncodedSizes) -> None:
    renditions: list[AbstractRendition] = []
    kept: set[str] = set()
    try:
        # Files first: no transaction waits for a storage.
        for size in encoded.sizes:
            renditions.append(_with_file(image, size, encoded.source))
        kept = _store_rows(image, encoded, renditions)
    finally:
        for rendition in renditions:
            if rendition.file.name not in kept:
                rendition.file.storage.delete(rendition.file.name)


@transaction.atomic
def _store_rows(
    image: AbstractImage, encoded: EncodedSizes, renditions: list[AbstractRendition]
) -> set[str]:
    """The names of files that the picture has now."""
    images = get_image_model().objects.filter(pk=image.pk)
    current = images.select_for_update().first()
    if current is None or current.file.name != encoded.source:
        return set()  # the task for the other file makes its sizes
    sizes = current.renditions.exclude(made_from=encoded.source)
    is_replaced = sizes.exclude(made_from="").exists()
    if is_replaced:
        drop_sizes(sizes)
    # A preview may have made the same ones by now.
    current.get_rendition_model().objects.bulk_create(renditions, ignore_conflicts=True)
    if renditions or is_replaced:
        bump(f"i:{image.pk}")
    return set(current.renditions.values_list("file", flat=True))


def _with_file(image: AbstractImage, size: EncodedSize, source: str) -> AbstractRendition:
    """A row to be, with its size: else Django would decode the file to know it."""
    model = image.get_rendition_model()
    row = {"image": image, "filter_spec": size.spec, "focal_point_key": size.focal_point_key}
    field = model._meta.get_field("file")
    name = field.generate_filename(model(**row), size.file.name)
    name = field.storage.save(name, size.file, max_length=field.max_length)
    return model(**row, file=name, width=size.width, height=size.height, made_from=source)


def drop_sizes(renditions: QuerySet[AbstractRendition]) -> None:
    """Forget sizes of a file that is replaced. Call it in a transaction."""
    names = []
    for rendition in renditions:
        rendition.purge_from_cache()
        names.append(rendition.file.name)
    # Past the signals: Wagtail's receiver would delete the files at once.
    renditions._raw_delete(renditions.db)
    transaction.on_commit(lambda: _delete_later(names))


def _delete_later(names: list[str]) -> None:
    if not names:
        return
    later = delete_unused
    if delete_unused.get_backend().supports_defer:
        later = delete_unused.using(run_after=timezone.now() + KEPT_AFTER_REPLACING)
    later.enqueue(names)


@task
def delete_unused(names: list[str]) -> None:
    """Delete these files, but for those that a restored backup brought into use again."""
    renditions = get_image_model().get_rendition_model()
    used = set(renditions.objects.filter(file__in=names).values_list("file", flat=True))
    _delete(renditions._meta.get_field("file").storage, set(names) - used)


def _delete(storage: Storage, names: Iterable[str]) -> None:
    for name in names:
        storage.delete(name)
