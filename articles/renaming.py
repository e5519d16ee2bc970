"""What of this app carries a clinic's name: for `clinics.consequences.AFTER_RENAMING`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import LocalVersionPage

if TYPE_CHECKING:
    from clinics.models import ClinicPage


def name_local_versions(clinic: ClinicPage) -> None:
    """Lists of the admin show them as "<article> – <clinic>"; the pages themselves say it too when
    they are saved next. No revision is written for it.
    """
    versions = LocalVersionPage.objects.filter(clinic_id=clinic.pk)
    rows = list(versions.select_related("article", "clinic"))
    for row in rows:
        row.take_names_from_tree()
    LocalVersionPage.objects.bulk_update(rows, ["title", "draft_title"])
