"""The addresses of articles: what each host answers at a path, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.choices import ArticleKind
from articles.models import ArticleAddress, ArticleMountPage, ArticlePage
from clinics.models import Service
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World

PATH = "/conditions/fibromyalgia/"
HOSTS = ["hub.test", "hillside.test", "harbour.test"]


def status(host: str, path: str = PATH) -> int:
    return Client(HTTP_HOST=host).get(path).status_code


def statuses(path: str = PATH) -> list[int]:
    """The hub's answer, Hillside's and Harbour's."""
    return [status(host, path) for host in HOSTS]


# Found


def test_article_is_at_the_same_path_of_every_site(world: World) -> None:
    make_article()

    assert statuses() == [200, 200, 200]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_article_is_read_only(world: World, method: str) -> None:
    make_article()

    response = getattr(Client(HTTP_HOST="hillside.test"), method)(PATH)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


# Not found


def test_unknown_host_is_404_and_names_no_clinic(world: World) -> None:
    make_article()

    response = Client(HTTP_HOST="nowhere.test").get(PATH)

    html = response.content.decode()
    assert response.status_code == 404
    names = ("Hillside", "Harbour", "Group", "theme/", "tel:", "555")
    assert [name for name in names if name in html] == []


@pytest.mark.parametrize(
    "path",
    [
        "/conditions/unknown/",
        "/conditions/fibromyalgia/more/",
        "/conditions/fibromyalgia/fibromyalgia/",
        "/treatments/fibromyalgia/",
        "/articles/fibromyalgia/",
        "/fibromyalgia/",
        "/library/fibromyalgia/",
        "/hillside/conditions/fibromyalgia/",
        "/conditions/Fibromyalgia/",
    ],
)
def test_path_that_is_no_article_is_404(world: World, path: str) -> None:
    make_article()

    assert statuses(path) == [404, 404, 404]


def test_draft_article_is_404(world: World) -> None:
    make_article(publish=False)

    assert statuses() == [404, 404, 404]


def test_unpublished_article_is_404_and_leaves_the_lists(world: World) -> None:
    make_article().unpublish()

    assert statuses() == [404, 404, 404]
    assert "Fibromyalgia" not in Client(HTTP_HOST="hillside.test").get("/conditions/").text


def test_expired_article_is_404_before_the_scheduler_comes(world: World) -> None:
    make_article(expire_at=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert statuses() == [404, 404, 404]


def test_unpublished_mount_is_404_on_that_site_only(world: World) -> None:
    make_article()

    ArticleMountPage.objects.child_of(world.hillside).get(kind=ArticleKind.CONDITION).unpublish()

    assert statuses() == [200, 404, 200]


def test_own_slug_of_a_local_version_is_404(world: World) -> None:
    version = make_local_version(make_article(), world.harbour, title_override="Ours")

    assert statuses(f"/conditions/{version.slug}/") == [404, 404, 404]


def restrict_article(world: World) -> Page:
    return ArticlePage.objects.get().page_ptr


def restrict_library(world: World) -> Page:
    return world.library.page_ptr


@pytest.mark.parametrize("restricted", [restrict_article, restrict_library])
@pytest.mark.parametrize(
    "kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS]
)
def test_restricted_article_is_404_everywhere(
    world: World, restricted: Callable[[World], Page], kind: str
) -> None:
    make_article()
    PageViewRestriction.objects.create(page=restricted(world), restriction_type=kind)

    assert statuses() == [404, 404, 404]
    assert "Fibromyalgia" not in Client(HTTP_HOST="hillside.test").get("/conditions/").text


def test_restricted_mount_is_404_on_that_site_only(world: World) -> None:
    make_article()
    mount = ArticleMountPage.objects.child_of(world.hillside).get(kind=ArticleKind.CONDITION)
    PageViewRestriction.objects.create(page=mount.page_ptr, restriction_type="login")

    assert statuses() == [200, 404, 200]
    assert statuses("/conditions/") == [200, 404, 200]


def test_restricted_page_does_not_ask_for_a_password(world: World) -> None:
    article = make_article()
    PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="password")

    response = Client(HTTP_HOST="hillside.test").get(PATH)

    assert "password" not in response.text
    assert not response.cookies


# Services


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([], [200, 200, 200]),
        (["ketamine-infusion"], [200, 200, 200]),
        (["nerve-blocks"], [200, 200, 404]),
        (["ketamine-infusion", "nerve-blocks"], [200, 200, 200]),
    ],
)
def test_article_is_hidden_where_its_service_is_not_offered(
    world: World, services: list[str], expected: list[int]
) -> None:
    make_article(services=Service.objects.filter(slug__in=services))

    assert statuses() == expected
    listed = "Fibromyalgia" in Client(HTTP_HOST="harbour.test").get("/conditions/").text
    assert listed == (expected[2] == 200)


# Renamed


def test_renamed_article_is_redirected_on_every_site_without_a_row_of_theirs(world: World) -> None:
    change_article(make_article(), slug="fibro", kind=ArticleKind.TREATMENT)

    responses = [Client(HTTP_HOST=host).get(PATH) for host in HOSTS]

    assert [r.status_code for r in responses] == [301, 301, 301]
    assert {r.url for r in responses} == {"/treatments/fibro/"}
    assert statuses("/treatments/fibro/") == [200, 200, 200]
    assert ArticleAddress.objects.count() == 1


def test_every_former_address_leads_to_the_current_one(world: World) -> None:
    article = change_article(make_article("first"), slug="second")
    change_article(article, slug="third")

    for slug in ("first", "second"):
        response = Client(HTTP_HOST="harbour.test").get(f"/conditions/{slug}/")
        assert (response.status_code, response.url) == (301, "/conditions/third/")
        # A browser that kept it for ever would go round in a circle when the old one comes back.
        assert response["Cache-Control"] == "max-age=0, must-revalidate"


def test_redirect_to_an_article_that_a_clinic_does_not_show_is_404(world: World) -> None:
    services = Service.objects.filter(slug="nerve-blocks")
    change_article(make_article(services=services), slug="fibro")

    assert statuses() == [301, 301, 404]


def test_redirect_to_an_unpublished_article_is_404(world: World) -> None:
    change_article(make_article(), slug="fibro").unpublish()

    assert statuses() == [404, 404, 404]


def test_withdrawn_article_is_410(world: World) -> None:
    article = make_article(publish=False)
    ArticleAddress.objects.create(
        article=article, library=world.library, kind="CONDITION", slug="fibromyalgia", gone=True
    )

    assert statuses() == [410, 410, 410]


def test_query_of_a_redirect_is_not_reflected(world: World) -> None:
    change_article(make_article(), slug="fibro")

    response = Client(HTTP_HOST="harbour.test").get(f"{PATH}?next=https://evil.example/")

    assert response.url == "/conditions/fibro/"


# A clinic's own articles


def test_own_article_is_on_the_site_of_its_clinic_only(world: World) -> None:
    make_own_article(world.harbour, "our-rooms")

    assert statuses("/conditions/our-rooms/") == [404, 404, 200]


def test_own_article_wins_over_a_shared_one_at_the_same_path(world: World) -> None:
    make_article("fibromyalgia", text("what", "Shared heading"))
    make_own_article(world.harbour, "fibromyalgia", text("own", "Harbour heading"))

    headings = ["Shared heading", "Harbour heading"]
    found = [
        [heading for heading in headings if heading in Client(HTTP_HOST=host).get(PATH).text]
        for host in HOSTS
    ]

    assert found == [["Shared heading"], ["Shared heading"], ["Harbour heading"]]


def test_draft_of_an_own_article_lets_the_shared_one_through(world: World) -> None:
    make_article()
    make_own_article(world.harbour, "fibromyalgia", publish=False)

    assert statuses() == [200, 200, 200]


# Local versions at read time


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"publish": False}, False),
        ({"expire_at": timezone.now() + timedelta(hours=1)}, False),
        ({"expire_at": timezone.now() + timedelta(days=30)}, True),
    ],
    ids=["live", "draft", "expired", "not yet expired"],
)
def test_only_a_local_version_in_force_is_shown(
    world: World, fields: dict[str, Any], shown: bool
) -> None:
    own = override("replace", "what", text("own", "Harbour heading"))
    make_local_version(make_article(), world.harbour, own, **fields)

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        html = Client(HTTP_HOST="harbour.test").get(PATH).text

    assert ("Harbour heading" in html) == shown
    assert ("What it is" in html) != shown
