"""Prints claims: `manage.py check_claims FILE…|--article SLUG|--clinic SLUG [--state TX]`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from articles.claim_files import file_findings
from articles.claim_findings import findings_in, shared_findings
from articles.claim_pages import checked_pages
from articles.claims.rule import Figure, Finding
from articles.effective import EffectiveArticle
from articles.figures import known_figures
from articles.importing.reading import SourceError
from articles.models import ArticlePage
from articles.queries import find_article, mounts_of
from clinics.clinic import Clinic
from clinics.models import ClinicPage, HubPage
from clinics.resolve import clinic_of, root_page

COLUMNS = ("rule", "severity", "phrase", "section", "advice", "source")

type Found = tuple[str, Finding]


class Command(BaseCommand):
    help = "Prints what the claim checker finds in plain texts, an article, or all of a clinic."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--article", default="", help="the slug of an article of the library")
        parser.add_argument("--clinic", default="", help="the slug of a clinic, or hub")
        parser.add_argument("--state", default="", help="whose rules apply, such as TX")
        parser.add_argument("--day", default="", help="the day on which it is read, 2027-01-31")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(self._found(options))
        if options["json"]:
            rows = [_row(place, finding) for place, finding in found]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for place, finding in found:
            row = _row(place, finding)
            self.stdout.write("\t".join(row[name] for name in COLUMNS))
        blocking = sum(finding.severity == "block" for _place, finding in found)
        self.stderr.write(f"{len(found)} findings, {blocking} of them block.")

    def _found(self, options: dict[str, Any]) -> Iterator[Found]:
        day = _day(options["day"])
        states = frozenset({options["state"].upper()}) if options["state"] else None
        if options["files"]:
            if options["article"] or options["clinic"]:
                raise CommandError("Give files, or --article and --clinic, not both.")
            figures = _kept_figures()
            for path in options["files"]:
                try:
                    findings = file_findings(path, states or (), day, figures)
                except SourceError as error:
                    raise CommandError(f"{path}: {error}") from error
                yield from ((str(path), finding) for finding in findings)
        elif options["clinic"]:
            yield from self._at_clinic(_clinic(options["clinic"]), options["article"], states, day)
        elif options["article"]:
            article = ArticlePage.objects.filter(slug=options["article"]).first()
            if article is None:
                raise CommandError(f"There is no article “{options['article']}”.")
            draft = article.get_latest_revision_as_object()
            for finding in shared_findings(draft, states, day):
                yield article.slug, finding
        else:
            raise CommandError("Say what to check: a FILE, --article SLUG or --clinic SLUG.")

    def _at_clinic(
        self, clinic: Clinic, slug: str, states: frozenset[str] | None, day: Any
    ) -> Iterator[Found]:
        if slug:
            own = frozenset({clinic.state} - {""})
            for finding in findings_in(
                _effective(slug, clinic), own if states is None else states, day
            ):
                yield slug, finding
            return
        for number, page in enumerate(checked_pages(clinic, states, day), start=1):
            self.stderr.write(f"{number} {page.path}: {len(page.findings)}")
            yield from ((page.path, finding) for finding in page.findings)


def _kept_figures() -> tuple[Figure, ...]:
    """Those of the library; none where there is no database yet, as for files of a new project."""
    try:
        return known_figures()
    except DatabaseError:
        return ()


def _row(place: str, finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "phrase": " ".join(finding.phrase.split()),
        "section": finding.section,
        "advice": finding.advice,
        "source": finding.source,
        "field": finding.field,
        "sentence": finding.sentence,
        "state": finding.state,
        "page": place,
    }


def _day(text: str) -> Any:
    try:
        return timezone.datetime.fromisoformat(text).date() if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"“{text}” is no day: write it like 2027-01-31.") from error


def _clinic(slug: str) -> Clinic:
    pages = HubPage.objects.all() if slug == "hub" else ClinicPage.objects.filter(slug=slug)
    page = pages.first()
    if page is None:
        known = ", ".join(["hub", *ClinicPage.objects.values_list("slug", flat=True)])
        raise CommandError(f"There is no clinic “{slug}”. Known: {known}.")
    return clinic_of(root_page(page.pk))


def _effective(slug: str, clinic: Clinic) -> EffectiveArticle:
    for mount in mounts_of(clinic):
        found = find_article(mount, slug, clinic)
        if found and found.article:
            return found.article
    raise CommandError(f"{clinic.name} shows no article with the slug “{slug}”.")
