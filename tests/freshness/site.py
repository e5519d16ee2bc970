"""Every page of every site, as it is kept and as it would be made now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from articles.models import ArticlePage, Figure, LocalVersionPage, Source, Term
from clinics.models import Person, Statement
from clinics.picture_sizes import make_sizes
from tests.articles.factories import (
    make_article,
    make_figure,
    make_local_version,
    make_own_article,
    override,
)
from tests.articles.factories import text as section
from tests.edge import Answer, Process
from tests.factories import World
from tests.reading import hrefs_of

HOSTS = ("hillside.test", "harbour.test", "hub.test")
# Of lists and pages that are alike one stands for all.
KINDS = ("/about/", "/conditions/", "/contact/", "/locations/", "/team/")
FILES = ("/sitemap.xml", "/feed.xml", "/robots.txt")

type Address = tuple[str, str]

# Enough for every row of the table to show somewhere, and not to show elsewhere. `make probe` has
# them all.
_FEW = {
    "hillside.test": "/ /about/ /conditions/ /conditions/fibromyalgia/ /conditions/migraine/ "
    "/feed.xml /locations/ /locations/plano/ /team/ /team/ada-reyes/ /sitemap.xml",
    "harbour.test": "/ /conditions/ /conditions/fibromyalgia/ /conditions/our-rooms/ "
    "/locations/marina/ /team/ada-reyes/",
    "hub.test": "/ /conditions/ /conditions/fibromyalgia/ /locations/",
}
FEW: list[Address] = [(host, path) for host, paths in _FEW.items() for path in paths.split()]


@dataclass(frozen=True)
class Content:
    """What stands on the sites beside what every world has."""

    article: ArticlePage
    other: ArticlePage
    version: LocalVersionPage
    person: Person
    source: Source
    statement: Statement
    picture: Any
    figure: Figure
    term: Term

    def read_again(self) -> Content:
        rows = (getattr(self, each.name) for each in fields(self))
        return Content(*(type(row)._default_manager.get(pk=row.pk) for row in rows))


def fill(world: World) -> Content:
    """An article with a local version, a related one, a source, a statement, a picture, a person;
    an own article; a page of the clinic's own with a team.
    """
    picture = make_picture("A nurse sets up a pump")
    person = Person.objects.create(
        name="Ada Reyes", slug="ada-reyes", bio="<p>Writes.</p>", clinic=world.hillside,
        is_author=True,
    )  # fmt: skip
    Person.objects.create(name="Cy Orr", slug="cy-orr", clinic=world.hillside)
    source = Source.objects.create(slug="trial", title="A trial", publisher="Journal", year=2024)
    statement = Statement.objects.create(slug="label", text="<p>Not approved for this.</p>")
    figure = make_figure(source=source)
    term = Term.objects.create(slug="pump", name="pump", explanation="It gives medicine slowly.")
    other = make_article("migraine")
    article = make_article(
        "fibromyalgia",
        section("what", "What it is"),
        {"type": "statement", "id": "label", "value": {"statement": statement.pk}},
        section("count", "How many", "<p>Here {{ figure.adults }} use a pump.</p>"),
        {"type": "sources", "id": "refs", "value": {"sources": [_item(source.pk)]}},
        hero_image=picture,
        author=person,
    )
    article.related.set([other])
    article.save_revision().publish()
    version = make_local_version(
        article, world.hillside, override("replace", "what", section("own", "What it is here"))
    )
    make_own_article(world.harbour)
    return Content(
        *(ArticlePage.objects.get(pk=article.pk), other, version, person, source, statement),
        *(picture, figure, term),
    )


def _item(pk: int) -> dict[str, Any]:
    return {"type": "item", "id": f"item-{pk}", "value": pk}


def make_picture(alt: str, colour: str = "#335577") -> Any:
    """A picture with every size made."""
    file = BytesIO()
    Image.new("RGB", (64, 40), colour).save(file, "PNG")
    content = ContentFile(file.getvalue(), name=f"{colour[1:]}.png")
    picture = get_image_model().objects.create(title="Pump", description=alt, file=content)
    make_sizes(picture)
    return picture


def addresses(process: Process) -> list[Address]:
    """The pages of each host that lead from one to another, of kinds that differ."""
    found: dict[Address, None] = {}
    for host in HOSTS:
        waiting = ["/", *FILES]
        while waiting:
            path = waiting.pop()
            if (host, path) in found:
                continue
            page = process.get(host, path)
            assert page.status == 200, (host, path)
            found[host, path] = None
            if path.endswith("/"):
                waiting += _paths_on(path, page.text)
    return list(found)


def digest(body: bytes) -> str:
    """What stands for the bytes of a page between processes."""
    return blake2b(body, digest_size=12).hexdigest()


def ask_all(process: Process, where: Iterable[Address]) -> dict[Address, Answer]:
    return {(host, path): process.get(host, path) for host, path in where}


def _paths_on(path: str, html: str) -> list[str]:
    parts = (urlsplit(urljoin(path, href)) for href in hrefs_of(html))
    return [
        each.path for each in parts
        if not each.scheme and not each.netloc and not each.query and each.path.endswith("/")
        and (each.path == "/" or each.path.startswith(KINDS))
    ]  # fmt: skip
