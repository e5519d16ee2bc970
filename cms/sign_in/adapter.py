"""What allauth asks the site: its answers about accounts and about second factors."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.sign_in.factors import has_second_factor
from cms.sign_in.sealing import seal, unseal
from cms.sign_in.telling import tell

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

# The same words for an account that is not there, and whatever was typed as its name.
NOT_RIGHT = _("This name and this password do not belong together. Try again.")
MESSAGES = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NOT_RIGHT,
        "username_password_mismatch": NOT_RIGHT,
        "incorrect_code": _("This code does not fit, or was used already. Type the one shown now."),
        "incorrect_password": _("This is not your password. Try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our words, and only what is no news of itself: whoever signs in sees that they did."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            super().add_message(request, level, message=str(words), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        tell(user, template_prefix.rpartition("/")[2])

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a socket there is no address: all attempts count together, and none is refused."""
        return get_client_ip(request) or "unknown"

    def get_reauthentication_methods(self, user: AbstractUser) -> list[dict[str, Any]]:
        """Whoever has a second factor proves who they are by it: the password alone would let
        whoever knows it put a factor of their own in its place.
        """
        methods = super().get_reauthentication_methods(user)
        by_factor = [each for each in methods if each["id"].startswith("mfa_")]
        return by_factor or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: allauth would ask for the password once more."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if has_second_factor(request.user):
            records = [record for record in records if record["method"] == "mfa"]
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > since for record in records)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth counts by host too, and a Host header may name any port."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed, and passkeys are called what people call them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: AbstractUser, type: str) -> str:
        return gettext("My passkey")

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)
