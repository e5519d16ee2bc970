"""Public views: a clinic's pages and 404, its stylesheet, its pictures, and health."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction

from clinics import readiness
from clinics.brand import stylesheet_urls
from clinics.clinic import Brand
from tests.articles.factories import make_article, make_local_version
from tests.factories import World
from tests.reading import main_words, page_of

type OpenSite = Callable[[Any], Client]

BRAND = Brand("#0b4f6c", "#f2a541", "serif")
ONE_YEAR = "public, max-age=31536000, immutable"


@pytest.fixture
def hillside(world: World, site_client: OpenSite) -> Client:
    return site_client(world.hillside)


# Pages


def test_page_of_another_clinic_is_not_here(world: World, hillside: Client) -> None:
    assert hillside.get("/locations/uptown/").status_code == 200
    assert hillside.get("/locations/marina/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/about/more/", "/conditions/fibromyalgia/more/", "/conditions/draft/",
             "/library/", "/conditions/local-version/"],
)  # fmt: skip
def test_unknown_path_is_the_clinics_404(path: str, world: World, hillside: Client) -> None:
    """L-14: the page does not exist, its people do."""
    version = make_local_version(make_article(), world.hillside)
    make_article("draft", publish=False)

    response = hillside.get(path.replace("local-version", version.slug))

    page = page_of(response.content)
    assert response.status_code == 404
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    panel = page.select_one(".cta-panel .actions")
    assert [link["href"] for link in panel.select("a.action")] == [
        "tel:+12145550142", "sms:+12145550143",
    ]  # fmt: skip
    assert "We cannot find that page" in main_words(response.content)


def test_restricted_page_is_a_404(world: World, hillside: Client) -> None:
    """Public hosts have no login, so a restriction hides a page and all below it."""
    PageViewRestriction.objects.create(
        page=world.uptown.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )

    assert hillside.get("/locations/").status_code == 404
    assert hillside.get("/locations/uptown/").status_code == 404
    assert hillside.get("/about/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/about/", "/conditions/fibromyalgia/"])
def test_pages_are_read_and_never_written(path: str, world: World) -> None:
    """Asked as a browser asks, with Django's own check against forged forms in force."""
    make_article()
    client = Client(HTTP_HOST="hillside.test", enforce_csrf_checks=True)

    head = client.head(path)
    refused = [client.generic(method, path) for method in ("POST", "PUT", "PATCH", "DELETE")]

    assert (head.status_code, head.content) == (200, b"")
    assert [response.status_code for response in refused] == [405, 405, 405, 405]
    assert all(response.cookies == {} for response in refused)


def test_address_without_its_slash_is_completed(hillside: Client) -> None:
    response = hillside.get("/about?src=ads")

    assert (response.status_code, response["Location"]) == (301, "/about/?src=ads")


# The stylesheet of a brand


def test_stylesheet_of_a_brand_is_for_ever(hillside: Client) -> None:
    first, rest = (hillside.get(url) for url in stylesheet_urls(BRAND))

    for response in (first, rest):
        assert response.status_code == 200
        assert response["Content-Type"] == "text/css; charset=utf-8"
        assert response["Cache-Control"] == ONE_YEAR
    assert "--brand:#0b4f6c;" in first.content.decode()
    assert ".prose" in rest.content.decode()


def test_every_clinic_serves_any_signed_stylesheet(world: World, site_client: OpenSite) -> None:
    """The address carries the values, so a cached page works wherever it is asked."""
    for url in stylesheet_urls(BRAND):
        pages = [site_client(home).get(url) for home in (world.hillside, world.hub)]
        assert pages[0].content == pages[1].content


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("0b4f6c", "0b4f6d"),
        ("f2a541", "F2A541"),
        ("serif", "sans"),
        ("serif", "comic"),
        (".css", "x.css"),
        ("/styles/", "/styles/000000-"),
    ],
)
def test_stylesheet_not_signed_is_a_404(found: str, instead: str, hillside: Client) -> None:
    url = stylesheet_urls(BRAND)[0]
    forged = url.replace(found, instead)
    assert forged != url

    assert hillside.get(forged).status_code == 404


@pytest.mark.parametrize("which", [0, 1])
def test_stylesheet_of_another_version_is_kept_nowhere(which: int, hillside: Client) -> None:
    """In the midst of an update a page asks for rules that this node has not, or no longer has."""
    url = stylesheet_urls(BRAND)[which]
    digest = url.split(".")[-2]
    other = hillside.get(url.replace(digest, digest[::-1]))

    assert digest != digest[::-1]
    assert other.content == hillside.get(url).content
    assert other["Cache-Control"] == "no-store"


def test_stylesheet_is_not_on_an_unknown_host(world: World) -> None:
    assert Client(HTTP_HOST="unknown.test").get(stylesheet_urls(BRAND)[0]).status_code == 404


# Pictures


@pytest.fixture
def media_root(tmp_path: Path) -> Path:
    for name in ("images/a.webp", "original_images/a.jpg", "secret.txt"):
        path = tmp_path / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content of " + name.encode())
    (tmp_path / "outside.txt").write_text("outside")
    return tmp_path / "media"


def test_renditions_are_served_for_ever(media_root: Path, hillside: Client) -> None:
    with override_settings(MEDIA_ROOT=media_root):
        response = hillside.get("/media/images/a.webp")

    assert (response.status_code, response["Cache-Control"]) == (200, ONE_YEAR)
    assert b"".join(response.streaming_content) == b"content of images/a.webp"
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "images/missing.webp",
        "images/",
        "images",
        "secret.txt",
        "original_images/a.jpg",
        "images/../original_images/a.jpg",
        "images/../secret.txt",
        "images/../../outside.txt",
        "images/..%2f..%2foutside.txt",
        "images/./../secret.txt",
        "images//etc/passwd",
        "images\\..\\..\\outside.txt",
        "documents/a.pdf",
    ],
)
def test_nothing_but_renditions_is_served(path: str, media_root: Path, hillside: Client) -> None:
    """Originals carry what the camera wrote into them, and paths lead nowhere else."""
    with override_settings(MEDIA_ROOT=media_root):
        response = hillside.get(f"/media/{path}")

    assert response.status_code == 404


def test_production_leaves_pictures_to_the_web_server(media_root: Path, hillside: Client) -> None:
    with override_settings(MEDIA_ROOT=media_root, CLINICS_SERVE_MEDIA=False):
        assert hillside.get("/media/images/a.webp").status_code == 404


# Health


@pytest.mark.parametrize("host", ["hillside.test", "hub.test", "unknown.test", "10.0.0.1"])
@pytest.mark.parametrize(("path", "status"), [("/-/live", "live"), ("/-/ready", "ready")])
def test_health_answers_on_any_host(path: str, status: str, host: str, world: World) -> None:
    response = Client(HTTP_HOST=host).get(path)

    assert (response.status_code, response.json()) == (200, {"status": status})
    assert "no-store" in response["Cache-Control"]


def test_live_asks_nothing_of_the_database(
    world: World, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(0):
        Client(HTTP_HOST=settings.ADMIN_HOST).get("/-/live")


def test_not_ready_while_a_migration_is_missing(world: World) -> None:
    newest = max(MigrationLoader(connection).graph.leaf_nodes("articles"))
    MigrationRecorder(connection).record_unapplied(*newest)

    response = Client(HTTP_HOST="hillside.test").get("/-/ready")

    assert (response.status_code, response.json()) == (503, {"status": "migrations pending"})


@pytest.mark.parametrize("path", ["/-/live", "/-/ready"])
def test_health_is_read_only(path: str, world: World) -> None:
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


def test_not_ready_while_it_shuts_down(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draining = tmp_path / "draining"
    monkeypatch.setenv("DRAIN_FILE", str(draining))
    client = Client(HTTP_HOST="hillside.test")
    assert client.get("/-/ready").status_code == 200

    draining.touch()

    response = client.get("/-/ready")
    assert (response.status_code, response.json()) == (503, {"status": "shutting down"})
    assert client.get("/-/live").status_code == 200


def test_ready_costs_one_query(world: World, django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(1):
        Client(HTTP_HOST="hillside.test").get("/-/ready")


def test_not_ready_without_a_database(world: World) -> None:
    def fail(*_args: Any) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(fail):
        response = Client(HTTP_HOST="hillside.test").get("/-/ready")

    assert (response.status_code, response.json()) == (503, {"status": "no database"})


def test_one_request_at_a_time_waits_for_a_database_that_hangs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "LONGEST_WAIT", 0.01)
    client = Client(HTTP_HOST="hillside.test")

    with readiness._asking:
        response = client.get("/-/ready")

    assert (response.status_code, response.json()) == (503, {"status": "no database"})
    assert client.get("/-/ready").status_code == 200
