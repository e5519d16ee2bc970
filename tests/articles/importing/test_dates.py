from __future__ import annotations

from datetime import date

import pytest

from articles.importing.dates import DateLine, is_reading_time, read_date_line

DAY = date(2022, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Mar 02, 2022",
        "March 2, 2022",
        "MARCH 2 2022",
        "Mar. 2nd, 2022",
        "2 March 2022",
        "02 Mar 2022",
        "2022-03-02",
        "2022/3/2",
        "03/02/2022",
        "3/2/22",
        "03.02.2022",
        "Wednesday, March 2, 2022",
        "Posted on March 2, 2022",
        "Published: Mar 2, 2022",
        "March 2, 2022 at 10:30 AM",
        "Mar 02, 2022 | 5 min read",
    ],
)
def test_line_that_is_a_date_is_read(text: str) -> None:
    assert read_date_line(text) == DateLine(DAY, is_published=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sept 9, 2021", date(2021, 9, 9)),
        ("13/02/2022", date(2022, 2, 13)),
        ("May 5, 2020", date(2020, 5, 5)),
    ],
)
def test_date_is_read_month_first_where_it_can_be(text: str, day: date) -> None:
    assert read_date_line(text) == DateLine(day, is_published=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Updated March 2, 2022", DateLine(DAY, is_published=False)),
        ("Last medically reviewed on March 2, 2022", DateLine(DAY, is_published=False)),
        ("March 2022", DateLine(None, is_published=True)),
        ("Feb 31, 2022", DateLine(None, is_published=True)),
    ],
)
def test_other_dates_say_what_they_are(text: str, expected: DateLine) -> None:
    assert read_date_line(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In March 2022 the rule changed.",
        "March 2, 2022 was a Wednesday",
        "2022",
        "Martha 2, 2022",
        "Room 3, 2022",
        "(303) 555-0142",
        "303.555.0142",
        "24/7",
        "1-2 infusions",
        "",
    ],
)
def test_anything_else_is_no_date_line(text: str) -> None:
    assert read_date_line(text) is None


def test_is_reading_time() -> None:
    assert is_reading_time("5 min read")
    assert is_reading_time("12 minutes read")
    assert not is_reading_time("Rest for 5 minutes")
