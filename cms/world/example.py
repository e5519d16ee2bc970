"""The example that all clinics of a world are copied from: made as the product does, read, undone.

So a copied clinic has exactly the rows of a real one, whatever rows a real one will have next year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from articles.actions import local_version_for, replace_section
from articles.choices import MOUNT_SLUGS
from articles.models import ArticleLibraryPage, ArticleMountPage, ArticlePage, LocalVersionPage
from articles.opening import open_clinic
from articles.override_edits import Note
from clinics.creating import create_location
from clinics.models import ClinicFacts, ClinicPage, FranchisePage
from cms.backup.owned import Estate, estates_rows, label_of
from cms.world import library as group
from cms.world.library import WorldArticle
from cms.world.places import VARIED_COLUMNS, WEEK, WorldClinic
from cms.world.stencil import Example, Stencil, Values, gap, id_name, stencil_of

_PAGE, _COLLECTION = "wagtailcore.page", "wagtailcore.collection"
_VARIED_MODELS = frozenset({"clinics.clinicpage", "clinics.clinicfacts", "clinics.locationfacts"})
_OWN_WORDS = "Zzqwords"
_REASON = "We do this in another way here."


@dataclass(frozen=True)
class ExampleClinic(WorldClinic):
    """Its names are found wherever they are written, and come last in every order."""

    number: int = 0

    @property
    def name(self) -> str:
        return "Zzqname"

    @property
    def slug(self) -> str:
        return "zzqslug"


@dataclass(frozen=True)
class ExampleMount:
    """Where the local versions of a kind hang: `path` and `url` below those of the clinic."""

    path: str
    url: str


@dataclass(frozen=True)
class Stencils:
    """`home` is the gap of the clinic's page id; `version` is None where no local version is."""

    clinic: Stencil
    version: Stencil | None
    home: str
    version_page: str
    mounts: Mapping[str, ExampleMount]


def make_clinic(
    franchise: FranchisePage, library: ArticleLibraryPage, clinic: WorldClinic
) -> ClinicPage:
    """A clinic of the world as `import_clinics` makes one: slow, and right by definition."""
    page = open_clinic(franchise, library, clinic.new(), port=settings.PORT)
    page.facts.services.set(group.services())
    create_location(page, clinic.location(), WEEK)
    return ClinicPage.objects.get(pk=page.pk)


def make_version(page: Page, article: WorldArticle, words: str) -> LocalVersionPage:
    """A local version with one override, as an editor makes it."""
    version = local_version_for(ArticlePage.objects.get(pk=article.pk), page)
    content = {
        "type": "text",
        "value": {"role": "clinical", "heading": "How it feels", "text": f"<p>{words}</p>"},
    }
    section = article.sections[1]
    return replace_section(version, section, content, note=Note(_REASON), user=None, publish=True)


def stencils(
    franchise: FranchisePage,
    library: ArticleLibraryPage,
    domain: str,
    article: WorldArticle | None,
) -> Stencils:
    """Stencils of a clinic, and of its local version of this article."""
    with _undone():
        example = ExampleClinic(domain=domain)
        page = make_clinic(franchise, library, example)
        rows: dict[str, list[Model]] = {
            label: list(some) for label, some in estates_rows(Estate(page))
        }
        clinic = stencil_of(
            Example(
                rows,
                words={example.name: gap("name"), example.slug: gap("slug")},
                change=_ClinicGaps(page),
            )
        )
        mounts = {
            mount.kind: ExampleMount(
                mount.path[len(page.path) :], mount.url_path[len(page.url_path) :]
            )
            for mount in ArticleMountPage.objects.child_of(page)
        }
        version, version_page = None, ""
        if article:
            own = make_version(page, article, _OWN_WORDS)
            version = _version_stencil(own, page, article)
            version_page = id_name(_PAGE, own.pk)
        return Stencils(clinic, version, id_name(_PAGE, page.pk), version_page, mounts)


class _ClinicGaps:
    """Puts gaps where a copy differs in something other than its ids and names."""

    def __init__(self, page: ClinicPage) -> None:
        facts = ClinicFacts.objects.select_related("collection").get(clinic=page)
        self._path, self._url = page.path, page.url_path
        self._collection = facts.collection.path if facts.collection else ""
        self._kinds = {str(slug): str(kind) for kind, slug in MOUNT_SLUGS.items()}

    def __call__(self, label: str, values: Values) -> None:
        if label in _VARIED_MODELS:
            for name in VARIED_COLUMNS:
                if name in values:
                    values[name] = gap("#service_areas" if name == "service_areas" else name)
        if label == _COLLECTION:
            values["path"] = gap("collection_path") + values["path"][len(self._collection) :]
        elif "url_path" in values:
            values["path"] = gap("path") + values["path"][len(self._path) :]
            values["url_path"] = gap("url_path") + values["url_path"][len(self._url) :]
        if label == _PAGE and values["slug"] in self._kinds:
            values["numchild"] = gap(f"versions {self._kinds[values['slug']]}")


def _version_stencil(version: LocalVersionPage, page: ClinicPage, article: WorldArticle) -> Stencil:
    def change(_label: str, values: Values) -> None:
        if "url_path" in values:
            values["path"] = gap("path")
            values["url_path"] = f"{gap('mount_url')}local-version-{gap('#article')}/"

    sections = {id_: gap(f"section {n}") for n, id_ in enumerate(article.sections)}
    example = ExampleClinic()
    return stencil_of(
        Example(
            _rows_of(version, page),
            words={
                article.title: gap("article_title"),
                example.name: gap("name"),
                _OWN_WORDS: gap("words"),
                **sections,
            },
            ids={
                (_PAGE, page.pk): "#clinic",
                (_PAGE, article.pk): "#article",
                ("articles.articlerelease", article.release): "#release",
            },
            change=change,
        )
    )


def _rows_of(version: LocalVersionPage, page: ClinicPage) -> dict[str, list[Any]]:
    """Its rows of every model that a clinic owns."""
    pages = [version.pk]
    alone = Estate(page)
    # What the estate would find for all pages of the clinic, it finds for this one.
    alone.__dict__["pages"], alone.__dict__["collections"] = pages, []
    own = {label_of(LocalVersionPage), _PAGE, "wagtailcore.revision", "wagtailcore.pagelogentry"}
    return {label: list(some) for label, some in estates_rows(alone) if label in own}


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
