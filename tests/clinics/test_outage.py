"""When a page cannot be made, a patient still gets the clinic's name and number, and no other's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, OperationalError, connection
from django.test import Client

from clinics import last_known
from clinics.choices import ClinicStatus
from clinics.models import ClinicFacts, LocationFacts
from clinics.phones import parse_number
from clinics.resolve import resolve_host
from tests.factories import World
from tests.reading import page_of

HILLSIDE, HARBOUR = "hillside.test", "harbour.test"
NUMBERS = {HILLSIDE: "tel:+12145550142", HARBOUR: "tel:+15615550168"}
NAMES = {HILLSIDE: "Hillside Pain Clinic", HARBOUR: "Harbour Infusion Center"}

type Break = Callable[[Exception], list[str]]


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    last_known._known.clear()


@pytest.fixture
def broken_database() -> Iterator[Break]:
    """Every query from now on fails; the list has those that were tried."""
    tried: list[str] = []
    ends: list[Any] = []

    def break_it(error: Exception) -> list[str]:
        def fail(_execute: Any, sql: str, *_rest: Any) -> None:
            tried.append(sql)
            raise error

        wrapper = connection.execute_wrapper(fail)
        wrapper.__enter__()
        ends.append(wrapper)
        return tried

    yield break_it
    for wrapper in ends:
        wrapper.__exit__(None, None, None)


def ask(host: str, path: str = "/") -> Any:
    return Client(HTTP_HOST=host, raise_request_exception=False).get(path)


def calls(response: Any) -> list[str]:
    return [link["href"] for link in page_of(response.content).select("a[href^='tel:+']")]


def test_page_without_database_has_the_number_of_its_clinic(
    world: World, broken_database: Break
) -> None:
    for host in (HILLSIDE, HARBOUR):
        ask(host)

    broken_database(OperationalError("away"))

    for host, other in ((HILLSIDE, HARBOUR), (HARBOUR, HILLSIDE)):
        response = ask(host, "/about/")
        assert response.status_code == 503
        assert calls(response) == [NUMBERS[host]]
        assert NAMES[host] in response.text and NAMES[other] not in response.text
        assert "911" in response.text and 'href="tel:988"' in response.text
        assert response["Cache-Control"] == "no-store" and response["Retry-After"]
        assert not response.cookies


def test_page_without_database_asks_nothing_of_it(world: World, broken_database: Break) -> None:
    ask(HILLSIDE)

    tried = broken_database(OperationalError("away"))
    ask(HILLSIDE)

    # The one that failed: who is asked.
    assert len(tried) == 1


def test_fault_that_is_not_the_databases_is_a_500(world: World, broken_database: Break) -> None:
    ask(HILLSIDE)

    broken_database(DataError("wrong"))
    response = ask(HILLSIDE)

    assert (response.status_code, calls(response)) == (500, [NUMBERS[HILLSIDE]])
    assert "Retry-After" not in response


@pytest.mark.parametrize("host", [HILLSIDE, "unknown.test", settings.ADMIN_HOST])
def test_host_that_was_never_asked_for_gets_a_page_of_no_clinic(
    host: str, world: World, broken_database: Break
) -> None:
    ask(HARBOUR)

    broken_database(OperationalError("away"))
    response = ask(host)

    assert (response.status_code, calls(response)) == (503, [])
    assert not any(name in response.text for name in NAMES.values())
    assert "911" in response.text and 'href="sms:988"' in response.text


def test_admin_that_fails_is_no_clinics(world: World, broken_database: Break) -> None:
    ask(settings.ADMIN_HOST)
    client = Client(HTTP_HOST=settings.ADMIN_HOST, raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"

    broken_database(OperationalError("away"))
    response = client.get("/admin/")

    assert (response.status_code, calls(response)) == (503, [])


def test_page_has_the_number_that_was_last_on_it(world: World, broken_database: Break) -> None:
    ask(HILLSIDE)
    LocationFacts.objects.filter(page__slug="uptown").update(
        main_phone=parse_number("(214) 555-0199").e164
    )
    ask(HILLSIDE)

    broken_database(OperationalError("away"))

    assert calls(ask(HILLSIDE)) == ["tel:+12145550199"]


def test_page_has_no_number_of_a_campaign(world: World, broken_database: Break) -> None:
    LocationFacts.objects.filter(page__slug="uptown").update(
        campaign_numbers=["ads (214) 555-0177"]
    )
    assert "555-0177" in ask(HILLSIDE, "/?src=ads").text

    broken_database(OperationalError("away"))

    assert calls(ask(HILLSIDE, "/?src=ads")) == [NUMBERS[HILLSIDE]]


def test_number_of_a_clinic_that_has_closed_is_forgotten(
    world: World, broken_database: Break
) -> None:
    ask(HILLSIDE)
    ClinicFacts.objects.filter(clinic=world.hillside).update(status=ClinicStatus.CLOSED)
    assert ask(HILLSIDE).status_code == 410

    broken_database(OperationalError("away"))

    assert calls(ask(HILLSIDE)) == []


def test_page_that_is_missing_does_not_make_the_clinic_forgotten(
    world: World, broken_database: Break
) -> None:
    ask(HILLSIDE)
    assert ask(HILLSIDE, "/nowhere/").status_code == 404

    broken_database(OperationalError("away"))

    assert calls(ask(HILLSIDE)) == [NUMBERS[HILLSIDE]]


def test_no_more_hosts_are_kept_than_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_known, "MOST_HOSTS", 2)
    clinic = resolve_host(HILLSIDE).clinic  # type: ignore[union-attr]

    for name in ("a", "b", "a", "c"):
        last_known.remember(f"{name}.test", replace(clinic, name=name))

    assert [last_known.last_known(f"{name}.test") is not None for name in "abc"] == [
        True, False, True,
    ]  # fmt: skip


def test_page_has_no_inline_style_or_script(world: World, broken_database: Break) -> None:
    broken_database(OperationalError("away"))

    response = ask(HILLSIDE)

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert page_of(response.content).select("script, style, [style], link[rel=stylesheet]") == []
