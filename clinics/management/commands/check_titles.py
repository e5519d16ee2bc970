"""Reports titles and descriptions of live pages that search engines could not tell apart (L-09)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinics.descriptions import LONGEST
from clinics.live_pages import LivePage, live_pages

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">', re.DOTALL)
_NOINDEX = 'content="noindex'
LONGEST_TITLE = 60


class Command(BaseCommand):
    help = (
        "Names pages of one site with the same title or description, and pages without one: exits "
        "with 1. What is longer than search engines show is only mentioned."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", help="Only the site of this host name.")

    def handle(self, *args: Any, host: str | None, **options: Any) -> None:
        try:
            pages = list(live_pages(host))
        except ValueError as error:
            raise CommandError(str(error)) from error
        problems, hints = list(title_problems(pages)), list(title_hints(pages))
        for line in (*problems, *hints):
            self.stdout.write(line)
        summary = f"{len(pages)} checked, {len(problems)} problems, {len(hints)} hints."
        if problems:
            raise CommandError(summary, returncode=1)
        self.stdout.write(summary)


def title_problems(pages: Iterable[LivePage]) -> Iterator[str]:
    """A line for each title or description that two pages of a host share, or a page lacks.

    Pages that ask search engines to leave them out may share theirs.
    """
    for name, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
        bearers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for page in pages:
            if _NOINDEX in page.html:
                continue
            words = _read(pattern, page)
            if words:
                bearers[page.host, words].append(page.path)
            else:
                yield f"{page}: has no {name}"
        for (host, words), paths in bearers.items():
            if len(paths) > 1:
                yield f"{host}: {', '.join(paths)} have the same {name}: “{words}”"


def title_hints(pages: Iterable[LivePage]) -> Iterator[str]:
    """A line for each title or description that is cut off in a list of results."""
    for name, pattern, longest in (
        ("title", _TITLE, LONGEST_TITLE),
        ("description", _DESCRIPTION, LONGEST),
    ):
        for page in pages:
            length = len(_read(pattern, page))
            if length > longest and _NOINDEX not in page.html:
                yield f"{page}: its {name} has {length} characters; about {longest} are shown"


def _read(pattern: re.Pattern[str], page: LivePage) -> str:
    found = pattern.search(page.html)
    return " ".join(unescape(found[1]).split()) if found else ""
