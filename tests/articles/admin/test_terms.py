"""The glossary of the library in the admin (T-13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.claim_findings import refused_words
from articles.models import Term
from cms.demo.content_files import read
from tests.factories import World

type SignIn = Callable[[Any], Client]

FIELDS = {"slug": "ketamine", "name": "Ketamine", "also": ""}


def add(client: Client, explanation: str) -> Any:
    url = reverse(Term.snippet_viewset.get_url_name("add"))
    return client.post(url, {**FIELDS, "explanation": explanation})


@pytest.mark.parametrize(
    "claim", ["A miracle drug that cures chronic pain.", "A treatment without any side effects."]
)
def test_no_claim_gets_into_an_explanation(world: World, client_for: SignIn, claim: str) -> None:
    """C-02: it would stand on the pages of all clinics."""
    client = client_for(world.library_publisher)

    answer = add(client, claim)

    problems = answer.context["form"].errors["explanation"]
    assert problems and all("may not be published" in each for each in problems)
    assert claim in answer.text, "what was typed is still there"
    assert not Term.objects.exists()

    add(client, "A medicine that doctors use to put people to sleep for an operation.")
    assert Term.objects.get().name == "Ketamine"


@pytest.mark.parametrize("key", read("terms"))
def test_the_demo_explains_without_claims(world: World, key: str) -> None:
    assert refused_words("explanation", read("terms")[key]["explanation"]) == []
