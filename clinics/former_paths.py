"""Where a location's page was before: kept when its slug changes, asked when a path is missing.

Whoever changes the slug, in the editor or by renaming, patients with the old address arrive.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clinics.models.location import LocationAddress

if TYPE_CHECKING:
    from clinics.models import LocationIndexPage, LocationPage


def keep_former_path(page: LocationPage) -> None:
    """Call it before a page is saved, in its transaction.

    A draft was never anywhere, so only the slug that patients knew is kept; and what is a page's
    address again is no former one any more.
    """
    was = type(page).objects.filter(pk=page.pk, live=True).values_list("slug", flat=True).first()
    if was is None or was == page.slug:
        return
    parent = page.get_parent()
    addresses = LocationAddress.objects.filter(index_id=parent.pk)
    addresses.filter(slug=page.slug).delete()
    addresses.update_or_create(slug=was, defaults={"index_id": parent.pk, "location": page})


def path_now(index: LocationIndexPage, components: Sequence[str]) -> str:
    """The path of the location that had this address below the list; "" when none had it."""
    if len(components) != 1:
        return ""
    former = LocationAddress.objects.filter(index=index, slug=components[0])
    row = former.filter(location__live=True).select_related("location").first()
    return f"/{index.slug}/{row.location.slug}/" if row else ""
