"""Imports scraped texts as drafts: `manage.py import_articles PATH… --kind condition`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.choices import ArticleKind
from articles.importing.claim_notes import Note, read_notes
from articles.importing.reading import SourceError
from articles.importing.store import ImportOptions, ImportReport, import_file
from articles.opening import create_library, the_library
from clinics.models import ClinicPage


class Command(BaseCommand):
    help = "Imports plain texts as articles; page chrome becomes structure, names become tokens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--kind", required=True, type=str.lower, choices=[kind.lower() for kind in ArticleKind]
        )
        parser.add_argument("--clinic", default="", help="the clinic the texts were written for")
        parser.add_argument("--slug", default="", help="the address, for one file")
        parser.add_argument("--title", default="", help="the title, for one file")
        parser.add_argument("--update", action="store_true", help="change articles that are there")
        parser.add_argument(
            "--publish", action="store_true", help="publish what may be published; see --unreviewed"
        )
        parser.add_argument(
            "--unreviewed",
            action="store_true",
            help="with --publish: its pages say that no medical reviewer has seen it, and search "
            "engines leave them out",
        )
        parser.add_argument("--dry-run", action="store_true", help="report only, store nothing")
        parser.add_argument(
            "--notes", type=Path, help="JSON of file, rule, phrase, why: comments for reviewers"
        )
        parser.add_argument("--json", action="store_true", help="print the reports as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if len(options["paths"]) > 1 and (options["title"] or options["slug"]):
            raise CommandError("--title and --slug are for one file: import the files one by one.")
        if options["unreviewed"] and not options["publish"]:
            raise CommandError("--unreviewed goes with --publish: a draft is never reviewed.")
        if options["publish"] and not options["unreviewed"] and settings.ARTICLES_REVIEW_REQUIRED:
            raise CommandError(
                "Nobody has reviewed these texts. Leave out --publish and send the drafts to "
                "medical review, or add --unreviewed: their pages then say so."
            )
        with transaction.atomic():
            import_options = _options(options)
            reports = [import_file(path, import_options) for path in options["paths"]]
            transaction.set_rollback(options["dry_run"])
        if options["json"]:
            self.stdout.write(
                json.dumps([asdict(r) for r in reports], indent=2, ensure_ascii=False)
            )
        else:
            for report in reports:
                self._print(report)
        failed = [report for report in reports if report.errors]
        if failed:
            raise CommandError(f"{len(failed)} of {len(reports)} file(s) need attention.")

    def _print(self, report: ImportReport) -> None:
        self.stdout.write(f"{report.file}: {report.status}  {report.title or ''}")
        if report.article_id:
            self.stdout.write(f"  article {report.article_id}, {report.sections} sections")
        for claim in report.claims:
            words = f"{claim['severity']} {claim['rule']} “{claim['phrase']}”"
            self.stdout.write(f"  claim: {words} {claim['advice']}")
        for name in ("chrome", "tokens", "warnings"):
            for entry in getattr(report, name):
                self.stdout.write(f"  {name}: {entry}")
        for error in report.errors:
            self.stderr.write(f"  error: {error}")


def _notes(path: Path | None) -> tuple[Note, ...]:
    try:
        return read_notes(path) if path else ()
    except SourceError as error:
        raise CommandError(str(error)) from error


def _options(options: dict[str, Any]) -> ImportOptions:
    clinic = None
    if options["clinic"]:
        clinic = ClinicPage.objects.filter(slug=options["clinic"]).first()
        if clinic is None:
            known = ", ".join(ClinicPage.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no clinic “{options['clinic']}”. Known: {known}.")
    return ImportOptions(
        library=the_library() or create_library(),
        kind=ArticleKind(options["kind"].upper()),
        clinic=clinic,
        slug=options["slug"],
        title=options["title"],
        update=options["update"],
        publish=options["publish"],
        unreviewed=options["unreviewed"],
        notes=_notes(options["notes"]),
    )
