"""Every component of the public pages on one page, in the looks of the clinic that was asked.

For whoever builds a template or a layout: /_components/ in development, a 404 in production. What
stands here goes through the very templates of the pages, with the clinic's own numbers and hours.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.html import format_html

from articles.glossary import TermView
from articles.page_view import SectionView
from articles.source_views import SourceView
from clinics.cta import (
    BOOK,
    CALL,
    CALL_TEXT,
    DIRECTIONS,
    TEXT,
    Link,
    cta_for,
    section_cta,
    with_crisis_line,
)
from clinics.frame import frame_for
from clinics.page_frame import Teaser
from clinics.pages import location_view
from clinics.people import PersonCard
from clinics.sitemap import NOINDEX
from clinics.views import read_only

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.clinic import Clinic

WORDS = (
    "A paragraph is read on a phone, perhaps in pain: short sentences, wide lines, a measure that "
    "the eye follows without losing its place."
)
TONES = {
    "info": "Good to know",
    "caution": "Please note",
    "urgent": "Call us today",
    "emergency": "Call 911",
}


@read_only
def components(request: HttpRequest) -> HttpResponse:
    """The page; Http404 where `SHOW_COMPONENTS` is off or no site was asked."""
    clinic = request.clinic
    if clinic is None or not settings.SHOW_COMPONENTS:
        raise Http404
    frame = frame_for(
        None, request, clinic, title="Components", robots=NOINDEX, path="/_components/"
    )
    place = clinic.primary
    context = {
        "frame": frame,
        "groups": _sections(clinic),
        "teasers": _teasers(),
        "people": _people(),
        "terms": (TermView("Placebo", WORDS, "term-placebo", "use-of-placebo", "/"),),
        "location": location_view(clinic, place) if place else None,
        "cta": with_crisis_line(cta_for(clinic)),
    }
    return render(request, "cms/components.html", context)


def _sections(clinic: Clinic) -> list[tuple[str, list[SectionView]]]:
    """Every type of section, with the name that editors know it by."""
    text = format_html("<p>{} <a href='#main'>A link</a> and <b>bold words</b>.</p>", WORDS)
    terms = format_html(
        "<p>{} A {} is explained at the foot.</p>",
        WORDS,
        format_html('<a class="term" id="use-of-placebo" href="#term-placebo">{}</a>', "placebo"),
    )
    source = SourceView(1, "A guideline about care", "A society", 2025, "", None, "source-1")
    figures = [
        {"value": "1 in 50", "label": "adults has it", "source": source},
        {"value": "3 months", "label": "or longer, to be called chronic", "source": None},
    ]
    items = ["The first of a few", "The second, which is a little longer than the others", "Third"]
    types: list[tuple[str, list[tuple[str, dict[str, Any]]]]] = [
        ("Text", [("text", {"heading": "A heading of the second level", "text": text})]),
        ("A word that is explained", [("text", {"heading": "", "text": terms})]),
        (
            "Lists",
            [
                ("list", {"heading": kind.title(), "intro": WORDS, "kind": kind, "items": items})
                for kind in ("plain", "symptoms", "steps")
            ],
        ),
        (
            "Callouts",
            [
                ("callout", {"tone": tone, "tone_label": label, "text": text})
                for tone, label in TONES.items()
            ],
        ),
        ("Numbers", [("figures", {"heading": "In numbers", "figures": figures})]),
        ("Question", [("question", {"heading": "Will it hurt?", "answer": text})]),
        ("Quote", [("quote", {"quote": WORDS, "attribution": "Somebody who reads a lot"})]),
        ("Testimonial", [("testimonial", _testimonial())]),
        ("Offer", [("offer", _offer())]),
        (
            "Risks",
            [("risks", {"heading": "Risks", "intro": "", "items": items, "seek_help": text})],
        ),
        ("Statement", [("statement", {"statement": WORDS})]),
        (
            "Calls to action",
            [
                ("cta", {"cta": section_cta(clinic, kind, heading="Ask us", message=WORDS)})
                for kind in (CALL, TEXT, CALL_TEXT, BOOK, DIRECTIONS)
            ],
        ),
        ("Sources", [("sources", {"heading": "Sources", "sources": [source]})]),
    ]
    return [
        (name, [_section(f"{name}-{number}", type_, value) for number, (type_, value) in rows])
        for name, found in types
        for rows in [list(enumerate(found))]
    ]


def _testimonial() -> dict[str, Any]:
    return {
        "quote": WORDS,
        "speaker": "Somebody who was treated",
        "kind_label": "Actual patient",
        "relationship": "Patient since 2024",
        "is_paid": True,
        "compensation": "A gift card",
        "credential": "None",
        "typical": WORDS,
        "source": Link("A trial of care", ""),
        "consent_reference": "AUTH-12",
        "consent_date": date(2026, 5, 2),
    }


def _offer() -> dict[str, Any]:
    return {
        "heading": "A first talk costs nothing",
        "text": WORDS,
        "terms": "For new patients, once.",
        "billing": "No health plan is billed for it.",
        "expires": date(2030, 1, 1),
        "statements": (WORDS.upper(),),
    }


def _section(key: str, type_: str, value: dict[str, Any]) -> SectionView:
    return SectionView(
        id=key,
        type=type_,
        anchor=key.lower().replace(" ", "-"),
        template=f"articles/sections/{type_}.html",
        value=value,
        heading=value.get("heading", ""),
        level="h2",
        origin="shared",
        state="FOLLOWS",
    )


def _teasers() -> tuple[Teaser, ...]:
    return tuple(
        Teaser(title, "#main", WORDS, label=label)
        for title, label in (
            ("A page in a list", ""),
            ("A page with a label above its title", "Condition"),
            ("A page whose title is longer than the others and takes two lines", ""),
        )
    )


def _people() -> tuple[PersonCard, ...]:
    return (
        PersonCard("Jordan Example", "MD", "Anesthesiologist", WORDS, None, "#main"),
        PersonCard("Robin Example", "", "Front desk", "", None, "#main"),
    )
