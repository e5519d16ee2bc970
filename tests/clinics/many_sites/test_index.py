"""Addresses by the index equal Wagtail's own, and the index knows of every change of a site."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from wagtail.models import Page, Site

from clinics.many_sites import index
from clinics.many_sites.patches import PATCHED
from tests.clinics.many_sites.counting import work_done
from tests.factories import World

HOSTS = ("hub.test", "hillside.test", "second.test", "nested.test", "nobody.test", "localhost")
stock_paths = PATCHED["Site.get_site_root_paths"]


def _stock_url_parts(page: Page, request: Any) -> Any:
    """Wagtail's own functions, whatever stands in their place."""
    page = Page.objects.get(pk=page.pk).specific
    stock = PATCHED["Page._get_relevant_site_root_paths"]
    page._get_relevant_site_root_paths = lambda cache_object=None: stock(page, cache_object)
    return page, page.get_url_parts(request)


def _assert_as_stock(page: Page) -> None:
    for host in (None, *HOSTS):
        request = RequestFactory(headers={"host": host}).get("/") if host else None
        cache.clear()
        stocks, parts = _stock_url_parts(page, request)
        url = PATCHED["Page.get_url"](stocks, request)
        full, site = stocks.get_full_url(request), stocks.get_site()
        again = RequestFactory(headers={"host": host}).get("/") if host else None
        ours = Page.objects.get(pk=page.pk).specific

        assert ours.get_url_parts(again) == parts
        assert ours.get_url(again) == url
        assert ours.get_full_url(again) == full
        assert ours.get_site() == site
        if request is None:
            assert ours.url == url
            current = Site.objects.first()
            assert ours.relative_url(current) == PATCHED["Page.get_url"](stocks, None, current)


def _nested(world: World) -> None:
    Site.objects.create(hostname="nested.test", root_page=world.uptown.page_ptr, port=443)


def _second_site_of_one_root(world: World) -> None:
    Site.objects.create(hostname="second.test", root_page=world.hillside.page_ptr, port=8080)


def _ports(world: World) -> None:
    Site.objects.filter(root_page=world.hillside).update(port=443)
    Site.objects.filter(root_page=world.hub).update(port=8443)


def _default(world: World) -> None:
    _second_site_of_one_root(world)
    Site.objects.filter(hostname="second.test").update(is_default_site=True)


def _of_the_tree(world: World) -> None:
    Site.objects.create(hostname="nested.test", root_page=Page.get_first_root_node())


def _alias(world: World) -> None:
    world.uptown.create_alias(update_slug="uptown-too")


def _one_site(world: World) -> None:
    Site.objects.exclude(root_page=world.hillside).delete()


def _no_site(world: World) -> None:
    Site.objects.all().delete()


def _like_another(world: World) -> None:
    """One root's path is the beginning of another's, but not its parent's."""
    Page.objects.filter(pk=world.harbour.pk).update(url_path=world.hillside.url_path + "harbour/")


@pytest.mark.parametrize(
    "change",
    [
        lambda world: None,
        _nested,
        _second_site_of_one_root,
        _ports,
        _default,
        _of_the_tree,
        _alias,
        _one_site,
        _no_site,
        _like_another,
    ],
)
def test_addresses_equal_those_of_wagtail(world: World, change: Any) -> None:
    change(world)

    for page in Page.objects.all():
        _assert_as_stock(page)


def test_root_paths_stand_in_the_order_of_wagtail(world: World) -> None:
    _nested(world)
    _default(world)
    cache.clear()
    paths = stock_paths()
    found = index.RootPathIndex.of(paths)

    assert found.above("/nowhere/") == ()
    for page in Page.objects.all():
        expected = tuple(p for p in paths if page.url_path.startswith(p.root_path))
        assert index.root_paths_above(page) == found.above(page.url_path) == expected


def test_an_address_reads_no_row_once_the_index_is_there(world: World) -> None:
    assert world.uptown.url == "http://hillside.test/locations/uptown/"

    with work_done() as work:
        page = Page(url_path=world.uptown.url_path)
        assert page.full_url == "http://hillside.test/locations/uptown/"

    assert work.statements == []
