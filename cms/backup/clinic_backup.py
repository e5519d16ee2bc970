"""One clinic alone into an archive: its rows, its files, and keys of what it refers to.

Articles, services, sources and people's accounts are referred to and never copied.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.models import ClinicPage
from cms.backup import media, rows
from cms.backup.archive import BackupError, written_archive
from cms.backup.installation import migration_state
from cms.backup.keys import Outside, outside_row, root_label
from cms.backup.owned import Estate, estates_rows, model_of
from cms.backup.references import swap_row
from cms.backup.version import product_version

KIND = "clinic"
OUTSIDE = "outside.json"
FILE_MODELS = ("cms.clinicimage", "cms.clinicrendition", "wagtaildocs.document")

type RowsByLabel = dict[str, list[dict[str, Any]]]


def find_clinic(slug: str) -> ClinicPage:
    """Raises BackupError with the clinics that there are."""
    found = ClinicPage.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(ClinicPage.objects.values_list("slug", flat=True)) or _("none")
        raise BackupError(
            _("There is no clinic “%(slug)s”. Known: %(known)s.") % {"slug": slug, "known": known}
        )
    return found


def back_up_clinic(path: Path, slug: str) -> dict[str, Any]:
    """Write the archive; returns its manifest's head. Raises BackupError."""
    clinic = find_clinic(slug)
    with written_archive(path, _head(clinic)) as archive:
        with transaction.atomic():
            _read_one_moment()
            estate = Estate(clinic)
            found = rows_of(estate)
            outside = referred_to(found, own_ids(estate), archive.head["parent"])
        archive.head["rows"] = {label: len(some) for label, some in found.items()}
        archive.head["root"] = clinic.pk
        for label, some in found.items():
            archive.add_bytes(f"rows/{label}.jsonl", rows.lines_of(some))
        archive.add_bytes(OUTSIDE, json.dumps([asdict(each) for each in outside]).encode())
        archive.head["files"] = 0
        for name in file_names(found):
            file = media.media_root() / name
            if file.exists():
                archive.add_file(media.FOLDER + name, file)
                archive.head["files"] += 1
        return archive.head


def rows_of(estate: Estate) -> RowsByLabel:
    """Every row of the clinic as plain values, by model."""
    return {label: [rows.values_of(r) for r in some] for label, some in estates_rows(estate)}


def own_ids(estate: Estate) -> dict[str, set[int]]:
    """Ids of the clinic's rows by the model that gives them."""
    found: dict[str, set[int]] = defaultdict(set)
    for label, _some in estates_rows(estate):
        found[root_label(model_of(label))] |= set(estate.ids(label))
    return found


def referred_to(found: RowsByLabel, own: dict[str, set[int]], parent: int) -> list[Outside]:
    """Whatever the rows name that is not the clinic's, and the page that it stands below."""
    outside: dict[tuple[str, int], Outside] = {}

    def swap(label: str, id_: int, place: str) -> int:
        if id_ not in own.get(label, ()) and (label, id_) not in outside:
            outside[label, id_] = outside_row(label, id_)
        return id_

    for label, some in found.items():
        for values in some:
            swap_row(label, values, swap)
    swap("wagtailcore.page", parent, "parent")
    return list(outside.values())


def file_names(found: RowsByLabel) -> list[str]:
    """The uploads that the rows name."""
    return sorted({values["file"] for label in FILE_MODELS for values in found.get(label, ())})


def _head(clinic: ClinicPage) -> dict[str, Any]:
    return {
        "kind": KIND,
        "clinic": clinic.slug,
        "name": clinic.title,
        "parent": clinic.get_parent().pk,
        "version": product_version(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": migration_state(),
    }


def _read_one_moment() -> None:
    """SQLite lets nobody write meanwhile; PostgreSQL has to be told to read one moment."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
