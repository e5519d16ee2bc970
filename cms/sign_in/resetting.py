"""Links for a new password: an address in, a mail to the account that has it.

A task, so that the answer to the form takes as long for an address that nobody has.
"""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.tasks import task
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cms.sign_in.telling import absolute, post


@task
def mail_reset_links(address: str) -> None:
    """Mail a link to each active account with the address; nothing where there is none."""
    tokens = app_settings.PASSWORD_RESET_TOKEN_GENERATOR()
    accounts = get_user_model()._default_manager.filter(email__iexact=address, is_active=True)
    for user in accounts:
        key = [user_pk_to_url_str(user), tokens.make_token(user)]
        words = {"user": user, "url": absolute("account_reset_password_from_key", *key)}
        body = render_to_string("cms/mail/password_link.txt", words)
        post(user, _("Your password at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}, body)
