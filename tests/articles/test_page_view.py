"""Sections as their templates get them, also those with nothing but what a form asks for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.articles.every_section import every_section, make_source, section
from tests.articles.factories import make_article, make_local_version, override, slot, text
from tests.factories import World
from tests.reading import main_of, main_words

REQUIRED = {
    "text": ["text"],
    "list": ["items"],
    "question": ["question", "answer"],
    "image": ["image"],
    "quote": ["quote", "attribution"],
    "testimonial": [
        *("quote", "speaker", "kind", "relationship", "paid", "credential", "typical"),
        *("compensation", "source", "consent_reference", "consent_date"),
    ],
    "callout": ["text"],
    "figures": ["figures"],
    "risks": ["items"],
    "statement": ["statement"],
    "sources": ["sources"],
    "cta": [],
    "offer": ["heading", "terms", "billing", "expires"],
    "slot": ["name", "label"],
}


@pytest.mark.parametrize("host", ["harbour.test", "hub.test"])
def test_sections_without_their_optional_fields_are_shown(world: World, host: str) -> None:
    """An import or the API leaves out what is optional; a stored section then has no such key."""
    sections = [
        {**each, "value": {name: each["value"][name] for name in REQUIRED[each["type"]]}}
        if each["type"] != "cta"
        else {**each, "value": {}}
        for each in every_section(make_article("other"))
    ]
    make_article("a", *sections)

    response = Client(HTTP_HOST=host).get("/conditions/a/")

    assert response.status_code == 200
    assert "None" not in main_words(response.text)


def test_numbers_of_sources_run_over_the_whole_page(world: World) -> None:
    first, second = make_source("first"), make_source("second")
    article = make_article("a", _sources("one", second.pk), text("what"))
    own = override("insert", "what", _sources("two", first.pk, second.pk), position="after")
    make_local_version(article, world.harbour, own)

    html = Client(HTTP_HOST="harbour.test").get("/conditions/a/").text

    ids = [tag["id"] for tag in main_of(html).select('[id^="source-"]')]
    assert ids == ["source-1", "source-2"]


def test_links_in_what_stands_in_a_slot_lead_to_the_clinics_own_site(world: World) -> None:
    other = make_article("other")
    link = text("near", "Nearby", f'<p><a linktype="page" id="{other.pk}">Other</a></p>')
    make_article("a", slot("nearby", link))

    html = Client(HTTP_HOST="harbour.test").get("/conditions/a/").text

    assert main_of(html).find("a", string="Other")["href"] == "/conditions/other/"


def _sources(key: str, *pks: int) -> dict[str, Any]:
    rows = [{"type": "item", "id": f"{key}-{pk}", "value": pk} for pk in pks]
    return section("sources", key, heading="Sources", sources=rows)
