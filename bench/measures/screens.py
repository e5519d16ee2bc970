"""Screens of the admin as those open them who work there: milliseconds, statements, memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

from bench.measures.inside import CLINIC, Client, ask, counted, milliseconds, undone

RUNS = 3
# What the process reads once: templates, the admin's addresses and menus.
WARM = 2


def measure() -> dict[str, dict[str, float]]:
    """By the name of a screen: `ms` is a median, `peak` the most bytes that one request takes."""
    with undone():
        return {name: _cost(client, address) for name, client, address in _screens()}


def _cost(client: Client, address: str) -> dict[str, float]:
    for _once in range(WARM):
        ask(client, address)
    with counted() as statements:
        ask(client, address)
    took = milliseconds(lambda: ask(client, address), RUNS)
    return {"ms": took, "sql": len(statements), "peak": _peak(client, address)}


def _peak(client: Client, address: str) -> int:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        ask(client, address)
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def _screens() -> Iterator[tuple[str, Client, str]]:
    from django.urls import reverse  # noqa: PLC0415 - after the settings

    from articles.models import ArticleLibraryPage, ArticlePage  # noqa: PLC0415
    from clinics.choices import Role  # noqa: PLC0415
    from clinics.models import ClinicPage, FranchisePage  # noqa: PLC0415

    clinic = ClinicPage.objects.get(slug=CLINIC.slug)
    library, franchise = ArticleLibraryPage.objects.get(), FranchisePage.objects.get()
    article = ArticlePage.objects.order_by("pk").first()
    editor = _client("editor", Role.CLINIC_EDITOR, clinic)
    writer = _client("writer", Role.LIBRARY_PUBLISHER, library)
    admin = _client("admin", Role.FRANCHISE_ADMIN, franchise)
    home, explorer, chooser = (
        reverse("wagtailadmin_home"), "wagtailadmin_explore", "wagtailadmin_choose_page_child"
    )  # fmt: skip
    matrix = reverse("articles_report_matrix")
    yield "clinic: Today", editor, home
    yield "clinic: explorer", editor, reverse(explorer, args=[clinic.pk])
    yield "clinic: My clinic", editor, reverse("my_clinic:contact", args=[clinic.pk])
    yield "clinic: My pages", editor, reverse("my_articles:list", args=[clinic.pk])
    yield "clinic: page chooser", editor, reverse(chooser, args=[clinic.pk])
    yield "library: explorer", writer, reverse(explorer, args=[library.pk])
    yield "library: article editor", writer, reverse("wagtailadmin_pages:edit", args=[article.pk])
    yield "library: page chooser", writer, reverse(chooser, args=[library.pk])
    yield "library: articles by clinic", writer, matrix
    yield "franchise: Today", admin, home
    yield "franchise: explorer", admin, reverse(explorer, args=[franchise.pk])
    yield "franchise: clinics", admin, reverse("my_clinic:index")
    yield "franchise: locations", admin, reverse("my_clinic:locations")
    yield "franchise: articles by clinic", admin, matrix


def _client(name: str, role: Any, page: Any) -> Client:
    from django.conf import settings  # noqa: PLC0415 - after the settings
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from clinics.inviting import staff_group  # noqa: PLC0415
    from clinics.models import Membership  # noqa: PLC0415

    user = get_user_model().objects.create_user(f"bench-{name}", f"{name}@example.com")
    user.groups.add(staff_group())
    Membership.objects.create(user=user, role=role, page=page.page_ptr)
    client = Client(HTTP_HOST=settings.ADMIN_HOST)
    client.force_login(user)
    return client


if __name__ == "__main__":
    print(json.dumps(measure()))
