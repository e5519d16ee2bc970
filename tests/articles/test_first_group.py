"""A release for a first group of clinics, and its way to everybody (rows 24 and 87)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.choices import ArticleKind, ChangeClass
from articles.models import ArticlePage
from articles.publishing import NotPublishableError, page_problems
from articles.queries import release_shown
from articles.release_acts import ReleaseActError, give_to_everyone
from clinics.models import ClinicFacts, Service
from tests.articles.editing import open_form, save_form
from tests.articles.factories import change_article, make_article
from tests.changes import written_tags
from tests.factories import World

DAY = timedelta(days=1)


def put_into_group(*clinics: Any) -> None:
    ClinicFacts.objects.filter(clinic__in=clinics).update(is_first_group=True)


def shown(world: World, article: ArticlePage) -> tuple[str, str]:
    """The notes of the releases at Hillside and at Harbour."""
    releases = [release_shown(article, c.pk) for c in (world.hillside, world.harbour)]
    return tuple(release.note for release in releases)


def draft_of(article: ArticlePage, **fields: Any) -> ArticlePage:
    draft = article.get_latest_revision_as_object()
    for name, value in {"first_group_only": True, **fields}.items():
        setattr(draft, name, value)
    return draft


@pytest.fixture
def article(world: World) -> ArticlePage:
    put_into_group(world.hillside)
    return make_article("a", change_note="one")


# What a publish writes down


def test_release_remembers_the_clinics_that_were_in_the_group(
    world: World, article: ArticlePage
) -> None:
    moment = timezone.now() + DAY
    change_article(article, change_note="two", first_group_only=True, everyone_at=moment)
    put_into_group(world.harbour)

    release = article.releases.first()

    assert (release.first_clinics, release.everyone_at) == ([world.hillside.pk], moment)
    assert shown(world, article) == ("two", "one")
    with time_machine.travel(moment):
        assert shown(world, article) == ("two", "two")


def test_release_for_everybody_remembers_no_group(world: World, article: ArticlePage) -> None:
    assert article.releases.get().first_clinics is None


def test_editor_starts_every_change_for_everybody(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    typed = {"change_note": "two", "first_group_only": "on"}

    save_form(client, article, open_form(client, article) | typed, "publish")

    assert article.releases.first().first_clinics == [world.hillside.pk]
    assert "first_group_only" not in open_form(client, article)


# What stops it


@pytest.mark.parametrize(
    ("fields", "field", "remedy"),
    [
        ({"change_class": ChangeClass.SAFETY}, "first_group_only", "untick"),
        ({"everyone_at": timezone.now() - DAY}, "everyone_at", "choose a later one"),
        (
            {"everyone_at": timezone.now() + DAY, "go_live_at": timezone.now() + 2 * DAY},
            "everyone_at",
            "choose a later one",
        ),
        (
            {"first_group_only": False, "everyone_at": timezone.now() + DAY},
            "everyone_at",
            "clear the moment",
        ),
        ({"slug": "b"}, "slug", "leave it as it was"),
        ({"kind": ArticleKind.TREATMENT}, "kind", "leave it as it was"),
        ({"services": "all"}, "services", "leave it as it was"),
    ],
)
def test_problem_of_a_first_group_names_field_and_remedy(
    world: World, article: ArticlePage, fields: dict[str, Any], field: str, remedy: str
) -> None:
    if "services" in fields:
        fields = {"services": list(Service.objects.all())}
    draft = draft_of(article, **fields)

    (problem,) = page_problems(draft)

    assert problem.field == field
    assert remedy in problem.message
    with pytest.raises(NotPublishableError):
        draft.publish(draft.save_revision())


def test_empty_group_is_a_problem(world: World) -> None:
    (problem,) = page_problems(draft_of(make_article("a")))

    assert (problem.field, "No clinic" in problem.message) == ("first_group_only", True)


def test_editor_shows_the_problem_beside_the_field(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    typed = {"change_class": "SAFETY", "first_group_only": "on", "change_note": "Kept"}

    response = save_form(client, article, open_form(client, article) | typed, "publish")

    assert article.releases.count() == 1
    assert "A safety change goes everywhere at once" in response.text
    assert "Kept" in response.text


# To everybody by hand


def test_give_to_everyone_lets_the_others_follow_now(world: World, article: ArticlePage) -> None:
    change_article(article, change_note="two", first_group_only=True, everyone_at=None)

    with written_tags() as tags:
        give_to_everyone(article.releases.first(), user=world.library_publisher)

    assert shown(world, article) == ("two", "two")
    assert tags == {"lib", "rel", f"a{article.pk}"}


def test_give_to_everyone_is_refused_for_what_everybody_has(
    world: World, article: ArticlePage
) -> None:
    with pytest.raises(ReleaseActError, match="everybody already"):
        give_to_everyone(article.releases.first(), user=None)


@pytest.mark.parametrize("who", ["library_editor", "hillside_publisher", "franchise_admin"])
def test_give_to_everyone_takes_the_right_to_publish(
    world: World, article: ArticlePage, who: str
) -> None:
    change_article(article, change_note="two", first_group_only=True)

    with pytest.raises(PermissionDenied):
        give_to_everyone(article.releases.first(), user=getattr(world, who))

    assert shown(world, article) == ("two", "one")
