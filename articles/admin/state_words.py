"""What an editor reads of a state: its name, its icon, and in one sentence what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.merge import State

type Words = str | Promise

STATE_WORDS: dict[State, Words] = {
    State.FOLLOWS: _("Follows library"),
    State.OWN: _("Own version"),
    State.WAITING: _("Update waiting"),
    State.HIDDEN: _("Hidden here"),
    State.ORPHAN: _("Removed from the library"),
    State.SUSPENDED: _("Safety update shown"),
    State.CONFLICT: _("Two changes, first shown"),
    State.HELD: _("Held"),
}
LOCKED_WORDS = _("Locked, shared text shown")
# An icon beside the words: a state is never told by colour alone.
STATE_ICONS = {
    State.FOLLOWS: "link",
    State.OWN: "edit",
    State.WAITING: "rotate",
    State.HIDDEN: "view",
    State.ORPHAN: "bin",
    State.SUSPENDED: "warning",
    State.CONFLICT: "warning",
    State.HELD: "time",
}
NEEDS_SOMEBODY = frozenset({State.WAITING, State.ORPHAN, State.SUSPENDED, State.CONFLICT})

_CHANGED = _(
    "The library has changed this section since you wrote yours. Compare, then keep yours or take "
    "the shared one."
)
_HIDDEN_CHANGED = _(
    "The library has changed the section that you hide. Read it, then keep it hidden or show it."
)
_RETYPED = _(
    "The library made another kind of section of this one. Compare, then keep yours or take the "
    "shared one."
)
_SLOT_CHANGED = _(
    "The library has changed what stands in this slot where a clinic puts nothing. Compare, then "
    "keep your words or take the shared ones."
)
_MISPLACED = _(
    "The section that yours stood beside is gone, so its place is a guess. Confirm the place, or "
    "remove your section."
)
_GONE = _(
    "The library has removed this section, so patients do not see your text either. Make it a "
    "section of your own, or drop it."
)
_HIDDEN_GONE = _("The library has removed the section that you hide. Drop your change.")
_SLOT_GONE = _(
    "The library has removed this slot, so patients do not see your words. Make them sections of "
    "your own, or drop them."
)
_SAFETY = _(
    "A safety update shows the shared text in place of yours. Compare, then keep yours if it is "
    "still right, write it anew, or take the shared one."
)
_LOCKED = _(
    "The library has locked this section, so patients read the shared text. Copy what you need "
    "from yours and drop it; you may add a section beside it."
)
_TWICE = _("There are two changes of this section and only the first is shown. Remove one of them.")

_WAITING = {
    "replace": _CHANGED,
    "hide": _HIDDEN_CHANGED,
    "fill": _SLOT_CHANGED,
    "insert": _MISPLACED,
}
_ORPHANED = {"replace": _GONE, "hide": _HIDDEN_GONE, "fill": _SLOT_GONE}


def state_words(state: State, *, is_locked: bool = False) -> str:
    """The name of a state; a lock takes a text away just as a safety update does."""
    is_suspended_by_lock = state is State.SUSPENDED and is_locked
    return str(LOCKED_WORDS if is_suspended_by_lock else STATE_WORDS[state])


def state_help(
    state: State, *, act: str = "replace", is_locked: bool = False, is_retyped: bool = False
) -> str:
    """One sentence about what happened, one about what to do; "" where there is nothing to do.

    `act` is that of the override: replace, hide, insert or fill.
    """
    if state is State.WAITING:
        return str(_RETYPED if is_retyped and act == "replace" else _WAITING[act])
    if state is State.ORPHAN:
        return str(_ORPHANED[act])
    if state is State.SUSPENDED:
        return str(_LOCKED if is_locked else _SAFETY)
    return str(_TWICE) if state is State.CONFLICT else ""
