"""Who gave what to whom, and when: entries in Wagtail's log of the place that it is about.

Each place keeps its own, so that nobody reads there of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, PageLogEntry

from clinics.choices import Role
from clinics.team.granting import places_led_by
from clinics.team.members import name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.log_actions import LogActionRegistry

INVITED, INVITED_AGAIN = "clinics.team.invite", "clinics.team.invite_again"
CHANGED, REMOVED = "clinics.team.change_role", "clinics.team.remove"
DEACTIVATED, REACTIVATED = "clinics.team.deactivate", "clinics.team.reactivate"
HANDED_OVER = "clinics.team.hand_over"
FACTOR_RESET = "clinics.team.reset_factor"

_LABELS = {
    INVITED: _("Invite to the team"),
    INVITED_AGAIN: _("Invite again"),
    CHANGED: _("Change a role"),
    REMOVED: _("Remove from the team"),
    DEACTIVATED: _("Deactivate an account"),
    REACTIVATED: _("Reactivate an account"),
    HANDED_OVER: _("Hand over"),
    FACTOR_RESET: _("Reset a second factor"),
}
_SENTENCES = {
    INVITED: _("Invited %(name)s as %(role)s."),
    INVITED_AGAIN: _("Sent %(name)s a new invitation; the link of the old one is void."),
    CHANGED: _("Made %(name)s %(role)s, before %(before)s."),
    REMOVED: _("Removed %(name)s, who was %(role)s."),
    DEACTIVATED: _("Deactivated the account of %(name)s."),
    REACTIVATED: _("Reactivated the account of %(name)s."),
    FACTOR_RESET: _("Reset the second factor of %(name)s."),
    HANDED_OVER: _("Handed over from %(name)s to %(successor)s: %(things)s."),
}


@dataclass(frozen=True)
class HistoryLine:
    """One act. `by` is "" for what a command did."""

    at: datetime
    by: str
    text: str
    place: str


def record(
    action: str, place: Page, user: AbstractUser, *, by: AbstractUser | None, **more: Any
) -> None:
    """One entry at the place. `more` are codes and texts that the sentence of the action names."""
    data = {"member": user.pk, "name": name_of(user), **more}
    log(place, action, user=by, data=data)


def history_of(user: AbstractUser) -> QuerySet[PageLogEntry]:
    """The entries of every place that the user looks after, the newest first."""
    entries = PageLogEntry.objects.filter(action__in=_LABELS, page__in=places_led_by(user))
    return entries.select_related("user", "page").order_by("-timestamp", "-pk")


def lines_of(entries: Iterable[PageLogEntry]) -> list[HistoryLine]:
    """The entries in words."""
    return [
        HistoryLine(
            entry.timestamp,
            name_of(entry.user) if entry.user else "",
            sentence(entry.action, entry.data),
            entry.page.title if entry.page else entry.label,
        )
        for entry in entries
    ]


def sentence(action: str, data: Mapping[str, Any]) -> str:
    """An entry in words; roles are stored as codes."""
    words = {"role": "", "before": "", "successor": "", "things": "", "name": "", **data}
    for key in ("role", "before"):
        if words[key] in Role.values:
            words[key] = str(Role(words[key]).label).lower()
    return str(_SENTENCES[action]) % words


class TeamFormatter(LogFormatter):
    """How an entry reads in Wagtail's own history of the place."""

    action = ""

    def format_message(self, log_entry: PageLogEntry) -> str:
        return sentence(self.action, log_entry.data)


def register_team_log(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    for action, label in _LABELS.items():
        actions.register_action(action)(_formatter(action, label))


def _formatter(action: str, label: Promise | str) -> type[TeamFormatter]:
    return type("TeamFormatter", (TeamFormatter,), {"action": action, "label": label})
