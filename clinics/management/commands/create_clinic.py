"""`manage.py create_clinic`: a new clinic as the wizard makes one, from the command line."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from clinics.choices import Role
from clinics.facts import save_facts
from clinics.forms.compliance import ComplianceForm
from clinics.forms.facts import problems_of
from clinics.forms.new_clinic import NewClinicForm
from clinics.founding import found_clinic
from clinics.inviting import NewMember
from clinics.launching import NotReady, checklist, launch, prepare
from clinics.models import ClinicFacts, ClinicPage, FranchisePage, Service

_ASKED = (
    *("name", "legal_name", "host", "brand_primary", "brand_accent", "brand_typeface"),
    *("brand_layout", "location_name", "street", "city", "state", "zip_code", "time_zone"),
    *("main_phone", "text_phone", "opens", "closes"),
)


class Command(BaseCommand):
    help = (
        "Make a clinic with its site, pages, first location and people. Patients see it once its "
        "checklist is done: with --launch at once, if it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        form = NewClinicForm(clinics=ClinicPage.objects.none())
        for name in _ASKED:
            field = form.fields[name]
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                default=str(field.initial or ""),
                help=str(field.label),
            )
        parser.add_argument("--days", default="0,1,2,3,4", help="0 is Monday: 0,1,2,3,4")
        parser.add_argument("--services", default="", help="slugs, with commas")
        parser.add_argument("--like", default="", help="slug of a clinic to begin like")
        parser.add_argument("--text-approved", action="store_true")
        parser.add_argument("--publisher", action="append", default=[], metavar="EMAIL")
        parser.add_argument("--editor", action="append", default=[], metavar="EMAIL")
        parser.add_argument(
            "--law",
            action="append",
            default=[],
            metavar="FACT=VALUE",
            help="such as director_name=…, director_license=…, receives_hhs_funds=false",
        )
        parser.add_argument("--launch", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        franchise = FranchisePage.objects.order_by("path").first()
        if franchise is None:
            raise CommandError("There is no franchise yet: run import_clinics or load_demo first.")
        form = NewClinicForm(self._typed(options), clinics=ClinicPage.objects.all())
        if not form.is_valid():
            raise CommandError("\n".join(_said(each) for each in problems_of(form)))
        try:
            founded = found_clinic(
                franchise, form.founding(_members(options)), user=None, port=settings.PORT
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self._save_law(founded.clinic, options["law"])
        for invitation in founded.invitations:
            self.stdout.write(f"{invitation.user.email}: {invitation.url or 'has an account'}")
        prepare(founded.clinic)
        if options["launch"]:
            self._launch(founded.clinic)
        self._report(founded.clinic)

    def _typed(self, options: dict[str, Any]) -> dict[str, Any]:
        slugs = [slug for slug in options["services"].split(",") if slug]
        services = Service.objects.filter(slug__in=slugs)
        unknown = sorted(set(slugs) - set(services.values_list("slug", flat=True)))
        if unknown:
            raise CommandError(f"--services: {', '.join(unknown)} is no service.")
        like = ClinicPage.objects.filter(slug=options["like"]).first()
        if options["like"] and like is None:
            raise CommandError(f"--like: there is no clinic {options['like']}.")
        return {
            **{name: options[name] for name in _ASKED},
            "days": [day for day in options["days"].split(",") if day],
            "services": [service.pk for service in services],
            "text_approved": options["text_approved"],
            "like": like.pk if like else "",
        }

    def _save_law(self, clinic: ClinicPage, law: list[str]) -> None:
        """Licenses and law, as their form takes them."""
        if not law:
            return
        typed = {name: value for name, _equals, value in (each.partition("=") for each in law)}
        unknown = sorted(set(typed) - set(ClinicFacts.COMPLIANCE_FIELDS))
        if unknown:
            raise CommandError(f"--law: {', '.join(unknown)} is no fact of law.")
        facts = ClinicFacts.objects.get(clinic=clinic)
        form = ComplianceForm(typed | {"base_version": facts.version}, instance=facts)
        if not form.is_valid():
            raise CommandError("\n".join(_said(each) for each in problems_of(form)))
        save_facts(facts, **form.arguments(), user=None, base_version=facts.version)

    def _launch(self, clinic: ClinicPage) -> None:
        try:
            launch(ClinicPage.objects.get(pk=clinic.pk), user=None)
        except NotReady:
            self.stdout.write(self.style.WARNING("Not opened: something is missing."))

    def _report(self, clinic: ClinicPage) -> None:
        clinic = ClinicPage.objects.get(pk=clinic.pk)
        facts = clinic.facts
        self.stdout.write(f"{clinic.title}: {facts.get_status_display().lower()}")
        for check in checklist(clinic):
            mark = "done " if check.holds else "to do"
            self.stdout.write(f"  {mark}  {check.label}")
            if not check.holds:
                self.stdout.write(f"         {check.remedy}")


def _members(options: dict[str, Any]) -> tuple[NewMember, ...]:
    return tuple(
        NewMember(email, role)
        for name, role in (("publisher", Role.CLINIC_PUBLISHER), ("editor", Role.CLINIC_EDITOR))
        for email in options[name]
    )


def _said(problem: Any) -> str:
    return f"{problem.label}: {problem.message}" if problem.label else problem.message
