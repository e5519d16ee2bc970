"""Plain values of the claim checker: a rule, a text to look at, facts of its page, a finding.

Pure: no database, no request.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """Blocked words need an edit, or the reason of a reviewer; the others are for the writer."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Severity).index(self)


class About(StrEnum):
    """What a sentence has to speak of for a rule to fire.

    DRUG: what the clinic offers is named, or meant by a pronoun. OFFERED: it, or care in general,
    not another treatment or the disease. OFFER: anything but another treatment, and a disease only
    where relief of it is meant. NOT_OTHER: anything but another treatment. ANY: whatever.
    """

    DRUG = "drug"
    OFFERED = "offered"
    OFFER = "offer"
    NOT_OTHER = "not_other"
    ANY = "any"


# What stands behind a claim of effect or safety (C-05). A plain text cites without saying what.
STRONG_EVIDENCE = frozenset({"TRIAL", "GUIDELINE", "LABEL", "REVIEW", "CITED"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of a file of rules; rows of one id are its strengths, `state` "" is federal.

    `patterns` find words inside a sentence, `check` names a function that finds them, `confirm` one
    that has the last word on a match. `needs` must be in the sentence, `unless` must not.
    `answered_by` is a fact or kind of source that settles it, `weakened_by` one that leaves a
    warning. `replaces`: a match stands for a stronger one of the same id at the same place.
    """

    id: str
    severity: Severity
    advice: str
    source: str
    state: str = ""
    patterns: tuple[re.Pattern[str], ...] = ()
    check: str = ""
    confirm: str = ""
    about: About = About.ANY
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    answered_by: str = ""
    weakened_by: str = ""
    negation: bool = True
    questions: bool = False
    replaces: bool = False
    effective_from: date | None = None
    effective_until: date | None = None

    def is_in_force(self, states: frozenset[str], day: date) -> bool:
        """True for a federal rule and for one of these states, between its dates."""
        if self.state and self.state not in states:
            return False
        is_over = self.effective_until is not None and day > self.effective_until
        return not is_over and (self.effective_from is None or day >= self.effective_from)


@dataclass(frozen=True)
class Figure:
    """What is held to be known of a condition: `unit` is "percent" or "million".

    `slug` names a figure that the library keeps; `said` is how articles say it.
    """

    about: re.Pattern[str]
    unit: str
    low: float
    high: float
    slug: str = ""
    said: str = ""


@dataclass(frozen=True)
class Part:
    """One text of a page: the value of one field of one section, or a field of the page itself.

    Lines are paragraphs. `type` is the section's, "" for a field of the page; `evidence` holds the
    kinds of sources that belong to it without a number in the text. `id` names the section; `local`
    marks a clinic's own words, `ends` a section that goes on a day.
    """

    section: str
    field: str
    text: str
    type: str = ""
    id: str = ""
    evidence: frozenset[str] = frozenset()
    local: bool = False
    ends: bool = False

    @property
    def is_removed(self) -> bool:
        """A line that an import takes out; `type` is what it was."""
        return self.field == "removed"

    @property
    def is_on_page(self) -> bool:
        """False for what only search engines show."""
        return self.field not in {"seo_title", "search_description"}

    @property
    def is_heading(self) -> bool:
        return self.field in {"title", "heading", "question", "seo_title", "title_override"}


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """What is known of a page besides its words.

    `sources` gives the kind of evidence of each numbered source. `off_label`: the statement stands
    before the first call to action. `lifeline`: 988 is named; `is_about_crisis`: it has to be.
    `credential`: a person with board and full name of the board stands for the page. `own_names`
    are names of the clinic itself, `other_names` those of others. `missing`: what the page lacks.
    """

    off_label: bool = False
    risks: bool = False
    credential: bool = False
    lifeline: bool = False
    is_about_crisis: bool = False
    sources: Mapping[int, str] = field(default_factory=dict)
    own_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was found: `phrase` is the words at fault, `sentence` what they stand in."""

    rule: str
    severity: Severity
    phrase: str
    section: str
    field: str
    advice: str
    source: str
    sentence: str = ""
    section_id: str = ""
    state: str = ""
    local: bool = False

    @property
    def digest(self) -> str:
        """Of the sentence and its words: another wording is another one."""
        return sentence_digest(self.sentence)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same finding again, on this page or as another clinic shows it."""
        return self.rule, self.phrase.casefold(), self.digest


def sentence_digest(sentence: str) -> str:
    """The same for every way of writing blanks and apostrophes."""
    plain = " ".join(sentence.replace("’", "'").split())
    return hashlib.sha256(plain.encode()).hexdigest()
