"""Who is told of a suggestion, in plain words: those who decide, and afterwards who suggested it.

Sent when the transaction is through. A mail server that is down stops nobody: everything that a
letter says is on the screen too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clinics.account_names import name_of
from clinics.choices import SuggestionState
from clinics.facts_words import in_words, label_of
from clinics.models import ClinicFacts, FactsSuggestion, LocationFacts, Membership, SuggestedFact
from clinics.roles.rights import NO, YES, right_at
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A suggested fact in a letter."""

    label: str
    before: str
    proposed: str
    comment: str
    state: str


def tell_approvers(suggestion: FactsSuggestion) -> None:
    """One letter to each of those who decide at the place of the suggestion, but its author."""
    transaction.on_commit(partial(_write_to_approvers, suggestion.pk))


def tell_proposer(
    suggestion: FactsSuggestion, decided: Sequence[SuggestedFact], *, by: AbstractUser
) -> None:
    """One letter for one act of deciding; none to whoever has no right at the place any more."""
    ids = [fact.pk for fact in decided]
    transaction.on_commit(partial(_write_to_proposer, suggestion.pk, ids, by))


def approvers_of(suggestion: FactsSuggestion) -> list[AbstractUser]:
    """Active members whose role decides at the place of the suggestion; no superusers."""
    roles = [role for role, rights in ROLE_TABLE.items() if rights.phones == YES]
    members = Membership.objects.filter(
        role__in=roles, page__in=suggestion.page.get_ancestors(inclusive=True)
    )
    found = get_user_model()._default_manager.filter(is_active=True, pk__in=members.values("user"))
    return list(found.exclude(pk=suggestion.proposed_by_id).order_by("pk"))


def _write_to_approvers(pk: int) -> None:
    suggestion = _found(pk)
    if suggestion is None or suggestion.proposed_by is None:
        return
    lines = _lines(suggestion.facts.filter(state=SuggestionState.WAITING))
    if not lines:
        return
    words = _words_about(suggestion) | {"lines": lines, "who": name_of(suggestion.proposed_by)}
    subject = _("%(who)s suggests a change for %(place)s") % words
    _send(subject, "clinics/mail/suggestion.txt", words, approvers_of(suggestion))


def _write_to_proposer(pk: int, fact_ids: Sequence[int], by: AbstractUser) -> None:
    suggestion = _found(pk)
    user = suggestion.proposed_by if suggestion else None
    if suggestion is None or user is None or user == by:
        return
    if right_at(user, "phones", suggestion.page) == NO:
        return
    words = _words_about(suggestion) | {
        "lines": _lines(suggestion.facts.filter(pk__in=fact_ids)),
        "who": name_of(by),
        "is_more_waiting": suggestion.facts.filter(state=SuggestionState.WAITING).exists(),
    }
    subject = _("%(who)s has decided about your suggestion for %(place)s") % words
    _send(subject, "clinics/mail/suggestion_decided.txt", words, [user])


def _found(pk: int) -> FactsSuggestion | None:
    found = FactsSuggestion.objects.select_related("proposed_by", "page", "clinic__facts")
    return found.filter(pk=pk).first()


def _words_about(suggestion: FactsSuggestion) -> dict[str, Any]:
    clinic: ClinicFacts = suggestion.clinic.facts
    location = LocationFacts.objects.filter(page=suggestion.page_id).first()
    path = reverse("my_clinic:suggestion", args=[suggestion.pk])
    return {
        "place": f"{location.name}, {clinic.name}" if location else clinic.name,
        "note": suggestion.note,
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
    }


def _lines(facts: Iterable[SuggestedFact]) -> list[Line]:
    facts = list(facts)
    before = in_words([(fact.name, fact.before) for fact in facts])
    proposed = in_words([(fact.name, fact.proposed) for fact in facts])
    return [
        Line(label_of(fact.name), was, will_be, fact.comment, fact.state)
        for fact, was, will_be in zip(facts, before, proposed, strict=True)
    ]


def _send(
    subject: str, template: str, words: dict[str, Any], users: Iterable[AbstractUser]
) -> None:
    """Nobody reads the address of another: each gets a letter, over one connection."""
    body = render_to_string(template, words)
    title = " ".join(subject.split())
    letters = [EmailMessage(title, body, None, [user.email]) for user in users if user.email]
    if not letters:
        return
    try:
        with mailers.default as connection:
            for letter in letters:
                _send_one(connection, letter)
    except (SMTPException, OSError):
        logger.exception("Letters about a suggestion were not sent.")


def _send_one(connection: Any, letter: EmailMessage) -> None:
    """An address that the mail server refuses keeps the next one from nothing."""
    try:
        connection.send_messages([letter])
    except SMTPRecipientsRefused:
        logger.exception("A letter about a suggestion was refused.")
