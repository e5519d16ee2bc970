"""A spreadsheet that somebody uploads: a file in, its headers and rows of plain text out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import IO, Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.formula_guard import unguarded

MOST_BYTES = 10 * 1024 * 1024
# What a file may grow to when it is unpacked: a few kilobytes can hold gigabytes.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
_SIGNS = ",;\t"

type Cells = list[str]


def read_spreadsheet(file: IO[bytes], name: str, size: int) -> tuple[Cells, list[Cells]]:
    """Headers and rows, blank rows too, so that the n-th one is row n + 2 of the program.

    CSV (UTF-8 or Windows-1252; comma, semicolon or tab) and XLSX (its first sheet). Raises
    ValidationError that says what is wrong with the file and what to do.
    """
    if size > MOST_BYTES:
        text = _("“%(name)s” is larger than %(most)d MB: split it into several files.")
        raise ValidationError(text % {"name": name, "most": MOST_BYTES // 1024 // 1024})
    content = file.read()
    is_workbook = content.startswith(b"PK")
    rows = list(_bounded(_sheet_rows(content, name) if is_workbook else _csv_rows(content, name)))
    if not rows or not any(rows[0]):
        text = _("“%(name)s” has no headers: its first row must name the columns.")
        raise ValidationError(text % {"name": name})
    headers = rows[0]
    width = max(index for index, header in enumerate(headers) if header) + 1
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    while body and not any(body[-1]):
        body.pop()
    if not body:
        text = _("“%(name)s” has headers and no rows: add a row for each location.")
        raise ValidationError(text % {"name": name})
    return headers[:width], body


def _bounded(rows: Iterable[Iterable[Any]]) -> Iterator[Cells]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            text = _("The file has more than %(most)d rows: split it into several files.")
            raise ValidationError(text % {"most": MOST_ROWS})
        yield [_text(cell) for cell in list(row)[:MOST_COLUMNS]]


def _csv_rows(content: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        text = _("“%(name)s” is no spreadsheet: save it as CSV or XLSX.")
        raise ValidationError(text % {"name": name})
    first = text.partition("\n")[0]
    sign = max(_SIGNS, key=first.count)
    # A field may be as long as the file.
    csv.field_size_limit(MOST_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error as error:
        message = _("“%(name)s” cannot be read as CSV (%(reason)s): save it again.")
        raise ValidationError(message % {"name": name, "reason": error}) from error


def _sheet_rows(content: bytes, name: str) -> Iterator[tuple[Any, ...]]:
    refused = _("“%(name)s” cannot be read as XLSX: save it again, or as CSV.") % {"name": name}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise ValidationError(refused)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except ValidationError:
        raise
    # openpyxl raises whatever a broken file makes it trip over.
    except Exception as error:
        raise ValidationError(refused) from error


def _text(cell: Any) -> str:
    """A cell as a person reads it: numbers without “.0”, days as ISO text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return unguarded(str(cell).strip())
