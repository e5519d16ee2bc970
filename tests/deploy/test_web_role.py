"""A web node serves all that patients read, and its database user can change nothing but counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from wagtail.models import Page, Revision

from articles.models import ClaimCheck, ClaimOverride, Review
from clinics.models import ClinicFacts, PurgeOutbox, TapCount
from cms.users import User
from tests.articles.factories import make_article, text
from tests.deploy.public_pages import every_public_address, kinds_of_pages
from tests.factories import World

ROLES = Path(__file__).parents[2] / "deploy/postgres/roles.sql"
TAP = {"action": "call", "block": "panel", "path": "/locations/uptown/"}
WRITING = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no users: .ci/postgres runs it"
)


def become_web_user() -> None:
    with connection.cursor() as cursor:
        # A table that has a check waiting for it cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(ROLES.read_text())
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL ROLE polyclinic_web")


@pytest.fixture
def as_web_user(world: World) -> Iterator[None]:
    """What follows is asked by the user of web nodes, until the transaction is rolled back."""
    become_web_user()
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def answers_of(addresses: list[tuple[str, str, str]]) -> dict[tuple[str, str], int]:
    return {
        (host, path): Client(HTTP_HOST=host).get(path).status_code for host, path, _ in addresses
    }


def test_web_node_serves_every_kind_of_page(world: World, web_node: None) -> None:
    addresses = list(every_public_address(world))

    answers = answers_of(addresses)

    assert kinds_of_pages() <= {kind for _host, _path, kind in addresses}
    assert {key: status for key, status in answers.items() if status != 200} == {}
    assert Client(HTTP_HOST="hillside.test").get("/nowhere/").status_code == 404


@pytest.mark.parametrize("host", ["hillside.test", "hub.test", settings.ADMIN_HOST])
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/", "/accounts/"])
def test_web_node_has_no_admin(host: str, path: str, world: World, web_node: None) -> None:
    response = Client(HTTP_HOST=host).get(path)

    assert (response.status_code, dict(response.cookies)) == (404, {})


@on_postgresql
def test_web_user_can_read_every_kind_of_page(world: World, web_node: None) -> None:
    addresses = list(every_public_address(world))
    become_web_user()

    answers = answers_of(addresses)
    missing = Client(HTTP_HOST="hillside.test").get("/nowhere/").status_code

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert {key: status for key, status in answers.items() if status != 200} == {}
    assert missing == 404


@on_postgresql
def test_web_user_counts_taps(as_web_user: None, web_node: None) -> None:
    client = Client(HTTP_HOST="hillside.test")
    for _ in range(2):
        assert client.post("/-/tap", TAP).status_code == 204

    assert list(TapCount.objects.values_list("action", "count")) == [("call", 2)]


@on_postgresql
@pytest.mark.parametrize(
    "change",
    [
        lambda: Page.objects.update(title="Taken over"),
        lambda: ClinicFacts.objects.update(name="Taken over"),
        lambda: TapCount.objects.update(path="/"),
        lambda: TapCount.objects.all()._raw_delete("default"),
        lambda: PurgeOutbox.objects.create(tags=["g"]),
        lambda: User.objects.update(is_superuser=True),
        lambda: list(User.objects.values_list("password")),
        lambda: list(Review.objects.values_list("comment")),
        lambda: list(ClaimCheck.objects.values_list("found")),
        lambda: list(ClaimOverride.objects.values_list("reason")),
    ],
)
def test_web_user_can_do_nothing_else(change: Any, as_web_user: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change()


@on_postgresql
def test_web_user_reads_released_revisions_and_no_draft(world: World) -> None:
    article = make_article("released", text("what", "What it is"))
    draft = article.save_revision()
    become_web_user()

    seen = set(Revision.objects.values_list("pk", flat=True))

    assert article.live_revision_id in seen
    assert draft.pk not in seen


@on_postgresql
def test_web_user_has_no_other_right_to_write(as_web_user: None) -> None:
    """Every table that there is, also those that come later."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tablename, privilege FROM pg_tables, unnest(%s::text[]) AS privilege
            WHERE schemaname = 'public' AND (
                has_table_privilege('polyclinic_web', tablename::regclass, privilege)
                OR CASE WHEN privilege IN ('INSERT', 'UPDATE', 'REFERENCES')
                   THEN has_any_column_privilege('polyclinic_web', tablename::regclass, privilege)
                   ELSE false END)
            ORDER BY 1, 2
            """,
            [list(WRITING)],
        )
        found = cursor.fetchall()

    assert found == [("clinics_tapcount", "INSERT"), ("clinics_tapcount", "UPDATE")]
