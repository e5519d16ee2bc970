"""Two people saved one page: both texts, and what to go on with (issue 3, item 8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from clinics.models import ClinicPage
from tests.factories import World

type SignIn = Callable[[Any], Client]


@pytest.fixture
def two_texts(world: World) -> tuple[Revision, Revision]:
    """Theirs is live, mine a draft."""
    theirs = _saved(world, "By the first", world.superuser)
    theirs.publish()
    return theirs, _saved(world, "By the second", world.hillside_publisher)


def test_page_shows_both_texts_and_says_whose_they_are(
    world: World, client_for: SignIn, two_texts: tuple[Revision, Revision]
) -> None:
    page = client_for(world.hillside_publisher).get(_url(two_texts)).content.decode()

    assert "superuser saved “Hillside Pain Clinic” after you opened it" in page
    assert "Their text is what visitors read." in page
    assert 'deletion">first' in page
    assert 'addition">second' in page


def test_taking_theirs_keeps_mine_in_the_history(
    world: World, client_for: SignIn, two_texts: tuple[Revision, Revision]
) -> None:
    client_for(world.hillside_publisher).post(_url(two_texts))

    home = ClinicPage.objects.get(pk=world.hillside.pk)
    assert home.get_latest_revision_as_object().hero_title == "By the first"
    assert (home.hero_title, home.has_unpublished_changes) == ("By the first", False)
    assert home.revisions.filter(pk=two_texts[1].pk).exists()


def test_nothing_is_taken_when_a_third_text_came(
    world: World, client_for: SignIn, two_texts: tuple[Revision, Revision]
) -> None:
    third = _saved(world, "By a third", world.superuser)

    client_for(world.hillside_publisher).post(_url(two_texts))

    assert ClinicPage.objects.get(pk=world.hillside.pk).latest_revision_id == third.pk


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["harbour_publisher", "outsider"])
def test_it_is_not_there_for_others(
    world: World, client_for: SignIn, two_texts: tuple[Revision, Revision], who: str, method: str
) -> None:
    response = getattr(client_for(getattr(world, who)), method)(_url(two_texts))

    assert response.status_code == 404 if who != "outsider" else response.status_code in {302, 404}
    home = ClinicPage.objects.get(pk=world.hillside.pk)
    assert home.latest_revision_id == two_texts[1].pk


def test_revisions_of_another_page_are_not_there(
    world: World, client_for: SignIn, two_texts: tuple[Revision, Revision]
) -> None:
    other = world.harbour.save_revision()

    response = client_for(world.hillside_publisher).get(_url((other, two_texts[1])))

    assert response.status_code == 404


def _saved(world: World, title: str, user: Any) -> Revision:
    home = ClinicPage.objects.get(pk=world.hillside.pk)
    home.hero_title = title
    return home.save_revision(user=user)


def _url(two: tuple[Revision, Revision]) -> str:
    return reverse("clinics_two_texts", args=[two[1].object_id, two[0].pk, two[1].pk])
