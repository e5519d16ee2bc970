"""P15: a page that is asked for again is fewer bytes from then on, and the same page."""

from __future__ import annotations

import brotli

from clinics.edge import repacking
from tests.edge import Process
from tests.factories import World

HILLSIDE = "hillside.test"


def wait() -> None:
    """Until the packer has done what it was given."""
    repacking._packer.submit(lambda: None).result()


def test_page_that_is_asked_for_again_gets_smaller(world: World, process: Process) -> None:
    first, second = (process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br") for _ask in range(2))
    before = process.cache.store.bytes
    wait()

    third = process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br")

    assert (first.is_stored, second.is_hit, third.is_hit) == (True, True, True)
    assert first.body == second.body
    assert len(third.body) < 0.95 * len(first.body)
    assert brotli.decompress(third.body) == brotli.decompress(first.body)
    assert third.headers["ETag"] == first.headers["ETag"]
    assert int(third.headers["Content-Length"]) == len(third.body)
    assert before - process.cache.store.bytes == len(first.body) - len(third.body)


def test_page_is_repacked_once_and_not_before_it_is_asked_for_again(
    world: World, process: Process
) -> None:
    process.get(HILLSIDE)
    (key,) = process.cache.store._pages
    page = process.cache.store.get(key)
    assert page is not None
    assert not page.is_repacked

    started = repacking.repack(page, process.cache.store, key)

    assert started is not None
    started.result()
    assert repacking.repack(page, process.cache.store, key) is None


def test_page_that_has_gone_meanwhile_stays_gone(world: World, process: Process) -> None:
    process.get(HILLSIDE)
    (key,) = process.cache.store._pages
    page = process.cache.store.get(key)
    assert page is not None
    process.cache.store.clear()

    started = repacking.repack(page, process.cache.store, key)

    assert started is not None
    started.result()
    assert (len(process.cache.store), process.cache.store.bytes) == (0, 0)
