from __future__ import annotations

from datetime import date

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.creating import set_hours
from clinics.facts import facts_of, save_facts
from clinics.forms.hours import HoursForm
from clinics.hours import parse_hours
from tests.clinics.forms.typed import typed_values
from tests.factories import WEEK, World


def uptown_form(world: World, **typed: str) -> HoursForm:
    """The form of Uptown as it is, with some values typed over."""
    facts = facts_of(world.uptown.pk)
    return HoursForm(typed_values(HoursForm(instance=facts)) | typed, instance=facts)


def test_hours_form_reads_back_what_it_shows(world: World) -> None:
    form = uptown_form(world)

    assert form.is_valid(), form.errors
    assert tuple(form.week()) == parse_hours(WEEK)
    assert form.special_hours() == []


def test_hours_form_takes_a_changed_day(world: World) -> None:
    form = uptown_form(world, day_4_opens_2="1 pm", day_4_closes_2="midnight")

    assert form.is_valid(), form.errors
    friday = [row for row in form.week() if row.weekday == 4]
    assert friday == [HoursInterval(4, "08:00", "12:00"), HoursInterval(4, "13:00", "24:00")]


def test_hours_form_shows_every_interval_that_is_stored(world: World) -> None:
    """An import may store three a day; the form must not drop the third."""
    three = parse_hours("Mon 08:00-09:00,10:00-11:00,12:00-13:00")
    set_hours(facts_of(world.uptown.pk), three)

    form = uptown_form(world)

    assert form.is_valid(), form.errors
    assert tuple(form.week()) == three


def test_hours_form_names_the_day_that_has_no_closing_time(world: World) -> None:
    form = uptown_form(world, day_6_opens_1="9 am")

    assert not form.is_valid()
    assert form.errors == {
        "day_6_closes_1": ["Sunday has no closing time: add it, or clear the opening time."]
    }


def test_hours_form_names_the_day_that_has_no_opening_time(world: World) -> None:
    form = uptown_form(world, day_6_closes_1="9 pm")

    assert form.errors == {
        "day_6_opens_1": ["Sunday has no opening time: add it, or clear the closing time."]
    }


def test_hours_form_lists_its_problems_with_the_fields_they_belong_to(world: World) -> None:
    form = uptown_form(world, day_0_opens_1="8", **{"special-0-label": "Christmas"})

    assert not form.is_valid()
    assert [(p.field_id, p.label, p.message) for p in form.problems()] == [
        (
            "id_day_0_opens_1",
            "Monday, opens (1)",
            "“8” may be morning or evening: write 8:00 AM or 8:00 PM.",
        ),
        ("id_special-0-first_date", "From", "From is missing: fill it in."),
    ]


def test_hours_form_refuses_overlaps(world: World) -> None:
    form = uptown_form(world, day_0_closes_1="2 pm")

    assert form.errors == {
        "__all__": [
            "Monday 08:00–14:00 overlaps Monday 13:00–17:00. "
            "Change the times of one of them, or join them."
        ]
    }


def test_hours_form_reads_special_hours(world: World) -> None:
    form = uptown_form(
        world,
        **{
            "special-0-first_date": "2026-11-26",
            "special-0-last_date": "2026-11-27",
            "special-0-label": "Thanksgiving",
            "special-1-first_date": "2026-12-24",
            "special-1-opens": "8 am",
            "special-1-closes": "noon",
        },
    )

    assert form.is_valid(), form.problems()
    assert form.special_hours() == [
        SpecialInterval(date(2026, 11, 26), date(2026, 11, 27), label="Thanksgiving"),
        SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "12:00"),
    ]


def test_hours_form_removes_special_hours(world: World) -> None:
    days = [date(2026, 12, 24), date(2026, 12, 25)]
    rows = [SpecialInterval(day, day) for day in days]
    save_facts(facts_of(world.uptown.pk), {}, user=None, base_version=1, special_hours=rows)

    form = uptown_form(world, **{"special-0-DELETE": "on"})

    assert form.is_valid(), form.problems()
    assert form.special_hours() == rows[1:]


def test_hours_form_refuses_special_hours_that_share_a_day(world: World) -> None:
    form = uptown_form(
        world,
        **{
            "special-0-first_date": "2026-12-24",
            "special-0-last_date": "2026-12-26",
            "special-1-first_date": "2026-12-25",
        },
    )

    assert not form.is_valid()
    assert [problem.message for problem in form.problems()] == [
        "2026-12-24 – 2026-12-26 and 2026-12-25 share a day. "
        "Change the dates of one of them, or remove it."
    ]


def test_hours_form_wants_both_times_of_special_hours(world: World) -> None:
    form = uptown_form(world, **{"special-0-first_date": "2026-12-24", "special-0-opens": "8 am"})

    assert not form.is_valid()
    assert form.special.errors[0] == {
        "closes": ["Give both times, or clear both: the clinic is then closed."]
    }
