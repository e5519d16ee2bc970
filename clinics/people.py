"""People of the group as patients meet them: who stands on a site's team page, and their profiles.

A profile is reached through the team page of the site that names the person, so that patients stay
on the site of their clinic. Search engines list it only where the person works (T-06).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Site

from clinics import descriptions
from clinics.choices import ClinicStatus, LocalPageKind
from clinics.credentials import license_ends_at, shown_license
from clinics.cta import Link, cta_for
from clinics.edge.shown import shows, shows_until
from clinics.frame import frame_for
from clinics.models import ClinicPage, Person
from clinics.page_frame import ImageView, PageFrame, Teaser
from clinics.pictures import image_view, images_by_id, share_image
from clinics.sitemap import NOINDEX, SitemapEntry
from clinics.structured_data import with_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from clinics.clinic import Clinic
    from clinics.models import LocalPage


@dataclass(frozen=True)
class NamedPerson:
    """A person as any page names them; `credentials` are the degrees."""

    name: str
    credentials: str
    role: str

    @property
    def full_name(self) -> str:
        """The name with the degrees, as it is printed."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True)
class PersonCard(NamedPerson):
    """`url` is the path of the profile, `clinic` where they work if that is another clinic.

    `license` is there while it is verified and not over.
    """

    bio: str
    photo: ImageView | None
    url: str
    clinic: str = ""
    license: str = ""
    board: str = ""
    npi: str = ""


@dataclass(frozen=True)
class Credits:
    """What a site shows that a person wrote or reviewed."""

    written: tuple[Teaser, ...] = ()
    reviewed: tuple[Teaser, ...] = ()


def team_cards(page: LocalPage, clinic: Clinic) -> tuple[PersonCard, ...]:
    """The people of a team page: the clinic's own, on the hub whoever writes and reviews."""
    if page.kind != LocalPageKind.TEAM:
        return ()
    named = known_at(clinic)
    shown = named if clinic.is_hub else named.filter(clinic_id=clinic.page_id)
    if clinic.is_hub:
        shows(f"f:{clinic.group_id}")
    photos = images_by_id([person.photo_id for person in shown if person.photo_id], "thumb")
    return tuple(
        _card(
            person, clinic, f"/{page.slug}/", photos[person.photo_id] if person.photo_id else None
        )
        for person in shown
    )


def person_at(page: LocalPage, slug: str, clinic: Clinic) -> Person | None:
    """Whose profile stands at this slug below a team page; None is a 404."""
    if page.kind != LocalPageKind.TEAM:
        return None
    return known_at(clinic).filter(slug=slug).first()


def has_profile_at(person: Person, clinic: Clinic) -> bool:
    """Whether `known_at` has the person, for one at hand."""
    if person.clinic_id in (None, clinic.page_id):
        return True
    return person.is_author or person.is_reviewer


def known_at(clinic: Clinic) -> QuerySet[Person]:
    """The clinic's own people, the group's, and those of its other clinics who write or review."""
    group = ClinicPage.objects.filter(path__startswith=clinic.tree_path[: -ClinicPage.steplen])
    writing = Q(clinic__in=group) & (Q(is_author=True) | Q(is_reviewer=True))
    people = Person.objects.filter(Q(clinic_id=clinic.page_id) | Q(clinic=None) | writing)
    return people.select_related("photo", "clinic__facts").order_by("name")


def person_context(
    page: LocalPage, person: Person, clinic: Clinic, request: HttpRequest
) -> dict[str, Any]:
    """The profile of a person below the team page `page`."""
    shows(f"p:{person.pk}")
    shows_until(license_ends_at(person))
    card = _card(person, clinic, f"/{page.slug}/", person.photo)
    frame = frame_for(
        page,
        request,
        clinic,
        title=str(person),
        description=descriptions.of_person(person, clinic),
        path=card.url,
        trail=(Link(page.title, f"/{page.slug}/"),),
        kind="profile",
        robots="" if _is_listed(person, clinic) else NOINDEX,
        share_image=share_image(person.photo, clinic.origin),
    )
    credits_ = _credits(page, person, clinic)
    return {
        "frame": with_person(frame, card, works_here=person.clinic_id == clinic.page_id),
        "person": card,
        "works_at": _works_at(card, person, clinic),
        "written": credits_.written,
        "reviewed": credits_.reviewed,
        "cta": cta_for(clinic),
    }


def listed_people(page: LocalPage, clinic: Clinic) -> list[SitemapEntry]:
    """The profiles below a team page that search engines may list."""
    if page.kind != LocalPageKind.TEAM:
        return []
    shows(f"f:{clinic.group_id}")
    return [
        SitemapEntry(f"/{page.slug}/{person.slug}/")
        for person in known_at(clinic)
        if _is_listed(person, clinic)
    ]


def profile_path(frame: PageFrame, slug: str) -> str:
    """The path of a person's profile on the site of `frame`; "" where it has no team page."""
    return f"{frame.team_url}{slug}/" if frame.team_url and slug else ""


def _is_listed(person: Person, clinic: Clinic) -> bool:
    """Where the person works, the group's own people on the hub; an empty profile nowhere."""
    works_at = None if clinic.is_hub else clinic.page_id
    return bool(person.bio) and person.clinic_id == works_at


def _card(person: Person, clinic: Clinic, team_url: str, photo: Any) -> PersonCard:
    return PersonCard(
        name=person.name,
        credentials=person.suffix,
        role=person.job_title,
        bio=person.bio,
        photo=image_view(photo, "thumb"),
        url=f"{team_url}{person.slug}/",
        clinic=_other_clinic(person, clinic),
        license=shown_license(person, timezone.localdate()),
        board=person.board_words,
        npi=person.npi,
    )


def _other_clinic(person: Person, clinic: Clinic) -> str:
    """The name of the clinic where the person works, where it is another one in service."""
    page = person.clinic
    if page is None or page.pk == clinic.page_id or not page.live:
        return ""
    return page.facts.name if page.facts.status == ClinicStatus.LIVE else ""


def _works_at(card: PersonCard, person: Person, clinic: Clinic) -> Link | None:
    """The way to that clinic from the hub, and its bare name on a clinic's site.

    A patient who has chosen a clinic shall not end up at the numbers of another.
    """
    if not card.clinic:
        return None
    site = Site.objects.filter(root_page_id=person.clinic_id).first() if clinic.is_hub else None
    return Link(card.clinic, f"{site.root_url}/" if site else "")


def _credits(page: LocalPage, person: Person, clinic: Clinic) -> Credits:
    """Asked of every list of the site that knows whose work it shows, in the order of the tree."""
    found: Sequence[Credits] = [
        child.credits_of(person, clinic)
        for child in page.get_parent().get_children().live().specific()
        if hasattr(child, "credits_of")
    ]
    return Credits(
        written=tuple(each for credits_ in found for each in credits_.written),
        reviewed=tuple(each for credits_ in found for each in credits_.reviewed),
    )
