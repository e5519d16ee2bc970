"""What pictures cost a reader: nothing is encoded for anybody, and all of a page are one query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models

from articles.models import ArticleLibraryPage, ArticlePage, LocalVersionPage
from clinics.models import ClinicPage, FranchisePage, HubPage, LocationPage, Person
from clinics.picture_sizes import making_missing_sizes
from clinics.pictures import image_view, images_by_id
from tests.articles.every_section import make_image, section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.clinics.picture_files import upload
from tests.factories import World
from tests.reading import crawl

OUR_APPS = {"articles", "clinics"}

type OpenSite = Callable[[Any], Client]


@pytest.fixture
def encodes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats that Pillow was asked to write, in order."""
    asked: list[str] = []
    save = Image.Image.save

    def counting(self: Image.Image, fp: Any, format: str | None = None, **options: Any) -> None:
        asked.append(format or "")
        save(self, fp, format, **options)

    monkeypatch.setattr(Image.Image, "save", counting)
    return asked


def picture(key: str, image: Any) -> dict[str, Any]:
    return section("image", key, image=image.pk, alt="A bright and quiet room")


@pytest.fixture
def without_sizes(world: World) -> World:
    """A picture that was uploaded this second, wherever a page can show one."""
    image = upload()
    for model in (ClinicPage, HubPage):
        model.objects.update(hero_image=image, logo=image)
    LocationPage.objects.update(photo=image)
    Person.objects.update(photo=image, bio="Likes the sea.", is_author=True)
    body = text("what"), picture("picture", image)
    related = make_article("b", *body, hero_image=image)
    article = change_article(make_article("a", *body, hero_image=image), related=[related])
    own = override("replace", "what", picture("own", image))
    make_local_version(article, world.hillside, own, hero_choice="OWN", hero_image=image)
    make_own_article(world.hillside, "own", *body, hero_image=image)
    return world


def test_no_page_encodes_a_picture_for_a_reader(
    without_sizes: World, site_client: OpenSite, encodes: list[str]
) -> None:
    """P12, on every type of page that a reader can reach. An editor's preview is the opposite."""
    homes = [without_sizes.hillside, without_sizes.hub]
    pages = {(home.pk, path): html for home in homes for path, html in _crawl(home, site_client)}

    assert set(map(type, _pages_among(pages))) == _types_with_an_address()
    assert [place for place, html in pages.items() if "/media/" in html] == []
    assert (encodes, get_image_model().get_rendition_model().objects.count()) == ([], 0)
    with making_missing_sizes():
        html = site_client(homes[0]).get("/conditions/a/").text
    assert encodes and "/media/" in html


def _crawl(home: Page, site_client: OpenSite) -> Iterable[tuple[str, str]]:
    return crawl(site_client(home)).items()


def _pages_among(visited: Collection[tuple[int, str]]) -> list[Page]:
    homes = Page.objects.in_bulk({pk for pk, _ in visited})
    below = {pk: f"{home.url_path}"[:-1] for pk, home in homes.items()}
    paths = [below[pk] + path for pk, path in visited]
    return list(Page.objects.filter(url_path__in=paths).specific())


def _types_with_an_address() -> set[type[Page]]:
    """Articles of the library stand at the addresses of lists, and nothing above a home at any."""
    ours = {model for model in get_page_models() if model.__module__.split(".")[0] in OUR_APPS}
    return ours - {FranchisePage, ArticleLibraryPage, ArticlePage, LocalVersionPage}


@pytest.mark.parametrize("count", [1, 12])
def test_all_pictures_of_an_article_are_one_query(
    world: World, site_client: OpenSite, count: int
) -> None:
    """P13: hero, sections and cards, in every shape, and the picture for links."""
    pictures = [picture(f"picture-{n}", make_image(f"p-{n}")) for n in range(count)]
    related = [make_article(f"o-{n}", hero_image=make_image(f"o-{n}")) for n in range(3)]
    article = make_article("a", text("what"), *pictures, hero_image=make_image("hero"))
    change_article(article, related=related)

    asked = _queries_of_sizes(site_client(world.hillside), "/conditions/a/")

    assert len(asked) == 1


@pytest.mark.parametrize("count", [1, 12])
def test_all_pictures_of_a_list_are_one_query(
    world: World, site_client: OpenSite, count: int
) -> None:
    for number in range(count):
        make_article(f"a-{number}", hero_image=make_image(f"p-{number}"))

    asked = _queries_of_sizes(site_client(world.hillside), "/conditions/")

    assert len(asked) == 1


def test_logo_in_its_shapes_is_one_query_more(world: World, site_client: OpenSite) -> None:
    make_article("a", hero_image=make_image("hero"))
    ClinicPage.objects.filter(pk=world.hillside.pk).update(logo=make_image("logo"))

    asked = _queries_of_sizes(site_client(world.hillside), "/conditions/a/")

    assert len(asked) == 2


@pytest.mark.parametrize("count", [0, 1, 12])
def test_pictures_by_id_are_one_query_with_all_their_shapes(
    world: World, django_assert_num_queries: Any, count: int
) -> None:
    ids = [make_image(f"p-{number}").pk for number in range(count)]
    bare = upload().pk

    with django_assert_num_queries(1):
        images = images_by_id([*ids, bare], "wide", "text", "share")
        views = [image_view(images[pk], shape) for pk in ids for shape in ("wide", "text")]

    assert set(images) == {*ids, bare}
    assert None not in views
    with django_assert_num_queries(0):
        assert image_view(images[bare], "wide") is None


def _queries_of_sizes(client: Client, path: str) -> list[str]:
    assert "<picture" in client.get(path).text
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    table = get_image_model().get_rendition_model()._meta.db_table
    return [query["sql"] for query in queries if table in query["sql"]]
