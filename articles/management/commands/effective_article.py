"""Prints what a patient reads: `manage.py effective_article CLINIC|hub SLUG [--json]`."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.effective import EffectiveArticle
from articles.merge import MergedSection
from articles.models import ArticleMountPage
from articles.page_view import statement_text
from articles.plain_text import plain_text
from articles.queries import find_article
from clinics.clinic import Clinic
from clinics.models import ClinicPage, HubPage
from clinics.resolve import clinic_of, root_page
from clinics.tokens import fill


class Command(BaseCommand):
    help = "Prints an article as one clinic shows it, with the state of every section and field."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", help="the slug of a clinic, or hub")
        parser.add_argument("article", help="the slug of the article")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = _clinic(options["clinic"])
        report = _report(_find(options["article"], clinic), clinic, options)
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(report)))


def _lines(report: dict[str, Any]) -> list[str]:
    lines = [f"{report['article']} at {report['clinic']}: release {report['release']}"]
    for name, field in report["fields"].items():
        lines.append(f"  {name} [{field['state']}] {field['value'] or ''}")
    for section in report["sections"]:
        lines += ["", f"[{section['origin']}, {section['state']}] {section['type']}"]
        lines.append(section["text"])
    for section in report["not_shown"]:
        lines += ["", f"[not shown, {section['state']}] {section['type']}", section["text"]]
    return lines


def _clinic(slug: str) -> Clinic:
    pages = HubPage.objects.all() if slug == "hub" else ClinicPage.objects.filter(slug=slug)
    page = pages.first()
    if page is None:
        known = ", ".join(["hub", *ClinicPage.objects.values_list("slug", flat=True)])
        raise CommandError(f"There is no clinic “{slug}”. Known: {known}.")
    return clinic_of(root_page(page.pk))


def _find(slug: str, clinic: Clinic) -> EffectiveArticle:
    for mount in ArticleMountPage.objects.live().filter(path__startswith=clinic.tree_path):
        found = find_article(mount, slug, clinic)
        if found and found.article:
            return found.article
    raise CommandError(f"{clinic.name} shows no article with the slug “{slug}”.")


def _report(article: EffectiveArticle, clinic: Clinic, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "clinic": options["clinic"],
        "article": options["article"],
        "release": article.release,
        "state": article.state,
        "fields": {
            name: {"origin": f.origin, "state": f.state, "value": _field_text(f.value, clinic)}
            for name, f in article.fields.items()
        },
        "sections": [
            {**_entry(section, clinic), "origin": section.origin}
            for section in article.merged.sections
        ],
        "not_shown": [_entry(section, clinic) for section in article.merged.not_shown],
    }


def _entry(section: MergedSection, clinic: Clinic) -> dict[str, Any]:
    return {
        "id": section.id,
        "type": section.type,
        "state": section.state,
        "text": _text(section, clinic),
    }


def _text(section: MergedSection, clinic: Clinic) -> str:
    if section.content is None:
        return ""
    child = section.content
    if section.type == "statement":
        return plain_text({"text": statement_text(child.value, clinic)})
    if section.type == "sources":
        titles = [str(source) for source in child.value["sources"] if source]
        return "\n".join(filter(None, [fill(child.value["heading"], clinic), *titles]))
    return fill(plain_text(child.block.get_prep_value(child.value)), clinic)


def _field_text(value: Any, clinic: Clinic) -> str | None:
    if value is None or value == "":
        return "" if value == "" else None
    return fill(value, clinic) if isinstance(value, str) else value.title
