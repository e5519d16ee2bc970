from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu

from tests.factories import World


def names_for(user: Any, menu: Any = admin_menu) -> list[str]:
    # Viewsets add their items when the addresses of the admin are read.
    request = RequestFactory().get(reverse("wagtailadmin_home"))
    request.user = user
    items = menu.menu_items_for_request(request)
    return [item.name for item in sorted(items, key=lambda item: item.order)]


@pytest.mark.parametrize("name", ["hillside_publisher", "franchise_admin"])
def test_menu_of_whoever_runs_clinics(world: World, name: str) -> None:
    shown = names_for(getattr(world, name))

    reports = ["library", "suggestions", "team"] if name == "franchise_admin" else []
    pages = ["explorer", "images", "people", "help"]
    assert shown == ["my-clinic", "my-pages", "my-numbers", *reports, *pages]


def test_menu_of_a_clinic_editor(world: World) -> None:
    shown = names_for(world.hillside_editor)

    assert shown == ["my-clinic", "my-pages", "my-numbers", "explorer", "images", "help"]


def test_menu_of_the_library_has_no_clinic_in_it(world: World) -> None:
    shown = names_for(world.library_publisher)
    assert shown == ["library", "reviews", "explorer", "images", "snippets", "help"]


def test_menu_of_an_outsider_is_empty_but_for_help(world: World) -> None:
    assert names_for(world.outsider) == ["help"]


def test_menu_of_a_superuser_is_whole(world: World) -> None:
    shown = set(names_for(world.superuser))

    clinics = {"my-clinic", "my-pages", "my-numbers", "people", "snippets"}
    assert clinics | {"documents", "reports", "settings"} <= shown


def test_front_page_tells_a_publisher_of_pages_and_pictures_only(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    home = reverse("wagtailadmin_home")

    assert "Documents" not in client_for(world.hillside_publisher).get(home).text
    assert "Documents" in client_for(world.superuser).get(home).text


def test_help_menu_has_no_news_of_wagtail(world: World) -> None:
    shown = names_for(world.hillside_publisher, help_menu)

    assert shown == ["editor-guide", "keyboard-shortcuts-trigger"]
