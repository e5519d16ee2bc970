"""Who wrote and who reviewed an article, as its page names them: rows in, plain values out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinics.edge.shown import shows
from clinics.people import NamedPerson, has_profile_at

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.models import Person


@dataclass(frozen=True)
class PersonView(NamedPerson):
    """`slug` is the last part of the address of their profile on the clinic's site, or ""."""

    slug: str = ""


def person_view(person: Person | None, clinic: Clinic) -> PersonView | None:
    """A person as the articles of a clinic name them."""
    if person is None:
        return None
    shows(f"p:{person.pk}")
    slug = person.slug if has_profile_at(person, clinic) else ""
    return PersonView(person.name, person.suffix, person.job_title, slug)
