from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.choices import Role
from clinics.creating import create_franchise
from clinics.facts import facts_of
from clinics.models import FactsSuggestion
from clinics.phones import parse_number
from tests.clinics.suggesting.suggested import FAX, suggestion_of
from tests.factories import World, make_staff

type SignIn = Callable[[Any], Client]

LIST = "/admin/my-clinic/suggestions/"


def tab(world: World) -> str:
    return reverse("my_clinic:clinic_suggestions", args=[world.hillside.pk])


@pytest.fixture
def two(world: World) -> tuple[FactsSuggestion, FactsSuggestion]:
    """One that waits at Hillside, and a newer one at Harbour that is decided."""
    ours = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")
    theirs = suggestion_of(world.harbour_publisher, world.harbour, legal_name="Harbour Inc.")
    theirs.facts.update(state="REJECTED")
    return ours, theirs


def listed(client: Client, query: str = "") -> list[FactsSuggestion]:
    return list(client.get(LIST + query).context["object_list"])


# The list of the franchise


def test_list_has_the_suggestions_of_all_clinics_those_that_wait_first(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    response = client_for(world.franchise_admin).get(LIST)

    assert list(response.context["object_list"]) == list(two)
    for text in (
        *("Fax, City", "Hillside Pain Clinic, Uptown", "hillside-editor", "Waiting"),
        *("Legal name", "Harbour Infusion Center", "harbour-publisher", "Rejected"),
    ):
        assert text in response.text


def test_list_is_filtered_by_clinic_and_state(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    ours, theirs = two
    client = client_for(world.franchise_admin)

    assert listed(client, f"?clinic={world.harbour.pk}") == [theirs]
    assert listed(client, "?state=WAITING") == [ours]
    assert listed(client, f"?state=WAITING&clinic={world.harbour.pk}") == []
    assert listed(client, "?state=NONSENSE&clinic=x") == list(two)


def test_list_has_pages(world: World, client_for: SignIn) -> None:
    one = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    more(one, 20)
    client = client_for(world.franchise_admin)

    assert [len(listed(client, query)) for query in ("", "?p=2")] == [20, 1]


def test_list_asks_no_more_for_more_suggestions(
    world: World,
    client_for: SignIn,
    two: tuple[FactsSuggestion, FactsSuggestion],
    django_assert_num_queries: Any,
) -> None:
    client = client_for(world.franchise_admin)
    client.get(LIST)
    with django_assert_num_queries(40, exact=False) as few:
        client.get(LIST)
    more(two[0], 12)

    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_list_shows_nothing_of_another_franchise(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    other = make_staff("other-admin", Role.FRANCHISE_ADMIN, create_franchise("Other"))
    client = client_for(other)

    for query in ("", f"?clinic={world.hillside.pk}"):
        text = client.get(LIST + query).text
        assert not any(word in text for word in ("Hillside", "Uptown", "hillside-editor"))
    foreign, missing = (
        client.get(f"{LIST}results/?clinic={pk}").text.replace(str(pk), "N")
        for pk in (world.hillside.pk, 8_888_888)
    )
    assert foreign == missing


def test_list_shows_a_member_of_one_clinic_its_tab(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    client = client_for(world.hillside_publisher)

    assert client.get(LIST).url == tab(world)
    assert list(client.get(f"{LIST}results/").context["object_list"]) == [two[0]]


@pytest.mark.parametrize("who", ["outsider", "library_publisher"])
def test_list_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, who: str
) -> None:
    client = client_for(getattr(world, who))

    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}results/").status_code == 404


def test_list_refuses_other_verbs(world: World, client_for: SignIn) -> None:
    assert client_for(world.franchise_admin).post(LIST).status_code == 405


def test_menu_has_suggestions_for_whoever_decides(world: World, client_for: SignIn) -> None:
    def has_item(user: Any) -> bool:
        return LIST in client_for(user).get("/admin/").text

    assert has_item(world.franchise_admin)
    assert has_item(world.superuser)
    assert not has_item(world.hillside_publisher)
    assert not has_item(world.library_publisher)


# The tab of a clinic


def test_tab_has_the_suggestions_of_its_clinic(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    response = client_for(world.hillside_publisher).get(tab(world))

    (card,) = response.context["cards"]
    assert (card.suggestion, card.place, card.who) == (two[0], "Uptown", "hillside-editor")
    assert [(row.label, row.before, row.proposed) for row in card.rows] == [
        ("Fax", "none", "(214) 555-0150"),
        ("City", "Dallas", "Austin"),
    ]
    assert "Harbour Inc." not in response.text


def test_tab_tells_each_what_to_do_when_there_is_nothing(world: World, client_for: SignIn) -> None:
    editor = client_for(world.hillside_editor).get(tab(world)).text
    admin = client_for(world.franchise_admin).get(tab(world)).text

    assert "Suggest the right one" in editor
    assert "You change its facts yourself" in admin


def test_tab_is_not_there_for_the_other_clinic(
    world: World, client_for: SignIn, two: tuple[FactsSuggestion, FactsSuggestion]
) -> None:
    for who in ("harbour_publisher", "outsider", "library_publisher"):
        assert client_for(getattr(world, who)).get(tab(world)).status_code == 404


def test_tab_asks_no_more_for_more_suggestions(
    world: World,
    client_for: SignIn,
    two: tuple[FactsSuggestion, FactsSuggestion],
    django_assert_num_queries: Any,
) -> None:
    client = client_for(world.hillside_publisher)
    client.get(tab(world))
    with django_assert_num_queries(40, exact=False) as few:
        client.get(tab(world))
    more(two[0], 12)

    with django_assert_num_queries(len(few)):
        client.get(tab(world))


def more(suggestion: FactsSuggestion, count: int) -> None:
    """Copies of a suggestion, each by somebody else and with a number of its own."""
    facts = list(suggestion.facts.all())
    page = facts_of(suggestion.page_id).page
    for number in range(count):
        user = make_staff(f"editor-{number}", Role.CLINIC_EDITOR, suggestion.clinic)
        changes = {fact.name: fact.proposed for fact in facts} | {
            "fax": parse_number(f"(214) 555-01{number + 60}")
        }
        suggestion_of(user, page, **changes)
