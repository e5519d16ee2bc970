"""Fixtures of the whole suite: the world, and clients that ask as somebody or as a patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import set_script_prefix, set_urlconf
from wagtail.models import Page, Site

from tests.clock import OPEN_AT_BOTH, set_time
from tests.edge import Process, fresh_process
from tests.factories import World, build_world, remove_world

COMMITTING = {"live_server", "transactional_db"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser first and together: between others, each of their modules would build the
    world anew. Last those that commit: they empty the database, and whatever came after them would
    build the world for itself. Within each part the random order stays.
    """
    committing = [item for item in items if _commits(item)]
    kept = [item for item in items if not _commits(item)]
    in_browser = [item for item in kept if item.get_closest_marker("browser")]
    others = [item for item in kept if not item.get_closest_marker("browser")]
    # The deepest folder first: it signs people in before a browser runs a loop in this thread.
    in_browser.sort(key=lambda item: -len(item.path.parts))
    items[:] = [*in_browser, *others, *committing]


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    is_marked = bool(mark and mark.kwargs.get("transaction"))
    return is_marked or bool(COMMITTING & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world is built once; every test rolls back to it.

    A test that commits (`transaction=True`, a live server) empties the database afterwards: the
    next one that asks for the world builds it again.
    """
    with django_db_blocker.unblock():
        build_world()
    yield


@pytest.fixture(autouse=True)
def _no_leftovers() -> None:
    """Wagtail keeps the list of sites in the cache, which no rollback reaches; a request through
    WSGI leaves its prefix to this thread, an answer that was never closed its host's addresses.
    """
    cache.clear()
    set_urlconf(None)
    set_script_prefix("/")


@pytest.fixture(autouse=True)
def _a_morning_at_which_both_clinics_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page says must not depend on when the tests run; tests of hours set their own time."""
    set_time(monkeypatch, OPEN_AT_BOTH)


@pytest.fixture
def tasks_at_once(settings: Any) -> None:
    """Tasks run where they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def world(db: None) -> World:
    """Hillside, Harbour, the hub, the library and their people."""
    return World() if Page.objects.filter(slug="hillside").exists() else build_world()


@pytest.fixture
def no_world(db: None) -> None:
    """An installation before its first clinic."""
    remove_world()


@pytest.fixture
def client_for() -> Callable[[Any], Client]:
    """A client on the admin's host, signed in as a user of the world."""

    def sign_in(user: Any) -> Client:
        client = Client(HTTP_HOST=settings.ADMIN_HOST)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def site_client() -> Callable[[Page], Client]:
    """A patient's client on the host of a clinic or the hub."""

    def open_site(home: Page) -> Client:
        return Client(HTTP_HOST=Site.objects.get(root_page=home.pk).hostname)

    return open_site


@pytest.fixture
def process(world: World) -> Iterator[Process]:
    """A web process with its page cache, in this thread and this transaction."""
    with fresh_process():
        yield Process()
