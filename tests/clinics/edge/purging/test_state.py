"""The line on the front page of the admin: for whom it is, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.choices import Role
from clinics.edge.changes import bump
from clinics.edge.purging.state import edge_sentences
from clinics.models import PurgeNode, PurgeOutbox
from tests.clinics.edge.conftest import TurnedClock
from tests.clinics.edge.purging.edges import Edge
from tests.factories import World, make_staff
from tests.reading import page_of

FRESH = ["All pages are fresh."]
EVERYBODY = (
    "hillside_editor",
    "hillside_publisher",
    "harbour_publisher",
    "franchise_admin",
    "library_editor",
    "library_publisher",
    "reviewer",
    "superuser",
)
SEE_NODES = {"franchise_admin", "library_editor", "library_publisher", "superuser"}


def made_seconds_ago(seconds: int) -> None:
    PurgeOutbox.objects.update(created_at=F("created_at") - timedelta(seconds=seconds))


def users(world: World) -> dict[str, Any]:
    reviewer = make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)
    return {name: getattr(world, name, reviewer) for name in EVERYBODY}


def test_all_is_fresh(world: World, clock: TurnedClock, edge: Edge) -> None:
    assert {name: edge_sentences(user) for name, user in users(world).items()} == dict.fromkeys(
        EVERYBODY, FRESH
    )


def test_nothing_is_said_without_an_edge_or_to_an_outsider(
    world: World, clock: TurnedClock, edge: Edge, settings: Any, django_assert_num_queries: Any
) -> None:
    assert edge_sentences(world.outsider) == []
    user = world.superuser
    settings.CLINICS_PURGE_BACKENDS = []
    with django_assert_num_queries(0):
        assert edge_sentences(user) == []


def test_what_everybody_shares_is_told_to_everybody(
    world: World, clock: TurnedClock, edge: Edge
) -> None:
    bump("a:77", "lib")
    made_seconds_ago(12)

    for user in users(world).values():
        [words] = edge_sentences(user)
        assert words.startswith("Spreading to patients: 1 change, made 1")


def test_changes_of_another_clinic_are_not_told(
    world: World, clock: TurnedClock, edge: Edge
) -> None:
    bump(f"c:{world.hillside.pk}")
    bump(f"c:{world.harbour.pk}")
    bump(f"c:{world.harbour.pk}", "p:3")
    made_seconds_ago(150)

    said = {name: edge_sentences(user) for name, user in users(world).items()}

    one = ["Spreading to patients: 1 change, made 2 minutes ago."]
    several = "Spreading to patients: {} changes, the oldest made 2 minutes ago."
    assert said["hillside_editor"] == said["hillside_publisher"] == one
    assert said["harbour_publisher"] == [several.format(2)]
    assert said["franchise_admin"] == said["library_editor"] == [several.format(3)]


def test_names_of_nodes_are_for_those_who_run_the_group_or_the_library(
    world: World, clock: TurnedClock, edge: Edge
) -> None:
    edge.behaviour = "503"
    bump("a:77")
    clock.deliver()
    PurgeNode.objects.update(failing_since=F("failing_since") - timedelta(minutes=5))

    said = {name: edge_sentences(user) for name, user in users(world).items()}

    silent = "The edge at cache-1 has not answered for 5 minutes (answered 503)."
    assert {name for name, words in said.items() if silent in words} == SEE_NODES
    assert {name for name, words in said.items() if "cache-1" in str(words)} == SEE_NODES


def test_a_node_that_is_not_configured_any_more_is_not_named(
    world: World, clock: TurnedClock, edge: Edge, settings: Any
) -> None:
    edge.behaviour = "503"
    bump("a:77")
    clock.deliver()
    settings.CLINICS_PURGE_BACKENDS = [edge.entry("cache-2")]

    assert "cache-1" not in str(edge_sentences(world.franchise_admin))


def test_it_stands_on_the_front_page(
    world: World, clock: TurnedClock, edge: Edge, client_for: Callable[[Any], Client]
) -> None:
    for user in (world.hillside_editor, world.franchise_admin):
        html = client_for(user).get(reverse("wagtailadmin_home")).text
        assert [found.text for found in page_of(html).select(".clinic-today-edge")] == FRESH


@pytest.mark.parametrize("name", ["hillside_editor", "franchise_admin"])
def test_as_many_queries_for_a_hundred_changes_as_for_one(
    world: World, clock: TurnedClock, edge: Edge, name: str
) -> None:
    counts = []
    for number in (1, 100):
        for pk in range(number):
            bump(f"a:{pk}", f"c:{world.hillside.pk}")
        user = type(world.superuser).objects.get(pk=getattr(world, name).pk)
        with CaptureQueriesContext(connection) as queries:
            assert edge_sentences(user)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 3
