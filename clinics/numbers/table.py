"""My numbers: a clinic in, every number that its patients see out, with source, places and verdict.

One row for each number, whatever the number of pages that show it; also numbers of the record that
no page shows yet. Nothing of another clinic but that it has the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.clinic import Location
from clinics.numbers.elsewhere import recorded_elsewhere
from clinics.numbers.pages import ClinicSite, PageNumbers, pages_of
from clinics.numbers.shown import Kind, Origin, Shown, Spot
from clinics.phones import EMERGENCY_NUMBERS, Number, rings_nowhere
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from clinics.models import ClinicPage


class Verdict(StrEnum):
    """WRONG must not stay; OPEN is answered for by nobody yet. The most urgent first."""

    WRONG = "WRONG"
    OPEN = "OPEN"
    RIGHT = "RIGHT"


# The roles of a location's numbers, by attribute.
ROLES: dict[str, str | Promise] = {
    "main": gettext_lazy("Main number"),
    "new_patients": gettext_lazy("Number for new patients"),
    "text": gettext_lazy("Number for texts"),
    "fax": gettext_lazy("Fax"),
}


@dataclass(frozen=True)
class Source:
    """A fact that a number comes from. `place_id` is the page of the location, None for lines that
    are the same for everybody."""

    words: str
    place_id: int | None = None


@dataclass(frozen=True)
class Place:
    """One page that shows a number at one spot, and what there names it."""

    page: PageNumbers
    spot: Spot
    kind: Kind
    origin: Origin
    words: str = ""
    fact: tuple[str, int] | None = None


@dataclass(frozen=True)
class NumberRow:
    """`reason` says what is wrong or open and what to do, "" for a number that is right."""

    digits: str
    display: str
    kinds: tuple[Kind, ...]
    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    verdict: Verdict
    reason: str = ""

    @property
    def page_count(self) -> int:
        return len({each.page.path for each in self.places})


@dataclass(frozen=True)
class NumberTable:
    """`rows` begin with the most urgent; `page_count` is the number of pages of the site."""

    rows: tuple[NumberRow, ...]
    page_count: int

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict == verdict for row in self.rows)


@dataclass
class _Found:
    """What is gathered of one number."""

    display: str
    shown: list[tuple[PageNumbers, Shown]] = field(default_factory=list)


def number_table(home: ClinicPage) -> NumberTable:
    """The table of a clinic as its pages are now."""
    site = ClinicSite(clinic_of(root_page(home.pk)), home)
    pages = pages_of(site)
    found = _by_number(pages)
    for campaign, number in _campaigns(site.clinic.locations):
        if number.e164 in found:  # on these pages anyway, or read for another location
            continue
        for each in pages_of(site.with_campaign(campaign)):
            _gather(found, each, (shown for shown in each.shown if shown.digits == number.e164))
    sources = _sources(site.clinic.locations)
    foreign = recorded_elsewhere({*found, *sources}, site.clinic)
    rows = [_row(digits, each, sources, foreign) for digits, each in found.items()]
    rows += _not_shown(site.clinic.locations, found, sources)
    order = list(Verdict)
    rows.sort(key=lambda row: (order.index(row.verdict), -len(row.places), row.digits))
    return NumberTable(tuple(rows), len(pages))


def _by_number(pages: Iterable[PageNumbers]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for page in pages:
        _gather(found, page, page.shown)
    return found


def _gather(found: dict[str, _Found], page: PageNumbers, shown: Iterable[Shown]) -> None:
    for each in dict.fromkeys(shown):
        kept = found.setdefault(each.digits, _Found(each.display))
        kept.shown.append((page, each))
        # Structured data has no extension and no letters.
        kept.display = max(kept.display, each.display, key=len)


def _row(
    digits: str, found: _Found, sources: Mapping[str, list[Source]], foreign: frozenset[str]
) -> NumberRow:
    shown = found.shown
    kinds = {each.kind for _page, each in shown}
    verdict, reason = _verdict(
        digits, [each for _page, each in shown], is_ours=digits in sources, foreign=foreign
    )
    return NumberRow(
        digits=digits,
        display=found.display,
        kinds=tuple(kind for kind in Kind if kind in kinds),
        sources=tuple(sources.get(digits) or _fixed_source(digits)),
        places=tuple(
            Place(page, each.spot, each.kind, each.origin, each.words, each.fact)
            for page, each in shown
        ),
        verdict=verdict,
        reason=reason,
    )


def _verdict(
    digits: str, shown: Sequence[Shown], *, is_ours: bool, foreign: frozenset[str]
) -> tuple[Verdict, str]:
    if digits in EMERGENCY_NUMBERS:
        return Verdict.RIGHT, ""
    typed = sum(each.origin == Origin.TYPED for each in shown)
    if typed and digits in foreign and not is_ours:
        return Verdict.WRONG, _(
            "Another clinic's number, typed into a text: take it out. The buttons of the page show "
            "yours."
        )
    if typed and is_ours:
        reason = _(
            "Yours, but typed by hand into a text, where it stays when your number changes: put "
            "the token of your number in its place."
        )
        return Verdict.WRONG, f"{reason} {_in_two_records()}" if digits in foreign else reason
    if typed or not is_ours:
        return Verdict.WRONG, _(
            "Typed by hand, and in no record: take it out of the text. The buttons of the page "
            "show your number."
        )
    if digits in foreign:
        return Verdict.OPEN, _in_two_records()
    if rings_nowhere(Number(digits)):
        return Verdict.OPEN, _("A number of fiction, which rings nowhere: enter a real one.")
    return Verdict.RIGHT, ""


def _in_two_records() -> str:
    return _(
        "Another clinic has the same number in its record. One of the two is wrong, unless one "
        "desk answers for both: correct it where the record is kept."
    )


def _not_shown(
    places: Iterable[Location],
    found: Mapping[str, _Found],
    sources: Mapping[str, list[Source]],
) -> Iterator[NumberRow]:
    """Numbers of the record that stand on no page, and what a location lacks."""
    for place in places:
        if place.main is None:
            words = _("%(role)s, %(place)s") % {"role": ROLES["main"], "place": place.name}
            source: tuple[Source, ...] = (Source(words, place.page_id),)
            reason = _("Missing: patients of this location are shown another number, or none.")
            yield NumberRow("", "–", (Kind.CALL,), source, (), Verdict.OPEN, reason)
    texts = {place.text.e164: place for place in places if place.text}
    for digits, place in texts.items():
        if digits not in found and place.text:
            reason = _(
                "Not shown: the carriers have not approved it for texts. Enter the registration in "
                "the record when they have."
            )
            kinds, source = (Kind.TEXT,), tuple(sources[digits])
            yield NumberRow(digits, place.text.display, kinds, source, (), Verdict.OPEN, reason)


def _sources(places: Iterable[Location]) -> dict[str, list[Source]]:
    """The facts of the record by number."""
    found: dict[str, list[Source]] = {}
    for place in places:
        for name, role in ROLES.items():
            number: Number | None = getattr(place, name)
            if number:
                words = _("%(role)s, %(place)s") % {"role": role, "place": place.name}
                found.setdefault(number.e164, []).append(Source(words, place.page_id))
        for campaign, number in place.campaigns.items():
            words = _("Campaign “%(name)s”, %(place)s") % {"name": campaign, "place": place.name}
            found.setdefault(number.e164, []).append(Source(words, place.page_id))
    return found


def _campaigns(places: Iterable[Location]) -> list[tuple[str, Number]]:
    return [(name, number) for place in places for name, number in place.campaigns.items()]


def _fixed_source(digits: str) -> list[Source]:
    words = {
        "911": _("Emergency line, the same for everybody"),
        "988": _("988 Suicide & Crisis Lifeline, on pages about mood and crisis"),
    }
    return [Source(words[digits])] if digits in words else []
