"""What the rows of a spreadsheet would do: cells in, planned rows with differences or errors out.

Writes the plan and nothing else. Reads every location of the franchise once, whatever the number of
rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clinics.bulk.columns import CLINIC, FACT_OF, ID, NEIGHBOUR, REQUIRED, RESOURCE
from clinics.bulk.known import EMPTY, MADE, Franchise, Place, check_facts, check_right
from clinics.choices import BulkState, RowState
from clinics.facts import keep_main_location_open
from clinics.facts_snapshot import Snapshot
from clinics.models import BulkChange, BulkRow, ClinicPage


@transaction.atomic
def plan_import(bulk: BulkChange, user: Any) -> None:
    """Check every row of an import against what is saved now, and write down what it would do."""
    known = Franchise.of(bulk.franchise)
    rows = list(bulk.rows.order_by("number"))
    for row in rows:
        _plan(row, bulk, known, user)
    BulkRow.objects.bulk_update(
        rows,
        ["label", "page", "clinic", "before", "after", "errors", "state", "note", "is_new"],
        batch_size=200,
    )
    bulk.state = BulkState.CHECKED
    bulk.save(update_fields=["state", "touched_at"])


def _plan(row: BulkRow, bulk: BulkChange, known: Franchise, user: Any) -> None:
    cells = {
        column: row.cells[number]
        for column, number in bulk.columns.items()
        if number < len(row.cells)
    }
    row.page_id = row.clinic_id = None
    row.before, row.after, row.note, row.is_new = {}, {}, "", False
    row.label = " · ".join(filter(None, [cells.get(CLINIC, ""), cells.get("location", "")]))[:240]
    if not any(cells.values()):
        row.errors, row.state = [], RowState.SAME
        return
    errors: dict[str, str] = {}
    place = _place_of(cells, known, errors)
    clinic = place.facts.clinic if place else _clinic_of(cells, known, errors)
    if clinic is not None:
        row.label = f"{clinic.facts.name} · {cells.get('location') or _name_of(place)}"[:240]
        _fill(row, _Filling(clinic, place, cells, bulk.clears_blank), known, errors)
        check_right(row, clinic, user, errors)
    row.errors = [[column, message] for column, message in errors.items()]
    if errors:
        row.state = RowState.ERROR
    else:
        row.state = RowState.WAITING if row.after else RowState.SAME


def _refuse_closed_main(
    given: _Filling, wanted: Snapshot, changed: list[str], errors: dict[str, str]
) -> None:
    if given.place is None or "status" not in changed:
        return
    try:
        keep_main_location_open(given.place.facts, {"status": wanted["status"]})
    except ValidationError as error:
        errors.setdefault("status", " ".join(error.messages))


@dataclass(frozen=True)
class _Filling:
    clinic: ClinicPage
    place: Place | None
    cells: Mapping[str, str]
    clears_blank: bool


def _fill(row: BulkRow, given: _Filling, known: Franchise, errors: dict[str, str]) -> None:
    """What the row would change, from the facts as they are."""
    place, cells = given.place, given.cells
    now = place.snapshot if place else EMPTY
    row.is_new = place is None
    row.page_id = place.facts.page_id if place else None
    row.clinic_id = given.clinic.pk
    if place is None:
        for column in REQUIRED:
            if not cells.get(column):
                errors[column] = _("Is empty: a new location needs it.")
        _refuse_twice(given, known, errors)
    clears = given.clears_blank and place is not None
    read = {name: text for name, text in cells.items() if name in FACT_OF and (text or clears)}
    wanted, unread = RESOURCE.read(now, read)
    errors |= {column: text for column, text in unread.items() if column not in errors}
    if NEIGHBOUR in cells and (cells[NEIGHBOUR] or clears):
        wanted["neighbour"] = _neighbour_of(given, known, errors)
    changed = [name for name in now if wanted[name] != now[name]]
    check_facts(wanted, changed, errors)
    _refuse_taken_name(given, wanted, known, errors)
    _refuse_closed_main(given, wanted, changed, errors)
    names = MADE if place is None else changed
    row.before = {name: now[name] for name in names}
    row.after = {name: wanted[name] for name in names}


def _place_of(cells: Mapping[str, str], known: Franchise, errors: dict[str, str]) -> Place | None:
    """The location that a row is about: by its id, else by the names of clinic and location."""
    typed = cells.get(ID, "")
    if typed:
        place = known.places.get(int(typed)) if typed.isdecimal() else None
        if place is None:
            text = _("“%(id)s” is no location of yours: leave it blank to make a new one.")
            errors[ID] = text % {"id": typed}
            return None
        clinics = known.names.get(cells.get(CLINIC, "").casefold(), [place.facts.clinic])
        if cells.get(CLINIC) and place.facts.clinic_id not in {each.pk for each in clinics}:
            text = _("The location with this id belongs to %(clinic)s: correct the id or the name.")
            errors[CLINIC] = text % {"clinic": place.facts.clinic.facts.name}
    else:
        clinics = known.names.get(cells.get(CLINIC, "").casefold(), [])
        found = [known.named(each.pk, cells.get("location", "")) for each in clinics]
        place = found[0] if len(clinics) == 1 else None
    if place and place.facts.page_id in known.seen:
        errors[ID] = _("This location is in the file twice: keep one of its rows.")
    if place:
        known.seen.add(place.facts.page_id)
    return place


def _clinic_of(
    cells: Mapping[str, str], known: Franchise, errors: dict[str, str]
) -> ClinicPage | None:
    """The clinic that gets a new location."""
    if errors:
        return None
    typed = cells.get(CLINIC, "")
    found = known.names.get(typed.casefold(), [])
    if len(found) == 1:
        return found[0]
    if not typed:
        if len(known.clinics) == 1:
            return next(iter(known.clinics.values()))
        errors[CLINIC] = _("Is empty: write the clinic's name, or the id of a location.")
    elif found:
        slugs = ", ".join(sorted(clinic.slug for clinic in found))
        text = _("%(count)d clinics are called “%(name)s”: write one of %(slugs)s.")
        errors[CLINIC] = text % {"count": len(found), "name": typed, "slugs": slugs}
    else:
        text = _("“%(name)s” is no clinic of yours: add the clinic first, or correct the name.")
        errors[CLINIC] = text % {"name": typed}
    return None


def _neighbour_of(given: _Filling, known: Franchise, errors: dict[str, str]) -> int | None:
    typed = given.cells[NEIGHBOUR]
    if not typed:
        return None
    others = known.places_of.get(given.clinic.pk, [])
    by_id = next((each for each in others if str(each.facts.page_id) == typed), None)
    found = by_id or known.named(given.clinic.pk, typed)
    if found is None or found is given.place:
        text = _("“%(name)s” is no other location of this clinic: write a name or an id of one.")
        errors[NEIGHBOUR] = text % {"name": typed}
        return None
    return found.facts.page_id


def _refuse_twice(given: _Filling, known: Franchise, errors: dict[str, str]) -> None:
    key = (given.clinic.pk, given.cells.get("location", "").casefold())
    if key in known.new_names:
        errors.setdefault("location", _("This new location is in the file twice: keep one row."))
    known.new_names.add(key)


def _refuse_taken_name(
    given: _Filling, wanted: Snapshot, known: Franchise, errors: dict[str, str]
) -> None:
    other = known.named(given.clinic.pk, wanted["name"])
    if other is not None and other is not given.place:
        errors.setdefault("location", _("Another location of this clinic has that name."))


def _name_of(place: Place | None) -> str:
    return place.facts.name if place else ""
