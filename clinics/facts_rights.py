"""Which rights a change of facts needs."""

from __future__ import annotations

from collections.abc import Iterable

from clinics.facts_snapshot import HOURS, SPECIAL_HOURS
from clinics.facts_words import NOTICE_GROUP

# What belongs to the right to set hours.
_OF_THE_DAY = frozenset({HOURS, SPECIAL_HOURS, *NOTICE_GROUP[1]})


def rights_for(names: Iterable[str]) -> set[str]:
    """The columns of the role table that these facts belong to."""
    return {"hours" if name in _OF_THE_DAY else "phones" for name in names}
