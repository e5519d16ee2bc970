"""What an editor must look at after an import, one sentence each; the import itself goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.importing.literals import Literal
from articles.importing.orphan_ctas import orphan_ctas
from articles.importing.parsed import ParsedArticle
from articles.importing.tokens import SERVICE_AREAS, Replaced
from articles.importing.words import ClinicWords
from clinics.phones_in_text import find_numbers
from clinics.tokens import token_problems

_LOCAL_HEADING = re.compile(
    r"(?:why (?:choose|visit|trust)|visit|contact|meet|about|find) (?:us|our|the team|\{\{)"
    r"|why (?:choose|trust)|our (?:team|clinic|office|location|approach|providers?|staff)",
    re.IGNORECASE,
)


def warnings_about(
    parsed: ParsedArticle,
    filled: ParsedArticle,
    tokens: Sequence[Replaced],
    words: ClinicWords | None,
    towns: Iterable[Literal],
) -> tuple[str, ...]:
    """`parsed` is the article as its source has it, `filled` the same with tokens."""
    found = (
        *_title(filled),
        *parsed.warnings,
        *_chrome(parsed),
        *_calls(filled),
        *_numbers(parsed),
        *_local_sections(filled),
        *(_clinic_words(filled, tokens, words) if words else ()),
        *(f"“{town.literal}” {town.why}." for town in towns),
        *_braces(parsed),
    )
    return tuple(dict.fromkeys(found))


def _title(filled: ParsedArticle) -> Iterator[str]:
    if filled.title is None:
        yield f"Title needed: the text has none. Suggestion: “{filled.title_suggestion}”."


def _chrome(parsed: ParsedArticle) -> Iterator[str]:
    if parsed.alts:
        lines = ", ".join(f"“{alt}”" for alt in parsed.alts)
        yield f"ALT: alt text needed for {len(parsed.alts)} picture(s); {lines} says nothing."
    yield from (line.became for line in parsed.removed if line.kind in {"date", "repeat"})


def _calls(filled: ParsedArticle) -> Iterator[str]:
    for text in filled.prose:
        for sentence in orphan_ctas(text):
            yield f"CTA: the text calls to action without a button: “{sentence}”"


def _numbers(parsed: ParsedArticle) -> Iterator[str]:
    for text in (parsed.title or "", *parsed.strings):
        for found in find_numbers(text):
            yield f"PHONE: “{found.text}” stands in the text: use a call to action instead."
    for line in parsed.removed:
        for found in find_numbers(line.text):
            yield f"PHONE: “{found.text}” was removed; the clinic's own number stands there."


def _local_sections(filled: ParsedArticle) -> Iterator[str]:
    for heading in filled.headings:
        if _LOCAL_HEADING.match(heading):
            yield f"“{heading}” speaks for one clinic: make it a local section or a slot."


def _clinic_words(
    filled: ParsedArticle, tokens: Sequence[Replaced], words: ClinicWords
) -> Iterator[str]:
    full = ", ".join(words.service_areas)
    areas = {town.casefold() for town in words.service_areas}
    for replaced in tokens:
        named = {town.casefold() for town in words.towns_in(replaced.literal)}
        if replaced.token == SERVICE_AREAS and named != areas:
            yield f"“{replaced.literal}” became the service areas ({full}): check the sentence."
    text = "\n".join([filled.title or "", *filled.strings])
    for part in words.name_parts:
        if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text):
            yield f"“{part}” alone may mean {words.name}: write {{{{ clinic.name }}}}."


def _braces(parsed: ParsedArticle) -> Iterator[str]:
    for text in (parsed.title or "", *parsed.strings):
        yield from (
            f"“{problem}” stands in the text and is no token." for problem in token_problems(text)
        )
