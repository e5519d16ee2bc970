from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.choices import StatementKind
from clinics.models import Service, Statement
from tests.factories import World

type SignIn = Callable[[Any], Client]


@pytest.fixture(params=["service", "statement"])
def row(request: pytest.FixtureRequest, world: World) -> Any:
    if request.param == "service":
        return Service.objects.get(slug="nerve-blocks")
    return Statement.objects.create(
        slug="off-label", kind=StatementKind.OFF_LABEL, title="Off-label use", text="Not approved."
    )


def row_url(row: Any, view: str, *args: Any) -> str:
    return reverse(row.snippet_viewset.get_url_name(view), args=args)


def test_shared_rows_are_read_by_library_publishers(
    world: World, client_for: SignIn, row: Any
) -> None:
    client = client_for(world.library_publisher)

    listed = client.get(row_url(row, "list"))

    assert listed.status_code == 200
    assert row in listed.context["object_list"]
    assert client.get(row_url(row, "inspect", row.pk)).status_code == 200


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_shared_rows_are_not_written_by_library_publishers(
    world: World, client_for: SignIn, row: Any, view: str
) -> None:
    client = client_for(world.library_publisher)

    assert client.get(row_url(row, view, row.pk)).status_code == 302
    assert client.post(row_url(row, view, row.pk), {"name": "X"}).status_code == 302
    assert client.get(row_url(row, "add")).status_code == 302
    assert type(row).objects.filter(pk=row.pk).exists()


def test_shared_rows_are_written_by_superusers(world: World, client_for: SignIn, row: Any) -> None:
    client = client_for(world.superuser)

    assert client.get(row_url(row, "edit", row.pk)).status_code == 200
    client.post(row_url(row, "delete", row.pk))
    assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ["hillside_publisher", "franchise_admin", "outsider"])
def test_shared_rows_send_everybody_else_away(
    world: World, client_for: SignIn, row: Any, name: str
) -> None:
    response = client_for(getattr(world, name)).get(row_url(row, "list"))

    assert (response.status_code, response.url) == (302, "/admin/")
