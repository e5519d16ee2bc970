from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import World, build_world
from tests.isolation.rows import leave_bands
from tests.isolation.walls import build
from tests.kept_database import kept_database


@pytest.fixture(autouse=True)
def _no_lines_about_missing_pages(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of answers are a 404, as they should; the findings would drown in them."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(scope="module")
def tenants(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The world, and two clinics that are foreign to it."""
    with kept_database(django_db_blocker):
        leave_bands()
        if not Page.objects.filter(slug="hillside").exists():
            build_world()
        build(World())
        yield
