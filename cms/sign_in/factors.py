"""Second factors of an account: which there are, what a session has proved, how to forget them.

The rows of `Authenticator` are the truth, and they are asked at each request: taking a factor away
ends every session that was opened with it.
"""

from __future__ import annotations

import enum
import logging
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.db import transaction
from wagtail.log_actions import log

from cms.sign_in.telling import tell

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
# Recovery codes stand in for one of these; alone they are no second factor.
FACTORS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})
FORGOTTEN = "cms.forget_second_factor"


class Standing(enum.Enum):
    """How the session of a signed-in user stands to the user's second factor."""

    PROVED = enum.auto()
    # It was opened before the factor was set up, or elsewhere than through our own pages.
    UNPROVED = enum.auto()
    MISSING = enum.auto()
    # The factor that it was opened with has been taken away since, and there is no other.
    FORGOTTEN = enum.auto()


def standing(request: HttpRequest) -> Standing:
    """One query. What the session used counts only while it is still a factor of the account."""
    rows = Authenticator.objects.filter(user_id=request.user.pk)
    found = dict(rows.values_list("pk", "type"))
    records = get_authentication_records(request, request.user)
    used = {record.get("id") for record in records if record.get("method") == "mfa"}
    if not FACTORS & set(found.values()):
        return Standing.FORGOTTEN if used else Standing.MISSING
    return Standing.PROVED if used & set(found) else Standing.UNPROVED


def has_second_factor(user: AbstractUser) -> bool:
    """True for whoever has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


@transaction.atomic
def forget_second_factor(user: AbstractUser, *, by: AbstractUser | None = None) -> bool:
    """Take away the app, the passkeys and the recovery codes of somebody who has lost them.

    False, and nothing is done, where there is none. The user hears of it by mail; sessions that
    were opened with the factor end, and at the next sign-in the password is enough to set up a new
    one: make sure whom you are talking to before you call this.
    """
    rows = Authenticator.objects.filter(user_id=user.pk)
    if not rows.exists():
        return False
    rows.delete()
    log(instance=user, action=FORGOTTEN, user=by)
    logger.warning("The second factor of account %s was reset.", user.pk)
    transaction.on_commit(lambda: tell(user, "reset"))
    return True


def count_as_used(
    request: HttpRequest, user: AbstractUser, authenticator: Authenticator, **_signal: Any
) -> None:
    """A receiver: what was set up in a session was proved in it, so it is not asked for again."""
    record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)
