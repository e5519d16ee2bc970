"""A-04: locations away from the director's practice say who supervises care there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinics.models import Person
from tests.factories import World
from tests.reading import main_words

DELEGATION = "Nurses give infusions under Dr. Hill's written orders."
STATED = "The director’s primary practice is not at this location."


def say(world: World, **facts: Any) -> None:
    row = world.hillside.facts
    values = {"director_name": "Ada Hill, MD", "delegation": DELEGATION, "director_is_here": True}
    for name, value in (values | facts).items():
        setattr(row, name, value)
    row.save()


def words_of(name: str, host: str = "hillside.test") -> str:
    return main_words(Client(HTTP_HOST=host).get(f"/locations/{name}/").content)


def test_second_location_says_it_and_the_directors_own_does_not(world: World) -> None:
    say(world, director_license="TX-7", director_board="American Board of Anesthesiology")

    plano, uptown = words_of("plano"), words_of("uptown")

    for words in (
        "Ada Hill, MD, medical director",
        "License TX-7",
        "American Board of Anesthesiology",
        f"{STATED} {DELEGATION}",
    ):
        assert words in plano
    assert DELEGATION not in uptown


def test_every_location_says_it_where_the_director_practises_elsewhere(world: World) -> None:
    say(world, director_is_here=False)

    assert STATED in words_of("uptown")
    assert STATED in words_of("plano")


@pytest.mark.parametrize(
    "facts", [{"director_is_here": None}, {"delegation": ""}, {"director_name": ""}]
)
def test_nothing_is_said_that_nobody_entered(world: World, facts: dict[str, Any]) -> None:
    say(world, **facts)

    assert STATED not in words_of("plano")


def test_other_states_ask_for_none(world: World) -> None:
    row = world.harbour.facts
    row.director_name, row.delegation, row.director_is_here = "N. Harbour", DELEGATION, False
    row.save()

    assert DELEGATION not in words_of("marina", "harbour.test")


def test_person_as_director_is_named_as_they_are_called_now(world: World) -> None:
    ada = Person.objects.get(slug="ada-hill")
    say(world, director_name="", director=ada)
    assert "Ada Hill, MD, medical director" in words_of("plano")

    ada.name = "Ada Hill-Reyes"
    ada.save()

    assert "Ada Hill-Reyes, MD, medical director" in words_of("plano")


def test_seal_is_linked_on_the_verified_host_only(world: World) -> None:
    """A-06."""
    row = world.hillside.facts
    row.legitscript_id, row.legitscript_host = "1234567", "hillside.test"
    row.save()
    html = Client(HTTP_HOST="hillside.test").get("/").text
    row.legitscript_host = "www.hillside.test"
    row.save()

    assert "https://www.legitscript.com/websites/?checker_keywords=hillside.test" in html
    assert "legitscript" not in Client(HTTP_HOST="hillside.test").get("/").text
