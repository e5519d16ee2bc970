from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from clinics.choices import Role
from clinics.creating import create_franchise
from clinics.facts import facts_of, facts_snapshot
from clinics.models import FactsSuggestion
from clinics.suggesting.deciding import Decision, decide, fingerprint
from clinics.suggesting.proposing import withdraw
from tests.clinics.suggesting.suggested import FAX, MAIN, suggestion_of
from tests.factories import World, make_staff

type Committing = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def through(django_capture_on_commit_callbacks: Committing) -> Any:
    """What happens once a transaction is through happens at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def decide_all(suggestion: FactsSuggestion, user: Any, *, approves: bool, comment: str) -> None:
    now = facts_snapshot(facts_of(suggestion.page_id))
    made = [
        Decision(fact.pk, approves, comment, fingerprint(fact, now))
        for fact in suggestion.facts.filter(state="WAITING")
    ]
    decide(suggestion, made, user=user)


def test_approvers_get_one_letter_each_in_plain_words(
    world: World, through: Any, mailoutbox: Any
) -> None:
    make_staff("second-admin", Role.FRANCHISE_ADMIN, world.franchise)

    with through():
        suggestion = suggestion_of(
            world.hillside_editor, world.uptown, fax=FAX, city="Austin", note="Moved & merged"
        )

    letter = mailoutbox[0]
    assert [each.to for each in mailoutbox] == [
        ["franchise-admin@example.com"],
        ["second-admin@example.com"],
    ]
    assert letter.subject == "hillside-editor suggests a change for Uptown, Hillside Pain Clinic"
    assert (
        letter.body.split()
        == (
            "hillside-editor suggests a change for Uptown, Hillside Pain Clinic:"
            " Fax now: none suggested: (214) 555-0150"
            " City now: Dallas suggested: Austin"
            " Note: Moved & merged"
            " Nothing is changed before you approve it. Approve or reject each of them here:"
            f" http://localhost:8000/admin/my-clinic/suggestion/{suggestion.pk}/"
        ).split()
    )


def test_letter_tells_nothing_of_another_clinic(
    world: World, through: Any, mailoutbox: Any
) -> None:
    suggestion_of(world.harbour_publisher, world.marina, city="Boca")

    with through():
        suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    (letter,) = mailoutbox
    assert not any(word in letter.body for word in ("Boca", "Harbour", "Marina", "(561)"))


def test_nobody_else_hears_of_a_suggestion(world: World, through: Any, mailoutbox: Any) -> None:
    """Not the other clinic, the library, another franchise, superusers, or who left."""
    make_staff("other-admin", Role.FRANCHISE_ADMIN, create_franchise("Other"))
    world.superuser.email = "superuser@example.com"
    world.superuser.save()
    left = make_staff("left", Role.FRANCHISE_ADMIN, world.franchise)
    get_user_model().objects.filter(pk=left.pk).update(is_active=False)

    with through():
        suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    assert [each.to for each in mailoutbox] == [["franchise-admin@example.com"]]


def test_change_of_mind_sends_no_second_letter(world: World, through: Any, mailoutbox: Any) -> None:
    with through():
        suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    with through():
        suggestion_of(world.hillside_editor, world.uptown, fax=MAIN)

    assert len(mailoutbox) == 1


def test_what_was_withdrawn_at_once_is_not_written_about(
    world: World, through: Any, mailoutbox: Any
) -> None:
    with through():
        suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
        withdraw(suggestion.facts.all(), user=world.hillside_editor)

    assert mailoutbox == []


def test_author_gets_one_letter_about_the_decision(
    world: World, through: Any, mailoutbox: Any
) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX, city="Austin")
    now = facts_snapshot(facts_of(world.uptown.pk))
    fax, city = (suggestion.facts.get(name=name) for name in ("fax", "city"))
    made = [
        Decision(fax.pk, True, "", fingerprint(fax, now)),
        Decision(city.pk, False, "It is Dallas.", fingerprint(city, now)),
    ]

    with through():
        decide(suggestion, made, user=world.franchise_admin)

    (letter,) = mailoutbox
    assert letter.to == ["hillside-editor@example.com"]
    assert (
        letter.body.split()
        == (
            "franchise-admin has decided about what you suggested for Uptown, Hillside Pain Clinic:"
            " Fax: (214) 555-0150 Approved. It is saved, and patients see it."
            " City: Austin Rejected. Comment: It is Dallas."
            f" All of it: http://localhost:8000/admin/my-clinic/suggestion/{suggestion.pk}/"
        ).split()
    )


@pytest.mark.parametrize("end", ["membership", "inactive", "account"])
def test_author_who_has_left_gets_no_letter(
    world: World, through: Any, mailoutbox: Any, end: str
) -> None:
    suggestion = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    author = get_user_model().objects.get(pk=world.hillside_editor.pk)
    if end == "membership":
        author.memberships.all().delete()
    elif end == "inactive":
        get_user_model().objects.filter(pk=author.pk).update(is_active=False)
    else:
        author.delete()
        suggestion = FactsSuggestion.objects.get(pk=suggestion.pk)

    with through():
        decide_all(suggestion, world.franchise_admin, approves=False, comment="No")

    assert mailoutbox == []


def test_mail_server_that_is_down_stops_no_suggestion(
    world: World, through: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def refuse(*_args: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    with through():
        suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    assert "Letters about a suggestion were not sent." in caplog.text


def test_letter_has_a_subject_of_one_line(world: World, through: Any, mailoutbox: Any) -> None:
    get_user_model().objects.filter(pk=world.hillside_editor.pk).update(
        first_name="Ann\r\nBcc: x@example.com"
    )

    with through():
        suggestion_of(
            get_user_model().objects.get(pk=world.hillside_editor.pk), world.uptown, fax=FAX
        )

    assert mailoutbox[0].subject.startswith("Ann Bcc: x@example.com suggests a change")
    assert mailoutbox[0].bcc == []
