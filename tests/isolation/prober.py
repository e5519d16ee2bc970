"""Asks every route for what belongs to another clinic, and reports what comes back or changes.

A finding is a foreign text or id in an answer, a foreign row that changed or is referred to, an
answer that tells a foreign id from a missing one, or an answer that is an error of ours.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.isolation.probes import Probe, without_ids
from tests.isolation.rows import BAND, TOKENS, Change, all_rows, changes, without_chance

_FORM = "application/x-www-form-urlencoded"
_WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Tokens against forgery, the moment of the answer, and what a storage adds to the name of a file
# that is there already: rows are rolled back after a probe, and files are not.
_UNSTEADY = re.compile(
    rf"{TOKENS}|\nExpires: [^\n]*|\nSet-Cookie: [^\n]*"
    r"|Just now|\d+\s(second|minute|hour)s? ago|_[A-Za-z0-9]{7}(?=\.[a-z]{3,4}\b)"
)
# Not after a "%": "%2075204" is a space and a ZIP code.
_NUMBER = re.compile(r"(?<![\d%])[1-9]\d{6}(?!\d)")


@dataclass(frozen=True)
class Finding:
    role: str
    route: str
    kind: str
    probe: str

    def __str__(self) -> str:
        return f"{self.role}: {self.route}: {self.kind} ({self.probe})"


@dataclass
class Prober:
    """`marks` are patterns of foreign text by what they give away; `foreign` are bands of ids."""

    role: str
    client: Client
    foreign: frozenset[int]
    marks: Mapping[str, re.Pattern[str]]
    allowed: Callable[[str, str], bool] = lambda route, kind: False
    gives_404: bool = True
    count: int = 0

    def __post_init__(self) -> None:
        # Methods that a view refuses whatever it is asked.
        self._refused: set[tuple[str, str]] = set()
        self._missing: dict[Any, tuple[int, str]] = {}
        self._signed_in = {name: each.value for name, each in self.client.cookies.items()}

    def run(self, probes: Sequence[Probe]) -> list[Finding]:
        """Every probe, each on the database as it is now. A method that was refused for a foreign
        and for a missing id alike is not tried again at that route."""
        return [
            finding
            for probe in probes
            if (probe.route, probe.method) not in self._refused
            for finding in self._look(probe)
        ]

    def _look(self, probe: Probe) -> list[Finding]:
        with transaction.atomic():
            with connection.execute_wrapper(watch := _Watch()):
                status, text = self._ask(probe)
            found = [*self._seen(probe, text)]
            if probe.twin is not None:
                found += self._told_apart(probe, status, text)
            transaction.set_rollback(True)
        if status == 405 and not found and not watch.wrote:
            self._refused.add((probe.route, probe.method))
        if status >= 500 and not self.allowed(probe.route, "error"):
            found.append(f"error {status}")
        if watch.wrote:
            found += [f"writes: {change}" for change in self._changes(probe)]
        return [Finding(self.role, probe.route, kind, str(probe)) for kind in dict.fromkeys(found)]

    def _seen(self, probe: Probe, text: str) -> Iterable[str]:
        # An answer may repeat what it was asked.
        text = text.replace(probe.path.partition("?")[0].strip("/") or "//", "")
        for kind, pattern in self.marks.items():
            if pattern.search(text) and not self.allowed(probe.route, kind):
                yield f"reads {kind}"
        asked = set(_NUMBER.findall(str(probe.path))) | {str(v) for v in probe.data.values()}
        found = _NUMBER.findall(without_chance(text))
        numbers = {number for number in found if int(number) // BAND in self.foreign}
        if numbers - asked and not self.allowed(probe.route, "ids"):
            yield "reads ids"

    def _told_apart(self, probe: Probe, status: int, text: str) -> Iterable[str]:
        assert probe.twin is not None
        twin_status, twin_text = self._answer_to_missing(probe.twin)
        mine, other = without_ids(text, probe), without_ids(twin_text, probe.twin)
        if self.allowed(probe.route, "exists"):
            return
        if status != twin_status:
            yield f"tells foreign from missing: {status} for {twin_status}"
        elif line := _first_difference(mine, other):
            yield f"tells foreign from missing by its text: {line}"
        if probe.is_foreign and self.gives_404 and status not in (404, 405):
            yield f"answers {status} for 404"

    def _answer_to_missing(self, twin: Probe) -> tuple[int, str]:
        """The same for every foreign id that it is compared with, so it is asked for once."""
        key = (twin.method, twin.path, tuple(twin.data))
        if key not in self._missing:
            self._missing[key] = self._ask(twin)
        return self._missing[key]

    def _changes(self, probe: Probe) -> list[Change]:
        with transaction.atomic():
            before = all_rows()
            self._ask(probe)
            found = changes(before, all_rows(), self._is_foreign)
            transaction.set_rollback(True)
        return found

    def _is_foreign(self, number: str) -> bool:
        return number.isdigit() and int(number) // BAND in self.foreign

    def _ask(self, probe: Probe) -> tuple[int, str]:
        self.count += 1
        cache.clear()
        # As after signing in: an earlier probe may have signed out, or left a message.
        self.client.cookies.load(self._signed_in)
        for name in set(self.client.cookies) - set(self._signed_in):
            del self.client.cookies[name]
        if probe.method == "GET":
            response = self.client.get(probe.path)
        else:
            body = urlencode(probe.data)
            response = self.client.generic(probe.method, probe.path, body, _FORM)
        content = b"".join(response) if response.streaming else response.content
        headers = "\n".join(f"{n}: {v}" for n, v in response.items() if n != "Content-Length")
        return response.status_code, headers + "\n" + _text_of(content)


def _text_of(content: bytes) -> str:
    """A workbook as the text of its parts, but for when it was made: packed, no mark would show."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [name for name in book.namelist() if not name.startswith("docProps/")]
            content = b"\n".join(book.read(name) for name in names)
    return content.decode("utf-8", "replace")


def _first_difference(mine: str, other: str) -> str:
    lines = (_UNSTEADY.sub("", text).split("\n") for text in (mine, other))
    pairs = zip_longest(*lines, fillvalue="")
    return next((f"{a[:80]} | {b[:80]}" for a, b in pairs if a != b), "")


class _Watch:
    """Notices that a request wrote something: only then is the whole database compared."""

    wrote = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.wrote |= bool(_WRITING.match(sql)) and "django_session" not in sql
        return execute(sql, params, many, context)
