"""The admin's screens make the same queries and read as many rows for 10 clinics as for 1,000."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage, LocalVersionPage
from articles.shown_by import shown_briefly, shown_by
from clinics.many_sites import index
from tests.articles.factories import make_article, make_local_version, override, text
from tests.clinics.many_sites.counting import Work, work_done
from tests.clinics.many_sites.crowd import add_many_clinics
from tests.factories import World

# A page of a list is full with so many clinics.
A_FEW, MANY = 60, 1_000


def _article() -> ArticlePage:
    return ArticlePage.objects.get(slug="fibromyalgia")


def _version() -> LocalVersionPage:
    return LocalVersionPage.objects.get()


def _page(name: str, pk: int) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[pk])


def _explore(pk: int) -> str:
    return reverse("wagtailadmin_explore", args=[pk])


SCREENS: dict[str, tuple[str, Callable[[World], str]]] = {
    "explorer of all": ("superuser", lambda world: reverse("wagtailadmin_explore_root")),
    "explorer of the franchise": ("superuser", lambda world: _explore(world.franchise.pk)),
    "the same for its admin": ("franchise_admin", lambda world: _explore(world.franchise.pk)),
    "explorer of one's own": ("harbour_publisher", lambda world: _explore(world.harbour.pk)),
    "explorer of the library": ("library_publisher", lambda world: _explore(world.library.pk)),
    "editor of an article": ("library_publisher", lambda world: _page("edit", _article().pk)),
    "editor of a version": ("harbour_publisher", lambda world: _page("edit", _version().pk)),
    "chooser": ("harbour_publisher", lambda world: reverse("gate_choose_page")),
    "chooser of a superuser": ("superuser", lambda world: reverse("gate_choose_page")),
    "chooser of a franchise admin": ("franchise_admin", lambda world: reverse("gate_choose_page")),
    "search": (
        "superuser",
        lambda world: reverse("wagtailadmin_pages:search") + "?q=harbour",
    ),
    "clinics by type": (
        "superuser",
        lambda world: reverse("wagtailadmin_pages:type_use", args=["clinics", "clinicpage"]),
    ),
    "matrix": ("library_publisher", lambda world: reverse("articles_report_matrix")),
    "matrix of a franchise": ("franchise_admin", lambda world: reverse("articles_report_matrix")),
    "matrix of what differs": (
        "superuser",
        lambda world: reverse("articles_report_matrix") + "?state=OWN",
    ),
    "front page of a clinic": ("harbour_publisher", lambda world: reverse("wagtailadmin_home")),
    "front page of the library": ("library_publisher", lambda world: reverse("wagtailadmin_home")),
    "list of clinics": ("franchise_admin", lambda world: reverse("my_clinic:index")),
    "articles of a clinic": (
        "harbour_publisher",
        lambda world: reverse("my_articles:list", args=[world.harbour.pk]),
    ),
    "team of a clinic": (
        "harbour_publisher",
        lambda world: reverse("my_clinic:team", args=[world.harbour.pk]),
    ),
    "page types": (
        "superuser",
        lambda world: reverse("wagtailadmin_reports:page_types_usage"),
    ),
    "ageing pages": ("superuser", lambda world: reverse("wagtailadmin_reports:aging_pages")),
    "sites": ("superuser", lambda world: reverse("wagtailsites:index")),
}


def _works(world: World, client_for: Callable[[Any], Client]) -> dict[str, tuple[int, int]]:
    found = {}
    for name, (person, address) in SCREENS.items():
        client, url = client_for(getattr(world, person)), address(world)
        # The first answer fills what a process keeps: content types, templates, the index.
        assert client.get(url).status_code == 200, name
        with work_done() as work:
            client.get(url)
        found[name] = _numbers(work)
    return found


def _numbers(work: Work) -> tuple[int, int]:
    return work.queries, work.rows


def test_every_screen_costs_the_same_with_a_thousand_clinics(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article()
    make_local_version(article, world.harbour, override("replace", "what", text("own", "Ours")))
    add_many_clinics(world, A_FEW)
    index.forget()
    few = _works(World(), client_for)

    add_many_clinics(World(), MANY - A_FEW)
    index.forget()
    many = _works(World(), client_for)

    assert many == few


@pytest.mark.parametrize("most", [1, 3, 50])
def test_editor_counts_the_clinics_that_the_whole_list_names(world: World, most: int) -> None:
    article = make_article()
    make_local_version(article, world.hillside, override("hide", "what"))
    add_many_clinics(world, 5)
    whole = shown_by(article)

    shown = shown_briefly(article, most)

    assert shown.count == len(whole) == 7
    assert shown.changed == sum(each.is_changed for each in whole) == 1
    assert shown.first == tuple(whole[:most])
