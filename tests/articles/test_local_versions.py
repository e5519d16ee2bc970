"""What one clinic says differently: on its own site only, noted with the release it was made on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from articles.actions import NotMountedError, local_version_for
from articles.choices import ArticleKind, HeroChoice
from articles.models import ArticleMountPage, HeldArticle, LocalVersionPage
from articles.stream import raw_stream
from tests.articles.crowd import add_local_versions
from tests.articles.every_section import make_image
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    slot,
    text,
)
from tests.factories import World
from tests.reading import main_words

WHAT, CARE = section_id("what"), section_id("care")
MINE = "Harbour words about it."


def shared(key: str, words: str, **settings: Any) -> dict[str, Any]:
    return text(key, key.title(), f"<p>{words}</p>", **settings)


def mine(key: str = "mine", words: str = MINE) -> dict[str, Any]:
    return text(key, "At the harbour", f"<p>{words}</p>")


SECTIONS = [shared("what", "What it is."), shared("care", "How to care.")]


def replaced() -> dict[str, Any]:
    return override("replace", "what", mine())


def beside() -> dict[str, Any]:
    return override("insert", "what", mine(), position="after")


def pages_of(host: str) -> dict[str, bytes]:
    """Every page that shows the article: itself, its list and the home page."""
    client = Client(HTTP_HOST=host)
    return {path: client.get(path).content for path in ("/", "/conditions/", "/conditions/a/")}


# One clinic's words stay on one clinic's site


OVERRIDES: dict[str, Callable[[], dict[str, Any]]] = {
    "replace": lambda: {"overrides": [override("replace", "what", mine())]},
    "hide": lambda: {"overrides": [override("hide", "what")]},
    "before": lambda: {"overrides": [override("insert", "care", mine(), position="before")]},
    "after": lambda: {"overrides": [override("insert", "what", mine(), position="after")]},
    "start": lambda: {"overrides": [override("insert", "", mine(), position="start")]},
    "end": lambda: {"overrides": [override("insert", "", mine(), position="end")]},
    "fill": lambda: {"overrides": [override("fill", "nearby", mine())]},
    "title": lambda: {"title_override": "Harbour title"},
    "summary": lambda: {"summary_override": "Harbour summary."},
    "seo title": lambda: {"seo_title": "Harbour SEO title"},
    "description": lambda: {"search_description": "Harbour description."},
    "own picture": lambda: {"hero_choice": HeroChoice.OWN, "hero_image": make_image("Harbour")},
    "no picture": lambda: {"hero_choice": HeroChoice.NONE},
}


@pytest.mark.parametrize("kind", OVERRIDES)
def test_override_changes_the_bytes_of_its_own_clinic_only(world: World, kind: str) -> None:
    nearby = slot("nearby", shared("near", "Nearby."))
    article = make_article("a", *SECTIONS, nearby, hero_image=make_image("Shared"), summary="Sum.")
    others = pages_of("hillside.test"), pages_of("hub.test")
    harbour = pages_of("harbour.test")
    fields = OVERRIDES[kind]()

    make_local_version(article, world.harbour, *fields.pop("overrides", []), **fields)

    assert (pages_of("hillside.test"), pages_of("hub.test")) == others
    after = pages_of("harbour.test")
    assert after["/conditions/a/"] != harbour["/conditions/a/"]


def test_every_kind_of_override_is_read_in_its_place(world: World) -> None:
    article = make_article("a", *SECTIONS, slot("nearby", shared("near", "Nearby.")))
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", mine("r", "Replaced.")),
        override("hide", "care"),
        override("insert", "what", mine("b", "Before."), position="before"),
        override("insert", "what", mine("a", "After."), position="after"),
        override("insert", "", mine("s", "Start."), position="start"),
        override("insert", "", mine("e", "End."), position="end"),
        override("fill", "nearby", mine("f", "Filled."), mine("g", "More.")),
    )

    html = Client(HTTP_HOST="harbour.test").get("/conditions/a/").text

    expected = "Start. Before. Replaced. After. Filled. More. End.".split()
    assert [word for word in main_words(html).split() if word in expected] == expected
    assert "How to care." not in html


# The row itself


def test_local_version_for_gives_one_page(world: World) -> None:
    article = make_article()

    first = local_version_for(article, world.harbour)
    second = local_version_for(article, world.harbour)

    assert first.pk == second.pk
    assert (first.live, first.clinic_id) == (False, world.harbour.pk)
    assert first.get_parent().specific == _mount(world.harbour)


def test_clinic_has_one_local_version_of_an_article(world: World) -> None:
    article = make_article()
    local_version_for(article, world.harbour)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_local_versions(article, [world.harbour])


def test_clinic_without_a_mount_has_no_local_version(world: World) -> None:
    article = make_article()
    _mount(world.harbour).delete()

    with pytest.raises(NotMountedError, match="Harbour Infusion Center has no list"):
        local_version_for(article, world.harbour)


def test_article_with_local_versions_cannot_be_deleted(world: World) -> None:
    article = make_article()
    make_local_version(article, world.harbour, replaced())

    with pytest.raises(IntegrityError), transaction.atomic():
        article.delete()


@pytest.mark.parametrize("action", ["copy", "move", "delete"])
def test_local_version_is_not_copied_moved_or_deleted_by_hand(
    world: World, client_for: Any, action: str
) -> None:
    """Its place is its clinic's: a copy would be a second one, a deleted one has no history."""
    version = make_local_version(make_article(), world.harbour, replaced())
    client = client_for(world.superuser)
    tester = version.permissions_for_user(world.superuser)
    rows = Page.objects.count()

    response = client.post(
        reverse(f"wagtailadmin_pages:{action}", args=[version.pk]),
        {"new_title": "x", "new_slug": "x", "new_parent_page": _mount(world.hillside).pk},
    )

    assert getattr(tester, f"can_{action}")() is False
    assert response.status_code == 302  # Wagtail's way to refuse, with a message
    assert response.url == reverse("wagtailadmin_home")
    assert Page.objects.count() == rows


def test_local_version_is_not_made_by_hand(world: World, client_for: Any) -> None:
    mount = _mount(world.harbour)
    url = reverse("wagtailadmin_pages:add", args=["articles", "localversionpage", mount.pk])

    response = client_for(world.superuser).get(url)

    assert response.status_code == 302
    assert LocalVersionPage not in ArticleMountPage.creatable_subpage_models()


# Bases


def test_saving_notes_the_release_and_the_neighbours(world: World) -> None:
    article = make_article("a", *SECTIONS)
    release = article.releases.get().number

    version = make_local_version(article, world.harbour, replaced(), beside(), title_override="T")

    replace, insert = (child["value"] for child in raw_stream(version.overrides))
    assert (replace["base"], insert["base"], version.bases) == (
        release,
        release,
        {"title": release},
    )
    assert [item["value"] for item in insert["neighbours"]] == [WHAT, CARE]


def test_saving_again_keeps_the_first_base(world: World) -> None:
    article = make_article("a", *SECTIONS)
    first = article.releases.get().number
    version = make_local_version(article, world.harbour, replaced(), beside(), title_override="T")

    change_article(article, SECTIONS[::-1], title="New")
    version = LocalVersionPage.objects.get(pk=version.pk)
    version.summary_override = "Mine."
    version.save_revision().publish()

    version = LocalVersionPage.objects.get(pk=version.pk)
    replace, insert = (child["value"] for child in raw_stream(version.overrides))
    assert (replace["base"], insert["base"]) == (first, first)
    assert [item["value"] for item in insert["neighbours"]] == [WHAT, CARE]
    assert version.bases == {"title": first, "summary": article.releases.first().number}


def test_dropped_field_loses_its_base(world: World) -> None:
    version = make_local_version(make_article(), world.harbour, title_override="T")

    version.title_override = ""
    version.save_revision().publish()

    assert LocalVersionPage.objects.get(pk=version.pk).bases == {}


def test_base_is_the_release_that_a_holding_clinic_shows(world: World) -> None:
    article = make_article("a", *SECTIONS)
    shown = article.releases.get()
    HeldArticle.objects.create(clinic=world.harbour, article=article, release=shown)
    article = change_article(article, SECTIONS[1:])

    version = make_local_version(article, world.harbour, beside())

    insert = raw_stream(version.overrides)[0]["value"]
    assert insert["base"] == shown.number
    assert [item["value"] for item in insert["neighbours"]] == [WHAT, CARE]


def _mount(clinic: Page, kind: ArticleKind = ArticleKind.CONDITION) -> ArticleMountPage:
    return ArticleMountPage.objects.child_of(clinic).get(kind=kind)
