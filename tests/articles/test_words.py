"""What is read of a section is what is stored of it, without a question to the database."""

from __future__ import annotations

from typing import Any

from articles.blocks.choosers import read_streams
from articles.blocks.rich_text import canonical
from articles.blocks.words import words_read
from articles.effective import effective_article
from articles.plain_text import plain_text
from tests.articles.every_section import every_section
from tests.articles.factories import make_article
from tests.factories import World


def test_words_are_the_same_stored_or_read(world: World, django_assert_num_queries: Any) -> None:
    article = make_article("every", *every_section(make_article()))
    read_streams(article.body)
    sections = effective_article(article, release=None).merged.sections
    canonical.cache_clear()

    with django_assert_num_queries(0):
        words = words_read(sections)

    contents = [section.content for section in sections]
    stored = [plain_text(each.block.get_prep_value(each.value)) for each in contents]
    assert words == "\n".join(stored)
    assert "Two and a half" in words
