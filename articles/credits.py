"""What a person wrote or reviewed, as the lists of a clinic show it, for the person's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.page_view import cards
from articles.queries import listed
from clinics.people import Credits

if TYPE_CHECKING:
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic
    from clinics.models import Person


def credits_in(mount: ArticleMountPage, person: Person, clinic: Clinic) -> Credits:
    """The articles of a mount that name the person, in the release that the clinic shows."""
    shown = listed(mount, clinic)
    by_part = (
        [each for each in shown if each.content.author_id == person.pk],
        [each for each in shown if each.content.reviewer_id == person.pk],
    )
    written, reviewed = (cards(found, clinic, mount.slug) for found in by_part)
    return Credits(written, reviewed)
