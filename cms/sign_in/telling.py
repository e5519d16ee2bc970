"""Mails about one's own account, so that what a stranger did to it does not stay unseen."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

logger = logging.getLogger(__name__)

SENTENCES = {
    "password_reset": gettext_lazy("The password of your account was changed."),
    "totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "totp_deactivated": gettext_lazy("The authenticator app of your account was removed."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey of your account was removed."),
    "recovery_codes_generated": gettext_lazy(
        "New recovery codes were made for your account; the old ones do not work any more."
    ),
    "reset": gettext_lazy(
        "The second factor of your account was reset. You set up a new one at the next sign-in."
    ),
}


def tell(user: AbstractUser, event: str) -> None:
    """Mail one of SENTENCES; nothing for an event that has none, or an account without address."""
    if user.email and event in SENTENCES:
        words = {"user": user, "sentence": SENTENCES[event], "url": absolute("account_login")}
        body = render_to_string("cms/mail/account_changed.txt", words)
        post(user, _("Your account at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}, body)


def post(user: Any, subject: str, body: str) -> None:
    """A mail server that is down stops nobody from signing in."""
    try:
        send_mail(subject, body, None, [user.email])
    except (SMTPException, OSError):
        logger.exception("A mail to account %s was not sent.", user.pk)


def absolute(name: str, *arguments: str) -> str:
    """The address of a route, never taken from the request: a Host header may name any port."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=arguments)}"
