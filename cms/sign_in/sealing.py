"""Secrets of second factors, sealed with a key that is not in the database.

A copy of the database alone makes no codes. `SECRET_KEY_FALLBACKS` opens what an older key sealed.
"""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode

from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def seal(secret: str) -> str:
    return _seals().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret. Where no key opens it, a fresh one, which no code of anybody matches."""
    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was sealed with another SECRET_KEY and has to be reset.")
        return generate_totp_secret()


def _seals() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str | bytes) -> bytes:
    digest = salted_hmac("cms.sign_in.sealing", "key", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
