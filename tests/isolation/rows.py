"""The whole database as text, to see what a request has changed: tables in, differences out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

BAND = 1_000_000
# Nobody's: who is signed in, and what a search index keeps for itself.
_LEFT_OUT = re.compile(r"django_session|django_migrations|sqlite_|.*fts.*|wagtailsearch.*")
# Tokens against forgery, and UUIDs as SQLite stores them.
TOKENS = "[A-Za-z0-9]{64}|[A-Za-z0-9]{32}"
# By chance, at times with seven digits in a row: tokens against forgery, UUIDs, and how a picture's
# name begins (`cms/images.py`).
_CHANCE = re.compile(
    rf"\b(?:{TOKENS}|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})\b"
    r"|(?<![0-9a-z])[0-9a-f]{10}-(?=[\w.-]+\.[a-z]{3,4}\b)"
)

type Rows = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Change:
    """A row that is another than before. `kind`: changed, gone, or refers to a foreign row."""

    kind: str
    table: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind} {self.table} {self.key}"


def start_band(number: int) -> None:
    """From here on the ids of every table start at number * 1,000,000: one id fits them all."""
    last = number * BAND
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last]
                )
                continue
            for sequence in connection.introspection.get_sequences(cursor, table):
                cursor.execute("SELECT setval(%s, %s)", [sequence["name"], last])


def leave_bands() -> None:
    """Ids of whatever is built next must not meet those of a band.

    A sequence of PostgreSQL is not rolled back; the numbers of SQLite are, but for a commit.
    """
    start_band(5 if connection.vendor == "postgresql" else 0)


def is_in_band(text: str, number: int) -> bool:
    return text.isdigit() and number * BAND < int(text) < (number + 1) * BAND


def all_rows() -> Rows:
    """Every row of every table as one line of text, by its first column."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if _counts(t)]
        return {table: _rows(cursor, table) for table in tables}


def _counts(table: str) -> bool:
    return not _LEFT_OUT.fullmatch(table)


def _rows(cursor: object, table: str) -> dict[str, str]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table
    return {str(row[0]): "\x1f".join(map(str, row)) for row in cursor.fetchall()}


def changes(before: Rows, after: Rows, is_foreign: Callable[[str], bool]) -> list[Change]:
    """What happened to foreign rows, and which other rows refer to foreign ones since."""
    found = []
    for table, rows in before.items():
        now = after.get(table, {})
        for key, row in rows.items():
            if is_foreign(key) and now.get(key) != row:
                found.append(Change("changed" if key in now else "gone", table, key))
    for table, rows in after.items():
        for key, row in rows.items():
            was = before.get(table, {}).get(key, "")
            if row != was and not is_foreign(key):
                new = _foreign_numbers(row, is_foreign) - _foreign_numbers(was, is_foreign)
                found += [Change(f"refers to {number}", table, key) for number in sorted(new)]
    return found


def without_chance(text: str) -> str:
    """`text` without random digits, which are nobody's id."""
    return _CHANCE.sub("", text)


def _foreign_numbers(row: str, is_foreign: Callable[[str], bool]) -> set[str]:
    row = without_chance(row)
    return {number for number in re.findall(r"(?<!\d)\d{7}(?!\d)", row) if is_foreign(number)}
