from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from clinics.models import Person
from tests.factories import World

type SignIn = Callable[[Any], Client]


@pytest.fixture
def ada(world: World) -> Person:
    return Person.objects.get(slug="ada-hill")


def entry(**typed: Any) -> dict[str, Any]:
    names = ("name", "slug", "suffix", "job_title", "bio", "photo", "clinic")
    return {**dict.fromkeys(names, ""), **typed}


def people_url(view: str, *args: Any) -> str:
    return reverse(f"people:{view}", args=args)


def chooser_url(view: str, *args: Any) -> str:
    return reverse(f"people_chooser:{view}", args=args)


# The list and the form


def test_people_list_shows_a_publisher_their_own(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_publisher).get(people_url("index"))

    assert [person.slug for person in response.context["object_list"]] == ["ada-hill"]


def test_people_list_shows_a_franchise_admin_those_below(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).get(people_url("index"))

    slugs = {person.slug for person in response.context["object_list"]}
    assert slugs == {"ada-hill", "nora-harbour"}


def test_people_list_finds_nobody_of_another_clinic(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_publisher)

    response = client.get(people_url("index_results"), {"q": "Nora"})

    assert list(response.context["object_list"]) == []


@pytest.mark.parametrize("name", ["hillside_editor", "library_publisher", "outsider"])
def test_people_list_sends_everybody_else_away(world: World, client_for: SignIn, name: str) -> None:
    response = client_for(getattr(world, name)).get(people_url("index"))

    assert (response.status_code, response.url) == (302, "/admin/")


def test_add_person_makes_one_of_the_own_clinic_with_a_free_address(
    world: World, client_for: SignIn
) -> None:
    data = entry(name="Ada Hill", clinic=world.hillside.pk)

    client_for(world.hillside_publisher).post(people_url("add"), data)

    person = Person.objects.get(slug="ada-hill-2")
    assert (person.name, person.clinic) == ("Ada Hill", world.hillside)


def test_add_person_refuses_another_clinic_and_the_group(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_publisher)

    other = client.post(people_url("add"), entry(name="Mole", clinic=world.harbour.pk))
    group = client.post(people_url("add"), entry(name="Mole"))

    assert "Harbour" not in other.text
    assert list(group.context["form"].errors) == ["clinic"]
    assert not Person.objects.filter(name="Mole").exists()


def test_add_person_refuses_a_picture_of_another_clinic(world: World, client_for: SignIn) -> None:
    picture = picture_in(world.harbour.facts.collection)
    data = entry(name="New", clinic=world.hillside.pk, photo=picture.pk)

    response = client_for(world.hillside_publisher).post(people_url("add"), data)

    assert "photo" in response.context["form"].errors
    assert picture.title not in response.text
    assert not Person.objects.filter(name="New").exists()


def test_add_person_refuses_a_number_in_their_words(world: World, client_for: SignIn) -> None:
    """L-01: profiles stand on several sites, whose buttons show the number of each."""
    data = entry(name="Ada Hall", bio="Call her at (214) 555-0101.", clinic=world.hillside.pk)

    response = client_for(world.hillside_publisher).post(people_url("add"), data)

    assert "Take the phone number out" in response.text
    assert "Call her at (214) 555-0101." in response.text
    assert not Person.objects.filter(name="Ada Hall").exists()


def test_superuser_makes_people_of_the_group(world: World, client_for: SignIn) -> None:
    client_for(world.superuser).post(people_url("add"), entry(name="Of All"))

    assert Person.objects.get(slug="of-all").clinic is None


def test_edit_person_saves(world: World, client_for: SignIn, ada: Person) -> None:
    data = entry(name="Ada Hill", slug="ada-hill", suffix="DO", clinic=world.hillside.pk)

    client_for(world.hillside_publisher).post(people_url("edit", ada.pk), data)

    assert Person.objects.get(pk=ada.pk).suffix == "DO"


@pytest.mark.parametrize("view", ["edit", "delete", "history", "history_results", "usage"])
def test_person_of_another_clinic_is_not_there(
    world: World, client_for: SignIn, ada: Person, view: str
) -> None:
    client = client_for(world.harbour_publisher)

    assert client.get(people_url(view, ada.pk)).status_code == 404
    assert client.post(people_url(view, ada.pk), entry(name="Gone")).status_code in {404, 405}
    assert Person.objects.get(pk=ada.pk).name == "Ada Hill"


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_person_of_the_group_is_a_superusers(world: World, client_for: SignIn, view: str) -> None:
    grace = Person.objects.get(slug="grace-group")

    assert client_for(world.hillside_publisher).get(people_url(view, grace.pk)).status_code == 404
    assert client_for(world.superuser).get(people_url(view, grace.pk)).status_code == 200


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_person_is_no_editors_and_no_outsiders(
    world: World, client_for: SignIn, ada: Person, view: str
) -> None:
    for user in (world.hillside_editor, world.outsider):
        response = client_for(user).post(people_url(view, ada.pk), entry(name="Gone"))
        assert response.status_code in {302, 404}

    assert Person.objects.get(pk=ada.pk).name == "Ada Hill"


def test_delete_person(world: World, client_for: SignIn, ada: Person) -> None:
    client_for(world.hillside_publisher).post(people_url("delete", ada.pk))

    assert not Person.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize("view", ["history", "usage"])
def test_person_screens_refuse_other_verbs(
    world: World, client_for: SignIn, ada: Person, view: str
) -> None:
    client = client_for(world.hillside_publisher)

    assert client.get(people_url(view, ada.pk)).status_code == 200
    assert client.post(people_url(view, ada.pk)).status_code == 405


# The chooser


@pytest.mark.parametrize("view", ["choose", "choose_results"])
def test_people_chooser_offers_the_own_clinic_and_the_group(
    world: World, client_for: SignIn, view: str
) -> None:
    response = client_for(world.hillside_editor).get(chooser_url(view))

    assert "Ada Hill" in response.text
    assert "Grace Group" in response.text
    assert "Nora Harbour" not in response.text


def test_people_chooser_hands_nobody_over_whom_it_does_not_offer(
    world: World, client_for: SignIn, ada: Person
) -> None:
    client = client_for(world.harbour_publisher)

    assert client.get(chooser_url("chosen", ada.pk)).status_code == 404
    assert "Ada" not in client.get(chooser_url("chosen_multiple"), {"id": ada.pk}).text


def test_people_chooser_offers_the_library_everybody(
    world: World, client_for: SignIn, ada: Person
) -> None:
    client = client_for(world.library_editor)

    assert client.get(chooser_url("chosen", ada.pk)).json()["result"]["title"] == "Ada Hill, MD"


def picture_in(collection: Any) -> Any:
    data = io.BytesIO()
    Image.new("RGB", (20, 20)).save(data, "PNG")
    file = ImageFile(io.BytesIO(data.getvalue()), "x.png")
    return get_image_model().objects.create(
        title="Harbour at dusk", file=file, collection=collection
    )
