"""How hard a page is to read (T-12): a page as its draft has it in, its readability out.

Of a local version only the clinic's own words count: it cannot change the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from articles.claim_texts import parts_of
from articles.effective import effective_article, own_article
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import draft_effective
from articles.readability import Readability, readability
from clinics.resolve import clinic_of, root_page
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.claims.rule import Part

# Names are no sentences, and titles of sources are other people's words.
_NOT_READ = frozenset({"also_known_as", "title", "hero_image", "seo_title", "search_description"})


def readability_of(page: Any) -> Readability:
    """Of a shared article, a clinic's own, or a local version."""
    if isinstance(page, LocalVersionPage):
        effective = draft_effective(page, clinic_of(root_page(page.clinic_id)))
        return readability(running_text(part for part in parts_of(effective) if part.local))
    is_shared = isinstance(page, ArticlePage)
    article = effective_article(page, release=None) if is_shared else own_article(page)
    return readability(running_text(parts_of(article)))


def running_text(parts: Iterable[Part]) -> Iterator[str]:
    """The lines that patients read as sentences: neither headings nor what an import takes out."""
    for part in parts:
        is_running = not part.is_heading and not part.is_removed and part.type != "sources"
        if is_running and part.field not in _NOT_READ:
            yield from (readable(line) for line in part.text.split("\n"))
