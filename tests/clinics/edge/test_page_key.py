"""Which page a request asks for, and what of the request its maker sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from clinics.facts import save_facts
from tests.edge import Process
from tests.factories import World

HILLSIDE = "hillside.test"
OF_ADS = "555-0177"


@pytest.fixture
def with_ads(world: World) -> None:
    place = world.uptown.facts
    number = f"ads (214) {OF_ADS}"
    save_facts(place, {"campaign_numbers": [number]}, user=None, base_version=place.version)


@pytest.mark.parametrize("path", ["/", "/locations/"])
@pytest.mark.parametrize(
    "query",
    ["src=x%26src%3Dads", "src=x%26near%3D75001", "src=ads&src=", "src=ads&src=x", "src=ads%00"],
)
def test_campaign_that_is_none_makes_the_usual_page(
    with_ads: None, process: Process, path: str, query: str
) -> None:
    """The first question of a process: it knows no campaigns yet."""
    odd = process.get(HILLSIDE, f"{path}?{query}")
    usual = process.get(HILLSIDE, path)

    assert usual.is_hit
    assert odd.body == usual.body == Process(most=0).get(HILLSIDE, path).body
    assert OF_ADS not in usual.text
    assert OF_ADS in process.get(HILLSIDE, "/?src=ads").text


def test_first_visitor_of_a_new_campaign_sees_its_number(process: Process, world: World) -> None:
    process.get(HILLSIDE)
    process.get(HILLSIDE, "/?src=ads")
    place = world.uptown.facts
    number = f"ads (214) {OF_ADS}"

    save_facts(place, {"campaign_numbers": [number]}, user=None, base_version=place.version)

    assert OF_ADS in process.get(HILLSIDE, "/?src=ads").text
    assert OF_ADS not in process.get(HILLSIDE).text
    assert process.get(HILLSIDE, "/?src=ads").is_hit
    facts = type(place).objects.get(pk=place.pk)
    save_facts(facts, {"campaign_numbers": []}, user=None, base_version=facts.version)
    assert OF_ADS not in process.get(HILLSIDE, "/?src=ads").text


@pytest.mark.parametrize("host", ["HILLSIDE.test", "hillside.test.", "hillside.test.:8443"])
def test_host_in_another_spelling_is_the_same_page(process: Process, host: str) -> None:
    first = process.get(host)

    assert process.get(HILLSIDE).is_hit
    assert process.get(HILLSIDE).body == first.body
    assert len(process.cache.store) == 1


def test_maker_sees_nothing_that_is_not_in_the_key(world: World, process: Process) -> None:
    seen: list[dict[str, Any]] = []
    django = WSGIHandler()

    def spy(environ: dict[str, Any], start_response: Any) -> Any:
        seen.append(environ)
        return django(environ, start_response)

    Process(spy).get(
        "HILLSIDE.test:81", "/?utm_source=x", HTTP_X_FORWARDED_HOST="evil.test",
        HTTP_COOKIE="a=b", HTTP_ANYTHING="x", CONTENT_LENGTH="5", CONTENT_TYPE="text/plain",
    )  # fmt: skip

    headers = {name: value for name, value in seen[0].items() if name.startswith("HTTP_")}
    assert headers == {"HTTP_HOST": HILLSIDE}
    assert seen[0]["QUERY_STRING"] == ""
    assert not [name for name in seen[0] if name.startswith("CONTENT_")]


def test_redirect_keeps_port_and_query(world: World, process: Process, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    moved = Process().get("hillside.test:8443", "/?utm_source=x")

    assert moved.headers["Location"] == "https://hillside.test:8443/?utm_source=x"
