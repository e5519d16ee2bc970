"""Files that people upload: what is read of them, and what is said about those that cannot be."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from clinics.bulk import reading
from clinics.bulk.reading import read_spreadsheet
from tests.clinics.bulk.sheets import csv_file

ROWS = [["id", "name", "zip"], ["1", "Uptown", "75204"], ["", "", ""], ["2", "“Plano”, TX", ""]]


def read(content: bytes, name: str = "file.csv") -> Any:
    return read_spreadsheet(io.BytesIO(content), name, len(content))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_in_its_usual_dialects(sign: str) -> None:
    assert read(csv_file(ROWS, sign)) == (ROWS[0], ROWS[1:])


def test_csv_of_old_programs() -> None:
    windows = "name\r\nCafé – “old”\r\n".encode("cp1252")
    assert read(windows) == (["name"], [["Café – “old”"]])
    assert read(b"\xef\xbb\xbfname\nUptown\n") == (["name"], [["Uptown"]])


def test_short_and_long_rows_get_the_width_of_the_headers() -> None:
    assert read(b"a,b\n1\n1,2,3\n") == (["a", "b"], [["1", ""], ["1", "2"]])


def test_a_workbook_is_read_as_people_read_it() -> None:
    book = openpyxl.Workbook()
    book.active.append(["zip", "latitude", "day", "main_phone", "longitude"])
    book.active.append([75204, 32.5, date(2026, 12, 24), 2145550100.0, "'-96.8"])
    file = io.BytesIO()
    book.save(file)

    headers, rows = read(file.getvalue(), "file.xlsx")

    assert headers == ["zip", "latitude", "day", "main_phone", "longitude"]
    assert rows == [["75204", "32.5", "2026-12-24", "2145550100", "-96.8"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no headers"),
        (b"\n1,2\n", "no headers"),
        (b"name\n", "no rows"),
        (b"PK\x03\x04nonsense", "cannot be read as XLSX"),
        (b"\x00\x01\x02name", "no spreadsheet"),
    ],
)
def test_files_that_are_none_are_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError, match=f"file.csv.*{reason}"):
        read(content)


def test_large_files_are_refused_before_they_are_read(monkeypatch: Any) -> None:
    """Rule 11: the size first, then what it would unpack to, then the rows."""
    with pytest.raises(ValidationError, match="larger than 10 MB"):
        read_spreadsheet(io.BytesIO(b""), "file.csv", reading.MOST_BYTES + 1)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    monkeypatch.setattr(reading, "MOST_UNPACKED", 4_000_000)
    with pytest.raises(ValidationError, match="cannot be read as XLSX"):
        read(bomb.getvalue())
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(ValidationError, match="more than 2 rows"):
        read(b"a\n1\n2\n3\n")
