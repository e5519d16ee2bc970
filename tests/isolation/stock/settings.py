"""A Wagtail project as its documentation sets one up, with nothing of ours in it."""

from __future__ import annotations

import tempfile

from cms.sqlite import connection_options, use_safe_sqlite

use_safe_sqlite()

SECRET_KEY = "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.isolation.stock.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
STATIC_URL, MEDIA_URL = "/static/", "/media/"
MEDIA_ROOT = tempfile.mkdtemp(prefix="stock-media-")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": connection_options(),
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
WAGTAIL_SITE_NAME = "Stock"
WAGTAILADMIN_BASE_URL = "http://admin.test"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

INSTALLED_APPS = [
    "tests.isolation.stock",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "rest_framework",
    "wagtail.embeds",
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
# Tables without their history: they are made in a second.
MIGRATION_MODULES = {app.rpartition(".")[2]: None for app in INSTALLED_APPS} | {
    f"wagtail{name}": None
    for name in (
        *("core", "admin", "docs", "embeds", "forms", "images", "redirects", "search"),
        *("searchpromotions", "sites", "users", "snippets", "api_v2"),
    )
}

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
LOGGING = {"version": 1, "disable_existing_loggers": True}
