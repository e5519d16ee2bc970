"""Reminders of medical reviews: a day in, a letter for each who can do something out (T-05).

A text is named a month and a week before its review is due, on the day after, and every thirty days
from then on; a license likewise, to the person who has it. So a run every night needs no memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import ArticlePage
from articles.review.overdue import Due, DueLine, clinic_lines, library_lines
from articles.review.pages import library_of
from clinics.choices import Role
from clinics.models import ClinicFacts, Membership, Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

DAYS_BEFORE = (30, 7)
DAYS_BETWEEN = 30


def send_reminders(day: date) -> int:
    """Send the letters of this day; returns how many there were."""
    letters = letters_of(day)
    url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    for user, lines in letters.items():
        body = render_to_string("articles/mail/reviews_due.txt", {"lines": lines, "url": url})
        send_mail(_("Medical reviews that are due"), body, None, [user.email])
    return len(letters)


def letters_of(day: date) -> dict[AbstractUser, list[str]]:
    """What each person is to read, in words."""
    letters: defaultdict[AbstractUser, list[str]] = defaultdict(list)
    for user, line in [*_about_texts(day), *_about_licenses(day)]:
        if user.is_active and user.email and line not in letters[user]:
            letters[user].append(line)
    return {user: lines for user, lines in letters.items() if lines}


def is_reminded_on(day: date, due: date | None) -> bool:
    """Whether something that ends on `due` is named on this day."""
    if due is None:
        return False
    left = (due - day).days
    return left in DAYS_BEFORE or (left < 0 and (-left - 1) % DAYS_BETWEEN == 0)


def _about_texts(day: date) -> Iterator[tuple[AbstractUser, str]]:
    articles = ArticlePage.objects.live().select_related("reviewer").defer("body")
    facts = ClinicFacts.objects.select_related("clinic")
    for line in [*library_lines(articles, day), *clinic_lines(facts, day)]:
        if is_reminded_on(day, line.due_date):
            words = _words(line)
            for user in {*_writers(line), *_reviewers(line)}:
                yield user, words


def _about_licenses(day: date) -> Iterator[tuple[AbstractUser, str]]:
    people = Person.objects.filter(is_reviewer=True, account__isnull=False)
    for person in people.select_related("account"):
        if is_reminded_on(day, person.license_end_date):
            text = _("The license of %(name)s ends on %(day)s. Without a renewed one: no reviews.")
            yield person.account, text % {"name": person.name, "day": _day(person.license_end_date)}


def _words(line: DueLine) -> str:
    words = {"title": line.shown_title, "day": _day(line.due_date), "clinic": line.clinic}
    if line.clinic:
        words["title"] = _("%(title)s (%(clinic)s)") % words
    if line.due is Due.OVERDUE:
        return _("%(title)s: the review was due on %(day)s") % words
    return _("%(title)s: the review is due on %(day)s") % words


def _writers(line: DueLine) -> Iterable[AbstractUser]:
    """Who writes the text: of the library, or at the clinic."""
    library = (Role.LIBRARY_EDITOR, Role.LIBRARY_PUBLISHER)
    return _members(line.page, (Role.CLINIC_PUBLISHER,) if line.clinic else library)


def _reviewers(line: DueLine) -> Iterable[AbstractUser]:
    return _members(library_of(line.page), (Role.MEDICAL_REVIEWER,))


def _members(page: Any, roles: Iterable[Role]) -> Iterable[AbstractUser]:
    above = page.get_ancestors(inclusive=True)
    members = Membership.objects.filter(role__in=roles, page__in=above).values("user")
    return get_user_model()._default_manager.filter(is_active=True, pk__in=members)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
