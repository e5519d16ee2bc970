"""An effective article in, its texts for the claim checker and what is known of it out.

Tokens are not filled: what a clinic's record says is no claim of the text, and a kept figure that
a text names is read beside it, with its own source. Asks no queries beyond what the rows bring
along, and one for such figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.choices import ArticleKind
from articles.claims.checking import speaks_of_the_drug
from articles.claims.required import Block, describes_risks, missing_blocks, states_off_label
from articles.claims.rule import PageFacts, Part
from articles.effective import LOCAL
from articles.figures import figure_words, slugs_in
from articles.plain_text import plain_text
from articles.required_words import BLOCK_NAMES
from articles.section_names import name_of
from articles.source_views import numbers_of, source_of

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.merge import MergedSection

FIELDS = ("title", "summary", "seo_title", "search_description")
_PARAGRAPH_END = re.compile(r"</(?:p|li|h\d|ul|ol|blockquote)>|<br\s*/?>", re.IGNORECASE)
_BOARD = re.compile(r"\b(?:Board of|American Board)\b")


@dataclass(frozen=True)
class ClaimTexts:
    """What `check_claims` reads of a page."""

    parts: tuple[Part, ...]
    facts: PageFacts


def texts_of(article: EffectiveArticle, kind: str = "") -> ClaimTexts:
    """The texts as a patient meets them: head first, then the sections in reading order.

    `kind` is that of the mount of a clinic's own article, which does not know it.
    """
    sections = article.merged.sections
    parts = parts_of(article)
    parts = (*parts, *_figures_in(parts))
    people = (article.content.author, article.content.reviewer)
    listed = numbers_of(sections)
    facts = PageFacts(
        off_label=states_off_label(parts),
        risks=describes_risks(parts),
        credential=any(_BOARD.search(f"{p.job_title} {p.bio}") for p in people if p),
        # The page itself adds the line wherever the subject asks for it (`crisis.py`).
        lifeline=True,
        sources={number: listed.rows[pk].kind for pk, number in listed.numbers.items()},
        missing=tuple(_missing(article, parts, kind, has_sources=bool(listed.numbers))),
    )
    return ClaimTexts(parts, facts)


def blocks_missing(article: EffectiveArticle) -> tuple[Block, ...]:
    """What an effective article lacks of what a page about the drug has to have (C-01, T-09)."""
    parts = parts_of(article)
    return missing_blocks(parts) if speaks_of_the_drug(parts) else ()


def parts_of(article: EffectiveArticle) -> tuple[Part, ...]:
    """Every text, those of the head first."""
    return (*_head(article), *_hero(article), *_body(article.merged.sections))


def _head(article: EffectiveArticle) -> Iterator[Part]:
    for name in FIELDS:
        field = article.fields[name]
        yield Part("", name, field.value or "", local=field.origin == LOCAL)
    is_local = article.release is None
    yield Part("", "also_known_as", article.content.also_known_as, local=is_local)


def _hero(article: EffectiveArticle) -> Iterator[Part]:
    field = article.fields["hero_image"]
    if field.value is not None and not field.value.decorative_only:
        alt = field.value.default_alt_text
        yield Part("", "hero_image", alt, local=field.origin == LOCAL)


def _body(sections: Iterable[MergedSection]) -> Iterator[Part]:
    for section in sections:
        child = section.content
        name, is_local = name_of(child), section.origin == LOCAL
        ends = bool(child.value.get("expires"))
        for field, text, evidence in _texts(section.type, child):
            words = text or ""
            yield Part(name, field, words, section.type, section.id, evidence, is_local, ends)


def _figures_in(parts: Iterable[Part]) -> Iterator[Part]:
    """What kept figures say where a text names them."""
    naming = [(part, slugs_in([part.text])) for part in parts]
    known = figure_words({slug for _part, slugs in naming for slug in slugs})
    for part, slugs in naming:
        for words in (known[slug] for slug in sorted(slugs) if slug in known):
            text = f"{words.text}: {words.name}"
            yield replace(part, field="figure", text=text, evidence=frozenset({words.evidence}))


def _texts(kind: str, child: Any) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Field, text and the kinds of sources that belong to the text."""
    value = child.value
    if kind == "figures":
        yield "heading", value["heading"], frozenset()
        for figure in value["figures"]:
            kept, source = figure["kept"], source_of(figure)
            words = (kept.text, kept.name) if kept else (figure["value"], figure["label"])
            kinds = {source.kind} if source else set()
            yield "figures", " ".join(words), frozenset(kinds)
        return
    if kind == "statement":
        statement = value["statement"]
        yield "statement", paragraphs(statement.text) if statement else "", frozenset()
        return
    raw: Mapping[str, Any] = child.block.get_prep_value(value)
    for name, part in raw.items():
        # Titles of sources are other people's words.
        if kind != "sources" or name == "heading":
            text = paragraphs(part) if isinstance(part, str) else plain_text({name: part})
            yield name, text if plain_text({name: part}) else "", frozenset()
    if kind == "image" and not value["alt"] and not value["decorative"] and value["image"]:
        yield "alt", value["image"].default_alt_text, frozenset()


def paragraphs(html: str) -> str:
    """Plain text with a line for each paragraph and item."""
    lines = (plain_text(piece) for piece in _PARAGRAPH_END.split(html))
    return "\n".join(line for line in lines if line)


def _missing(
    article: EffectiveArticle, parts: Iterable[Part], kind: str, *, has_sources: bool
) -> Iterator[str]:
    if article.content.author is None:
        yield _("author")
    if article.content.reviewer is None:
        yield _("medical reviewer")
    if not has_sources:
        yield _("sources")
    # A page about a visit, or about costs, has no treatment to weigh (T-09).
    is_general = (kind or getattr(article.content, "kind", "")) == ArticleKind.ARTICLE
    for block in missing_blocks(parts):
        if not is_general or block == Block.EMERGENCY:
            yield str(BLOCK_NAMES[block])
