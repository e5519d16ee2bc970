"""What a clinic costs the group: nothing where it follows, little where it differs (P8, P9).

Queries of a publish are in `test_publish_queries` (P7), those of pages in `test_page_queries`.
"""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import ArticlePage
from clinics.models import PurgeOutbox
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    text,
)
from tests.articles.stored import Stored, stored
from tests.factories import World

MOST_ROWS = 10
MOST_BYTES = 6 * 1024
# On the page that is live and in its revision.
COPIES_OF_OWN_TEXT = 2
LOG = "clinics_purgeoutbox"


@pytest.fixture
def run_tasks(tasks_at_once: None, django_capture_on_commit_callbacks: Any) -> Any:
    """Tasks write rows too: those of the indexes of references and of searching."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def own(words: str) -> dict[str, Any]:
    return override("replace", "what", text("own", html=f"<p>{words}</p>"))


def rewrite(article: ArticlePage, words: str) -> Stored:
    """What a publish adds that changes everything of an article that lists and pages show."""
    before = stored()
    change_article(article, [text("what", words), text("care")], title=words, slug=words)
    return stored().since(before)


def test_shared_article_stores_nothing_more_for_more_clinics(world: World, run_tasks: Any) -> None:
    """The first publish and a later one, with 3 clinics and with 300."""
    make_article("first")
    grown = []

    for number, more in enumerate((1, 297)):
        add_clinics(world, more)
        before = stored()
        with run_tasks():
            article = make_article(f"article-{number}")
        made = stored().since(before)
        with run_tasks():
            changed = rewrite(article, f"changed-{number}")
        grown += [(made.rows, changed.rows)]

    assert grown[0] == grown[1]
    assert {"articles_articlerelease", "clinics_purgeoutbox"} <= set(grown[0][1])


@pytest.mark.parametrize("length", [100, 2_000])
def test_one_override_stores_little_beside_its_own_text(
    world: World, run_tasks: Any, length: int
) -> None:
    article = make_article("a")
    words = "word " * (length // 5)
    before = stored()

    with run_tasks():
        make_local_version(article, world.hillside, own(words))

    grown = stored().since(before)
    del grown.rows[LOG]  # it is emptied after some days
    assert 0 < grown.rows.total() <= MOST_ROWS, grown.rows
    assert 0 < grown.size - COPIES_OF_OWN_TEXT * length <= MOST_BYTES


def test_override_more_adds_a_revision_and_what_says_who(world: World, run_tasks: Any) -> None:
    article = make_article("a", text("what"), text("care"))
    make_local_version(article, world.hillside, own("Ours"))
    before = stored()

    with run_tasks():
        more = override("hide", "care")
        make_local_version(article, world.hillside, own("Ours"), more)

    rows = stored().since(before).rows
    assert set(rows) == {"wagtailcore_revision", "wagtailcore_pagelogentry", LOG}


def test_publish_writes_nothing_for_clinics_with_overrides(world: World, run_tasks: Any) -> None:
    """States of local versions are computed, so the library's change is no row of theirs."""
    article = make_article("a")
    with run_tasks():
        alone = rewrite(article, "alone")
        add_local_versions(article, add_clinics(world, 50), own("Ours"))

        with_clinics = rewrite(article, "crowd")

    assert with_clinics.rows == alone.rows
    # The number of a revision may be a digit longer.
    assert abs(with_clinics.size - alone.size) < 50


@pytest.mark.parametrize("clinics", [1, 298])
def test_purge_of_an_article_is_one_row_with_its_tags(world: World, clinics: int) -> None:
    """P9: one request to an edge, whatever the number of clinics; none by address."""
    article = make_article("a")
    add_local_versions(article, add_clinics(world, clinics), own("Ours"))
    PurgeOutbox.objects.all().delete()

    change_article(article, [text("what", "New"), text("care")])
    change_article(article, title="Other")

    body, title = PurgeOutbox.objects.order_by("pk")
    assert (body.tags, title.tags) == (
        [f"a{article.pk}", "rel"],
        [f"a{article.pk}", "lib", "rel"],
    )
