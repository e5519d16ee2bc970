"""Settings that every environment shares. Everything that differs is read from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.csp import CSP

from cms.databases import databases_of
from cms.mail import mailer
from cms.roles import middleware_of, role_of, urlconf_of
from cms.sqlite import connection_options, refuse_unsafe_sqlite, use_safe_sqlite
from cms.uploads import upload_storage

use_safe_sqlite()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# The site

ROLE = role_of(env)
PORT = env.int("PORT", default=8000)
ADMIN_HOST = env.str("ADMIN_HOST", default="localhost")
WAGTAIL_SITE_NAME = "Polyclinic"
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", default=f"http://{ADMIN_HOST}:{PORT}")
# The host table is the list of allowed hosts: an unknown one gets a plain 404 from clinics.resolve.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = urlconf_of(ROLE)
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cms",
    "articles",
    "clinics",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "clinics.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinics.compression.CompressionMiddleware",
    "clinics.middleware.AdminPolicyMiddleware",
    "cms.replica.ReplicaMiddleware",
    "clinics.outage.LastKnownMiddleware",
    "clinics.middleware.ClinicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.sign_in.middleware.SignedInMiddleware",
    "clinics.gate.middleware.GateMiddleware",
    "articles.middleware.PublishRefusalMiddleware",
]
MIDDLEWARE = middleware_of(ROLE, MIDDLEWARE)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data

DATABASES = databases_of(env, ROLE, default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
DATABASE_ROUTERS = ["cms.replica.ReplicaRouter"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    refuse_unsafe_sqlite()
    DATABASES["default"]["OPTIONS"] = connection_options()
else:
    # Wagtail's PostgreSQL search needs it.
    INSTALLED_APPS.append("django.contrib.postgres")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Limits of failed sign-ins are counted here: several web processes need one that they share.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# Of Django's 300 entries, a few hundred invented names would push out the count for a real one.
CACHES["default"]["max_entries"] = 50_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# People

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in: by name or address and password, then a second factor; or by a passkey alone. Accounts
# come by invitation, so nobody signs up, and an address is changed by whoever manages people: an
# invitation goes to the account that has the address.

SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
ACCOUNT_ADAPTER = "cms.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
# allauth's own would keep a second list of addresses, which outlives a change of the account's.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class, no password
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "cms.sign_in.forms.SignInForm",
    "reauthenticate": "cms.sign_in.forms.ConfirmPasswordForm",
    "reset_password": "cms.sign_in.forms.ResetLinkForm",
    "reset_password_from_key": "cms.sign_in.forms.NewPasswordForm",
}
MFA_ADAPTER = "cms.sign_in.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "cms.sign_in.forms.CodeForm",
    "reauthenticate": "cms.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "cms.sign_in.forms.AppForm",
    "add_webauthn": "cms.sign_in.forms.PasskeyForm",
    "edit_webauthn": "cms.sign_in.forms.PasskeyNameForm",
}

# Mail: invitations and Wagtail's notifications

MAILERS = {"default": mailer(env.email_url("EMAIL_URL", default="consolemail://"))}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"polyclinic@{ADMIN_HOST}")

# Words and time

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# WhiteNoise warns when the folder is missing.
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_URL = "/media/"
MEDIA_ROOT = str(VAR_DIR / "media")
STORAGES = {
    "default": upload_storage(env),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Wagtail. No outside request leaves the admin: no avatars, no update check, no news banner.

WAGTAILIMAGES_IMAGE_MODEL = "cms.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinics.forms.picture.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
# Drawings and photographs look as they do at 60, with a third fewer bytes.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# No page of ours offers documents, so no address serves them.
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
# An invitation goes to whoever has the address: nobody may take somebody else's for their account.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_AUTOSAVE_INTERVAL = 5000
# Phone numbers are never typed as links: they come from the clinic's record (B-02).
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "h4", "bold", "italic", "ol", "ul", "link"]},
    }
}

# Security. Public pages carry no inline script or style, so the policy needs no nonce and a page
# can be cached; seven templates of Wagtail's admin have inline scripts, so the admin has its own.

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
CLINICS_ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(WAGTAILADMIN_BASE_URL)),
]

# Errors go to the console, without addresses or query strings of visitors.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.tasks": {"level": "WARNING"}},
}

# Polyclinic

CLINICS_ALLOW_FICTIONAL_NUMBERS = env.bool("CLINICS_ALLOW_FICTIONAL_NUMBERS", default=False)
# False on a staging server: every page asks search engines to leave it out.
CLINICS_SEARCH_ENGINES = env.bool("CLINICS_SEARCH_ENGINES", default=True)
# A clinic's copy of a shared article that is more like another is kept out of search engines.
ARTICLES_INDEX_LIKENESS = env.float("ARTICLES_INDEX_LIKENESS", default=0.70)
# A clinic is asked to acknowledge a safety change within so many days.
ARTICLES_ACKNOWLEDGE_DAYS = env.int("ARTICLES_ACKNOWLEDGE_DAYS", default=7)
# The medical review: whether pages about conditions and treatments go live only with one, after how
# many months the next is due, and how many days after that search engines leave a page out (None:
# never).
ARTICLES_REVIEW_REQUIRED = env.bool("ARTICLES_REVIEW_REQUIRED", default=True)
ARTICLES_REVIEW_MONTHS = 24
ARTICLES_REVIEW_MONTHS_OF_TREATMENTS = 12
ARTICLES_NOINDEX_OVERDUE_DAYS = None
# The page of every component, for whoever builds templates.
SHOW_COMPONENTS = False
# Parts of Wagtail that go through all sites are replaced (clinics/many_sites).
CLINICS_MANY_SITES = True
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
CLINICS_SMS_STRICT_BODY = env.bool("CLINICS_SMS_STRICT_BODY", default=False)

# Pages that each web process keeps, in bytes, 0 for none; and for how many seconds after its end
# the last good page is shown while the database does not answer.
CLINICS_PAGE_CACHE_BYTES = env.int("CLINICS_PAGE_CACHE_BYTES", default=16 * 1024 * 1024)
CLINICS_STALE_SECONDS = env.int("CLINICS_STALE_SECONDS", default=24 * 60 * 60)
# Caches in front that are told which pages to drop (clinics/README.md); without one they may keep
# pages for a minute.
CLINICS_PURGE_BACKENDS = env.json("CLINICS_PURGE_BACKENDS", default=[])
