"""Pages that are live before any review (T-01): they say so, and search engines leave them out."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from articles.models import ArticlePage
from articles.publishing import NotPublishableError
from articles.review.dates import mark_unreviewed
from clinics.models import Person
from tests.articles.factories import approve, change_article, make_reviewed_article, sources, text
from tests.factories import World

TEXT = """Life After Shingles

Shingles can leave a burning pain behind for months.

What helps

Patches and pills calm the nerves for many people.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shingles.txt"
    path.write_text(TEXT, "utf-8")
    return path


def import_it(file: Path, *options: str) -> ArticlePage:
    call_command("import_articles", str(file), "--kind=condition", *options, stdout=StringIO())
    return ArticlePage.objects.get(slug="life-after-shingles")


def test_an_import_makes_drafts(world: World, review_required: None, file: Path) -> None:
    assert not import_it(file).live


def test_publishing_an_import_has_to_say_that_nobody_reviewed_it(
    world: World, review_required: None, file: Path
) -> None:
    with pytest.raises(CommandError, match=r"Leave out --publish .* or add --unreviewed"):
        import_it(file, "--publish")
    with pytest.raises(CommandError, match="goes with --publish"):
        import_it(file, "--unreviewed")
    assert not ArticlePage.objects.exists()


def test_its_pages_say_so_everywhere_and_are_not_listed(
    world: World, review_required: None, file: Path, site_client: Any
) -> None:
    import_it(file, "--publish", "--unreviewed")
    for home in (world.hillside, world.harbour, world.hub):
        page = site_client(home).get("/conditions/life-after-shingles/")
        soup = BeautifulSoup(page.content, "html.parser")
        assert soup.select_one("#not-reviewed").get_text(strip=True) == "Not yet reviewed"
        assert "noindex" in soup.find("meta", attrs={"name": "robots"})["content"]
        assert "lastReviewed" not in page.text
        assert "Medically reviewed by" not in page.text
        assert "life-after-shingles" not in site_client(home).get("/sitemap.xml").text


def test_a_review_takes_the_mark_away(
    world: World, reviewer: Any, file: Path, site_client: Any
) -> None:
    """The very text that is live is approved: no new release, and the page is as any other."""
    article = import_it(file, "--publish", "--unreviewed")
    approve(article, reviewer)
    page = site_client(world.hub).get("/conditions/life-after-shingles/")
    assert "Not yet reviewed" not in page.text
    assert "Medically reviewed by" in page.text
    assert "noindex" not in page.text
    assert article.releases.count() == 1


def test_editing_goes_on_under_the_mark(world: World, reviewer: Any, file: Path) -> None:
    article = import_it(file, "--publish", "--unreviewed")
    after = change_article(article, summary="Another.")
    assert (after.is_unreviewed, after.summary) == (True, "Another.")
    approve(article, reviewer)
    body = [text("what"), sources()]
    with pytest.raises(NotPublishableError, match="changed since the review"):
        change_article(article, body, author=Person.objects.get(slug="grace-group"))


def test_a_reviewed_article_cannot_go_back_to_it(world: World, reviewer: Any) -> None:
    """An old draft with the mark, or an import over it, puts no unreviewed text online."""
    article = make_reviewed_article(reviewer)
    draft = article.get_latest_revision_as_object()
    draft.summary = "Cured in a day."
    revision = draft.save_revision()
    mark_unreviewed(revision)
    with pytest.raises(NotPublishableError, match="changed since the review"):
        revision.publish()
