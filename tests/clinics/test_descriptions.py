"""What search engines show below the title of a page that nobody described (L-09)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinics import descriptions
from clinics.resolve import clinic_of
from tests.articles.factories import make_article
from tests.factories import World


def _described(host: str, path: str) -> str:
    page = BeautifulSoup(Client(HTTP_HOST=host).get(path).text, "html.parser")
    return str(page.find("meta", attrs={"name": "description"})["content"])


def test_list_names_as_many_as_fit(world: World) -> None:
    clinic = clinic_of(world.hillside)
    names = [f"A condition with the number {number}" for number in range(20)]

    few, many = (descriptions.of_list("Conditions", clinic, some) for some in (names[:2], names))

    assert few == (
        "Conditions at Hillside Pain Clinic: A condition with the number 0, A condition with the "
        "number 1."
    )
    assert len(many) <= descriptions.LONGEST
    assert many.endswith("number 2, …")
    assert descriptions.of_list("Conditions", clinic, []) == "Conditions at Hillside Pain Clinic."


def test_pages_without_a_text_for_it_are_described(world: World) -> None:
    make_article("fibromyalgia", title="Fibromyalgia")

    assert _described("hillside.test", "/conditions/") == (
        "Conditions at Hillside Pain Clinic: Fibromyalgia."
    )
    assert _described("hillside.test", "/locations/uptown/").startswith(
        "Hillside Pain Clinic, Uptown: "
    )
    assert "Uptown" in _described("hillside.test", "/locations/")
    assert "near you" in _described("hub.test", "/locations/")


@pytest.mark.parametrize(("path", "name"), [("/locations/uptown/", "uptown")])
def test_own_text_comes_first(path: str, name: str, world: World) -> None:
    page = world.hillside.get_descendants().get(slug=name)
    page.search_description = "Our place by the park."
    page.save()

    assert _described("hillside.test", path) == "Our place by the park."
