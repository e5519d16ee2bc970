"""Security rule 5: a letter about a comment goes to nobody whose rights have ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Comment, PageSubscription

from clinics.models import LocalPage
from tests.articles.editing import open_form, save_form
from tests.factories import World

type SignIn = Callable[[Any], Client]


@pytest.fixture
def about(world: World) -> Any:
    """Hillside's editor has begun a thread; the publisher asked for letters."""
    page = LocalPage.objects.child_of(world.hillside).get(slug="about")
    page.save_revision()
    Comment.objects.create(
        page=page, user=world.hillside_editor, text="Is this right?", contentpath="title"
    )
    return page


def reply(client: Client, page: Any, text: str) -> None:
    """Answers in the one thread of the page."""
    thread = Comment.objects.get(page=page)
    form = open_form(client, page)
    form |= {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(thread.pk),
        "comments-0-text": thread.text,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "1",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-0-id": "",
        "comments-0-replies-0-text": text,
    }
    assert save_form(client, page, form).status_code in (200, 302)


def told() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_member_of_the_thread_hears_of_an_answer(
    world: World, about: Any, client_for: SignIn
) -> None:
    reply(client_for(world.hillside_publisher), about, "It is.")

    assert told() == ["hillside-editor@example.com"]
    assert "It is." in mail.outbox[0].body


def test_whoever_left_hears_nothing(world: World, about: Any, client_for: SignIn) -> None:
    world.hillside_editor.memberships.all().delete()

    reply(client_for(world.hillside_publisher), about, "It is.")

    assert told() == []


def test_subscriber_of_another_clinic_hears_nothing(
    world: World, about: Any, client_for: SignIn
) -> None:
    """Somebody who was moved; their subscription is still there."""
    for user in (world.harbour_publisher, world.franchise_admin, world.hillside_publisher):
        PageSubscription.objects.create(page=about, user=user, comment_notifications=True)

    reply(client_for(world.hillside_editor), about, "I ask again.")

    assert told() == ["hillside-publisher@example.com"]
