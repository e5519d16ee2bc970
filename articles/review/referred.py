"""What a clinical text says by reference: its digest is about those words too.

Texts in as their sections are stored, out with the words of kept figures and of statements. A text
that refers to nothing keeps its digest, so that reviews of it hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from articles.digest import RawSection, field_digest, section_digest
from articles.plain_text import is_child, plain_text
from clinics.models import Statement
from clinics.tokens import TOKEN, family_words, token_names


@dataclass(frozen=True)
class ClinicalText:
    """`key` is the same from draft to draft; the digest tells whether the words are.

    `statements` are the rows whose wording the text is.
    """

    key: str
    digest: str
    name: str = field(default="", compare=False)
    words: str = field(default="", compare=False)
    statements: tuple[int, ...] = field(default=(), compare=False)

    def stored(self) -> dict[str, str]:
        """As a review keeps it."""
        return {"key": self.key, "name": self.name, "digest": self.digest, "words": self.words}


def text_of(key: str, name: str, sections: list[RawSection]) -> ClinicalText:
    """The text of stored sections, by their own words alone."""
    digests = [section_digest(each["type"], each["value"]) for each in sections]
    words = "\n\n".join(plain_text(each["value"]) for each in sections)
    digest = digests[0] if len(digests) == 1 else field_digest(digests)
    return ClinicalText(key, digest, name, words, tuple(_statements(sections)))


def field_text(key: str, name: str, value: str) -> ClinicalText:
    """The same of a field of the page."""
    return ClinicalText(key, field_digest(value), name, value)


def with_referred(texts: Iterable[ClinicalText]) -> tuple[ClinicalText, ...]:
    """The texts with what they refer to, read together in at most two queries."""
    found = tuple(texts)
    figures = family_words({name for text in found for name in token_names(text.words)})
    wanted = {pk for text in found for pk in text.statements}
    rows = Statement.objects.filter(pk__in=wanted) if wanted else ()
    statements = {row.pk: plain_text(row.text) for row in rows}
    return tuple(_with(text, figures, statements) for text in found)


def _with(
    text: ClinicalText, figures: Mapping[str, str], statements: Mapping[int, str]
) -> ClinicalText:
    said = {name: figures[name] for name in token_names(text.words) if name in figures}
    wordings = [statements.get(pk, "") for pk in text.statements]
    if not said and not wordings:
        return text
    words = TOKEN.sub(lambda match: said.get(match[1], match[0]), text.words)
    return replace(
        text,
        digest=field_digest([text.digest, sorted(map(list, said.items())), wordings]),
        words="\n\n".join(each for each in (words, *wordings) if each),
    )


def _statements(sections: Any) -> Iterator[int]:
    """The rows of the statement sections among stored ones, those in slots too."""
    for section in sections:
        if section["type"] == "statement" and section["value"].get("statement"):
            yield section["value"]["statement"]
        for part in section["value"].values():
            children = part if isinstance(part, list) else []
            yield from _statements(
                each
                for each in children
                if isinstance(each, dict) and is_child(each) and isinstance(each["value"], dict)
            )
