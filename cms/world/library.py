"""The group and its library: made by the product's own functions where they are missing.

The number of articles that is wanted comes in; all that there are go out, as plain values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.files.images import ImageFile
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.images import get_image_model
from wagtail.models import Site

from articles.models import ArticleLibraryPage, ArticlePage, ArticleRelease
from articles.opening import create_library, mount_library, the_library
from clinics.creating import create_franchise, create_hub
from clinics.models import FranchisePage, Service
from clinics.picture_sizes import make_sizes
from cms.demo.content_files import IMAGES
from cms.world import texts

NAME = "Meadow Clinics"
SERVICES = {"ketamine-infusion": "Ketamine infusion", "nerve-blocks": "Nerve blocks"}
_PICTURES = (
    ("pain-signals.jpg", "Signals on their way", "Lines of light that run along branching paths"),
    ("two-visits.jpg", "Two chairs by a window", "Two empty chairs beside a window with plants"),
)


@dataclass(frozen=True)
class WorldArticle:
    """An article of the world; `release` is the number of its newest release."""

    number: int
    pk: int
    title: str
    kind: str
    release: int

    @cached_property
    def sections(self) -> list[str]:
        return texts.section_ids(self.number)


def make_group(domain: str) -> tuple[FranchisePage, ArticleLibraryPage]:
    """The franchise with its hub, and the library."""
    library = the_library() or create_library()
    franchise = FranchisePage.objects.first()
    if franchise is None:
        franchise = create_franchise(NAME)
        # The demo's hub has the admin's host, too.
        host = f"hub.{domain}" if Site.objects.filter(hostname=settings.ADMIN_HOST) else ""
        hub = create_hub(franchise, NAME, host or settings.ADMIN_HOST, port=settings.PORT)
        mount_library(hub, library)
    franchise.refresh_from_db()
    library.refresh_from_db()
    return franchise, library


def services() -> list[Service]:
    return [
        Service.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in SERVICES.items()
    ]


def make_pictures(franchise: FranchisePage) -> list[int]:
    """Ids of the pictures of the articles, with all their sizes."""
    return [_picture(franchise, *each) for each in _PICTURES]


def make_articles(library: ArticleLibraryPage, wanted: int, pictures: list[int]) -> int:
    """Publish what is missing of articles 0 to `wanted`; returns how many were made."""
    known = {article.number for article in articles()}
    missing = [number for number in range(wanted) if number not in known]
    for number in missing:
        article = ArticlePage(
            title=texts.title(number),
            slug=texts.slug(number),
            kind=texts.kind(number),
            summary=texts.summary(number),
            hero_image_id=pictures[0] if pictures else None,
            live=False,
        )
        article.body = texts.sections(number, pictures[-1] if pictures else None)
        library.add_child(instance=article)
        # Past the medical review: nobody reviews invented words, and nobody reads them.
        action = PublishPageRevisionAction(article.save_revision(), user=None)
        action.execute(skip_permission_checks=True)
    return len(missing)


def articles() -> list[WorldArticle]:
    return list(_articles())


def _articles() -> Iterator[WorldArticle]:
    prefix = texts.slug(0)[:-5]
    newest = dict(
        ArticleRelease.objects.filter(undone_at=None, article__slug__startswith=prefix)
        .order_by("pk")
        .values_list("article_id", "pk")
    )
    found = ArticlePage.objects.live().filter(slug__startswith=prefix).order_by("slug")
    for pk, slug, title, kind in found.values_list("pk", "slug", "title", "kind"):
        yield WorldArticle(int(slug.removeprefix(prefix)), pk, title, kind, newest[pk])


def _picture(franchise: FranchisePage, file_name: str, title: str, alt: str) -> int:
    model = get_image_model()
    existing = model.objects.filter(title=title).first()
    if existing:
        return int(existing.pk)
    with (IMAGES / file_name).open("rb") as file:
        image = model(
            title=title,
            description=alt,
            collection=franchise.shared_collection,
            file=ImageFile(file, name=file_name),
        )
        image.save()
    make_sizes(image)
    return int(image.pk)
