from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.facts import facts_of, save_facts
from clinics.forms.clinic import ClinicForm
from clinics.forms.location import LocationForm
from clinics.models import FactsChange, FactsSuggestion, SuggestedFact
from clinics.phones import parse_number
from tests.clinics.admin.test_edit import messages_of
from tests.clinics.forms.typed import typed_values
from tests.clinics.suggesting.suggested import FAX, MAIN, states_of, suggestion_of
from tests.factories import World

type SignIn = Callable[[Any], Client]

FORMS = {"suggest_clinic": ClinicForm, "suggest_location": LocationForm}


def page_of(world: World, name: str) -> Any:
    return world.hillside if name == "suggest_clinic" else world.uptown


def address(world: World, name: str) -> str:
    return reverse(f"my_clinic:{name}", args=[page_of(world, name).pk])


def typed(world: World, name: str, **more: Any) -> Any:
    """The form as it stands, with some values typed over."""
    return typed_values(FORMS[name](instance=facts_of(page_of(world, name).pk))) | more


# It works


@pytest.mark.parametrize("who", ["hillside_editor", "hillside_publisher"])
def test_suggest_keeps_a_suggestion_and_says_so(world: World, client_for: SignIn, who: str) -> None:
    """Rows 39 and 52."""
    user = getattr(world, who)
    data = typed(world, "suggest_location", main_phone="214.555.0123", note="New line")

    response = client_for(user).post(address(world, "suggest_location"), data, follow=True)

    suggestion = FactsSuggestion.objects.get()
    assert states_of(suggestion) == {"main_phone": (MAIN.stored, "WAITING")}
    assert (suggestion.note, suggestion.proposed_by) == ("New line", user)
    assert facts_of(world.uptown.pk).main_phone == parse_number("(214) 555-0142")
    assert messages_of(response) == [
        "Suggested: Main number. It waits for the franchise; nothing is changed yet."
    ]
    assert "Suggested: (214) 555-0123, waits for the franchise" in response.text


def test_suggest_takes_facts_of_the_clinic(world: World, client_for: SignIn) -> None:
    data = typed(world, "suggest_clinic", booking_url="https://book.hillside.test/")

    client_for(world.hillside_editor).post(address(world, "suggest_clinic"), dict(data.lists()))

    assert states_of(FactsSuggestion.objects.get()) == {
        "booking_url": ("https://book.hillside.test/", "WAITING")
    }


def test_suggest_shows_ones_own_in_the_form_and_what_others_suggest_above_it(
    world: World, client_for: SignIn
) -> None:
    suggestion_of(world.hillside_editor, world.uptown, fax=FAX, note="Ours")
    suggestion_of(world.hillside_publisher, world.uptown, fax=MAIN)

    response = client_for(world.hillside_editor).get(address(world, "suggest_location"))

    form = response.context["form"]
    assert form["fax"].value() == "(214) 555-0150"
    assert response.context["note_form"]["note"].value() == "Ours"
    assert response.context["mine"] == "Fax"
    assert [(row.who, row.proposed) for row in response.context["waiting"]] == [
        ("hillside-publisher", "(214) 555-0123")
    ]


def test_suggest_again_from_the_form_changes_and_withdraws(
    world: World, client_for: SignIn
) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")
    client, url = client_for(world.hillside_editor), address(world, "suggest_location")
    shown = client.get(url).context
    data = typed_values(shown["form"]) | {"seen": shown["note_form"]["seen"].value()}

    client.post(url, data | {"fax": "", "city": "Waco"})

    assert states_of(suggestion) == {
        "fax": (FAX.stored, "WITHDRAWN"),
        "city": ("Waco", "WAITING"),
    }


def test_suggest_names_field_reason_and_remedy_and_keeps_what_was_typed(
    world: World, client_for: SignIn
) -> None:
    data = typed(
        world, "suggest_location", main_phone="555-0142", street="", note="Because of the move"
    )

    response = client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    assert {(p.label, p.message) for p in response.context["problems"]} == {
        (
            "Main number",
            "“555-0142” has 7 digits: add the area code, for example (972) 555-0123.",
        ),
        ("Street", "Street is missing: fill it in."),
    }
    assert 'value="555-0142"' in response.text
    assert "Because of the move" in response.text
    assert not FactsSuggestion.objects.exists()


def test_suggest_refuses_what_only_saving_finds(world: World, client_for: SignIn) -> None:
    data = typed(world, "suggest_location", city="Austin")
    del data["is_primary"]

    response = client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    (problem,) = response.context["problems"]
    assert problem.label == "Main location"
    assert 'value="Austin"' in response.text
    assert not FactsSuggestion.objects.exists()


def test_suggest_says_when_a_note_is_too_long(world: World, client_for: SignIn) -> None:
    data = typed(world, "suggest_location", city="Austin", note="x" * 501)

    response = client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    (problem,) = response.context["problems"]
    assert problem.label == "Note for the franchise"
    assert not FactsSuggestion.objects.exists()


def test_suggest_says_when_nothing_differs_and_keeps_the_note(
    world: World, client_for: SignIn
) -> None:
    data = typed(world, "suggest_location", note="Call me")

    response = client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    assert "Nothing differs from what is saved" in response.text
    assert "Call me" in response.text
    assert not FactsSuggestion.objects.exists()


def test_suggest_from_an_old_form_suggests_only_what_was_typed(
    world: World, client_for: SignIn
) -> None:
    data = typed(world, "suggest_location", street="2 Other St")
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)

    client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    assert [fact.name for fact in SuggestedFact.objects.all()] == ["street"]


def test_suggest_refuses_hours(world: World, client_for: SignIn) -> None:
    """The role table gives nobody the right to propose hours."""
    data = typed(world, "suggest_location", city="Austin") | {"day_0_opens_1": "9 am"}

    client_for(world.hillside_editor).post(address(world, "suggest_location"), data)

    assert [fact.name for fact in SuggestedFact.objects.all()] == ["city"]
    url = reverse("my_clinic:edit_hours", args=[world.uptown.pk])
    assert "form" not in client_for(world.hillside_editor).get(url).context


# Who


@pytest.mark.parametrize("name", FORMS)
def test_suggest_is_not_there_for_the_other_clinic(
    world: World, client_for: SignIn, name: str
) -> None:
    client = client_for(world.harbour_publisher)

    assert client.get(address(world, name)).status_code == 404
    assert client.post(address(world, name), typed(world, name)).status_code == 404
    assert not FactsSuggestion.objects.exists()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("who", ["outsider", "library_publisher"])
def test_suggest_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, name: str, who: str
) -> None:
    assert client_for(getattr(world, who)).get(address(world, name)).status_code == 404


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("who", ["franchise_admin", "superuser"])
def test_suggest_leads_whoever_changes_facts_to_the_form_for_it(
    world: World, client_for: SignIn, name: str, who: str
) -> None:
    client = client_for(getattr(world, who))
    data = typed(world, name) | {"name": "X"}

    response = client.get(address(world, name))
    client.post(address(world, name), data)

    direct = reverse(f"my_clinic:{name.replace('suggest', 'edit')}", args=[page_of(world, name).pk])
    assert response.url == direct
    assert not FactsSuggestion.objects.exists()
    assert not FactsChange.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_suggest_refuses_other_verbs(world: World, client_for: SignIn, name: str) -> None:
    client = client_for(world.hillside_editor)

    assert client.put(address(world, name)).status_code == 405
    assert client.delete(address(world, name)).status_code == 405


def test_suggest_takes_no_neighbour_whosever_it_is(world: World, client_for: SignIn) -> None:
    """Closing is a franchise admin's act with a screen of its own: the form has no such field."""
    client, url = client_for(world.hillside_editor), address(world, "suggest_location")

    answers = [
        client.post(url, typed(world, "suggest_location", neighbour=str(pk)))
        for pk in (world.plano.pk, world.marina.pk, 8_888_888)
    ]

    assert len({(answer.status_code, answer.text.count("Marina")) for answer in answers}) == 1
    assert "Marina" not in answers[1].text
    assert not SuggestedFact.objects.exists()


def test_suggest_refuses_whoever_lost_the_membership_meanwhile(
    world: World, client_for: SignIn
) -> None:
    client = client_for(world.hillside_editor)
    data = typed(world, "suggest_location", city="Austin")
    world.hillside_editor.memberships.all().delete()

    answer = client.post(address(world, "suggest_location"), data)
    assert answer.url.startswith("/admin/sign-in/"), "without any role nobody is signed in"
    assert not FactsSuggestion.objects.exists()


# The tab Contact


def test_contact_tab_offers_to_suggest_or_to_change_never_both(
    world: World, client_for: SignIn
) -> None:
    contact = reverse("my_clinic:contact", args=[world.hillside.pk])

    editor = client_for(world.hillside_editor).get(contact).text
    admin = client_for(world.franchise_admin).get(contact).text

    for name in FORMS:
        edit = address(world, name).replace("suggest/", "")
        assert address(world, name) in editor
        assert address(world, name) not in admin
        assert f'href="{edit}"' in admin or f'href="{edit}edit/"' in admin


def test_contact_tab_marks_what_waits_at_its_fact(world: World, client_for: SignIn) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, main_phone=MAIN)
    suggestion_of(world.harbour_publisher, world.marina, city="Boca")
    contact = reverse("my_clinic:contact", args=[world.hillside.pk])

    def mark_for(user: Any) -> list[str]:
        context = client_for(user).get(contact).context
        rows = [row for place in context["places"] for _h, rows in place.groups for row in rows]
        assert {mark.url for row in rows for mark in row.marks} == {
            reverse("my_clinic:suggestion", args=[suggestion.pk])
        }
        return [f"{row.label}: {mark.text}" for row in rows for mark in row.marks]

    assert mark_for(world.hillside_editor) == [
        "Main number: Suggested: (214) 555-0123, waits for the franchise"
    ]
    assert mark_for(world.hillside_publisher) == [
        "Main number: Suggested by hillside-editor: (214) 555-0123, waits for the franchise"
    ]
    assert mark_for(world.franchise_admin) == [
        "Main number: Suggested by hillside-editor: (214) 555-0123, waits for your decision"
    ]


def test_contact_tab_asks_no_more_for_more_suggestions(
    world: World, client_for: SignIn, django_assert_num_queries: Any
) -> None:
    client = client_for(world.franchise_admin)
    contact = reverse("my_clinic:contact", args=[world.hillside.pk])
    suggestion_of(world.hillside_editor, world.uptown, neighbour=world.plano)
    client.get(contact)
    with django_assert_num_queries(40, exact=False) as few:
        client.get(contact)
    suggestion_of(world.hillside_publisher, world.uptown, neighbour=world.plano, fax=FAX)
    suggestion_of(world.hillside_publisher, world.plano, neighbour=world.uptown, fax=FAX)

    with django_assert_num_queries(len(few)):
        client.get(contact)
