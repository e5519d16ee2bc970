"""Rules that need more than words in a sentence: the functions that files of rules name.

A check gets all sentences and what is known of the page, and gives places; a confirmation has the
last word on a match. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.claims.populations import counts_in, figures_about
from articles.claims.reading import Sentence, Subject
from articles.claims.rule import Figure, PageFacts

_APPROVED_USE = re.compile(
    r"\b(?:as an? (?:\w+ )?an[a]?esthetic|for (?:\w+ ){0,3}an[a]?esthesia|for (?:use in )?sedation"
    r"|to put (?:people|patients) to sleep|for (?:surgery|operations)|(?:in|during|before) surgery"
    r"|an[a]?esthe(?:tic|sia) only|only (?:as|for) an[a]?esthe)",
    re.IGNORECASE,
)
_KETAMINE = re.compile(r"(?<!es)(?<!s-)\bketamine\b", re.IGNORECASE)
_ESKETAMINE = re.compile(r"\b(?:esketamine|spravato)\b", re.IGNORECASE)
_TOLD_APART = re.compile(
    r"\b(?:differ\w*|not the same|separate|distinct|should not be (?:mixed|confused)|unlike"
    r"|another)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{12,400})[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|[Mm]y|me|mine)\b")
_OF_CARE = re.compile(
    r"\b(?:pain|relief|better|infusions?|treatments?|ketamine|clinic|life|doctors?|staff|team|saved"
    r"|helped|changed|depression|sleep|symptoms|recommend|grateful|finally)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:says|said|told|shared|wrote|recalls?) (?:[A-Z]|one\b|our\b|an?\b|another\b|s?he\b|my\b)"
    r"|\b[A-Z]\w+ (?:says|said|told|tells|shared|wrote|recalls)\b|[–—-] ?[A-Z]"
)
_OWN_STORY = re.compile(
    r"^(?:after (?:\w+ ){1,5})?(?:I (?:was|had|have|felt|feel|got|can|tried|finally|used to|could)"
    r"|my (?:pain|depression|life|migraines?|doctor|symptoms))\b",
    re.IGNORECASE,
)
_CLINIC_NAME = re.compile(
    r"\b(?!(?:At|Why|Can|Is|In|With|From|Visit|About|And|For|To|By|Choose|Does|How|What|When|An?) )"
    r"(?:[A-Z][\w&’'-]+ ){1,4}(?:Specialists|Institute|Clinics?|Centers?|Center|Medicine|Associates"
    r"|Wellness|Physicians|Health|Healthcare|Infusions|Therapeutics|Group)\b"
)
# Names of bodies and papers, and words that only stand at the start of a sentence or in a heading.
_NO_CLINIC = re.compile(
    r"\b(?:National|American|World|International|Mayo|Cleveland|Johns|Harvard|University|Department"
    r"|Food|Drug|Centers for|Public|Mental|Internal|Family|Emergency|Sports|Suicide|Cochrane"
    r"|European"
    r"|Veterans|Nuclear|Lifestyle|Behavioral|Women's|Your|The|Our|New England|Journal|Annals|Board"
    r"|Medicare|VA|Vet|Library|State|Federal|Health)\b"
)


@dataclass(frozen=True)
class Place:
    """Where a check found something: the words from `start` to `end`, or those of `said`."""

    sentence: Sentence
    start: int = 0
    end: int = 0
    said: str = ""


type Check = Callable[[Sequence[Sentence], PageFacts, Sequence[Figure]], Iterator[Place]]


def figure_conflict(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """A share or number of a whole population that the library knows to be another one (T-08)."""
    for sentence in sentences:
        for count in counts_in(sentence.plain):
            known = figures_about(sentence.plain, figures, count.unit)
            if known and not any(count.agrees(figure) for figure in known):
                yield Place(sentence, count.start, count.end)


def testimony(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """Words of a patient outside a testimonial: quoted, or told as one's own."""
    for sentence in sentences:
        text = sentence.plain
        for found in _QUOTED.finditer(text):
            is_told = _OF_CARE.search(found[1]) or _SAID.search(text, found.end())
            if is_told and _FIRST_PERSON.search(found[1]) and not found[1].endswith("?"):
                yield Place(sentence, found.start(1), found.end(1))
        own = _OWN_STORY.match(text)
        if own and _OF_CARE.search(text) and not text.rstrip().endswith("?"):
            yield Place(sentence, 0, len(text.rstrip()))


def mixed_up_with_esketamine(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """Ketamine and esketamine on one page without a word that they differ (C-06)."""
    both = [each for each in sentences if _ESKETAMINE.search(each.plain)]
    if not both or not any(_KETAMINE.search(each.plain) for each in sentences):
        return
    near = {id(each) for each in both}
    for one, other in pairwise(sentences):
        if id(one) in near:
            near.add(id(other))
    if any(_TOLD_APART.search(each.plain) for each in sentences if id(each) in near):
        return
    found = _ESKETAMINE.search(both[0].plain)
    if found:
        yield Place(both[0], found.start(), found.end())


def clinic_name(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """What looks like the name of a clinic, and is not the page's own."""
    for sentence in sentences:
        if sentence.part.is_removed or (sentence.part.is_heading and sentence.plain.istitle()):
            continue
        for found in _CLINIC_NAME.finditer(sentence.text):
            is_known = any(name in found[0] or found[0] in name for name in facts.own_names)
            if not is_known and not _NO_CLINIC.search(found[0]):
                yield Place(sentence, found.start(), found.end())


def other_clinic_name(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """The name of another clinic of the group (I-04)."""
    if not facts.other_names:
        return
    names = "|".join(re.escape(name) for name in sorted(facts.other_names, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
    for sentence in sentences:
        for found in pattern.finditer(sentence.text):
            yield Place(sentence, found.start(), found.end())


def no_lifeline(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """A page about mood, trauma or suicide that does not name the lifeline (B-10)."""
    if facts.is_about_crisis and not facts.lifeline and sentences:
        yield Place(sentences[0], said="988")


def missing_on_page(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """What a page about the drug lacks, in one finding."""
    if facts.missing and sentences and sentences[0].on_drug_page:
        yield Place(sentences[0], said=", ".join(facts.missing))


def useless_alt(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """Alternative texts that say nothing, as the import took them out (W-05)."""
    yield from _taken_out(sentences, "alt")


def old_date(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """A date on the page from before the last review that was due (T-05)."""
    yield from _taken_out(sentences, "old date")


def page_chrome(
    sentences: Sequence[Sentence], facts: PageFacts, figures: Sequence[Figure]
) -> Iterator[Place]:
    """Buttons, links and the like of the page that the text was taken from (I-01)."""
    for kind in ("cta", "skip", "share", "navigation"):
        yield from _taken_out(sentences, kind)


def _taken_out(sentences: Sequence[Sentence], kind: str) -> Iterator[Place]:
    for sentence in sentences:
        if sentence.part.is_removed and sentence.part.type == kind:
            yield Place(sentence, 0, len(sentence.text))


def unsupported_approval(sentence: Sentence, facts: PageFacts) -> bool:
    """C-03: an approval counts where the sentence names what was approved, on a page with C-01."""
    if _ESKETAMINE.search(sentence.plain) and not _KETAMINE.search(sentence.plain):
        return not re.search(r"\bdepress", sentence.plain, re.IGNORECASE)
    if sentence.names(Subject.OTHER) and not sentence.names(Subject.DRUG):
        return False
    return not (facts.off_label and _APPROVED_USE.search(sentence.plain))


CHECKS: dict[str, Check] = {
    each.__name__: each
    for each in (
        figure_conflict,
        testimony,
        mixed_up_with_esketamine,
        clinic_name,
        other_clinic_name,
        no_lifeline,
        missing_on_page,
        useless_alt,
        old_date,
        page_chrome,
    )
}
CONFIRMATIONS: dict[str, Callable[[Sentence, PageFacts], bool]] = {
    each.__name__: each for each in (unsupported_approval,)
}
