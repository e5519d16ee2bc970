"""Which rights a change of facts needs."""

from __future__ import annotations

from collections.abc import Iterable

from clinics.facts_snapshot import HOURS, SPECIAL_HOURS
from clinics.facts_words import NOTICE_GROUP, STATUS_GROUP

# What belongs to the right to set hours, and of a clinic to the right to close and open it.
_OF_THE_DAY = frozenset({HOURS, SPECIAL_HOURS, *NOTICE_GROUP[1]})
_OF_THE_FRANCHISE = frozenset(STATUS_GROUP[1])


def rights_for(names: Iterable[str], *, is_of_clinic: bool = False) -> set[str]:
    """The columns of the role table that these facts belong to."""
    return {_right_for(name, is_of_clinic=is_of_clinic) for name in names}


def _right_for(name: str, *, is_of_clinic: bool) -> str:
    if is_of_clinic and name in _OF_THE_FRANCHISE:
        return "clinics"
    return "hours" if name in _OF_THE_DAY else "phones"
