"""Which release of an article a clinic shows, when it reviews the library before showing it.

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
    number: int
    published_at: datetime
    change_class: str


def release_for(
    releases: Iterable[ReleaseInfo],
    *,
    now: datetime,
    review_first: bool,
    accepted: int | None,
    hold_days: int | None,
) -> ReleaseInfo | None:
    """The release that the clinic shows; None means that it does not offer the article yet.

    A clinic that does not review first shows the newest. Otherwise it shows the newest release that
    is at or before the accepted number, or at or before the last safety release, or `hold_days`
    old: a safety release is never held, and it brings everything published before it. Without
    `hold_days` (None or 0) age alone releases nothing. It is always a whole release. The order of
    the releases does not matter.
    """
    releases = list(releases)
    if review_first:
        unheld = _last_unheld_number(releases, accepted)
        releases = [
            release
            for release in releases
            if release.number <= unheld or _is_old_enough(release, now, hold_days)
        ]
    return max(releases, key=lambda release: release.number, default=None)


def _last_unheld_number(releases: Iterable[ReleaseInfo], accepted: int | None) -> int:
    safety = [release.number for release in releases if release.change_class == SAFETY]
    return max(accepted or 0, *safety, 0)


def _is_old_enough(release: ReleaseInfo, now: datetime, hold_days: int | None) -> bool:
    # Exactly `hold_days` counts: that is the moment at which cached pages run out.
    if not hold_days:
        return False
    return now - release.published_at >= timedelta(days=hold_days)
