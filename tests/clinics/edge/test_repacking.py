"""P15: a page that is asked for again is fewer bytes from then on, and the same page."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import brotli
import pytest

from clinics.edge import answers
from clinics.edge.page_key import PageKey
from clinics.edge.page_store import KeptPage
from clinics.edge.repacking import Repacker, _repack
from tests.edge import Process
from tests.factories import World

HILLSIDE = "hillside.test"


@pytest.fixture
def repacker() -> Iterator[Repacker]:
    """One of its own, which works when the test says so."""
    mine = Repacker(most=2)
    with patch.object(answers, "repacker", mine), patch.object(mine, "_start"):
        yield mine


def work(repacker: Repacker) -> None:
    while not repacker.waiting.empty():
        _repack(*repacker.waiting.get())


def kept(process: Process) -> tuple[PageKey, KeptPage]:
    (key,) = process.cache.store._pages
    page = process.cache.store.get(key)
    assert page is not None
    return key, page


def test_page_that_is_asked_for_again_gets_smaller(
    world: World, process: Process, repacker: Repacker
) -> None:
    first, second = (process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br") for _ask in range(2))
    before = process.cache.store.bytes
    work(repacker)

    third = process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")

    assert (first.is_stored, second.is_hit, third.is_hit) == (True, True, True)
    assert first.body == second.body
    assert len(third.body) < 0.95 * len(first.body)
    assert brotli.decompress(third.body) == brotli.decompress(first.body)
    assert third.headers["ETag"] == first.headers["ETag"]
    assert int(third.headers["Content-Length"]) == len(third.body)
    assert before - process.cache.store.bytes == len(first.body) - len(third.body)


def test_page_waits_once_and_only_for_readers_who_get_it(
    world: World, process: Process, repacker: Repacker
) -> None:
    first = process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")
    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="gzip")
    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert repacker.waiting.empty()

    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")
    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")

    assert repacker.waiting.qsize() == 1


def test_page_that_finds_no_place_is_taken_the_next_time(
    world: World, process: Process, repacker: Repacker
) -> None:
    process.get(HILLSIDE)
    key, page = kept(process)
    for _place in range(2):
        repacker.waiting.put((page, process.cache.store, key))

    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")

    assert not page.is_repacked
    work(repacker)
    process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")
    assert page.is_repacked


def test_page_that_has_gone_meanwhile_stays_gone(
    world: World, process: Process, repacker: Repacker
) -> None:
    process.get(HILLSIDE)
    key, page = kept(process)
    body = page.body("br")
    process.cache.store.clear()

    _repack(page, process.cache.store, key)
    process.cache.store.weigh(key, page)

    assert (len(process.cache.store), process.cache.store.bytes) == (0, 0)
    assert page.body("br") is body


def test_thread_does_the_work(world: World, process: Process) -> None:
    process.get(HILLSIDE)
    key, page = kept(process)
    body = page.body("br")
    repacker = Repacker()

    repacker.repack(page, process.cache.store, key)
    repacker.waiting.join()

    assert len(page.body("br")) < len(body)
