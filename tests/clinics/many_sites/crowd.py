"""Thousands of clinics in seconds: rows of every table in bulk, past treebeard and all signals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Collection, Locale, Page, Site

from articles.choices import MOUNT_SLUGS, ArticleKind
from articles.models import ArticleLibraryPage, ArticleMountPage
from clinics.choices import ClinicStatus, Role
from clinics.models import (
    ClinicFacts,
    ClinicPage,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
    Membership,
)
from tests.factories import World

# SQLite takes so many values in one statement that no table of ours needs smaller ones.
AT_ONCE = 500


def add_many_clinics(world: World, count: int) -> list[ClinicPage]:
    """Clinics in service, each with site, collection, mounts, a location and a publisher."""
    names = [f"clinic-{uuid4().hex[:12]}" for _ in range(count)]
    clinics = [ClinicPage(title=name.title(), slug=name) for name in names]
    _place([(world.franchise, clinic) for clinic in clinics])
    collections = _collections(names)
    facts = [
        ClinicFacts(clinic=clinic, name=clinic.title, state="TX", status=ClinicStatus.LIVE)
        for clinic in clinics
    ]
    for each, collection in zip(facts, collections, strict=True):
        each.collection = collection
    ClinicFacts.objects.bulk_create(facts, AT_ONCE)
    sites = [Site(hostname=f"{clinic.slug}.test", root_page=clinic.page_ptr) for clinic in clinics]
    Site.objects.bulk_create(sites, AT_ONCE)
    _add_mounts(clinics)
    _add_locations(clinics)
    _add_publishers(clinics)
    return clinics


def _add_mounts(clinics: Sequence[ClinicPage]) -> None:
    library = ArticleLibraryPage.objects.get()
    for kind in ArticleKind:
        words = {"title": kind.label, "slug": MOUNT_SLUGS[kind], "kind": kind}
        mounts = [ArticleMountPage(**words, library=library, show_in_menus=True) for _ in clinics]
        _place(zip(clinics, mounts, strict=True))


def _add_locations(clinics: Sequence[ClinicPage]) -> None:
    lists = [LocationIndexPage(title="Locations", slug="locations") for _ in clinics]
    _place(zip(clinics, lists, strict=True))
    pages = [LocationPage(title="Main office", slug="main-office") for _ in clinics]
    _place(zip(lists, pages, strict=True))
    words = {"street": "1 Long Row", "city": "Dallas", "state": "TX", "zip_code": "75204"}
    facts = [
        LocationFacts(page=page, clinic=clinic, name="Main office", is_primary=True, **words)
        for clinic, page in zip(clinics, pages, strict=True)
    ]
    LocationFacts.objects.bulk_create(facts, AT_ONCE)


def _add_publishers(clinics: Sequence[ClinicPage]) -> None:
    model = get_user_model()
    people = [model(username=clinic.slug, email=f"{clinic.slug}@x.test") for clinic in clinics]
    model.objects.bulk_create(people, AT_ONCE)
    rows = [
        Membership(user=user, role=Role.CLINIC_PUBLISHER, page=clinic.page_ptr)
        for user, clinic in zip(people, clinics, strict=True)
    ]
    Membership.objects.bulk_create(rows, AT_ONCE)


def _collections(names: Sequence[str]) -> list[Collection]:
    root = Collection.get_first_root_node()
    first = root.numchild + 1
    rows = [
        Collection(name=name, depth=2, path=Collection._get_path(root.path, 2, first + number))
        for number, name in enumerate(names)
    ]
    Collection.objects.bulk_create(rows, AT_ONCE)
    Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + len(rows))
    return rows


def _place(pairs: Iterable[tuple[Page, Page]]) -> None:
    """The rows of pages, each as the last child of its parent; all of one type."""
    pairs = list(pairs)
    locale = Locale.objects.get()
    content_type = ContentType.objects.get_for_model(type(pairs[0][1]))
    for parent, page in pairs:
        page.path = _next_path(parent)
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.locale, page.content_type = locale, content_type
        parent.numchild += 1
    pages = [page for _parent, page in pairs]
    columns = [field.attname for field in Page._meta.concrete_fields]
    rows = [Page(**{name: getattr(page, name) for name in columns}) for page in pages]
    Page.objects.bulk_create(rows, AT_ONCE)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = page.id = row.pk
        page.page_ptr = row
        page._state.adding = False
    _insert(pages)
    parents = {parent.pk: Page(pk=parent.pk, numchild=parent.numchild) for parent, _page in pairs}
    Page.objects.bulk_update(parents.values(), ["numchild"], AT_ONCE)


def _next_path(parent: Page) -> Any:
    """The world's own children have no gaps between them."""
    return Page._get_path(parent.path, parent.depth + 1, parent.numchild + 1)


def _insert(pages: Sequence[Model]) -> None:
    """The rows of the type's own table, which `bulk_create` refuses to write."""
    model = type(pages[0])
    fields = model._meta.local_concrete_fields
    for start in range(0, len(pages), AT_ONCE):
        model._base_manager._insert(
            pages[start : start + AT_ONCE], fields=fields, using="default", raw=True
        )
