"""The page of components shows each in the looks of the clinic, and only in development."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.blocks.sections import SECTION_BLOCKS
from tests.factories import World


@pytest.mark.parametrize("host", ["hillside", "harbour", "hub"])
def test_every_component_is_there(world: World, host: str) -> None:
    response = Client(HTTP_HOST=f"{host}.test").get("/_components/")
    page = BeautifulSoup(response.text, "html.parser")
    kinds = {name for each in page.select(".section, .callout") for name in each["class"]}
    # A text and a picture have no class of their own, and a slot is what stands in it.
    assert set(SECTION_BLOCKS) - {"text", "image", "slot", "cta"} <= kinds
    tones = [name for name in kinds if name.startswith("callout-")]
    assert len(tones) == 4
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, follow"
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_production_has_no_such_page(world: World, settings: Any) -> None:
    settings.SHOW_COMPONENTS = False
    assert Client(HTTP_HOST="hillside.test").get("/_components/").status_code == 404
