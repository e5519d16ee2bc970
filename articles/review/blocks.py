"""Which blocks a page about the drug lacks (T-09, C-01): a page as it would be published in,
problems out.

No error of the editor's form: a draft may be saved before it is whole. A local version answers for
the effective article of its clinic, and there only for what the library's text does have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst

from articles.claim_texts import blocks_missing
from articles.claims.required import Block
from articles.effective import effective_article, own_article
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import content_shown, draft_effective
from articles.required_words import BLOCK_AT_CLINIC, BLOCK_NAMES, BLOCK_REMEDIES
from articles.review.gate import may_stay_unreviewed
from articles.review.pages import is_gated
from clinics.publish_guard import Problem
from clinics.resolve import clinic_of, root_page


def block_problems(page: Any) -> Iterator[Problem]:
    """One problem for each block; nothing where no medical review is asked for either."""
    is_local = isinstance(page, LocalVersionPage)
    if not is_gated(page) or may_stay_unreviewed(page) or (is_local and page.hides_article):
        return
    for block in missing_at_clinic(page) if is_local else missing_on(page):
        yield Problem(capfirst(BLOCK_NAMES[block]), _why(block, is_local=is_local))


def missing_on(page: Any) -> tuple[Block, ...]:
    """What a shared article, or a clinic's own, lacks."""
    is_shared = isinstance(page, ArticlePage)
    article = effective_article(page, release=None) if is_shared else own_article(page)
    return blocks_missing(article)


def missing_at_clinic(version: LocalVersionPage) -> tuple[Block, ...]:
    """What the clinic's page would lack through this local version."""
    here = blocks_missing(draft_effective(version, clinic_of(root_page(version.clinic_id))))
    there = missing_on(content_shown(version.article, version.clinic_id)) if here else ()
    return tuple(block for block in here if block not in there)


def _why(block: Block, *, is_local: bool) -> str:
    text = BLOCK_AT_CLINIC if is_local else BLOCK_REMEDIES[block]
    return str(text) % {"block": BLOCK_NAMES[block]}
