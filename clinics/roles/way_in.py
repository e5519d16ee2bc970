"""The way into the admin follows memberships: it opens with the first and closes with the last.

Receivers of signals, so that it holds whoever gives or takes a role, and when a clinic is deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model

from clinics.inviting import STAFF_GROUP, staff_group

if TYPE_CHECKING:
    from clinics.models import Membership


def open_way_in(instance: Membership, *, created: bool, raw: bool = False, **_signal: Any) -> None:
    """After a role was given."""
    if created and not raw:
        staff_group().user_set.add(instance.user_id)


def close_way_in(instance: Membership, **_signal: Any) -> None:
    """After a role was taken: with the last one the account may sign in to nothing any more."""
    if type(instance).objects.filter(user_id=instance.user_id).exists():
        return
    rows = get_user_model().groups.through._default_manager
    rows.filter(user_id=instance.user_id, group__name=STAFF_GROUP).delete()
