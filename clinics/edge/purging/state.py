"""How far changes have got: a user in, one sentence for the front page of the admin out.

Names of nodes are for those who run the group or its library. A clinic's people hear of their own
changes and of what every clinic shares, and of nobody else's.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinics.choices import Role
from clinics.edge.purging.nodes import edge_nodes
from clinics.models import PurgeNode, PurgeOutbox
from clinics.roles.policy import memberships_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

_SEE_NODES = {Role.FRANCHISE_ADMIN, Role.LIBRARY_EDITOR, Role.LIBRARY_PUBLISHER}
_CLINIC_ROLES = {Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER}
# Scopes of one clinic, one page and one site.
_SOMEBODYS = re.compile(r"[cps]\d+")
# Of more than these it is only said that there are more.
_MOST_READ = 1000


def edge_sentences(user: AbstractUser) -> list[str]:
    """Nothing where no edge is configured, or for somebody without a role."""
    nodes = edge_nodes()
    if not nodes:
        return []
    roles = {Role(membership.role) for membership in memberships_of(user)}
    if not (roles or user.is_superuser):
        return []
    sees_everything = bool(user.is_superuser or roles - _CLINIC_ROLES)
    waiting = _waiting(None if sees_everything else _own_tags(user))
    sentences = [_spreading(waiting) if waiting else _("All pages are fresh.")]
    if user.is_superuser or roles & _SEE_NODES:
        sentences += _silent_nodes([node.name for node in nodes])
    return sentences


def _waiting(own: set[str] | None) -> list[datetime]:
    """When the changes were made that not every node was told, the oldest first."""
    rows = PurgeOutbox.objects.filter(done_at=None).order_by("created_at")
    found = rows.values_list("created_at", "tags")[:_MOST_READ]
    return [moment for moment, tags in found if own is None or _concerns(tags, own)]


def _concerns(tags: Any, own: set[str]) -> bool:
    """Whether a purge is about one's own clinics, or about what all of them show."""
    return any(tag in own or not _SOMEBODYS.fullmatch(str(tag)) for tag in tags or ())


def _own_tags(user: AbstractUser) -> set[str]:
    return {f"c{membership.page_id}" for membership in memberships_of(user)}


def _spreading(waiting: list[datetime]) -> str:
    count, age = len(waiting), timezone.now() - waiting[0]
    words = ngettext(
        "Spreading to patients: %(count)s change, made %(age)s ago.",
        "Spreading to patients: %(count)s changes, the oldest made %(age)s ago.",
        count,
    )
    shown = f"{count:,}+" if count == _MOST_READ else f"{count:,}"
    return words % {"count": shown, "age": _age(age, waiting[0])}


def _age(age: timedelta, moment: datetime) -> str:
    if age < timedelta(minutes=1):
        seconds = max(0, int(age.total_seconds()))
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    return timesince(moment, depth=1).replace("\xa0", " ")


def _silent_nodes(names: list[str]) -> list[str]:
    failing = PurgeNode.objects.filter(name__in=names).exclude(failing_since=None)
    words = _("The edge at %(node)s has not answered for %(age)s (%(error)s).")
    now = timezone.now()
    return [
        words % {"node": row.name, "age": _age(now - since, since), "error": row.error}
        for row in failing.order_by("name")
        if (since := row.failing_since)
    ]
