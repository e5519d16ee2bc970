"""What of a local version waits for its clinic: the overrides and fields that a shared text awaits.

A page with its text comes in, live or draft, and names go out. Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.merge import State
from articles.queries import draft_effective
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from articles.models import LocalVersionPage

AWAITED = frozenset({State.WAITING, State.SUSPENDED, State.ORPHAN})


@dataclass(frozen=True)
class Updates:
    """`overrides` are ids, `fields` names.

    `misplaced` counts added sections whose place is a guess: they have no shared text, so taking
    the updates leaves them where they stand.
    """

    overrides: tuple[str, ...]
    fields: tuple[str, ...]
    misplaced: int = 0

    def __bool__(self) -> bool:
        return bool(self.overrides or self.fields)

    def __len__(self) -> int:
        return len(self.overrides) + len(self.fields)


def updates_of(page: LocalVersionPage) -> Updates:
    """The updates that wait for this text, as if it were live."""
    effective = draft_effective(page, clinic_of(root_page(page.clinic_id)))
    merged = [*effective.merged.sections, *effective.merged.not_shown]
    found = dict.fromkeys(s.override for s in merged if s.override and s.state in AWAITED)
    added = {child.id for child in page.overrides if child.block_type == "insert"}
    return Updates(
        overrides=tuple(id_ for id_ in found if id_ not in added),
        fields=tuple(name for name, f in effective.fields.items() if f.state in AWAITED),
        misplaced=len(found.keys() & added),
    )
