"""The page cache in front of Django: a WSGI application in, one that remembers its pages out.

A hit asks neither the database nor the network. What may be kept is said by the page itself: only
answers that carry `Surrogate-Key` are, which `clinics.edge.lifetime` sets on pages of clinics.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event, Lock

from django.conf import settings

from clinics.compression import BROTLI, small_page
from clinics.edge.answers import (
    Answer,
    Application,
    Environ,
    KeptAnswer,
    MadeAnswer,
    StartResponse,
    run,
)
from clinics.edge.change_log import ChangeLog, change_log
from clinics.edge.lifetime import now, valid_until
from clinics.edge.page_key import NOTES, PageKey, campaigns_among, page_key, plain_environ
from clinics.edge.page_store import KeptPage, PageStore, etag_of
from clinics.edge.shown import Shown

# Seconds. So long a request waits for another that makes the same page.
LONGEST_WAIT = 5.0
# Seconds that edges may keep a page whose truth nobody could check.
STALE_AT_EDGES = 5
# Made for each answer, not kept.
_OWN_HEADERS = frozenset({"cache-control", "content-length", "date", "etag", "vary"})


class PageCache:
    """`most` is in bytes; `stale_for` in seconds, how long after its end a page is shown while no
    database answers.
    """

    def __init__(
        self,
        application: Application,
        log: ChangeLog = change_log,
        *,
        most: int | None = None,
        stale_for: int | None = None,
    ) -> None:
        self.application = application
        self.log = log
        self.store = PageStore(settings.CLINICS_PAGE_CACHE_BYTES if most is None else most)
        self.stale_for = settings.CLINICS_STALE_SECONDS if stale_for is None else stale_for
        self._campaigns: dict[str, frozenset[str]] = {}
        self._making: dict[PageKey, Event] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = page_key(environ)
        if asked is None:
            return self.application(environ, start_response)
        key = self._known(asked)
        answer = self._kept(key, "hit") or self._made(key, environ)
        told = self._known(asked)
        if told.campaign != key.campaign and told.campaign:
            # What was just made says that the clinic has a number for this campaign.
            answer = self._kept(told, "hit") or self._made(told, environ)
        return answer.send(environ, start_response)

    def _known(self, asked: PageKey) -> PageKey:
        """The key with its campaign only where a page of the clinic has said that it has one."""
        return campaigns_among(self._campaigns.get(asked.host, ()), asked)

    def _kept(self, key: PageKey, status: str) -> Answer | None:
        """The page as it is kept, if nothing is known that makes it stale."""
        page = self.store.get(key)
        if page is None:
            return None
        is_fresh, tick = self.log.is_fresh(), self.log.tick
        if self.log.touched_since(page.tick, page.tags):
            return None
        if page.until <= now():
            # To make it anew would take a thread for as long as a slow database takes.
            return None if is_fresh else self._last_good(key)
        if not is_fresh:
            return KeptAnswer(page, self.store, key, f"{status}; detail=unchecked", STALE_AT_EDGES)
        page.tick = tick
        return KeptAnswer(page, self.store, key, status)

    def _made(self, key: PageKey, environ: Environ) -> Answer:
        """One request makes a page, whoever asks for it meanwhile waits for that."""
        with self._lock:
            event = self._making.get(key)
            if event is None:
                mine = self._making[key] = Event()
        if event is not None:
            event.wait(LONGEST_WAIT)
            return self._kept(key, "hit; detail=shared") or self._make(key, environ)
        try:
            return self._make(key, environ)
        finally:
            with self._lock:
                self._making.pop(key, None)
            mine.set()

    def _make(self, key: PageKey, environ: Environ) -> Answer:
        shown = Shown()
        plain = plain_environ(environ, key) | {NOTES: shown}
        made = run(self.application, plain)
        if made.status.startswith("5"):
            return self._last_good(key) or made
        page = kept_page(made, shown) if self.store.most else None
        if page is not None or shown.campaigns:
            self._campaigns[key.host] = shown.campaigns
        if page is not None:
            key = campaigns_among(shown.campaigns, key)
            self.store.put(key, page)
            return KeptAnswer(page, self.store, key, "fwd=miss; stored")
        self.store.drop(key)
        if made.status.startswith("3") and _is_more_than(key, environ):
            # A redirect takes along what was asked, and the port.
            return run(self.application, environ | {"REQUEST_METHOD": "GET"})
        return made

    def _last_good(self, key: PageKey) -> Answer | None:
        """What was last shown, while the database is away; marked, and not for long.

        None of what is known to have changed: it may have been withdrawn.
        """
        page = self.store.get(key)
        if page is None or page.until + self.stale_for <= now():
            return None
        if self.log.touched_since(page.tick, page.tags):
            return None
        return KeptAnswer(page, self.store, key, "hit; detail=stale", STALE_AT_EDGES)


def _is_more_than(key: PageKey, environ: Environ) -> bool:
    return bool(environ.get("QUERY_STRING")) or environ["HTTP_HOST"] != key.host


def kept_page(made: MadeAnswer, shown: Shown) -> KeptPage | None:
    """The answer as it is kept; None for what is not said to be the same for everybody."""
    headers = {name.lower(): value for name, value in made.headers}
    keys, lifetime = headers.get("surrogate-key"), headers.get("cache-control", "")
    if shown.tick is None or not keys or not made.status.startswith("200"):
        return None
    if "set-cookie" in headers or "s-maxage" not in lifetime or "content-encoding" in headers:
        return None
    return KeptPage(
        status=made.status,
        headers=[(name, value) for name, value in made.headers if name.lower() not in _OWN_HEADERS],
        etag=etag_of(made.body),
        tags=frozenset(keys.split()),
        tick=shown.tick,
        until=valid_until(shown).timestamp(),
        bodies={BROTLI: small_page(made.body)},
    )
