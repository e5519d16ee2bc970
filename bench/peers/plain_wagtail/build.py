"""Makes the plain project's database; measures what a publish costs with a page alias per clinic.

`python -m bench.peers.plain_wagtail.build` prints JSON: SQL of an article, and of a publish by the
number of aliases.
"""

from __future__ import annotations

import json
import os
import time
from io import BytesIO
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.plain_wagtail.settings"
django.setup()

from django.core.files.images import ImageFile  # noqa: E402 - after the settings
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from PIL import Image as Picture  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from bench.peers.plain_wagtail.models import ArticlePage  # noqa: E402
from bench.peers.words import sections  # noqa: E402

PATH = "/section/group/article/"


def build() -> ArticlePage:
    """An article four levels down, as articles of clinics are, with a menu of six."""
    call_command("migrate", verbosity=0)
    home = Site.objects.get().root_page
    for number in range(6):
        _child(home, f"menu-{number}", show_in_menus=True)
    group = _child(_child(home, "section"), "group")
    pictures = [_picture(number) for number in range(2)]
    body: list[tuple[str, Any]] = []
    for heading, html in sections():
        body += [("heading", heading), ("text", html)]
    article = ArticlePage(
        title="Living with pain",
        slug="article",
        summary="What it is, how it is found out, and what you can do about it.",
        hero_image=pictures[0],
        body=json.dumps(
            [{"type": kind, "value": value} for kind, value in body]
            + [{"type": "image", "value": pictures[1].pk}]
        ),
        button_page=home,
        note=f'<p>See <a linktype="page" id="{group.pk}">more of this kind</a>.</p>',
    )
    group.add_child(instance=article)
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def publish_costs(article: ArticlePage, numbers: tuple[int, ...]) -> list[dict[str, float]]:
    """SQL and seconds of a publish with so many aliases."""
    home, found = Site.objects.get().root_page, []
    there = 0
    for number in numbers:
        for each in range(there, number):
            clinic = _child(Page.objects.get(pk=home.pk), f"clinic-{each}")
            article.create_alias(parent=clinic, update_slug="article")
        there = number
        article.summary = f"Changed with {number}"
        revision = article.save_revision()
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            revision.publish()
            took = time.perf_counter() - started
        found.append({"aliases": number, "sql": len(queries), "seconds": round(took, 3)})
    return found


def sql_of_article() -> int:
    client = Client()
    client.get(PATH)  # makes renditions
    with CaptureQueriesContext(connection) as queries:
        if client.get(PATH).status_code != 200:
            raise RuntimeError("The plain article does not answer.")
    return len(queries)


def _child(parent: Page, slug: str, **fields: Any) -> Page:
    return Page.objects.get(pk=parent.pk).add_child(
        instance=Page(title=slug.title(), slug=slug, **fields)
    )


def _picture(number: int) -> Image:
    data = BytesIO()
    Picture.new("RGB", (1200, 800), (40 * number, 90, 120)).save(data, "JPEG")
    data.seek(0)
    image = Image(title=f"Picture {number}", file=ImageFile(data, name=f"picture-{number}.jpg"))
    image.save()
    return image


if __name__ == "__main__":
    made = build()
    sql = sql_of_article()
    print(json.dumps({"sql": sql, "publishing": publish_costs(made, (0, 10, 50))}))
