"""The texts of a page, where and when it is read, and what is known of it in; findings out (C-02).

Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from articles.claims.checks import CHECKS, CONFIRMATIONS, Place
from articles.claims.reading import Sentence, Subject, Subjects, read
from articles.claims.rule import (
    STRONG_EVIDENCE,
    About,
    Figure,
    Finding,
    PageFacts,
    Part,
    Rule,
    Severity,
)
from articles.claims.rulebook import RuleBook, the_rulebook

_SAYS_RELIEF = re.compile(
    r"\b(?:cur(?:e|es|ed|ing)|relie\w+|heal\w*|remission|recover\w*|free|keep\w*|away|stop\w*|end(?:s|ed)?"
    r"|gone|behind|lift\w*|without|with no|for good|once and for all)\b",
    re.IGNORECASE,
)
_WORD_END = re.compile(r"[\w'’]*")
# A fact is asked for by its name; what is not one is a kind of evidence.
_FACTS = frozenset({"off_label", "risks", "credential"})
_NOTICES = {
    "terms": re.compile(r"\b(?:terms|valid (?:until|through)|expires?|ends on)\b", re.IGNORECASE),
    "refund_notice": re.compile(r"\b72 hours?\b.*\brefund|\brefund.*\b72 hours?\b", re.I | re.S),
    "private_board_notice": re.compile(
        r"not affiliated with or recognized by the Florida Board", re.I
    ),
}


@dataclass(frozen=True)
class _Page:
    facts: PageFacts
    whole: str


def check_claims(
    parts: Iterable[Part],
    *,
    states: Iterable[str],
    day: date,
    facts: PageFacts,
    figures: Sequence[Figure] = (),
    book: RuleBook | None = None,
) -> tuple[Finding, ...]:
    """What the rules in force have against the texts, in the order of the page.

    `states` are those in which the page is read: none means the federal rules alone. `figures` are
    those that the library keeps, beside the ones of the book.
    """
    book = book or the_rulebook()
    book = replace(book, figures=(*book.figures, *figures)) if figures else book
    parts = [part for part in parts if part.text.strip()]
    sentences = read(parts, facts, _subjects(book))
    page = _Page(facts, "\n".join(part.text for part in parts))
    order = {id(sentence): number for number, sentence in enumerate(sentences)}
    found: list[tuple[int, int, _Match]] = []
    for rule in book.in_force(states, day):
        for match in _matches(rule, sentences, page, book):
            found.append((order[id(match.place.sentence)], match.place.start, match))
    kept = _strongest([match for _number, _start, match in found])
    kept.sort(key=lambda match: (order[id(match.place.sentence)], match.place.start))
    return tuple(_finding(match) for match in kept)


def speaks_of_the_drug(parts: Iterable[Part]) -> bool:
    """Whether a page is one of those that need the blocks of `required` (C-01, T-09)."""
    drug = _subjects(the_rulebook()).drug
    return any(drug.search(part.text) for part in parts)


@dataclass(frozen=True)
class _Match:
    rule: Rule
    severity: Severity
    place: Place


@cache
def _subjects_of(words: tuple[tuple[str, str], ...]) -> Subjects:
    return Subjects(dict(words))


def _subjects(book: RuleBook) -> Subjects:
    return _subjects_of(tuple(book.words.items()))


def _matches(
    rule: Rule, sentences: Sequence[Sentence], page: _Page, book: RuleBook
) -> Iterator[_Match]:
    for place in _places(rule, sentences, page, book):
        severity = _severity(rule, place.sentence, page)
        if severity:
            yield _Match(rule, severity, place)


def _places(
    rule: Rule, sentences: Sequence[Sentence], page: _Page, book: RuleBook
) -> Iterator[Place]:
    if rule.check:
        yield from CHECKS[rule.check](sentences, page.facts, book.figures)
        return
    for sentence in sentences:
        if _is_out_of_question(rule, sentence):
            continue
        for pattern in rule.patterns:
            for found in pattern.finditer(sentence.plain):
                start, end = found.span()
                if not _speaks_of(rule.about, sentence, start, end):
                    continue
                if rule.negation and sentence.is_denied(start, end):
                    continue
                if rule.confirm and not CONFIRMATIONS[rule.confirm](sentence, page.facts):
                    continue
                yield Place(sentence, start, end)


def _is_out_of_question(rule: Rule, sentence: Sentence) -> bool:
    """What the whole sentence says against a rule, wherever its words are."""
    if sentence.part.is_removed:
        return True
    if sentence.is_question and not rule.questions:
        return True
    if rule.unless and rule.unless.search(sentence.plain):
        return True
    return rule.needs is not None and not rule.needs.search(sentence.plain)


def _speaks_of(about: About, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are said of what the rule is about (C-04)."""
    if about == About.ANY:
        return True
    subject = sentence.subject_at(start, end)
    if about == About.DRUG:
        return sentence.names(Subject.DRUG) or subject == Subject.DRUG
    if about == About.NOT_OTHER:
        return subject != Subject.OTHER or sentence.names(Subject.DRUG)
    if about == About.OFFER:
        if subject == Subject.DISEASE and not sentence.names(Subject.DRUG):
            return _SAYS_RELIEF.search(sentence.plain, 0, end) is not None
        return subject != Subject.OTHER
    if subject is None:
        return sentence.on_drug_page
    return subject in (Subject.DRUG, Subject.CARE) or sentence.names(Subject.DRUG)


def _severity(rule: Rule, sentence: Sentence, page: _Page) -> Severity | None:
    """The strength that is left when the page and the section have had their say; None for none."""
    if rule.answered_by and _has(rule.answered_by, sentence, page):
        return None
    if rule.weakened_by and _has(rule.weakened_by, sentence, page):
        return Severity.WARN
    return rule.severity


def _has(what: str, sentence: Sentence, page: _Page) -> bool:
    """Whether the page has a fact, or the section a source or a notice."""
    if what in ("local", "ends"):
        return bool(getattr(sentence.part, what))
    if what in _FACTS:
        return bool(getattr(page.facts, what))
    if what in _NOTICES:
        return _NOTICES[what].search(page.whole) is not None
    return bool(sentence.cites & STRONG_EVIDENCE) if what == "evidence" else bool(sentence.cites)


def _strongest(matches: Sequence[_Match]) -> list[_Match]:
    """One match for each place and id; the strongest comes first, and what replaces it before."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda each: (not each.rule.replaces, each.severity.rank)):
        rivals = (each for each in kept if _is_rival(match, each))
        if not any(rivals):
            kept.append(match)
    return kept


def _is_rival(one: _Match, other: _Match) -> bool:
    """A weaker strength of an id has nothing to add to a sentence, nor the same words again."""
    if one.rule.id != other.rule.id or one.place.sentence is not other.place.sentence:
        return False
    if one.rule is not other.rule and one.severity != other.severity and not other.rule.replaces:
        return True
    return one.place.start < other.place.end and other.place.start < one.place.end


def _finding(match: _Match) -> Finding:
    rule, place = match.rule, match.place
    part = place.sentence.part
    text = place.sentence.text
    # A pattern may end inside a word, as by the length that it allows.
    rest = _WORD_END.match(text, place.end) if text[place.end - 1 : place.end].isalnum() else None
    phrase = place.said or text[place.start : rest.end() if rest else place.end].strip(" ,;:")
    is_of_page = bool(place.said)
    return Finding(
        rule=rule.id,
        severity=match.severity,
        phrase=phrase,
        section="" if is_of_page else part.section,
        field="page" if is_of_page else part.field,
        advice=rule.advice,
        source=rule.source,
        sentence=phrase if is_of_page else place.sentence.text,
        section_id="" if is_of_page else part.id,
        state=rule.state,
        local=part.local and not is_of_page,
    )
