"""Who may review a page: a user and a page in, the person they are or the reason against out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.review.pages import library_of
from clinics.choices import Role
from clinics.credentials import credential_problem, person_of
from clinics.roles.policy import memberships_of
from clinics.roles.rights import YES
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import Person


class NotReviewableError(ValidationError):
    """The act is not possible; the message names the reason and what to do about it."""


def reviews(user: AbstractUser, page: Any) -> bool:
    """True for a medical reviewer of the library that the page belongs to. Not for a superuser:
    whoever reviews stands for it with a license.
    """
    return user.is_active and _has_role_at(user, library_of(page).path)


def reviews_anything(user: AbstractUser) -> bool:
    """True for a medical reviewer of any library. Reads no pages."""
    return user.is_active and any(_is_reviewing(m.role) for m in memberships_of(user))


def libraries_reviewed_by(user: AbstractUser) -> list[str]:
    """The paths of the tree at which the user is a medical reviewer."""
    return [m.page.path for m in memberships_of(user) if _is_reviewing(m.role)]


def reviewer_problem(user: AbstractUser, day: date) -> str:
    """Why this user may approve nothing on this day, and what to do; "" when they may (T-06)."""
    person = person_of(user)
    if person is None:
        return _(
            "Your account is not tied to a person with a license: somebody who runs the franchise "
            "verifies your license under “People” and names your account there."
        )
    return credential_problem(person, day)


def reviewing_person(user: AbstractUser, day: date) -> Person:
    """The person in whose name the user reviews. Raises NotReviewableError with the reason."""
    problem = reviewer_problem(user, day)
    person = person_of(user)
    if problem or person is None:
        raise NotReviewableError(problem)
    return person


def _has_role_at(user: AbstractUser, path: str) -> bool:
    return any(path.startswith(place) for place in libraries_reviewed_by(user))


def _is_reviewing(role: str) -> bool:
    return ROLE_TABLE[Role(role)].review == YES
