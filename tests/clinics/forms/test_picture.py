"""The form of a picture in the admin: a broken file is said where another one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.images import get_image_model

from clinics.choices import SizesProblem
from clinics.forms.picture import WORDS
from clinics.picture_sizes import make_sizes, make_sizes_of
from tests.clinics.picture_files import file_of, upload
from tests.factories import World

SignIn = Callable[[Any], Client]
SPECS = ("fill-320x320|format-jpeg", "fill-320x320|format-webp")


def picture_of_hillside(world: World, **fields: Any) -> Any:
    return upload(collection=world.hillside.facts.collection, **fields)


def typed(image: Any, **values: Any) -> dict[str, Any]:
    as_it_is = {
        "title": image.title,
        "description": image.description,
        "person_shown": "NONE",
        "collection": image.collection_id,
    }
    return as_it_is | values


def test_every_problem_has_its_words() -> None:
    assert set(WORDS) == set(SizesProblem) - {SizesProblem.NONE}


@pytest.mark.parametrize("kept", [0, 300, 2000])
def test_editor_reads_what_is_wrong_with_a_file(
    world: World, client_for: SignIn, kept: int
) -> None:
    broken, whole = picture_of_hillside(world), picture_of_hillside(world)
    default_storage.delete(broken.file.name)
    if kept:
        default_storage.save(broken.file.name, ContentFile(file_of()[:kept]))
    for image in (broken, whole):
        make_sizes_of.call(image.pk)
    client = client_for(world.hillside_publisher)

    pages = [client.get(reverse("wagtailimages:edit", args=[i.pk])) for i in (broken, whole)]

    words = escape(str(WORDS[SizesProblem.UNREADABLE if kept else SizesProblem.LOST]))
    assert [page.status_code for page in pages] == [200, 200]
    assert [words in page.text for page in pages] == [True, False]


def test_library_with_a_broken_picture_can_still_be_looked_at(
    world: World, client_for: SignIn
) -> None:
    broken = picture_of_hillside(world, title="Broken one")
    default_storage.delete(broken.file.name)
    default_storage.save(broken.file.name, ContentFile(file_of()[:300]))

    page = client_for(world.hillside_publisher).get(reverse("wagtailimages:index"))

    assert "Broken one" in page.text


def test_broken_upload_is_refused_with_words(world: World, client_for: SignIn) -> None:
    content = file_of()
    file = ContentFile(content[: len(content) // 2], name="room.jpg")
    values = typed(picture_of_hillside(world), title="Half", file=file)

    page = client_for(world.hillside_publisher).post(reverse("wagtailimages:add"), values)

    assert (page.status_code, get_image_model().objects.filter(title="Half").exists()) == (
        200,
        False,
    )


def test_files_of_old_sizes_stay_when_another_file_is_chosen(
    world: World, client_for: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    """A page that a reader has open names them."""
    image = picture_of_hillside(world)
    make_sizes(image, SPECS)
    old = set(image.renditions.values_list("file", flat=True))
    file = ContentFile(file_of((800, 600), "PNG"), name="other.png")
    client = client_for(world.hillside_publisher)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:edit", args=[image.pk]), typed(image, file=file))

    changed = get_image_model().objects.get(pk=image.pk)
    assert changed.file.name != image.file.name
    assert not image.renditions.exists()
    assert [default_storage.exists(name) for name in old] == [True, True]
    make_sizes(changed, SPECS)
    assert image.renditions.count() == len(SPECS)
