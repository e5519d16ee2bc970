"""A page as its reader gets it: the words of `main`, its links, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client

# What elements put between words; "<b>a</b>b" is one word, "<p>a</p><p>b</p>" are two.
_PARTING = (
    "p h1 h2 h3 h4 li ul ol div section header footer td th tr dt dd br figure address".split()
)
_FILE = re.compile(r"\.\w{2,5}$")


def page_of(html: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def main_of(html: str | bytes) -> Tag:
    """`main` without the list of contents, which repeats headings."""
    main = page_of(html).main
    for contents in main.select("nav.contents"):
        contents.decompose()
    return main


def words_of(element: Tag) -> str:
    """The text of an element on one line, single spaces between words."""
    for tag in element.find_all(_PARTING):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return " ".join(element.get_text().split())


def main_words(html: str | bytes) -> str:
    return words_of(main_of(html))


def hrefs_of(html: str | bytes) -> list[str]:
    return [link["href"] for link in page_of(html).find_all("a", href=True)]


def crawl(client: Client) -> dict[str, str]:
    """Every page that can be reached from the home page on the same host, by path."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        response = client.get(path)
        assert response.status_code == 200, path
        found[path] = response.content.decode()
        waiting += _paths_from(path, found[path])
    return found


def _paths_from(path: str, html: str) -> Iterator[str]:
    for href in hrefs_of(html):
        parts = urlsplit(urljoin(path, href))
        if not parts.scheme and not parts.netloc and not _FILE.search(parts.path):
            yield parts.path
