"""Many clinics and local versions in a moment, as rows without signals, to count queries with."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from articles.choices import MOUNT_SLUGS, ArticleKind
from articles.models import ArticleLibraryPage, ArticleMountPage, ArticlePage, LocalVersionPage
from clinics.choices import ClinicStatus
from clinics.models import (
    ClinicFacts,
    ClinicPage,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
)
from tests.factories import World


def add_clinics(world: World, count: int) -> list[ClinicPage]:
    """Clinics in service with facts, a site and a mount for each kind."""
    return [_add_clinic(world, f"clinic-{uuid4().hex[:8]}") for _ in range(count)]


def add_locations(clinics: list[ClinicPage]) -> None:
    """A location for each of these clinics, all at one address."""
    for clinic in clinics:
        index = _place_below(clinic, LocationIndexPage(title="Locations", slug="locations"))
        page = _place_below(index, LocationPage(title="Main office", slug="main-office"))
        facts = LocationFacts(
            page=page,
            clinic=clinic,
            name="Main office",
            is_primary=True,
            street="1 Long Row",
            city="Dallas",
            state="TX",
            zip_code="75204",
            latitude=32.8,
            longitude=-96.8,
        )
        facts.save_base(raw=True, force_insert=True)


def add_local_versions(
    article: ArticlePage, clinics: list[ClinicPage], *overrides: dict[str, Any]
) -> list[LocalVersionPage]:
    """A live local version for each of these clinics, all with the same overrides."""
    versions = []
    for clinic in clinics:
        mount = ArticleMountPage.objects.child_of(clinic).get(kind=article.kind)
        version = LocalVersionPage(
            title=f"{article.title} – {clinic.title}",
            slug=f"local-version-{article.pk}",
            clinic=clinic.page_ptr,
            article=article,
            overrides=list(overrides),
        )
        versions.append(_place_below(mount, version))
    return versions


def _add_clinic(world: World, slug: str) -> ClinicPage:
    clinic = _place_below(world.franchise, ClinicPage(title=slug.title(), slug=slug))
    facts = ClinicFacts(clinic=clinic, name=slug.title(), state="TX", status=ClinicStatus.LIVE)
    facts.save_base(raw=True, force_insert=True)
    Site.objects.bulk_create([Site(hostname=f"{slug}.test", root_page=clinic.page_ptr)])
    library = ArticleLibraryPage.objects.get()
    for kind in ArticleKind:
        mount = ArticleMountPage(title=kind.label, slug=MOUNT_SLUGS[kind], kind=kind)
        mount.library, mount.show_in_menus = library, True
        _place_below(clinic, mount)
    return clinic


def _place_below[P: Page](parent: Page, page: P) -> P:
    """The rows of a page as the last child, past treebeard and Wagtail's signals."""
    last = Page.objects.child_of(parent).order_by("path").last()
    page.path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    page.depth = parent.depth + 1
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.draft_title = page.title
    page.locale = Locale.objects.get()
    page.content_type = ContentType.objects.get_for_model(type(page))
    columns = [field.attname for field in Page._meta.concrete_fields]
    row = Page(**{name: getattr(page, name) for name in columns})
    Page.objects.bulk_create([row])
    page.pk = page.page_ptr_id = page.id = row.pk
    page.save_base(raw=True, force_insert=True)  # raw: this table only, no signals
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)
    parent.numchild += 1
    return page
