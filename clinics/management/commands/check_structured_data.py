"""Reads every live page as a patient's browser would, and checks what search engines read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.html import strip_tags

from clinics.live_pages import live_pages
from clinics.phones import Number
from clinics.structured_data_check import GraphProblem, check_text, nodes_of

_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


class Command(BaseCommand):
    help = (
        "Checks the structured data of every live page of every clinic, or of JSON-LD files. Exits "
        "with 1 and a line for each problem."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="JSON-LD files instead of pages.")
        parser.add_argument("--host", help="Only the site of this host name.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["files"]:
            found = [(str(file), check_text(_read(file))) for file in options["files"]]
        else:
            found = list(_pages(options["host"]))
        problems = [f"{place}: {problem}" for place, each in found for problem in each]
        for line in problems:
            self.stdout.write(line)
        summary = f"{len(found)} checked, {len(problems)} problems."
        if problems:
            raise CommandError(summary, returncode=1)
        self.stdout.write(summary)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: {error}") from error


def _pages(only: str | None) -> Iterator[tuple[str, list[GraphProblem]]]:
    try:
        for page in live_pages(only):
            yield str(page), page_problems(page.html)
    except ValueError as error:
        raise CommandError(str(error)) from error


def page_problems(html: str) -> list[GraphProblem]:
    """The problems of a page: one block, a correct graph, and the address that is shown."""
    blocks = _BLOCK.findall(html)
    if not blocks:
        if 'content="noindex' in html:
            return []
        return [GraphProblem("no-block", "page", "has no structured data")]
    if len(blocks) > 1:
        return [GraphProblem("two-blocks", "page", "has more than one block")]
    problems = check_text(blocks[0])
    shown = " ".join(unescape(strip_tags(_BLOCK.sub("", html).replace("<", " <"))).split())
    return problems or list(_unseen(nodes_of(blocks[0]), shown))


def _unseen(nodes: list[dict[str, Any]], shown: str) -> Iterator[GraphProblem]:
    """Name, address and number of the clinic's nodes that no patient sees on the page (S-03)."""
    for node in nodes:
        if node.get("@type") != "MedicalClinic":
            continue
        address = node["address"]
        values = {
            "streetAddress": address["streetAddress"],
            "postalCode": address["postalCode"],
            "telephone": _display(node.get("telephone", "")),
        }
        for name, value in values.items():
            if value and value not in shown:
                yield GraphProblem(
                    "not-shown", f"{node['@id']} {name}", f"“{value}” is not visible"
                )


def _display(telephone: str) -> str:
    return Number(telephone.replace("-", "")).display if telephone else ""
