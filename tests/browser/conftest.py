"""Chromium on the sites of the world: every clinic host leads to one server of ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.models import Term
from clinics.models import ClinicFacts, LocationFacts, Person
from tests.articles.every_section import every_section, make_image
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    text,
)
from tests.factories import World
from tests.kept_database import kept_database

CLINIC_PATHS = (
    "/", "/conditions/", "/conditions/shingles/", "/locations/", "/contact/", "/about/", "/team/",
    "/privacy/", "/nowhere/", "/search/?q=shinlges", "/search/?q=zebra", "/_components/",
)  # fmt: skip
OWN_PATHS = {
    "hillside": ("/locations/uptown/", "/team/ada-hill/", "/costs-and-insurance/"),
    "harbour": ("/locations/marina/", "/team/nora-harbour/"),
}
HUB_PATHS = (
    "/", "/conditions/", "/conditions/shingles/", "/locations/", "/locations/?near=75024",
    "/locations/?near=Springfield", "/locations/?near=00000", "/privacy/", "/nowhere/",
    "/writers-and-reviewers/", "/writers-and-reviewers/nora-harbour/",
)  # fmt: skip
SITES = {
    **{clinic: (*CLINIC_PATHS, *paths) for clinic, paths in OWN_PATHS.items()},
    "hub": HUB_PATHS,
}


@dataclass
class Sites:
    """Opens pages of the world's sites and writes down every request that they make."""

    browser: Browser
    port: int
    requests: list[str] = field(default_factory=list)

    def open(
        self, site: str, path: str, width: int = 1280, height: int = 800, **options: Any
    ) -> Page:
        """A page in a fresh browser profile."""
        self.requests.clear()
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(self.url(site, path))
        return page

    def each(self, site: str, **screen: Any) -> Iterator[tuple[str, Page]]:
        """Every type of page of a site, one after the other in the same profile."""
        page = self.open(site, "/", **screen)
        for path in SITES[site]:
            page.goto(self.url(site, path))
            yield path, page

    def url(self, site: str, path: str) -> str:
        return f"http://{site}.test:{self.port}{path}"


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world and its articles, for all tests of this package.

    Playwright runs a loop in the thread of the tests, and where a loop runs Django opens
    connections of its own, which see nothing of this: a test may ask the browser only.
    """
    with kept_database(django_db_blocker):
        _write_people()
        _write_law()
        _write_articles(World())
        yield


@pytest.fixture(scope="package")
def served(db: None) -> Iterator[Sites]:
    """A server with the database of this package, and a browser that finds all hosts there.

    What is in the database is not committed, so the server's threads share this connection, as
    Django lets them share one in memory, and leave it open.
    """
    middleware = ["tests.browser.one_at_a_time.OneAtATimeMiddleware", *settings.MIDDLEWARE]
    with patch.object(connections["default"], "is_in_memory_db", return_value=True):
        with override_settings(MIDDLEWARE=middleware):
            server = LiveServer("127.0.0.1")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=_chromium(),
                    args=["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"],
                )
                yield Sites(browser, server.thread.port)
                browser.close()
        finally:
            server.stop()


@pytest.fixture
def sites(served: Sites) -> Iterator[Sites]:
    """Every browser profile is closed after the test."""
    yield served
    for context in served.browser.contexts:
        context.close()


def _chromium() -> str:
    names = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
    found = settings.TEST_BROWSER or next(filter(None, map(shutil.which, names)), "")
    if not found:
        pytest.fail("No browser found: install chromium, or name one in CHROMIUM.")
    return found


def _write_people() -> None:
    """A face and a few words for everybody; where to park at each place."""
    for person in Person.objects.all():
        person.photo = make_image(f"Face of {person.slug}")
        person.job_title = "Pain physician"
        person.bio = f"{person.name} has cared for people with pain since 2009."
        person.is_reviewer = True
        person.save()
    LocationFacts.objects.update(
        parking="Free parking behind the house. The entrance has no steps."
    )


def _write_law() -> None:
    """A director who practises elsewhere, and a seal: both stand on pages of Hillside."""
    ClinicFacts.objects.filter(clinic__slug="hillside").update(
        director=Person.objects.get(slug="ada-hill"),
        director_license="TX-1001",
        director_board="American Board of Anesthesiology",
        director_is_here=False,
        delegation="Registered nurses give infusions under Dr. Hill's written orders.",
        legitscript_id="1234567",
        legitscript_host="hillside.test",
    )


def _write_articles(world: World) -> None:
    """An article with every section and a picture; Harbour words it in its own way."""
    Term.objects.create(
        slug="stiffness", name="Stiffness",
        explanation="The feeling that a joint or a muscle is hard to move, mostly after rest.",
    )  # fmt: skip
    linked = make_article("nerves", summary="What nerves do.", hero_image=make_image("Nerves"))
    first, *others = every_section(linked)
    first["value"]["level"] = "h2"
    article = make_article(
        "shingles",
        first,
        *others,
        title="Shingles and the pain that stays",
        summary="Why the pain may stay after the rash has gone, and what can be done about it.",
        hero_image=make_image("Shingles", credit="A painter"),
        also_known_as="Herpes zoster, zoster",
        icd10_code="B02.9",
        author=Person.objects.get(slug="grace-group"),
        reviewer=Person.objects.get(slug="nora-harbour"),
    )
    article.related.add(linked)
    article.save()
    change_article(article, change_class="FACTS", change_note="A new figure of 2026")
    own = text("own", "At our clinic", "<p>We see <b>many</b> people with shingles.</p>")
    make_local_version(article, world.harbour, override("insert", "", own, position="start"))
    ClinicFacts.objects.filter(clinic=world.hillside).update(
        booking_url="https://hillside.example/book"
    )
    for home in (world.hillside, world.harbour, world.hub):
        home.hero_title = "Care for pain that stays"
        home.hero_text = "We listen first, and say what is known and what is not."
        home.hero_image = make_image(f"Home of {home.slug}")
        home.logo = make_image(f"Logo of {home.slug}")
        # Hillside is laid out side by side, Harbour like a journal: so every layout is looked at.
        home.brand_layout = "cover" if home == world.hub else home.brand_layout
        home.welcome = "<h2>Welcome</h2><p>Read <a href='/locations/'>where we are</a>.</p>"
        home.save_revision().publish()
