"""Pictures come in three formats, are cut around what matters, and are made before anybody asks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from clinics.models import ClinicPage
from clinics.picture_sizes import EVERY_SPEC, make_sizes, making_missing_sizes
from clinics.pictures import icons_of, image_view, share_image
from tests.articles.factories import make_article
from tests.factories import World


def upload(size: tuple[int, int] = (1600, 900), **fields: Any) -> Any:
    content = BytesIO()
    Image.new("RGB", size, "#4a7c88").save(content, "JPEG")
    file = ContentFile(content.getvalue(), name="room.jpg")
    fields = {"title": "Room", "description": "A room with a wide window", **fields}
    return get_image_model().objects.create(file=file, **fields)


@pytest.fixture
def hero(world: World) -> Any:
    """On Hillside's home page, with every size made."""
    image = upload()
    make_sizes(image)
    ClinicPage.objects.filter(pk=world.hillside.pk).update(hero_image=image)
    return image


def home() -> BeautifulSoup:
    return BeautifulSoup(Client(HTTP_HOST="hillside.test").get("/").text, "html.parser")


def test_picture_has_its_formats_from_best_to_plainest(hero: Any) -> None:
    picture = home().select_one(".hero-image picture")
    assert [source["type"] for source in picture.find_all("source")] == ["image/avif", "image/webp"]
    assert [".avif 736w" in s["srcset"] for s in picture.find_all("source")] == [True, False]
    image = picture.img
    assert ".jpg 736w" in image["srcset"] and ".jpg 1600w" in image["srcset"]
    assert (image["width"], image["height"]) == ("1600", "900")
    assert image["fetchpriority"] == "high" and "loading" not in image.attrs


def test_link_to_the_page_is_shared_with_a_picture(hero: Any) -> None:
    """L-10: at least 1200 x 630, with its text, at an absolute address."""
    head = home().head
    address = head.find("meta", property="og:image")["content"]
    assert address.startswith("http://hillside.test/media/") and address.endswith(".jpg")
    response = Client(HTTP_HOST="hillside.test").get(address.removeprefix("http://hillside.test"))
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (1200, 630)
    assert head.find("meta", property="og:image:alt")["content"] == hero.description
    assert head.find("meta", {"name": "twitter:card"})["content"] == "summary_large_image"


def test_picture_that_is_too_small_is_not_shared(world: World) -> None:
    image = upload((640, 360))
    make_sizes(image)
    assert share_image(image, "http://hillside.test") is None


def test_article_is_shared_with_its_own_picture_and_dates(hero: Any, world: World) -> None:
    own = upload(description="Hands around a warm cup", title="Hands")
    make_sizes(own)
    article = make_article("a", hero_image=own)
    page = BeautifulSoup(
        Client(HTTP_HOST="hillside.test").get("/conditions/a/").text, "html.parser"
    )

    def meta(name: str) -> str:
        return page.find("meta", property=name)["content"]

    assert meta("og:image:alt") == "Hands around a warm cup"
    assert meta("og:type") == "article"
    assert meta("og:site_name") == "Hillside Pain Clinic"
    assert meta("og:locale") == "en_US"
    day = article.last_published_at.date().isoformat()
    assert meta("article:published_time") == meta("article:modified_time") == day


def test_reader_never_waits_for_an_encoder(world: World) -> None:
    """P12: a picture whose sizes are not made yet is left out, and nothing is made."""
    image = upload()
    ClinicPage.objects.filter(pk=world.hillside.pk).update(hero_image=image, logo=image)
    assert home().select_one("picture") is None
    assert image.renditions.count() == 0
    with making_missing_sizes():
        assert image_view(image, "wide") is not None
    assert home().select_one(".hero-image picture") is not None


def test_upload_and_change_make_every_size(
    tasks_at_once: None, world: World, client_for: Any, django_capture_on_commit_callbacks: Any
) -> None:
    content = BytesIO()
    Image.new("RGB", (1600, 900), "#4a7c88").save(content, "JPEG")
    file = ContentFile(content.getvalue(), name="room.jpg")
    client = client_for(world.hillside_publisher)
    typed = {
        "title": "Room",
        "file": file,
        "description": "A room with a wide window",
        "person_shown": "NONE",
        "collection": world.hillside.facts.collection_id or "",
    }
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:add"), typed)
    image = get_image_model().objects.get(title="Room")
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(EVERY_SPEC)
    image.focal_point_x, image.focal_point_y = 1500, 800
    image.focal_point_width = image.focal_point_height = 100
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    keys = image.renditions.filter(filter_spec="fill-480x320|format-avif")
    assert keys.exclude(focal_point_key="").exists()


def test_task_leaves_a_picture_that_is_gone(
    tasks_at_once: None, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload().delete()
    assert not get_image_model().get_rendition_model().objects.exists()


def test_command_makes_what_is_missing_and_names_what_cannot_be_read(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    good, lost = upload(), upload(title="Lost")
    lost.file.storage.delete(lost.file.name)
    call_command("make_picture_sizes")
    assert good.renditions.count() == len(EVERY_SPEC)
    printed = capsys.readouterr().err
    assert "Lost" in printed and "upload them again" in printed


def test_sizes_from_before_are_shown_until_the_others_are_made(world: World) -> None:
    image = upload()
    image.get_renditions("fill-800x450|format-webp", "fill-1600x900|format-webp")
    view = image_view(get_image_model().objects.get(pk=image.pk), "wide")
    assert view is not None and view.src.endswith(".webp") and view.sources == ()


def test_small_picture_is_named_once_for_each_width(world: World) -> None:
    """Two files of one width would be an error of the page (W-02)."""
    image = upload((900, 500))
    make_sizes(image)
    view = image_view(image, "wide")
    assert view is not None
    widths = [each.rsplit(" ", 1)[1] for each in view.srcset.split(", ")]
    assert widths == ["736w", "890w"]


def test_icons_of_a_site_are_read_in_one_query(
    world: World, django_assert_num_queries: Any
) -> None:
    """P13: every page of a site with a logo names them."""
    uploaded = upload((600, 600))
    make_sizes(uploaded)
    logo = type(uploaded).objects.get(pk=uploaded.pk)
    cache.clear()  # Wagtail keeps renditions there.

    with django_assert_num_queries(1):
        icons = icons_of(logo)

    assert [(icon.width, icon.height) for icon in icons] == [(32, 32), (96, 96)]
    assert icons_of(None) == ()
