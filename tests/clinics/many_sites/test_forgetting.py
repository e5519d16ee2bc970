"""The index is read anew when a site has really changed, in this process and in every other."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page, Site

from clinics.many_sites import index
from clinics.many_sites.index import CACHE_KEY, _Keeper, _keeper
from tests.factories import World


def _kept_word(world: World) -> Any:
    """The word of an index that is there."""
    assert world.hillside.full_url == "http://hillside.test/"
    assert _keeper.kept is not None
    return cache.get(CACHE_KEY)


def _address(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).full_url


def _host(world: World) -> None:
    site = Site.objects.get(root_page=world.hillside)
    site.hostname = "new.test"
    site.save()


def _new_site(world: World) -> None:
    Site.objects.create(hostname="aaa.test", root_page=world.hillside.page_ptr)


def _gone(world: World) -> None:
    Site.objects.get(root_page=world.hillside).delete()


def _slug(world: World) -> None:
    page = Page.objects.get(pk=world.hillside.pk)
    page.slug = "hill"
    page.save()


def _slug_above(world: World) -> None:
    page = Page.objects.get(pk=world.franchise.pk)
    page.slug = "other"
    page.save()


def _moved(world: World) -> None:
    Page.objects.get(pk=world.hillside.pk).move(Page.objects.get(pk=world.harbour.pk), "last-child")


CHANGES = [_host, _new_site, _gone, _slug, _slug_above, _moved]


@pytest.mark.parametrize("change", CHANGES)
def test_change_gives_a_new_word_when_it_is_committed(
    world: World, change: Any, django_capture_on_commit_callbacks: Any
) -> None:
    word = _kept_word(world)
    other = _Keeper()
    other.current()

    with django_capture_on_commit_callbacks(execute=True):
        change(world)
        assert cache.get(CACHE_KEY) == word

    assert cache.get(CACHE_KEY) is None
    assert other.kept is not None
    before = other.kept.index
    assert other.current() != before
    assert index.index_for(Page()) == other.current()


def test_change_is_seen_at_once_in_its_own_transaction(world: World) -> None:
    _kept_word(world)

    _host(world)

    assert _address(world.hillside) == "http://new.test/"


def test_change_that_is_rolled_back_was_never_kept(world: World) -> None:
    _kept_word(world)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _host(world)
        assert _address(world.hillside) == "http://new.test/"
        1 / 0  # noqa: B018 - ends the transaction

    assert _address(world.hillside) == "http://hillside.test/"


def _title(world: World) -> None:
    page = world.hillside
    page.title = "Hill"
    page.save()


def _draft(world: World) -> None:
    world.hillside.save_revision()


def _site_name(world: World) -> None:
    site = Site.objects.get(root_page=world.hillside)
    site.site_name = "Hill"
    site.save()


def _other_slug(world: World) -> None:
    page = Page.objects.get(pk=world.uptown.pk)
    page.slug = "up"
    page.save()


@pytest.mark.parametrize("change", [_title, _draft, _site_name, _other_slug])
def test_what_changes_no_root_path_keeps_the_index(
    world: World, change: Any, django_capture_on_commit_callbacks: Any
) -> None:
    word = _kept_word(world)
    kept = _keeper.kept

    with django_capture_on_commit_callbacks(execute=True):
        change(world)

    assert cache.get(CACHE_KEY) == word
    assert _keeper.kept is kept


def test_clearing_wagtails_list_still_clears(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    _kept_word(world)
    Site.get_site_root_paths()

    with django_capture_on_commit_callbacks(execute=True):
        Site.clear_site_root_paths_cache()

    assert cache.get(CACHE_KEY) is None
    assert cache.get("wagtail_site_root_paths", version=2) is None
