"""Publishing a shared article costs the same, however many clinics show it and change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from articles.models import ArticlePage, ArticleRelease, HeldArticle
from clinics.models import ClinicFacts
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.factories import make_article, override, text
from tests.factories import World

# A live article under a new title and address, so that every row of a publish is written. Tasks run
# at once here: six of the queries are those of Wagtail's reference index, which elsewhere a worker
# asks. One asks for the medical reviews of the page.
PUBLISH_QUERIES = {"sqlite": 81, "postgresql": 80}[connection.vendor]  # one for the kept figures
OF_REFERENCE_INDEX = 6
# Twice who is in the group, by the rules and by the release; and the last release for the rules.
OF_FIRST_GROUP = 3

type Measure = Callable[[ArticlePage], int]


@pytest.fixture(params=["with tasks", "without tasks"])
def publish_queries(request: pytest.FixtureRequest, tasks_at_once: None) -> Iterator[Measure]:
    """Publishes an article and returns how many queries it took, besides those of tasks or not."""
    if request.param == "with tasks":
        yield lambda article: _queries(article, nullcontext())
    else:
        yield (
            lambda article: (
                OF_REFERENCE_INDEX + _queries(article, disable_reference_index_auto_update())
            )
        )


def test_publish_takes_the_same_queries_with_3_20_and_300_clinics(
    world: World, publish_queries: Measure
) -> None:
    article = make_article()
    counts = []

    for more in (1, 17, 280):
        add_clinics(world, more)
        counts.append(publish_queries(article))

    assert counts == [PUBLISH_QUERIES] * 3


def test_publish_takes_the_same_queries_with_0_10_and_100_local_versions(
    world: World, publish_queries: Measure
) -> None:
    article = make_article()
    own = override("replace", "what", text("own"))
    counts = []

    for more in (0, 10, 90):
        add_local_versions(article, add_clinics(world, more), own)
        counts.append(publish_queries(article))

    assert counts == [PUBLISH_QUERIES] * 3


def test_publish_takes_the_same_queries_with_200_local_versions_and_holds(
    world: World, publish_queries: Measure
) -> None:
    """Half of the clinics review everything first, half hold this article."""
    article = make_article()
    clinics = add_clinics(world, 200)
    add_local_versions(article, clinics, override("replace", "what", text("own")))
    reviewing = {"review_first": True, "library_as_of": article.releases.get().number}
    ClinicFacts.objects.filter(clinic__in=clinics[:100]).update(**reviewing)
    HeldArticle.objects.bulk_create(
        HeldArticle(article=article, clinic=clinic.page_ptr) for clinic in clinics[100:]
    )

    assert publish_queries(article) == PUBLISH_QUERIES
    assert ArticleRelease.objects.count() == 2


@pytest.mark.parametrize("count", [2, 50])
def test_publish_to_a_first_group_takes_a_few_queries_more(world: World, count: int) -> None:
    article = make_article()
    clinics = add_clinics(world, count)
    ClinicFacts.objects.filter(clinic__in=clinics).update(is_first_group=True)

    ordinary = _queries(article, nullcontext(), slug=article.slug)
    to_group = _queries(article, nullcontext(), slug=article.slug, first_group_only=True)

    assert to_group - ordinary == OF_FIRST_GROUP
    assert len(article.releases.first().first_clinics) == count


def _queries(article: ArticlePage, tasks: AbstractContextManager[None], **fields: Any) -> int:
    words = uuid4().hex
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.title = draft.slug = words
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.body = [text("what", html=f"<p>{words}</p>"), text("care")]
    revision = draft.save_revision()
    with CaptureQueriesContext(connection) as queries, tasks:
        revision.publish()
    return len(queries)
