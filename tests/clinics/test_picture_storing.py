"""Sizes are stored once and for the right file; pages that show the picture are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.tasks import default_task_backend
from django.utils import timezone
from wagtail.images.models import Filter

from clinics.choices import SizesProblem
from clinics.edge.changes import PICTURES
from clinics.models import PurgeOutbox
from clinics.picture_encoding import encode_sizes
from clinics.picture_sizes import EVERY_SPEC, make_sizes, make_sizes_of
from clinics.picture_storing import delete_unused, drop_sizes, store_sizes
from tests.clinics.picture_files import file_of, upload
from tests.factories import World

SPECS = ("fill-320x320|format-avif", "fill-320x320|format-webp", "fill-320x320|format-jpeg")
OTHER = file_of((800, 600), "PNG")


def files_of(image: Any) -> set[str]:
    return set(image.renditions.values_list("file", flat=True))


def files_on_disk() -> set[str]:
    return {f"images/{name}" for name in default_storage.listdir("images")[1]}


@pytest.fixture
def before() -> set[str]:
    """Files that other tests left, which roll back rows alone."""
    default_storage.save("images/first.txt", ContentFile(b""))
    return files_on_disk()


@pytest.fixture
def tasks_that_wait(settings: Any) -> Any:
    """A queue that nobody works on; returns what is in it."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    return lambda: default_task_backend.results


def said_of(image: Any) -> str:
    return type(image).objects.values_list("sizes_problem", flat=True).get(pk=image.pk)


def purged() -> list[str]:
    """The pictures that pages have to drop."""
    return [tag for row in PurgeOutbox.objects.all() for tag in row.tags if tag != PICTURES]


def test_wagtail_finds_what_is_stored(world: World, django_assert_num_queries: Any) -> None:
    image = upload()
    store_sizes(image, encode_sizes(image, SPECS))

    found = type(image).objects.get(pk=image.pk).get_renditions(*SPECS)

    assert [found[spec].filter_spec for spec in SPECS] == list(SPECS)
    assert image.renditions.count() == len(SPECS)
    assert [(each.width, each.height) for each in found.values()] == [(320, 320)] * 3


def test_two_tasks_for_one_picture_make_each_size_once(world: World, before: set[str]) -> None:
    """The second one is done while the first one is still encoding."""
    image = upload()
    encoded = encode_sizes(image, SPECS)
    make_sizes(image, SPECS)

    store_sizes(image, encoded)

    assert sorted(image.renditions.values_list("filter_spec", flat=True)) == sorted(SPECS)
    assert files_on_disk() - before == files_of(image)


def test_sizes_of_a_file_that_was_replaced_meanwhile_are_thrown_away(
    world: World, before: set[str]
) -> None:
    image = upload()
    encoded = encode_sizes(image, SPECS)
    replaced = type(image).objects.get(pk=image.pk)
    replaced.file = ContentFile(OTHER, name="other.png")
    replaced.save()

    store_sizes(image, encoded)

    assert (files_of(image), files_on_disk()) == (set(), before)


def test_sizes_of_a_picture_that_was_deleted_meanwhile_are_thrown_away(
    world: World, before: set[str]
) -> None:
    image = upload()
    encoded = encode_sizes(image, SPECS)
    type(image).objects.get(pk=image.pk).delete()

    store_sizes(image, encoded)

    assert files_on_disk() == before


def test_pages_are_told_when_sizes_are_made_and_not_when_there_is_nothing_new(
    world: World,
) -> None:
    image = upload()
    PurgeOutbox.objects.all().delete()

    make_sizes(image, SPECS)
    after_first = purged()
    make_sizes(image, SPECS)

    assert (after_first, purged()) == ([f"i{image.pk}"], [f"i{image.pk}"])


def test_pages_are_told_when_a_picture_is_changed_or_deleted(world: World) -> None:
    image, other = upload(), upload()
    PurgeOutbox.objects.all().delete()

    image.description = "The same room at night"
    image.save()
    pk = image.pk
    other.delete()
    image.delete()

    assert purged().count(f"i{pk}") == 2
    assert len(purged()) == 3


def test_picture_with_another_file_gets_its_sizes_and_the_old_files_stay_a_day(
    world: World,
    before: set[str],
    tasks_that_wait: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """Whoever replaced it: a form, an import or a line of code."""
    image = upload()
    make_sizes(image, SPECS)
    old = files_of(image)
    image.file = ContentFile(OTHER, name="other.png")
    image.save()

    with django_capture_on_commit_callbacks(execute=True):
        make_sizes(type(image).objects.get(pk=image.pk))

    assert image.renditions.count() == len(EVERY_SPEC)
    assert not files_of(image) & old
    assert old <= files_on_disk()
    [waiting] = [each for each in tasks_that_wait() if each.task.func is delete_unused.func]
    assert waiting.task.run_after - timezone.now() > timedelta(hours=23)
    delete_unused.call(*waiting.args)
    assert files_on_disk() - before == files_of(image)


def test_older_sizes_stand_until_those_of_the_new_file_are_made(world: World) -> None:
    image = upload()
    make_sizes(image, SPECS)
    old = files_of(image)
    image.file = ContentFile(OTHER, name="other.png")
    image.save()
    assert files_of(image) == old

    encoded = encode_sizes(image, SPECS)
    store_sizes(image, encoded)

    assert len(files_of(image)) == len(SPECS)
    assert not files_of(image) & old


def test_old_file_that_is_in_use_again_is_kept(world: World) -> None:
    image = upload()
    make_sizes(image, SPECS)
    [used, unused, _] = sorted(files_of(image))
    image.renditions.filter(file=unused).update(file="images/else.jpg")

    delete_unused.call([used, unused])

    assert (default_storage.exists(used), default_storage.exists(unused)) == (True, False)


def test_files_go_at_once_where_tasks_cannot_wait(
    world: World, tasks_at_once: None, django_capture_on_commit_callbacks: Any
) -> None:
    assert not default_task_backend.supports_defer
    image = upload()
    make_sizes(image, SPECS)
    old = files_of(image)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        drop_sizes(image.renditions.all())

    assert not old & files_on_disk()


@pytest.mark.parametrize("is_lost", [True, False])
def test_task_says_what_is_wrong_and_takes_it_back_when_it_is_mended(
    world: World, is_lost: bool
) -> None:
    good = file_of()
    image = upload(good)
    image.file.storage.delete(image.file.name)
    if not is_lost:
        image.file.storage.save(image.file.name, ContentFile(good[:300]))

    make_sizes_of.call(image.pk)
    expected = SizesProblem.LOST if is_lost else SizesProblem.UNREADABLE
    assert (said_of(image), image.renditions.count()) == (expected, 0)

    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(good))
    make_sizes_of.call(image.pk)
    assert (said_of(image), image.renditions.count()) == ("", len(EVERY_SPEC))


def test_sizes_after_another_focal_point_are_beside_the_old_ones(world: World) -> None:
    image = upload()
    make_sizes(image, SPECS)
    image.focal_point_x, image.focal_point_y = 1500, 800
    image.focal_point_width = image.focal_point_height = 100
    image.save()

    make_sizes(image, SPECS)

    keys = set(image.renditions.values_list("focal_point_key", flat=True))
    assert keys == {Filter(SPECS[0]).get_cache_key(image), _key_without_focus(image)}
    assert image.renditions.count() == 2 * len(SPECS)


def _key_without_focus(image: Any) -> str:
    return Filter(SPECS[0]).get_cache_key(type(image)())
