"""What restoring a clinic would do: archive and database in, rows with new ids and gaps out.

Nothing is written here, but for a tag that nobody has yet.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page

from clinics.models import ClinicFacts, ClinicPage, FranchisePage, Person
from cms.backup import rows
from cms.backup.archive import Archive
from cms.backup.clinic_backup import OUTSIDE, RowsByLabel, own_ids
from cms.backup.keys import Outside, find_outside, root_label
from cms.backup.owned import APPEND_ONLY, OWNED, Estate, model_of
from cms.backup.references import Values, swap_row

type Key = tuple[str, Any]

_PAGE, _COLLECTION = "wagtailcore.page", "wagtailcore.collection"
_AT_ONCE = 500


@dataclass(frozen=True)
class Gap:
    """A reference that leads nowhere here. `takes_row`: the row cannot be without it."""

    row: str
    field: str
    wanted: str
    takes_row: bool

    def __str__(self) -> str:
        words = _("%(row)s, field %(field)s: %(wanted)s is not here")
        if self.takes_row:
            words = _("%(row)s, field %(field)s: %(wanted)s is not here, and the row needs it")
        return words % {"row": self.row, "field": self.field, "wanted": self.wanted}


@dataclass
class Plan:
    """`stored` is what the archive has, `present` the ids of the clinic's rows here, which go."""

    archive: Archive
    gaps: list[Gap] = field(default_factory=list)

    @cached_property
    def stored(self) -> RowsByLabel:
        names = {label: f"rows/{label}.jsonl" for label in OWNED}
        there = set(self.archive.names)
        return {
            label: list(rows.rows_in(self.archive.read(name))) if name in there else []
            for label, name in names.items()
        }

    @cached_property
    def root(self) -> Values:
        """The row of the clinic's home page among all pages."""
        return next(v for v in self.stored[_PAGE] if v["id"] == self.archive.manifest["root"])

    @cached_property
    def clinic(self) -> ClinicPage | None:
        """The clinic as it is here."""
        clinics = ClinicPage.objects.all()
        same = clinics.filter(translation_key=self.root["translation_key"]).first()
        return same or clinics.filter(slug=self.root["slug"]).first()

    @cached_property
    def outside(self) -> dict[Key, Outside]:
        found = [Outside(**each) for each in json.loads(self.archive.read(OUTSIDE))]
        return {(each.label, each.pk): each for each in found}

    @cached_property
    def here(self) -> dict[Key, int | None]:
        """Ids here of what the clinic refers to."""
        return {key: find_outside(each) for key, each in self.outside.items()}

    @cached_property
    def parent(self) -> Page | None:
        """The page of the franchise here."""
        return Page.objects.filter(pk=self.here[_PAGE, self.archive.manifest["parent"]]).first()

    @cached_property
    def present(self) -> dict[str, set[int]]:
        """Ids of the clinic's rows here, by the model that gives them; its log stays."""
        found = own_ids(Estate(self.clinic, left_over=self._left_over_collections()))
        found["clinics.person"] |= self._left_over_people()
        return defaultdict(set, {k: ids for k, ids in found.items() if k not in APPEND_ONLY})

    def _left_over_collections(self) -> list[int]:
        """Deleting a clinic's pages leaves its pictures: they are still its own."""
        found = []
        for values in self.stored[_COLLECTION]:
            same = Collection.objects.filter(pk=values["id"], name=values["name"])
            others = ClinicFacts.objects.filter(collection=values["id"]).exclude(clinic=self.clinic)
            shared = FranchisePage.objects.filter(shared_collection=values["id"])
            found += [values["id"]] if same and not others and not shared else []
        return found

    def _left_over_people(self) -> set[int]:
        slugs = [values["slug"] for values in self.stored["clinics.person"]]
        found = Person.objects.filter(slug__in=slugs, clinic=None)
        return set(found.values_list("pk", flat=True))

    @cached_property
    def own(self) -> dict[str, dict[int, int]]:
        """The clinic's ids in the archive → here: the same ones wherever they are free."""
        return {
            label: _new_ids(label, [v[pk_name(label)] for v in some], self.present[label])
            for label, some in self.stored.items()
            if root_label(model_of(label)) == label
        }

    @cached_property
    def rows(self) -> RowsByLabel:
        """The rows with their new ids; what lacks something that it needs is left out."""
        left_out: set[Key] = set()
        while True:
            found, without = self._swapped(left_out)
            without |= self._below(without)
            if without == left_out:
                return found
            left_out = without

    @property
    def gone(self) -> dict[str, set[int]]:
        """Ids that are here now and do not come back."""
        coming: dict[str, set[int]] = defaultdict(set)
        for label, some in self.rows.items():
            coming[root_label(model_of(label))] |= {values[pk_name(label)] for values in some}
        return {label: ids - coming[label] for label, ids in self.present.items()}

    def _swapped(self, left_out: set[Key]) -> tuple[RowsByLabel, set[Key]]:
        found: RowsByLabel = {}
        without = set(left_out)
        for label, some in self.stored.items():
            root, found[label] = root_label(model_of(label)), []
            for values in some:
                key = (root, values[pk_name(label)])
                if key in without:
                    continue
                new, gaps = self._swap(label, values, left_out)
                self.gaps += [gap for gap in gaps if gap not in self.gaps]
                if any(gap.takes_row for gap in gaps):
                    without.add(key)
                else:
                    found[label].append(new)
        return found, without

    def _swap(self, label: str, values: Values, left_out: set[Key]) -> tuple[Values, list[Gap]]:
        missing: list[tuple[str, str]] = []

        def swap(about: str, id_: int, place: str) -> int | None:
            new = None if (about, id_) in left_out else self._id_here(about, id_)
            if new is None:
                missing.append((place, self._words(about, id_)))
            return new

        new = swap_row(label, values, swap)
        needed = _needed(label, values, new)
        pk = values[pk_name(label)]
        name = _name_of(values) or self._titles.get(pk if _is_page(label) else 0) or pk
        row = f"{model_of(label)._meta.verbose_name} “{name}”"
        return new, [Gap(row, place, words, place in needed) for place, words in missing]

    @cached_property
    def _titles(self) -> dict[int, str]:
        return {values["id"]: values["title"] for values in self.stored[_PAGE]}

    def _id_here(self, label: str, id_: int) -> int | None:
        own = self.own.get(label, {})
        return own[id_] if id_ in own else self.here.get((label, id_))

    def _words(self, label: str, id_: int) -> str:
        outside = self.outside.get((label, id_))
        name = model_of(label)._meta.verbose_name
        return f"{name} “{outside.words}”" if outside else f"{name} {id_}"

    def _below(self, left_out: set[Key]) -> set[Key]:
        """Pages whose parent is left out."""
        gone = tuple(v["path"] for v in self.stored[_PAGE] if (_PAGE, v["id"]) in left_out)
        if not gone:
            return set()
        return {(_PAGE, v["id"]) for v in self.stored[_PAGE] if v["path"].startswith(gone)}


def _is_page(label: str) -> bool:
    return root_label(model_of(label)) == _PAGE


def pk_name(label: str) -> str:
    return str(model_of(label)._meta.pk.attname)


def _new_ids(label: str, ids: list[int], going: set[int]) -> dict[int, int]:
    manager = model_of(label)._base_manager
    here: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = manager.filter(pk__in=ids[start : start + _AT_ONCE])
        here |= set(some.values_list("pk", flat=True))
    highest = manager.aggregate(highest=Max("pk"))["highest"] or 0
    beyond = max([highest, *ids], default=0)
    found = {}
    for id_ in ids:
        is_taken = id_ in here - going
        beyond += is_taken
        found[id_] = beyond if is_taken else id_
    return found


def _needed(label: str, values: Values, new: Values) -> set[str]:
    """Names of columns that have lost a value which they cannot be without."""
    fields = model_of(label)._meta.local_concrete_fields
    needed = {f.name for f in fields if not f.null and _is_lost(values, new, f.attname)}
    return needed | ({"object_id"} if new.get("object_id", "") is None else set())


def _is_lost(values: Values, new: Values, name: str) -> bool:
    return values[name] is not None and new[name] is None


def _name_of(values: Values) -> str:
    names = ("title", "name", "slug", "hostname", "file")
    return next((str(values[n]) for n in names if values.get(n)), "")
