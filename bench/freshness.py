"""How long after a publish the last old page is answered, by any worker (P2)."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.load import fetch
from bench.servers import Server, gunicorn
from bench.worlds import HOST, PATH, measured

_PAUSE, _AFTERWARDS = 0.01, 3.0


@dataclass
class _Watch:
    """Asks again and again; `seen` are the moments of asking and what was answered."""

    server: Server
    seen: list[tuple[float, bytes]] = field(default_factory=list)
    is_over: bool = False

    def run(self) -> None:
        while not self.is_over:
            asked = time.time()
            self.seen.append((asked, fetch(self.server)[2]))
            time.sleep(_PAUSE)


def fresh_seconds(environment: Mapping[str, str]) -> float:
    """0 where no old page was answered after the commit. Raises RuntimeError where none was new."""
    with gunicorn("ours", "cms.wsgi", environment, path=PATH, host=HOST) as server:
        watch = _Watch(server)
        thread = threading.Thread(target=watch.run)
        thread.start()
        try:
            time.sleep(_AFTERWARDS)
            change = measured("change", environment)
            time.sleep(_AFTERWARDS)
        finally:
            watch.is_over = True
            thread.join()
    words = change["words"].encode()
    if words not in watch.seen[-1][1]:
        raise RuntimeError("The page is still the old one after three seconds.")
    old = [asked for asked, body in watch.seen if words not in body and asked > change["at"]]
    return max(old, default=change["at"]) - change["at"]
