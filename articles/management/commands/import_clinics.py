"""Makes clinics and locations from a table: `manage.py import_clinics FILE.csv [--dry-run]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Site

from articles.opening import create_library, mount_library, open_clinic, the_library
from clinics.choices import TextStatus
from clinics.clinic import HoursInterval
from clinics.creating import create_franchise, create_hub, create_location
from clinics.facts import save_facts
from clinics.importing import ClinicRows, ClinicsFileError, read_clinics
from clinics.models import ClinicPage, FranchisePage, LocationFacts, Service


class Command(BaseCommand):
    help = (
        "Makes the clinics and locations of a CSV file; what exists already is brought up to date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report only")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            clinics = read_clinics(options["file"])
        except ClinicsFileError as error:
            raise CommandError(str(error)) from error
        failed = [clinic for clinic in clinics if clinic.errors]
        for clinic in failed:
            for message in clinic.errors:
                self.stderr.write(f"{clinic.slug}: {message}")
        with transaction.atomic():
            for clinic in clinics:
                if clinic not in failed and not self._import(clinic, options["dry_run"]):
                    failed.append(clinic)
            transaction.set_rollback(options["dry_run"])
        if failed:
            names = ", ".join(clinic.slug for clinic in failed)
            raise CommandError(f"Not imported: {names}. Correct the lines above and run it again.")

    def _import(self, clinic: ClinicRows, is_dry_run: bool) -> bool:
        try:
            with transaction.atomic():
                done = save_clinic(clinic)
        except ValidationError as error:
            self.stderr.write(f"{clinic.slug}: {'; '.join(error.messages)}")
            return False
        self.stdout.write(f"{clinic.slug}: {'would be ' if is_dry_run else ''}{done}")
        return True


def save_clinic(rows: ClinicRows) -> str:
    """Create the clinic, or bring its facts and locations up to date; says what was done.

    Host and brand of a clinic that exists are left alone: they are changed in the admin.
    """
    new = rows.new
    if new is None:
        raise ValueError(f"{rows.slug} has errors: {rows.errors}")
    _check_host(new.host, rows.slug)
    services = [_service(slug) for slug in rows.services]
    page = ClinicPage.objects.filter(slug=rows.slug).first()
    if page is None:
        franchise = FranchisePage.objects.first() or _make_group()
        library = the_library() or create_library()
        page = open_clinic(franchise, library, new, port=settings.PORT)
        page.facts.services.set(services)
        for facts, hours in rows.locations:
            _add_location(page, facts, hours)
        return f"created with {len(rows.locations)} location(s)"
    changes = {"name": new.name, **new.facts, "services": services}
    is_changed = save_facts(page.facts, changes, user=None, base_version=page.facts.version)
    changed = [_save_location(page, facts, hours) for facts, hours in rows.locations]
    if is_changed or any(changed):
        return f"updated, {sum(changed)} location(s) changed"
    return "unchanged"


def _check_host(host: str, slug: str) -> None:
    other = Site.objects.filter(hostname=host).exclude(root_page__slug=slug).first()
    if other:
        raise ValidationError(
            f"host: {host} belongs to “{other.root_page.title}” already: use another one."
        )


def _save_location(
    page: ClinicPage, facts: dict[str, Any], hours: tuple[HoursInterval, ...]
) -> bool:
    existing = LocationFacts.objects.filter(clinic=page, name=facts["name"]).first()
    if existing is None:
        _add_location(page, facts, hours)
        return True
    change = save_facts(existing, facts, user=None, base_version=existing.version, hours=hours)
    return change is not None


def _add_location(
    page: ClinicPage, facts: dict[str, Any], hours: tuple[HoursInterval, ...]
) -> None:
    """A file without a column for it brings text numbers that carriers have approved."""
    create_location(page, {"text_status": TextStatus.APPROVED, **facts}, hours)


def _service(slug: str) -> Service:
    name = slug.replace("-", " ").capitalize()
    return Service.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _make_group() -> FranchisePage:
    """An empty installation gets its library, franchise and hub with the first clinic."""
    library = the_library() or create_library()
    franchise = create_franchise("Franchise")
    hub = create_hub(franchise, "Our clinics", settings.ADMIN_HOST, port=settings.PORT)
    mount_library(hub, library)
    return franchise
