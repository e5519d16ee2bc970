"""Reads every live page as a patient's browser would, and checks what search engines read of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client
from django.utils.html import strip_tags
from wagtail.models import Site

from clinics.phones import Number
from clinics.resolve import resolve_host
from clinics.structured_data_check import GraphProblem, check_text, nodes_of

_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Pages end in a slash; pictures and styles do not.
_LINK = re.compile(r'href="(/(?:[^"?#]*/)?)"')


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
    """Every page that links lead to from the home page of each site in service."""
    hosts = [site.hostname for site in Site.objects.order_by("hostname")]
    if only and only not in hosts:
        raise CommandError(f"No site has the host {only}; known are {', '.join(hosts)}")
    for host in [only] if only else hosts:
        if resolve_host(host) is None:
            continue
        for path, html in _crawl(Client(HTTP_HOST=host)):
            yield f"{host}{path}", page_problems(html)


def _crawl(client: Client) -> Iterator[tuple[str, str]]:
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        response = client.get(path)
        if not str(response.get("Content-Type", "")).startswith("text/html"):
            continue
        if response.status_code == 200:
            yield path, response.text
            new = [link for link in map(unescape, _LINK.findall(response.text)) if link not in seen]
            seen.update(new)
            waiting.extend(dict.fromkeys(new))


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
