from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.clinic import HoursInterval
from clinics.facts import facts_of, facts_snapshot, save_facts
from clinics.forms.clinic import ClinicForm
from clinics.forms.hours import HoursForm
from clinics.forms.location import LocationForm
from clinics.models import FactsChange, Service
from clinics.phones import parse_number
from tests.clinics.forms.typed import typed_values
from tests.factories import World

type SignIn = Callable[[Any], Client]

FORMS = {"edit_clinic": ClinicForm, "edit_location": LocationForm, "edit_hours": HoursForm}


def address(world: World, name: str) -> str:
    page = world.hillside if name == "edit_clinic" else world.uptown
    return reverse(f"my_clinic:{name}", args=[page.pk])


def typed(world: World, name: str, **more: Any) -> Any:
    """The form as it stands, with some values typed over."""
    page = world.hillside if name == "edit_clinic" else world.uptown
    return typed_values(FORMS[name](instance=facts_of(page.pk))) | more


def messages_of(response: Any) -> list[str]:
    return [" ".join(str(message).split()) for message in response.context["messages"]]


# It works


def test_edit_clinic_saves_the_facts(world: World, client_for: SignIn) -> None:
    data = typed(
        world, "edit_clinic", booking_url="https://book.hillside.test/", infusion_minutes="45"
    )

    response = client_for(world.franchise_admin).post(
        address(world, "edit_clinic"), data, follow=True
    )

    facts = facts_of(world.hillside.pk)
    assert response.redirect_chain == [
        (reverse("my_clinic:contact", args=[world.hillside.pk]), 302)
    ]
    assert (facts.booking_url, facts.infusion_minutes) == ("https://book.hillside.test/", 45)
    assert (facts.name, facts.version) == ("Hillside Pain Clinic", 2)


def test_edit_clinic_saves_services(world: World, client_for: SignIn) -> None:
    blocks = Service.objects.get(slug="nerve-blocks")

    client_for(world.franchise_admin).post(
        address(world, "edit_clinic"), typed(world, "edit_clinic", services=[str(blocks.pk)])
    )

    assert facts_snapshot(facts_of(world.hillside.pk))["services"] == ["nerve-blocks"]


def test_edit_clinic_saves_fields_of_medicine_and_the_log_names_them(
    world: World, client_for: SignIn
) -> None:
    """S-05: only members of schema.org's list."""
    client, url = client_for(world.franchise_admin), address(world, "edit_clinic")

    chosen = typed(world, "edit_clinic", specialties=["Anesthesia", "Neurologic"])
    client.post(url, dict(chosen.lists()))
    log = client.get(reverse("my_clinic:changes", args=[world.hillside.pk])).text
    refused = client.post(url, typed(world, "edit_clinic", specialties=["PainMedicine"]))

    assert facts_of(world.hillside.pk).specialties == ["Anesthesia", "Neurologic"]
    assert "Anesthesiology, Neurology" in log
    assert "PainMedicine is not one of the available choices" in refused.text


def test_edit_location_saves_where_to_park(world: World, client_for: SignIn) -> None:
    """Patients read it on the page of the place and on the contact page; L-01: no number in it."""
    client, url = client_for(world.franchise_admin), address(world, "edit_location")
    words = "Park in the garage behind the house. The entrance has no steps."

    refused = client.post(url, typed(world, "edit_location", parking="Call (214) 555-0101."))
    client.post(url, typed(world, "edit_location", parking=words))

    assert "Take the phone number out" in refused.text
    site = Client(HTTP_HOST="hillside.test")
    for path in ("/locations/uptown/", "/contact/"):
        assert words in site.get(path).text
    assert words not in site.get("/locations/").text


def test_edit_location_saves_numbers_in_any_usual_spelling(
    world: World, client_for: SignIn
) -> None:
    data = typed(
        world,
        "edit_location",
        main_phone="214.555.0199 x204",
        new_patients_phone="972-CALL-NOW",
        service_areas="Dallas\nFrisco\n",
    )

    client_for(world.franchise_admin).post(address(world, "edit_location"), data)

    facts = facts_of(world.uptown.pk)
    assert facts.main_phone == parse_number("(214) 555-0199 ext. 204")
    assert facts.new_patients_phone.label == "972-CALL-NOW"
    assert facts.service_areas == ["Dallas", "Frisco"]


def test_edit_location_hands_the_mark_of_the_main_location_over(
    world: World, client_for: SignIn
) -> None:
    form = LocationForm(instance=facts_of(world.plano.pk))
    url = reverse("my_clinic:edit_location", args=[world.plano.pk])

    client_for(world.franchise_admin).post(url, typed_values(form) | {"is_primary": "on"})

    assert facts_of(world.plano.pk).is_primary
    assert not facts_of(world.uptown.pk).is_primary


def test_edit_hours_saves_the_week_and_the_special_hours(world: World, client_for: SignIn) -> None:
    data = typed(
        world,
        "edit_hours",
        day_6_opens_1="10 am",
        day_6_closes_1="2 pm",
        **{"special-0-first_date": "2026-12-25", "special-0-label": "Christmas"},
    )

    response = client_for(world.hillside_publisher).post(address(world, "edit_hours"), data)

    snapshot = facts_snapshot(facts_of(world.uptown.pk))
    assert response.url == reverse("my_clinic:hours", args=[world.hillside.pk])
    assert HoursInterval(**snapshot["hours"][-1]) == HoursInterval(6, "10:00", "14:00")
    assert [row["label"] for row in snapshot["special_hours"]] == ["Christmas"]


def test_edit_says_what_was_saved_and_offers_to_undo_it(world: World, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)

    response = client.post(
        address(world, "edit_location"), typed(world, "edit_location", city="Austin"), follow=True
    )

    change = FactsChange.objects.get()
    undo = reverse("my_clinic:undo", args=[change.pk])
    (message,) = messages_of(response)
    assert message.startswith("Saved and live: City.")
    assert f'form="clinic-undo" formaction="{undo}" name="base_version" value="2"' in message
    assert '<form id="clinic-undo" method="post">' in response.text
    client.post(undo, {"base_version": "2"})
    assert facts_of(world.uptown.pk).city == "Dallas"


def test_edit_writes_nothing_when_nothing_was_changed(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).post(
        address(world, "edit_location"), typed(world, "edit_location"), follow=True
    )

    assert messages_of(response) == ["Nothing was changed."]
    assert not FactsChange.objects.exists()


# Errors


def test_edit_names_field_reason_and_remedy_of_every_error(
    world: World, client_for: SignIn
) -> None:
    data = typed(world, "edit_location", main_phone="555-0142", street="", zip_code="7520")

    response = client_for(world.franchise_admin).post(address(world, "edit_location"), data)

    problems = {(p.label, p.message) for p in response.context["problems"]}
    assert response.status_code == 200
    assert problems == {
        (
            "Main number",
            "“555-0142” has 7 digits: add the area code, for example (972) 555-0123.",
        ),
        ("Street", "Street is missing: fill it in."),
        ("ZIP code", "Five digits, such as 75204."),
    }
    assert 'href="#id_main_phone"' in response.text
    assert 'value="555-0142"' in response.text
    assert facts_of(world.uptown.pk).version == 1


def test_edit_location_keeps_a_main_location(world: World, client_for: SignIn) -> None:
    data = typed(world, "edit_location", city="Austin")
    del data["is_primary"]

    response = client_for(world.franchise_admin).post(address(world, "edit_location"), data)

    (problem,) = response.context["problems"]
    assert (problem.label, problem.message) == (
        "Main location",
        "A clinic needs a main location: make another one the main location instead.",
    )
    assert facts_of(world.uptown.pk).city == "Dallas"


# Somebody else saved in the meantime


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [
        ("edit_location", {"city": "Austin"}, ("City", "Houston", "Austin")),
        (
            "edit_hours",
            {"day_5_by_appointment": "", "day_5_opens_1": "9 am", "day_5_closes_1": "noon"},
            ("Saturday", "By appointment", "9:00 AM – 12:00 PM"),
        ),
    ],
)
def test_edit_shows_what_is_saved_beside_what_was_typed(
    world: World, client_for: SignIn, name: str, value: dict[str, str], row: tuple[str, ...]
) -> None:
    data = typed(world, name, **value)
    if "day_5_by_appointment" in value:
        del data["day_5_by_appointment"]
    save_facts(facts_of(world.uptown.pk), {"city": "Houston"}, user=world.superuser, base_version=1)

    response = client_for(world.franchise_admin).post(address(world, name), data)

    assert response.status_code == 409
    rows = [(d.label, d.before, d.after) for d in response.context["conflict"]]
    assert rows == [row]
    assert facts_of(world.uptown.pk).version == 2
    assert response.context["form"]["base_version"].value() == 2


def test_edit_brings_back_nothing_that_was_not_typed(world: World, client_for: SignIn) -> None:
    """The form was opened before the number was corrected."""
    data = typed(world, "edit_location", city="Austin")
    new = parse_number("(214) 555-0199")
    save_facts(facts_of(world.uptown.pk), {"main_phone": new}, user=None, base_version=1)
    client = client_for(world.franchise_admin)

    conflict = client.post(address(world, "edit_location"), data)
    client.post(address(world, "edit_location"), typed_values(conflict.context["form"]))

    facts = facts_of(world.uptown.pk)
    assert [d.label for d in conflict.context["conflict"]] == ["City"]
    assert (facts.city, facts.main_phone) == ("Austin", new)


def test_edit_saves_what_was_typed_after_the_conflict_was_seen(
    world: World, client_for: SignIn
) -> None:
    data = typed(world, "edit_location", city="Austin")
    save_facts(facts_of(world.uptown.pk), {"city": "Houston"}, user=world.superuser, base_version=1)
    client = client_for(world.franchise_admin)

    shown_again = client.post(address(world, "edit_location"), data).context["form"]
    client.post(address(world, "edit_location"), typed_values(shown_again))

    facts = facts_of(world.uptown.pk)
    assert (facts.city, facts.version) == ("Austin", 3)


# Who may


@pytest.mark.parametrize("name", FORMS)
def test_edit_is_not_there_for_the_other_clinic(
    world: World, client_for: SignIn, name: str
) -> None:
    client = client_for(world.harbour_publisher)

    assert client.get(address(world, name)).status_code == 404
    assert client.post(address(world, name), typed(world, name)).status_code == 404
    assert not FactsChange.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_edit_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, name: str
) -> None:
    assert client_for(world.outsider).get(address(world, name)).status_code == 404
    assert client_for(world.library_publisher).get(address(world, name)).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_edit_asks_anonymous_visitors_to_sign_in(
    world: World, client: Client, settings: Any, name: str
) -> None:
    response = client.get(address(world, name), headers={"host": settings.ADMIN_HOST})

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("name", FORMS)
def test_edit_refuses_other_verbs(world: World, client_for: SignIn, name: str) -> None:
    client = client_for(world.franchise_admin)

    assert client.put(address(world, name)).status_code == 405
    assert client.delete(address(world, name)).status_code == 405


@pytest.mark.parametrize("name", ["edit_clinic", "edit_location"])
def test_edit_leads_whoever_may_propose_to_the_form_for_it(
    world: World, client_for: SignIn, name: str
) -> None:
    response = client_for(world.hillside_publisher).get(address(world, name))

    page = world.hillside if name == "edit_clinic" else world.uptown
    suggest = reverse(f"my_clinic:{name.replace('edit', 'suggest')}", args=[page.pk])
    assert (response.status_code, response.url) == (302, suggest)


@pytest.mark.parametrize("name", ["edit_clinic", "edit_location"])
def test_edit_refuses_what_a_publisher_posts(world: World, client_for: SignIn, name: str) -> None:
    data = typed(world, name) | {"name": "X"}

    client_for(world.hillside_publisher).post(address(world, name), data)

    assert not FactsChange.objects.exists()


def test_edit_hours_is_read_only_for_a_clinic_editor(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_editor)
    data = typed(world, "edit_hours", day_0_opens_1="9 am")

    response = client.get(address(world, "edit_hours"))
    client.post(address(world, "edit_hours"), data)

    assert response.context["who_may"] == (
        "Only a clinic publisher or franchise admin changes these facts. "
        "Ask franchise-admin, hillside-publisher."
    )
    assert "Saturday" in response.text
    assert 'name="day_0_opens_1"' not in response.text
    assert not FactsChange.objects.exists()
