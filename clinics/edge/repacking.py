"""Pages that are asked for again, in fewer bytes: packed with more effort, beside the requests.

A page is packed fast when it is made, for whoever waits for it. Most are never asked for again
while they hold; the others are a tenth smaller from then on. A cache in front that asks only
whether its copy still holds keeps the larger one: it is the same page.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from queue import Full, Queue
from threading import Lock, Thread, get_native_id

import brotli

from clinics.compression import BROTLI, smallest
from clinics.edge.page_key import PageKey
from clinics.edge.page_store import KeptPage, PageStore

# More wait only where very many pages were dropped at once: they are asked for again later.
MOST_WAITING = 64
# Of -20 to 19 (setpriority(2)): what a reader waits for comes first.
NICE = 10

type Job = tuple[KeptPage, PageStore, PageKey]


class Repacker:
    """One thread, which starts with the first page and ends with the process."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.waiting: Queue[Job] = Queue(most)
        self._thread: Thread | None = None
        self._lock = Lock()

    def repack(self, page: KeptPage, store: PageStore, key: PageKey) -> None:
        """Returns at once, whether or not there is a place in the queue."""
        if page.is_repacked:
            return
        with suppress(Full, RuntimeError):  # the latter where no thread can start any more
            self._start()
            self.waiting.put_nowait((page, store, key))
            page.is_repacked = True

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="repacking", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        if sys.platform == "linux":  # where a thread has a priority of its own
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)
        while True:
            _repack(*self.waiting.get())
            self.waiting.task_done()


def _repack(page: KeptPage, store: PageStore, key: PageKey) -> None:
    if store.get(key) is page:
        page.bodies[BROTLI] = smallest(brotli.decompress(page.bodies[BROTLI]))
        store.weigh(key, page)


repacker = Repacker()
