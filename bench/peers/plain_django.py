"""Django with one row and one template, as small as it gets. Run it to make its database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings

FOLDER = Path(os.environ["BENCH_FOLDER"])

settings.configure(
    SECRET_KEY="only-for-measuring",  # noqa: S106 - it protects nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "plain-django.sqlite3",
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "templates"]}],
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402


class Article(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    html = models.TextField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return self.title


def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Article, slug=slug)
    return render(request, "plain_django.html", {"article": found})


urlpatterns: list[Any] = [path("<slug:slug>/", article)]
application = get_wsgi_application()


def build() -> None:
    from bench.peers.words import html_of_sections  # noqa: PLC0415 - after the settings

    with connection.schema_editor() as editor:
        editor.create_model(Article)
    Article.objects.create(slug="article", title="Living with pain", html=html_of_sections())


if __name__ == "__main__":
    build()
