"""The world of the tests: one franchise, two clinics, a hub, a library, and a person for each role.

Hillside and Harbour are what most tests are about: what one of them says must never appear on the
other. Everything is built by the product's own functions, once for a whole run.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import Collection, Locale, Page, Site

from articles.models import ArticleLibraryPage
from articles.opening import create_library, mount_library
from clinics.choices import Role, TextStatus
from clinics.clinic import Brand
from clinics.creating import (
    NewClinic,
    create_clinic,
    create_franchise,
    create_hub,
    create_location,
)
from clinics.hours import parse_hours
from clinics.inviting import staff_group
from clinics.models import (
    ClinicPage,
    FranchisePage,
    HubPage,
    LocationPage,
    Membership,
    Person,
    Service,
)
from clinics.phones import parse_number

WEEK = "Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment"

HILLSIDE = NewClinic(
    name="Hillside Pain Clinic",
    slug="hillside",
    host="hillside.test",
    brand=Brand("#0b4f6c", "#f2a541", "sans"),
    facts={
        "legal_name": "Hillside Pain Clinic PLLC",
        "state": "TX",
        "time_zone": "America/Chicago",
        "infusion_minutes": 40,
    },
)
HARBOUR = NewClinic(
    name="Harbour Infusion Center",
    slug="harbour",
    host="harbour.test",
    brand=Brand("#7a1f3d", "#8fc1b5", "serif", "journal"),
    facts={
        "legal_name": "Harbour Infusion Center LLC",
        "state": "FL",
        "time_zone": "America/New_York",
        "infusion_minutes": 55,
    },
)
HILLSIDE_UPTOWN = {
    "name": "Uptown",
    "street": "2900 Hillside Ave, Suite 120",
    "city": "Dallas",
    "state": "TX",
    "zip_code": "75204",
    "latitude": 32.8068,
    "longitude": -96.7969,
    "time_zone": "America/Chicago",
    "service_areas": ["Dallas", "Highland Park", "Richardson"],
    "main_phone": parse_number("(214) 555-0142"),
    "text_phone": parse_number("(214) 555-0143"),
    "text_status": TextStatus.APPROVED,
}
HILLSIDE_PLANO = {
    "name": "Plano",
    "street": "410 Legacy Row",
    "city": "Plano",
    "state": "TX",
    "zip_code": "75024",
    "time_zone": "America/Chicago",
    "service_areas": ["Plano", "Frisco"],
    "main_phone": parse_number("(972) 555-0144"),
}
HARBOUR_MARINA = {
    "name": "Marina",
    "street": "18 Pelican Way",
    "city": "Delray Beach",
    "state": "FL",
    "zip_code": "33483",
    "latitude": 26.4615,
    "longitude": -80.0728,
    "time_zone": "America/New_York",
    "service_areas": ["Delray Beach", "Boynton Beach"],
    "main_phone": parse_number("(561) 555-0168"),
    "text_phone": parse_number("(561) 555-0169"),
    "text_status": TextStatus.APPROVED,
}


class World:
    """What was built, read afresh for every test: what one sets on an object never outlives it."""

    # Places

    @cached_property
    def franchise(self) -> FranchisePage:
        return FranchisePage.objects.get(slug="group")

    @cached_property
    def hub(self) -> HubPage:
        return HubPage.objects.get()

    @cached_property
    def library(self) -> ArticleLibraryPage:
        return ArticleLibraryPage.objects.get()

    @cached_property
    def hillside(self) -> ClinicPage:
        """Two locations, Uptown (the main one) and Plano. Plano has no number for texts."""
        return ClinicPage.objects.get(slug="hillside")

    @cached_property
    def harbour(self) -> ClinicPage:
        """One location, Marina."""
        return ClinicPage.objects.get(slug="harbour")

    @cached_property
    def uptown(self) -> LocationPage:
        return LocationPage.objects.get(slug="uptown")

    @cached_property
    def plano(self) -> LocationPage:
        return LocationPage.objects.get(slug="plano")

    @cached_property
    def marina(self) -> LocationPage:
        return LocationPage.objects.get(slug="marina")

    # People

    @cached_property
    def hillside_publisher(self) -> Any:
        """Writes and publishes at Hillside, sets its hours and its people; proposes numbers."""
        return _user("hillside-publisher")

    @cached_property
    def hillside_editor(self) -> Any:
        """Writes at Hillside; publishes nothing clinical, changes no facts."""
        return _user("hillside-editor")

    @cached_property
    def harbour_publisher(self) -> Any:
        """As at Hillside, for Harbour: a stranger at Hillside."""
        return _user("harbour-publisher")

    @cached_property
    def library_publisher(self) -> Any:
        """Writes and publishes shared articles; a stranger at every clinic."""
        return _user("library-publisher")

    @cached_property
    def library_editor(self) -> Any:
        """Writes shared articles."""
        return _user("library-editor")

    @cached_property
    def franchise_admin(self) -> Any:
        """Changes the facts of every clinic; writes no text of theirs."""
        return _user("franchise-admin")

    @cached_property
    def outsider(self) -> Any:
        """May sign in to the admin and nothing else."""
        return _user("outsider")

    @cached_property
    def superuser(self) -> Any:
        """Made when a test asks for one."""
        users = get_user_model().objects
        return users.filter(is_superuser=True).first() or users.create_superuser("superuser")


def build_world() -> World:
    """Everything of the world, in an empty database."""
    _make_roots()
    world = World()
    franchise = create_franchise("Group")
    library = create_library()
    mount_library(create_hub(franchise, "Group Clinics", "hub.test"), library)
    services = [
        Service.objects.create(name="Ketamine infusion", slug="ketamine-infusion"),
        Service.objects.create(name="Nerve blocks", slug="nerve-blocks"),
    ]
    hillside = create_clinic(franchise, HILLSIDE)
    mount_library(hillside, library)
    create_location(hillside, HILLSIDE_UPTOWN, parse_hours(WEEK))
    create_location(hillside, HILLSIDE_PLANO, parse_hours("Mon-Fri 09:00-17:00"))
    hillside.facts.services.set(services)
    harbour = create_clinic(franchise, HARBOUR)
    mount_library(harbour, library)
    create_location(harbour, HARBOUR_MARINA, parse_hours("Mon-Fri 09:00-17:00"))
    harbour.facts.services.set(services[:1])
    Person.objects.create(name="Ada Hill", slug="ada-hill", suffix="MD", clinic=hillside)
    Person.objects.create(name="Nora Harbour", slug="nora-harbour", suffix="MD", clinic=harbour)
    Person.objects.create(name="Grace Group", slug="grace-group", suffix="MD", is_author=True)
    _make_people(world)
    return world


def make_staff(username: str, role: Role | None = None, page: Page | None = None) -> Any:
    """An active account of the group Staff, with one membership or none."""
    user = get_user_model().objects.create_user(username, f"{username}@example.com")
    user.groups.add(staff_group())
    if role and page:
        Membership.objects.create(user=user, role=role, page=page.page_ptr)
    return user


def remove_world() -> None:
    """Leaves an installation as it is before its first clinic, for tests of making one."""
    get_user_model().objects.all().delete()
    Person.objects.all().delete()
    for model in (FranchisePage, ArticleLibraryPage):
        for page in model.objects.all():
            page.delete()
    Service.objects.all().delete()
    Collection.objects.filter(depth__gt=1).delete()
    _make_roots()


def _make_people(world: World) -> None:
    make_staff("hillside-publisher", Role.CLINIC_PUBLISHER, world.hillside)
    make_staff("hillside-editor", Role.CLINIC_EDITOR, world.hillside)
    make_staff("harbour-publisher", Role.CLINIC_PUBLISHER, world.harbour)
    make_staff("library-publisher", Role.LIBRARY_PUBLISHER, world.library)
    make_staff("library-editor", Role.LIBRARY_EDITOR, world.library)
    make_staff("franchise-admin", Role.FRANCHISE_ADMIN, world.franchise)
    make_staff("outsider")


def _make_roots() -> None:
    """What Wagtail's migrations make, also where a flush took it away; without its welcome page."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE.split("-")[0])
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    for page in Page.objects.filter(depth=2):
        page.delete()
    Site.objects.all().delete()


def _user(username: str) -> Any:
    return get_user_model().objects.get(username=username)
