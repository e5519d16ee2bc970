from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.choices import Role
from clinics.creating import create_franchise
from clinics.facts import facts_of, save_facts
from clinics.models import FactsChange, FactsSuggestion
from tests.clinics.admin.test_edit import messages_of
from tests.clinics.suggesting.suggested import FAX, MAIN, states_of, suggestion_of
from tests.factories import World, make_staff

type SignIn = Callable[[Any], Client]


@pytest.fixture
def suggestion(world: World) -> FactsSuggestion:
    return suggestion_of(
        world.hillside_editor, world.uptown, fax=FAX, city="Austin", note="We moved"
    )


def address(suggestion: FactsSuggestion, name: str = "suggestion") -> str:
    return reverse(f"my_clinic:{name}", args=[suggestion.pk])


def sent(client: Client, suggestion: FactsSuggestion, **decisions: str) -> dict[str, str]:
    """The form as it is shown, with a decision (and a comment after a colon) for some facts."""
    rows = client.get(address(suggestion)).context["rows"]
    data = {}
    for row in rows:
        if row.form:
            decision, _colon, comment = decisions.get(row.fact.name, "").partition(":")
            prefix = row.form.prefix
            data[f"{prefix}-seen"] = row.form["seen"].value()
            data[f"{prefix}-decision"], data[f"{prefix}-comment"] = decision, comment
    return data


# Reading


def test_suggestion_shows_what_is_and_what_would_be(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    theirs = suggestion_of(world.hillside_publisher, world.uptown, fax=MAIN)

    response = client_for(world.franchise_admin).get(address(suggestion))

    fax, city = response.context["rows"]
    assert (fax.label, fax.now, fax.proposed) == ("Fax", "none", "(214) 555-0150")
    assert (city.label, city.now, city.proposed) == ("City", "Dallas", "Austin")
    assert [(other.who, other.proposed) for other in fax.others] == [
        ("hillside-publisher", "(214) 555-0123")
    ]
    assert city.others == []
    assert "We moved" in response.text
    assert response.context["next_waiting"] == theirs
    assert 'name="approve_all"' in response.text
    assert "Change the suggestion" not in response.text


def test_suggestion_shows_all_three_values_when_the_fact_was_changed_since(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)

    response = client_for(world.franchise_admin).get(address(suggestion))

    fax, city = response.context["rows"]
    assert (city.before, city.now, city.proposed) == ("Dallas", "Waco", "Austin")
    assert (fax.is_moved, city.is_moved) == (False, True)
    assert "Somebody changed this since it was suggested." in response.text


@pytest.mark.parametrize("who", ["hillside_editor", "hillside_publisher"])
def test_suggestion_is_read_by_its_clinic_and_changed_by_its_author(
    world: World, client_for: SignIn, suggestion: FactsSuggestion, who: str
) -> None:
    response = client_for(getattr(world, who)).get(address(suggestion))

    is_author = who == "hillside_editor"
    assert response.status_code == 200
    assert 'name="approve_all"' not in response.text
    assert (address(suggestion, "withdraw_suggestion") in response.text) == is_author
    change = reverse("my_clinic:suggest_location", args=[world.uptown.pk])
    assert (change in response.text) == is_author


def test_suggestion_shows_what_was_decided_and_why(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    admin = client_for(world.franchise_admin)
    data = sent(admin, suggestion, fax="approve", city="reject:It is <b>Dallas</b>.")
    admin.post(address(suggestion), data)

    response = client_for(world.hillside_editor).get(address(suggestion))

    assert "It is &lt;b&gt;Dallas&lt;/b&gt;." in response.text
    assert "Withdraw what waits" not in response.text
    assert "franchise-admin" in response.text


# Deciding


def test_decision_saves_says_so_and_offers_to_undo_it(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="approve", city="reject:It is Dallas.")

    response = client.post(address(suggestion), data, follow=True)

    change = FactsChange.objects.get()
    saved, rejected = messages_of(response)
    assert response.redirect_chain == [(address(suggestion), 302)]
    assert saved.startswith("Saved and live: Fax.")
    assert rejected == "Rejected: City. The clinic reads your comment."
    assert (facts_of(world.uptown.pk).fax, facts_of(world.uptown.pk).city) == (FAX, "Dallas")
    undo = reverse("my_clinic:undo", args=[change.pk])
    assert f'formaction="{undo}"' in saved
    client.post(undo, {"base_version": "2"})
    assert facts_of(world.uptown.pk).fax is None


def test_changes_tab_names_who_approved_and_who_suggested(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    client.post(address(suggestion), sent(client, suggestion, fax="approve"))

    text = client.get(reverse("my_clinic:changes", args=[world.hillside.pk])).text

    assert "franchise-admin" in text
    assert "suggested by hillside-editor" in text


def test_approve_all_approves_all_that_waits(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="reject")

    client.post(address(suggestion), {**data, "approve_all": "yes"})

    assert {state for _value, state in states_of(suggestion).values()} == {"APPROVED"}
    assert (facts_of(world.uptown.pk).city, facts_of(world.uptown.pk).version) == ("Austin", 2)


def test_rejection_without_a_comment_is_named_and_keeps_the_rest(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="approve:Fine by me", city="reject:  ")

    response = client.post(address(suggestion), data)

    (problem,) = response.context["problems"]
    assert problem.message == "Say why “City” is rejected: the clinic reads it."
    assert f'href="#{problem.field_id}"' in response.text
    assert "Fine by me" in response.text
    assert not FactsChange.objects.exists()


def test_decision_of_nothing_says_so(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)

    response = client.post(address(suggestion), sent(client, suggestion), follow=True)

    assert messages_of(response) == ["Nothing was decided yet."]
    assert {state for _value, state in states_of(suggestion).values()} == {"WAITING"}


def test_decision_about_a_fact_that_was_changed_is_asked_again(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="approve:Kept", city="approve:Too")
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=1)

    response = client.post(address(suggestion), data)

    fax, city = response.context["rows"]
    assert response.status_code == 409
    assert (city.before, city.now, city.proposed) == ("Dallas", "Waco", "Austin")
    assert (fax.is_stale, city.is_stale) == (False, True)
    assert [fax.form["decision"].value(), fax.form["comment"].value()] == ["approve", "Kept"]
    assert [city.form["decision"].value(), city.form["comment"].value()] == ["", "Too"]
    assert facts_of(world.uptown.pk).fax is None

    again = {
        f"{row.form.prefix}-{name}": row.form[name].value()
        for row in (fax, city)
        for name in ("seen", "decision", "comment")
    }
    client.post(address(suggestion), again | {f"{city.form.prefix}-decision": "approve"})
    assert (facts_of(world.uptown.pk).fax, facts_of(world.uptown.pk).city) == (FAX, "Austin")


def test_decision_about_what_was_withdrawn_meanwhile_is_told(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="approve", city="approve")
    client_for(world.hillside_editor).post(address(suggestion, "withdraw_suggestion"))

    response = client.post(address(suggestion), data)

    assert response.status_code == 409
    assert "It was decided or withdrawn while you had it open." in response.text
    assert facts_of(world.uptown.pk).version == 1


def test_decision_that_cannot_be_saved_says_why(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    suggestion.facts.filter(name="city").update(proposed="x" * 81)
    client = client_for(world.franchise_admin)

    response = client.post(address(suggestion), sent(client, suggestion, city="approve:Fine"))

    assert [p.message for p in response.context["problems"]] == [
        "Ensure this value has at most 80 characters (it has 81)."
    ]
    assert "Fine" in response.text
    assert states_of(suggestion)["city"][1] == "WAITING"


def test_decision_about_a_fact_of_another_suggestion_is_not_there(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    foreign = suggestion_of(world.harbour_publisher, world.marina, city="Boca")
    client = client_for(world.franchise_admin)

    for number in (foreign.facts.get().pk, 8_888_888):
        data = {f"fact-{number}-decision": "approve", f"fact-{number}-seen": "x"}
        assert client.post(address(suggestion), data).status_code == 404
    assert facts_of(world.marina.pk).version == 1


@pytest.mark.parametrize("who", ["hillside_editor", "hillside_publisher"])
def test_decision_is_refused_to_whoever_only_proposes(
    world: World, client_for: SignIn, suggestion: FactsSuggestion, who: str
) -> None:
    data = sent(client_for(world.franchise_admin), suggestion, fax="approve")

    client_for(getattr(world, who)).post(address(suggestion), data)

    assert states_of(suggestion)["fax"][1] == "WAITING"
    assert facts_of(world.uptown.pk).version == 1


def test_decision_is_not_there_for_whoever_lost_the_role_meanwhile(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)
    data = sent(client, suggestion, fax="approve")
    world.franchise_admin.memberships.all().delete()

    answer = client.post(address(suggestion), data)
    assert answer.url.startswith("/admin/sign-in/"), "without any role nobody is signed in"
    assert facts_of(world.uptown.pk).version == 1


# Withdrawing


def test_withdraw_takes_all_or_one_back(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client, url = client_for(world.hillside_editor), address(suggestion, "withdraw_suggestion")

    client.post(url, {"fact": str(suggestion.facts.get(name="fax").pk)})
    assert [state for _v, state in states_of(suggestion).values()] == ["WITHDRAWN", "WAITING"]
    response = client.post(url, follow=True)

    assert [state for _v, state in states_of(suggestion).values()] == ["WITHDRAWN", "WITHDRAWN"]
    assert messages_of(response)[-1] == "Withdrawn: City."


def test_withdraw_is_refused_to_others(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    url = address(suggestion, "withdraw_suggestion")

    client_for(world.hillside_publisher).post(url)
    client_for(world.franchise_admin).post(url)

    assert {state for _v, state in states_of(suggestion).values()} == {"WAITING"}


def test_withdraw_names_only_facts_of_the_suggestion(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    foreign = suggestion_of(world.harbour_publisher, world.marina, city="Boca")
    client, url = client_for(world.hillside_editor), address(suggestion, "withdraw_suggestion")

    for number in (foreign.facts.get().pk, 8_888_888, "x", "9" * 30):
        assert client.post(url, {"fact": str(number)}).status_code == 404
    assert states_of(foreign) == {"city": ("Boca", "WAITING")}


# Who


@pytest.mark.parametrize("who", ["harbour_publisher", "outsider", "library_publisher", "other"])
def test_suggestion_is_not_there_for_strangers(
    world: World, client_for: SignIn, suggestion: FactsSuggestion, who: str
) -> None:
    """The other clinic's publisher and another franchise's admin among them."""
    if who == "other":
        user = make_staff("other-admin", Role.FRANCHISE_ADMIN, create_franchise("Other"))
    else:
        user = getattr(world, who)
    client = client_for(user)

    assert client.get(address(suggestion)).status_code == 404
    assert client.post(address(suggestion), {"approve_all": "yes"}).status_code == 404
    assert client.post(address(suggestion, "withdraw_suggestion")).status_code == 404
    assert {state for _v, state in states_of(suggestion).values()} == {"WAITING"}


def test_suggestion_refuses_other_verbs(
    world: World, client_for: SignIn, suggestion: FactsSuggestion
) -> None:
    client = client_for(world.franchise_admin)

    assert client.put(address(suggestion)).status_code == 405
    assert client.get(address(suggestion, "withdraw_suggestion")).status_code == 405


def test_suggestion_asks_no_more_for_more_facts(
    world: World, client_for: SignIn, django_assert_num_queries: Any
) -> None:
    client = client_for(world.franchise_admin)
    suggestion = suggestion_of(world.hillside_editor, world.uptown, neighbour=world.plano)
    suggestion_of(world.hillside_publisher, world.uptown, neighbour=world.plano)
    client.get(address(suggestion))
    with django_assert_num_queries(40, exact=False) as few:
        client.get(address(suggestion))
    suggestion_of(
        *(world.hillside_editor, world.uptown),
        **{"neighbour": world.plano, "fax": FAX, "city": "Waco", "parking": "Behind"},
    )
    suggestion_of(
        world.hillside_publisher, world.uptown, neighbour=world.plano, fax=MAIN, city="Hutto"
    )

    with django_assert_num_queries(len(few)):
        client.get(address(suggestion))
