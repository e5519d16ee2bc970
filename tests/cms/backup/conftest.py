"""Clinics with something of everything in them, and what tells whether they are as before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, Page, PageSubscription

from articles.choices import ReviewAct
from articles.models import (
    ArticlePage,
    HeldArticle,
    IndexDecision,
    LocalArticlePage,
    LocalVersionPage,
    Review,
    SafetyAcknowledgement,
    Source,
)
from clinics.facts import save_facts
from clinics.models import ClinicPage, LocationAddress, Membership, Service, SpecialHours
from cms.backup.clinic_backup import back_up_clinic
from tests.articles.factories import make_article, override, section_id, text
from tests.factories import World, build_world
from tests.isolation.rows import Rows, all_rows, leave_bands, start_band
from tests.isolation.tenant import mark, plant_tenant
from tests.kept_database import kept_database

# A clinic with a row in nearly every table, and files.
DAY = date(2026, 7, 3)
FULL = mark(2, "public")
# Made anew by a restore, or counted on, and no content.
DERIVED = (
    "wagtailcore_referenceindex",
    *("clinics_purgeoutbox", "clinics_purgedelivery", "clinics_purgenode"),
)

type Snapshot = tuple[Rows, dict[str, bytes]]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder of uploads for this test alone."""
    root = tmp_path / "media"
    root.mkdir()
    settings.MEDIA_ROOT = str(root)
    return root


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[tuple[Path, Path]]:
    """The world and a clinic that has everything, and its backup; the folder of its uploads."""
    root = tmp_path_factory.mktemp("filled")
    archive, uploads = root / "clinic.tar", root / "media"
    with kept_database(django_db_blocker), override_settings(MEDIA_ROOT=str(uploads)):
        fill(_world())
        back_up_clinic(archive, FULL)
        yield archive, uploads
        leave_bands()


@pytest.fixture
def full(filled: tuple[Path, Path], media: Path, db: None) -> World:
    """The world, and beside Hillside and Harbour a clinic that has everything."""
    shutil.copytree(filled[1], media, dirs_exist_ok=True)
    return World()


@pytest.fixture
def archive(filled: tuple[Path, Path]) -> Path:
    """The backup of the full clinic."""
    return filled[0]


@pytest.fixture
def committed(media: Path, transactional_db: None) -> Iterator[World]:
    """The same, committed."""
    yield fill(_world())
    leave_bands()


def _world() -> World:
    leave_bands()
    return World() if Page.objects.filter(slug="hillside").exists() else build_world()


def fill(world: World) -> World:
    source = Source.objects.create(slug="trial", title="A trial", publisher="Journal", year=2024)
    article = make_article("shared", text("what", "What it is"))
    clinic = plant_tenant(2, world, article, apart=False)
    _add_rows(clinic, world, article)
    _add_references(clinic, world, article, source)
    start_band(7)
    return world


def _add_rows(clinic: ClinicPage, world: World, article: ArticlePage) -> None:
    """Of the kinds that a planted clinic lacks."""
    user = Membership.objects.get(page=clinic).user
    place = clinic.location_facts.order_by("pk").first()
    release, version = article.releases.get(), LocalVersionPage.objects.get(clinic=clinic)
    clinic.facts.services.set(Service.objects.all())
    SpecialHours.objects.create(location=place, first_date=DAY, last_date=DAY, label="Holiday")
    LocationAddress.objects.create(
        index=place.page.get_parent().specific, location=place.page, slug="former"
    )
    HeldArticle.objects.create(clinic=clinic, article=article, release=release)
    SafetyAcknowledgement.objects.create(clinic=clinic, release=release, user=user)
    Review.objects.create(page=version, act=ReviewAct.SENT, user=user, comment="Please")
    IndexDecision.objects.create(
        version=version, is_own=True, likeness=0.4, nearest=world.harbour.page_ptr
    )
    CommentReply.objects.create(
        comment=Comment.objects.get(page__path__startswith=clinic.path), user=user, text="Yes"
    )
    PageSubscription.objects.create(user=user, page=clinic.page_ptr, comment_notifications=True)
    log(clinic.people.get(), "wagtail.edit", user=user)
    get_image_model().objects.get(collection=clinic.facts.collection).get_rendition("max-165x165")


def _add_references(clinic: ClinicPage, world: World, article: ArticlePage, source: Source) -> None:
    """Ids in every place where one can be written."""
    picture = get_image_model().objects.get(collection=clinic.facts.collection)
    picture.description = "A nurse sets up a pump beside a reclining chair"
    picture.save()
    own = LocalArticlePage.objects.descendant_of(clinic).get()
    link = f'<p><a linktype="page" id="{article.pk}">there</a>'
    link += f'<a id="{clinic.pk}" linktype="page">home</a></p>'
    shown = {
        "type": "image",
        "id": section_id("i"),
        "value": {"image": picture.pk, "role": "local"},
    }
    linked = text("linked", "Linked", link)
    items = [{"type": "item", "id": section_id("s1"), "value": source.pk}]
    cited = {"type": "sources", "id": section_id("s"), "value": {"role": "local", "sources": items}}
    own.body = [linked, cited, shown]
    own.services.set(Service.objects.all()[:1])
    own.author = clinic.people.get()
    own.hero_image = picture
    own.locked = False
    own.save_revision().publish()
    version = LocalVersionPage.objects.get(clinic=clinic)
    added = override("insert", "what", shown, position="after")
    version.overrides = [*version.overrides.raw_data, added]
    version.save_revision().publish()
    place = clinic.location_facts.order_by("pk").first()
    save_facts(place, {"neighbour": world.marina}, user=None, base_version=place.version)


@pytest.fixture
def snapshot(media: Path) -> Callable[[], Snapshot]:
    """Every row of every table and every upload, as they are now."""

    def take() -> Snapshot:
        rows = {table: some for table, some in all_rows().items() if table not in DERIVED}
        files = {
            p.relative_to(media).as_posix(): p.read_bytes() for p in media.rglob("*") if p.is_file()
        }
        return rows, files

    return take


def empty(folder: Path) -> None:
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
