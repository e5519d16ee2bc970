"""Production: refuses to start without a secret of its own, and speaks HTTPS only."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from cms.mail import mailer
from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES, env

DEBUG = False


def _required_secret() -> str:
    secret = env.str("SECRET_KEY", default="")
    if len(secret) < 50 or len(set(secret)) < 10 or secret.startswith("insecure"):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or too weak: set it in the environment to at least 50 random "
            "characters, for example the output of `python -c 'import secrets; "
            "print(secrets.token_urlsafe(50))'`."
        )
    return secret


SECRET_KEY = _required_secret()
ADMIN_HOST = env.str("ADMIN_HOST")
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", default=f"https://{ADMIN_HOST}")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
MAILERS = {"default": mailer(env.email_url("EMAIL_URL", default="smtp://localhost:25"))}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"polyclinic@{ADMIN_HOST}")

SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
TRUST_PROXY = env.bool("TRUST_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
# Whose attempts to sign in are counted: the proxy's last entry in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRUST_PROXY)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SECURE_REDIRECT_EXEMPT = [r"^-/live$", r"^-/ready$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CLINICS_SERVE_MEDIA = False
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
# Who may frame a page is said by frame-ancestors in the content policies.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
