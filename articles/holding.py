"""Which release of an article a clinic shows: what is available to it, less what it holds.

The releases of one article and the clinic's choices come in, one release or none goes out; always a
whole release, never sections of two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SAFETY = "SAFETY"


@dataclass(frozen=True)
class ReleaseInfo:
    """One release. `first_clinics` is the first group, None for everybody; the others get it at
    `everyone_at`, if at all. A release that was undone is nobody's."""

    number: int
    published_at: datetime
    change_class: str
    first_clinics: frozenset[int] | None = None
    everyone_at: datetime | None = None
    is_undone: bool = False


def available_since(release: ReleaseInfo, clinic: int | None) -> datetime | None:
    """From when on a clinic may show a release, perhaps in the future; None is never.

    The hub is `clinic` None: in no first group.
    """
    if release.is_undone:
        return None
    if release.first_clinics is None or clinic in release.first_clinics:
        return release.published_at
    return release.everyone_at


def available_to(
    clinic: int | None, releases: Iterable[ReleaseInfo], now: datetime
) -> list[ReleaseInfo]:
    """The releases that a clinic may show now, whether it has accepted them or not."""
    return [
        release
        for release in releases
        if (since := available_since(release, clinic)) and since <= now
    ]


def newest_of(releases: Iterable[ReleaseInfo]) -> ReleaseInfo | None:
    return max(releases, key=lambda release: release.number, default=None)


def release_for(
    releases: Iterable[ReleaseInfo],
    *,
    now: datetime,
    review_first: bool,
    accepted: int | None,
    hold_days: int | None,
    clinic: int | None = None,
) -> ReleaseInfo | None:
    """The release that the clinic shows; None means that it does not offer the article yet.

    What is not available to the clinic counts for nothing. A clinic that does not review first
    shows the newest of the rest. Otherwise it shows the newest release that is at or before the
    accepted number, or at or before the last safety release, or that the clinic has had for
    `hold_days`: a safety release is never held, and it brings everything published before it.
    Without `hold_days` (None or 0) age alone releases nothing. It is always a whole release. The
    order of the releases does not matter.
    """
    releases = available_to(clinic, releases, now)
    if review_first:
        unheld = _last_unheld_number(releases, accepted)
        releases = [
            release
            for release in releases
            if release.number <= unheld or _is_old_enough(release, clinic, now, hold_days)
        ]
    return newest_of(releases)


def _last_unheld_number(releases: Iterable[ReleaseInfo], accepted: int | None) -> int:
    safety = [release.number for release in releases if release.change_class == SAFETY]
    return max(accepted or 0, *safety, 0)


def _is_old_enough(
    release: ReleaseInfo, clinic: int | None, now: datetime, hold_days: int | None
) -> bool:
    # Exactly `hold_days` counts: that is the moment at which cached pages run out.
    since = available_since(release, clinic)
    return bool(hold_days and since and now - since >= timedelta(days=hold_days))
