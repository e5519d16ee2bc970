"""What our VCL keeps, what it drops, and what it shows while no node can make a page."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest

from tests.services.edge import PAGE, Edge


@pytest.fixture
def host() -> str:
    """A site that nothing is kept of yet."""
    return f"{uuid4().hex}.test"


@pytest.fixture(autouse=True)
def _nodes_are_well(edge: Edge) -> None:
    edge.say(lambda _request: (200, PAGE, b"page"))


def test_second_reader_gets_what_the_first_was_given(edge: Edge, host: str) -> None:
    first, second = edge.get(host), edge.get(host)

    assert (first.body, second.body, len(edge.asked)) == (b"page", b"page", 1)
    assert second.headers["cache-status"] == "edge; hit"
    assert second.headers["cache-control"] == "max-age=0, must-revalidate"
    assert not {"xkey", "surrogate-key", "x-varnish", "via"} & set(second.headers)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"path": "/?utm_source=x&fbclid=1"}, {"path": "/"}),
        ({"path": "/?q=a&near=75204"}, {"path": "/?near=75204&x=1&q=a"}),
        ({"path": "/?src=ads"}, {"path": "/?src=ads&&a&b="}),
        ({"headers": {"Cookie": "sessionid=1"}}, {"headers": {"Cookie": "sessionid=2"}}),
        ({"headers": {"Accept-Encoding": "gzip, deflate, br, zstd"}},
         {"headers": {"Accept-Encoding": "br;q=1.0, *;q=0.1"}}),
        ({"headers": {"Accept-Encoding": "gzip;q=0, identity"}}, {}),
        ({"headers": {"X-Forwarded-Host": "evil.test"}}, {"headers": {"Forwarded": "host=evil"}}),
        ({"headers": {"Authorization": "Basic eA=="}}, {}),
        ({"method": "HEAD"}, {}),
    ],
)  # fmt: skip
def test_what_is_the_same_page_is_asked_for_once(
    first: dict[str, Any], second: dict[str, Any], edge: Edge, host: str
) -> None:
    for options in (first, second):
        assert edge.get(host, **options).status == 200

    (asked,) = edge.asked
    for name in ("Cookie", "Authorization", "X-Forwarded-Host", "Forwarded"):
        assert name not in asked.headers


@pytest.mark.parametrize("spelling", ["{}:8080", "{}.", "{}.:443"])
def test_spellings_of_a_host_are_one_site(spelling: str, edge: Edge, host: str) -> None:
    edge.get(host)
    edge.get(spelling.format(host).upper())

    assert [request.headers["Host"] for request in edge.asked] == [host]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"path": "/?src=ads"}, {"path": "/"}),
        ({"path": "/?q=a"}, {"path": "/?q=b"}),
        ({"headers": {"Accept-Encoding": "br"}}, {"headers": {"Accept-Encoding": "gzip"}}),
        ({"headers": {"Accept-Encoding": "br;q=0, gzip"}}, {"headers": {"Accept-Encoding": "br"}}),
        ({"headers": {"X-Forwarded-Proto": "https"}}, {}),
    ],
)
def test_what_is_not_the_same_is_not_mixed_up(
    first: dict[str, Any], second: dict[str, Any], edge: Edge, host: str
) -> None:
    for options in (first, second):
        edge.get(host, **options)

    assert len(edge.asked) == 2


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {**PAGE, "Set-Cookie": "a=b"}),
        (200, {"Cache-Control": "private, no-store"}),
        (200, {"Cache-Control": "max-age=0, must-revalidate, s-maxage=0"}),
        (200, {}),
        (404, {}),
        (302, {}),
        (500, PAGE),
    ],
)
def test_what_does_not_say_how_long_is_not_kept(
    status: int, headers: dict[str, str], edge: Edge, host: str
) -> None:
    edge.say(lambda _request: (status, headers, b"not kept"))

    edge.get(host)
    edge.say(lambda _request: (200, PAGE, b"page"))

    assert edge.get(host).body == b"page"


@pytest.mark.parametrize("path", ["/admin/", "/admin", "/-/ready", "/-/tap"])
def test_admin_and_health_are_not_kept(path: str, edge: Edge, host: str) -> None:
    edge.say(lambda _request: (200, {"Cache-Control": "s-maxage=60"}, b"x"))

    for _ in range(2):
        assert edge.get(host, path).headers["cache-status"] == "edge; fwd=miss"


def test_taps_are_passed_with_their_body_and_other_methods_refused(edge: Edge, host: str) -> None:
    edge.say(lambda _request: (204, {}, b""))

    assert edge.get(host, "/-/tap", method="POST", body=b"action=call").status == 204
    assert edge.get(host, method="DELETE").status == 405

    assert [request.sent for request in edge.asked] == [b"action=call"]


# Purges


def test_tag_drops_its_pages_and_no_other(edge: Edge, host: str) -> None:
    edge.say(lambda asked: (200, {**PAGE, "Surrogate-Key": f"g c5 {asked.path[1:]}"}, b"old"))
    for path in ("/a7", "/a77", "/b1"):
        edge.get(host, path)
    edge.say(lambda _request: (200, PAGE, b"new"))

    answer = edge.purge("a7 b1")

    assert (answer.status, answer.text) == (200, "2")
    assert [edge.get(host, path).body for path in ("/a7", "/a77", "/b1")] == [
        b"new", b"old", b"new",
    ]  # fmt: skip


def test_tag_of_nothing_is_a_purge_of_nothing(edge: Edge) -> None:
    answer = edge.purge("a123456")

    assert (answer.status, answer.text) == (200, "0")


def test_everything_of_a_host_can_be_dropped_without_tags(edge: Edge, host: str) -> None:
    edge.get(host)

    assert edge.purge(f"host:{host}").text == "1"


def test_purge_from_outside_is_refused(edge: Edge, host: str) -> None:
    edge.say(lambda _request: (200, {**PAGE, "Surrogate-Key": "a1"}, b"old"))
    edge.get(host)

    # nginx says so of whatever came through it.
    assert edge.purge("a1", **{"X-Forwarded-Proto": "https"}).status == 403
    assert edge.get("any", method="PURGE").status == 400
    assert edge.get(host).headers["cache-status"] == "edge; hit"


# When nodes fail


def expired(edge: Edge, host: str) -> None:
    """A page that was kept for a second."""
    edge.say(lambda _request: (200, {"Cache-Control": "s-maxage=1"}, b"last good"))
    edge.get(host)
    time.sleep(1.2)


def test_page_is_never_shown_past_its_time_while_nodes_are_well(edge: Edge, host: str) -> None:
    expired(edge, host)
    edge.say(lambda _request: (200, PAGE, b"new"))

    assert edge.get(host).body == b"new"


def test_last_good_page_is_shown_while_nodes_answer_with_errors(edge: Edge, host: str) -> None:
    expired(edge, host)
    edge.say(lambda _request: (503, {}, b"sorry"))

    for _ in range(3):
        answer = edge.get(host)
        assert (answer.status, answer.body) == (200, b"last good")
        assert answer.headers["cache-status"] == "edge; hit; detail=stale"

    edge.say(lambda _request: (200, PAGE, b"new"))
    assert b"new" in {edge.get(host).body for _ in range(3)}


def test_last_good_page_is_shown_while_no_node_is_ready(edge: Edge, host: str) -> None:
    expired(edge, host)
    edge.say(lambda _request: (503, {}, b"sorry"))
    edge.set_ready(False)

    try:
        answer = edge.get(host)
        unknown = edge.get("never-asked.test")
    finally:
        edge.set_ready(True)

    assert (answer.status, answer.body) == (200, b"last good")
    # A node that has no database still knows the clinic's number.
    assert (unknown.status, unknown.body) == (503, b"sorry")


def test_page_that_was_purged_does_not_come_back_when_nodes_fail(edge: Edge, host: str) -> None:
    edge.say(lambda _request: (200, {**PAGE, "Surrogate-Key": "a1"}, b"withdrawn"))
    edge.get(host)
    edge.purge("a1")
    edge.say(lambda _request: (503, {}, b"sorry"))

    assert (edge.get(host).status, edge.get(host).body) == (503, b"sorry")


def test_other_node_is_asked_when_one_fails(edge: Edge, host: str) -> None:
    edge.say(lambda _request: (200, PAGE, b"page"))
    edge.nodes[0].say = lambda _request: (500, {}, b"sorry")

    answers = {edge.get(host, f"/{number}/").body for number in range(6)}

    assert answers == {b"page"}
    assert len(edge.nodes[0].asked) > 0
