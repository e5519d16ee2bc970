"""Which locations a list, an export or a change of several is about: typed filters in, rows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from clinics.choices import LocationStatus
from clinics.models import FranchisePage, LocationFacts
from clinics.tree_paths import below

if TYPE_CHECKING:
    from django.http import QueryDict

MOST_NAMED = 500


@dataclass(frozen=True)
class Choice:
    """Words to look for, a status and a state; `ids` are ticked pages, () stands for all found."""

    words: str = ""
    status: str = ""
    state: str = ""
    ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, typed: QueryDict) -> Choice:
        ids = () if typed.get("all") else typed.getlist("location")[:MOST_NAMED]
        status = typed.get("status", "")
        return cls(
            words=typed.get("q", "").strip()[:80],
            status=status if status in LocationStatus.values else "",
            state=typed.get("state", "")[:2],
            ids=tuple(int(pk) for pk in ids if pk.isdecimal() and len(pk) < 18),
        )

    def among(self, franchises: list[FranchisePage]) -> QuerySet[LocationFacts]:
        """The locations of these franchises that it is about, clinic by clinic."""
        reach = below((franchise.path for franchise in franchises), "clinic__path")
        found = LocationFacts.objects.filter(reach, **self._exactly())
        for word in self.words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(city__icontains=word)
                | Q(zip_code__startswith=word)
                | Q(clinic__facts__name__icontains=word)
            )
        return found.select_related("page", "clinic__facts").order_by("clinic__facts__name", "name")

    def query(self) -> str:
        """The filters as they stand in an address."""
        named = {"q": self.words, "status": self.status, "state": self.state}
        return urlencode({name: value for name, value in named.items() if value})

    def hidden(self) -> list[tuple[str, Any]]:
        """The same as pairs of names and values for a form."""
        if self.ids:
            return [("location", pk) for pk in self.ids]
        named = {"all": "1", "q": self.words, "status": self.status, "state": self.state}
        return [(name, value) for name, value in named.items() if value]

    def _exactly(self) -> Mapping[str, Any]:
        exact = {"status": self.status, "state": self.state, "page__in": self.ids}
        return {name: value for name, value in exact.items() if value}
