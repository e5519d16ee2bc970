"""Fixtures of tests that read a clinic's whole site."""

from __future__ import annotations

from typing import Any

import pytest

from articles.choices import ArticleKind
from clinics.models import ClinicFacts, LocationFacts
from clinics.phones import parse_number
from tests.articles.factories import make_article, make_local_version, override, section_id, text
from tests.factories import World


@pytest.fixture
def articles(world: World) -> World:
    """An article of each kind with each call to action; Harbour says something of its own.

    Hillside has a number for new patients and a fax, and both clinics a booking page.
    """
    actions = [cta(name) for name in ("call", "text", "call_text", "book", "directions")]
    crisis = {"tone": "emergency", "heading": "", "text": "<p>Call 911, or 988.</p>"}
    callout = {"type": "callout", "id": section_id("crisis"), "value": crisis}
    for kind in ArticleKind:
        article = make_article(
            f"shingles-{kind.lower()}", text("what"), callout, *actions, kind=kind
        )
        make_local_version(
            article,
            world.harbour,
            override("replace", "what", text("own", "Ours")),
            override("insert", "", cta("call_text") | {"id": section_id("ours")}, position="end"),
        )
    LocationFacts.objects.filter(page=world.uptown).update(
        new_patients_phone=parse_number("(214) 555-0145"), fax=parse_number("(214) 555-0146")
    )
    for clinic, name in ((world.hillside, "hillside"), (world.harbour, "harbour")):
        ClinicFacts.objects.filter(clinic=clinic).update(booking_url=f"https://{name}.example/book")
    return world


def cta(action: str) -> dict[str, Any]:
    value = {"action": action, "heading": "", "message": "", "role": "local"}
    return {"type": "cta", "id": section_id(action), "value": value}
