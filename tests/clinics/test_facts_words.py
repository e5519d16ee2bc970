from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, facts_snapshot
from clinics.facts_snapshot import snapshot_with
from clinics.facts_words import (
    CLINIC_GROUPS,
    COMPLIANCE_GROUPS,
    LOCATION_GROUPS,
    NOTICE_GROUP,
    STATUS_GROUP,
    Difference,
    FactRow,
    differences,
    fact_groups,
    in_words,
    week_lines,
)
from clinics.hours import parse_hours
from clinics.models import ClinicFacts, LocationFacts, Service
from clinics.phones import parse_number
from tests.factories import World


def test_fact_groups_name_every_fact_once() -> None:
    groups = (*CLINIC_GROUPS, NOTICE_GROUP, STATUS_GROUP, *COMPLIANCE_GROUPS)
    clinic = [name for _heading, names in groups for name in names]
    location = [name for _heading, names in LOCATION_GROUPS for name in names]

    assert sorted(clinic) == sorted(ClinicFacts.FACT_FIELDS)
    assert sorted(location) == sorted(LocationFacts.FACT_FIELDS)


def test_fact_groups_tell_facts_in_words(world: World) -> None:
    groups = dict(fact_groups(facts_snapshot(facts_of(world.hillside.pk))))

    assert groups["Names"] == [
        FactRow("Name", "Hillside Pain Clinic"),
        FactRow("Legal name", "Hillside Pain Clinic PLLC"),
    ]
    assert groups["Place and time"] == [
        FactRow("State", "Texas"),
        FactRow("Time zone", "Central (Chicago)"),
    ]
    assert groups["Booking and services"] == [
        FactRow("Booking page", "none", is_known=False),
        FactRow("Services", "Ketamine infusion, Nerve blocks"),
        FactRow("Fields of medicine", "none", is_known=False),
    ]


def test_differences_show_numbers_as_people_read_them(world: World) -> None:
    facts = facts_of(world.uptown.pk)
    before = facts_snapshot(facts)
    after = snapshot_with(facts, {"main_phone": parse_number("972-CALL-NOW"), "text_phone": None})

    assert differences(before, after) == [
        Difference("Main number", "(214) 555-0142", "972-CALL-NOW (972-225-5669)"),
        Difference("Number for texts", "(214) 555-0143", "none"),
    ]


def test_differences_show_services_by_name(world: World) -> None:
    facts = facts_of(world.harbour.pk)
    after = snapshot_with(facts, {"services": Service.objects.all()})

    assert differences(facts_snapshot(facts), after) == [
        Difference("Services", "Ketamine infusion", "Ketamine infusion, Nerve blocks")
    ]


def test_differences_show_hours_day_by_day(world: World) -> None:
    facts = facts_of(world.plano.pk)
    hours = parse_hours("Mon-Thu 09:00-17:00; Fri 09:00-12:00; Sat by appointment")

    assert differences(facts_snapshot(facts), snapshot_with(facts, {}, hours)) == [
        Difference("Friday", "9:00 AM – 5:00 PM", "9:00 AM – 12:00 PM"),
        Difference("Saturday", "Closed", "By appointment"),
    ]


def test_differences_show_only_the_special_hours_that_differ(world: World) -> None:
    facts = facts_of(world.plano.pk)
    eve = SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "12:00")
    holiday = SpecialInterval(date(2026, 12, 25), date(2026, 12, 26), label="Christmas")
    before = snapshot_with(facts, {}, special_hours=[eve])
    after = snapshot_with(facts, {}, special_hours=[eve, holiday])

    assert differences(before, after) == [
        Difference("Special hours", "none", "Dec. 25, 2026 – Dec. 26, 2026, Christmas: closed")
    ]
    assert differences(after, {**after, "special_hours": []}) == [
        Difference(
            "Special hours",
            "Dec. 24, 2026: 8:00 AM – 12:00 PM; Dec. 25, 2026 – Dec. 26, 2026, Christmas: closed",
            "none",
        )
    ]


def test_week_lines_do_not_call_unknown_hours_closed() -> None:
    assert {text for _day, text in week_lines([])} == {"Not known"}


def test_in_words_looks_up_all_that_values_refer_to_at_once(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    values = [
        ("services", ["nerve-blocks"]),
        ("services", ["nerve-blocks", "ketamine-infusion"]),
        ("neighbour", world.plano.pk),
        ("neighbour", 8_888_888),
        ("neighbour", None),
        ("main_phone", "+12145550142"),
        ("is_primary", False),
        ("service_areas", ["Dallas", "Plano"]),
    ]

    with django_assert_num_queries(2):
        words = in_words(values)

    assert words == [
        "Nerve blocks",
        "Nerve blocks, Ketamine infusion",
        "Plano",
        "a page that is gone",
        "none",
        "(214) 555-0142",
        "No",
        "Dallas, Plano",
    ]
