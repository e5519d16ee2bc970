"""What this process last knew of each host: the clinic's name and number, for when it cannot ask.

Kept small and bounded: the one that was asked for longest ago goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from clinics.cta import Link, call_link

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.phones import Number

# More than the largest group has hosts; about half a kilobyte each.
MOST_HOSTS = 12_000


@dataclass(frozen=True)
class KnownHost:
    """`number` is the main location's, whatever campaign a visitor came by; a hub has none."""

    name: str
    number: Number | None

    @property
    def call(self) -> Link | None:
        return call_link(self.number) if self.number else None


_known: OrderedDict[str, KnownHost] = OrderedDict()
_lock = Lock()


def remember(hostname: str, clinic: Clinic) -> None:
    """The clinic that answers for a host now."""
    known = KnownHost(clinic.name, clinic.primary.main if clinic.primary else None)
    with _lock:
        _known[hostname] = known
        _known.move_to_end(hostname)
        if len(_known) > MOST_HOSTS:
            _known.popitem(last=False)


def forget(hostname: str) -> None:
    """No clinic answers for the host any more: nobody is to call one that has closed."""
    with _lock:
        _known.pop(hostname, None)


def last_known(hostname: str) -> KnownHost | None:
    """None for a host that this process has not answered for."""
    return _known.get(hostname)
