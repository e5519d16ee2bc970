"""A purge over HTTP: what counts as done, what does not, and that it always ends."""

from __future__ import annotations

import pytest

from clinics.edge.purging.requests import PurgeRequest
from clinics.edge.purging.sending import NotPurgedError, send
from tests.clinics.edge.purging.edges import Edge, running_edge


def ask(edge: Edge, *, path: str = "", says_success: bool = False) -> None:
    send(PurgeRequest("POST", edge.url + path, {"xkey-purge": "a77"}, b"{}", says_success))


def test_it_arrives_as_it_was_written() -> None:
    with running_edge() as edge:
        ask(edge, path="zone/purge?soft=0")

    [told] = edge.told
    assert (told.method, told.path, told.body) == ("POST", "/zone/purge?soft=0", b"{}")
    assert told.headers["xkey-purge"] == "a77"


@pytest.mark.parametrize("behaviour", ["301", "400", "403", "404", "429", "500", "503"])
def test_any_other_answer_is_a_failure(behaviour: str) -> None:
    with running_edge(behaviour) as edge, pytest.raises(NotPurgedError, match=behaviour):
        ask(edge)


def test_a_redirect_is_not_followed() -> None:
    with running_edge("redirect") as edge:
        with pytest.raises(NotPurgedError, match="302"):
            ask(edge)

        assert [told.path for told in edge.told] == ["/"]


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_it_ends_whatever_the_other_end_does(behaviour: str, impatient: None) -> None:
    with running_edge(behaviour) as edge, pytest.raises(NotPurgedError, match="in time"):
        ask(edge)


def test_nobody_there() -> None:
    with pytest.raises(NotPurgedError, match="ConnectionRefused"):
        send(PurgeRequest("PURGE", "http://127.0.0.1:1/", {}))


@pytest.mark.parametrize(
    ("answer", "is_done"),
    [
        (b'{"success": true}', True),
        (b'{"success": false}', False),
        (b'{"success": "true"}', False),
        (b"[]", False),
        (b"", False),
        (b"\xff", False),
    ],
)
def test_success_has_to_be_said_where_the_answer_says_it(answer: bytes, is_done: bool) -> None:
    with running_edge() as edge:
        edge.answer = answer
        if is_done:
            ask(edge, says_success=True)
        else:
            with pytest.raises(NotPurgedError):
                ask(edge, says_success=True)
