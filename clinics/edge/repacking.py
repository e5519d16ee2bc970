"""Pages that are asked for again, in fewer bytes: packed with more effort, beside the requests.

A page is packed fast when it is made, for whoever waits for it. Most are never asked for again
while they hold; the others are a tenth smaller from then on.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import brotli

from clinics.compression import BROTLI, smallest_page
from clinics.edge.page_key import PageKey
from clinics.edge.page_store import KeptPage, PageStore

# One: readers have the processor first.
_packer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="repacking")


def repack(page: KeptPage, store: PageStore, key: PageKey) -> Future[None] | None:
    """Starts it and returns at once; None when the page is packed so, or about to be."""
    if page.is_repacked:
        return None
    page.is_repacked = True
    return _packer.submit(_repack, page, store, key)


def _repack(page: KeptPage, store: PageStore, key: PageKey) -> None:
    page.bodies[BROTLI] = smallest_page(brotli.decompress(page.bodies[BROTLI]))
    store.weigh(key)
