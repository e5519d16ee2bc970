"""The words of an article for search: stored sections in, one text out; rows of a release too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.models.release_text import ReleaseText
from articles.plain_text import plain_text
from clinics.search_words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from articles.models import ArticleRelease


def words_of(sections: Iterable[Mapping[str, Any]]) -> str:
    """The words of stored sections in reading order, a slot with what stands in it."""
    return "\n".join(plain_text(section["value"]) for section in sections)


def write_texts(release: ArticleRelease, body: Iterable[Mapping[str, Any]]) -> None:
    """Store what clinics and the hub read in a release."""
    sections = list(body)
    for_hub = [each for each in sections if not each["value"].get("clinics_only")]
    texts = {False: words_of(sections), True: words_of(for_hub)}
    ReleaseText.objects.bulk_create(
        ReleaseText(release=release, is_hub=is_hub, words=words, folded=fold(words))
        for is_hub, words in texts.items()
    )
