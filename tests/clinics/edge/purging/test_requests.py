"""What a purge looks like for each kind of node, and that no tag can break out of a header."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from clinics.edge.purging.nodes import EdgeNode, NodeKind
from clinics.edge.purging.requests import PurgeRequest, clean_tags, fits, portions, request_for

VARNISH = EdgeNode("cache-1", NodeKind.VARNISH, "http://10.0.0.5:6081/")
CLOUDFLARE = EdgeNode("cf", NodeKind.CLOUDFLARE, "https://cf.example/zones/1/purge_cache", "t0ken")
FASTLY = EdgeNode("fastly", NodeKind.FASTLY, "https://fastly.example/service/1/purge", "t0ken")


def test_varnish_gets_every_tag_in_one_header() -> None:
    assert request_for(VARNISH, {"lib", "a77"}) == PurgeRequest(
        "PURGE", "http://10.0.0.5:6081/", {"xkey-purge": "a77 lib"}
    )


def test_cloudflare_gets_json_with_a_bearer_token() -> None:
    request = request_for(CLOUDFLARE, {"lib", "a77"})

    assert (request.method, request.url) == ("POST", CLOUDFLARE.url)
    assert request.headers["Authorization"] == "Bearer t0ken"
    assert json.loads(request.body or b"") == {"tags": ["a77", "lib"]}
    assert "t0ken" not in repr(request)


def test_fastly_gets_keys_in_a_header() -> None:
    request = request_for(FASTLY, {"lib", "a77"})

    assert (request.method, request.url, request.body) == ("POST", FASTLY.url, b"")
    assert request.headers["Fastly-Key"] == "t0ken"
    assert request.headers["Surrogate-Key"] == "a77 lib"


@pytest.mark.parametrize(
    ("kind", "most"),
    [(NodeKind.CLOUDFLARE, 100), (NodeKind.FASTLY, 256), (NodeKind.VARNISH, 1_000)],
)
def test_no_request_has_more_tags_than_the_node_takes(kind: NodeKind, most: int) -> None:
    tags = [f"c{pk:04}" for pk in range(most)]

    assert fits(kind, tags)
    assert not fits(kind, [*tags, "c9999"])


def test_portions_fit_every_node_and_lose_nothing() -> None:
    tags = {f"c{pk}" for pk in range(10_000)} | {chr(97 + pk % 26) * 99 + "b" for pk in range(26)}

    found = list(portions(tags))

    assert all(fits(kind, some) for kind in NodeKind for some in found)
    assert len(found) == 101
    assert sorted(tag for some in found for tag in some) == sorted(tags)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        " ",
        "a 7",
        "a\r\nX: y",
        "a\n",
        "a\x00",
        "ä1",
        "a,b",
        "a:7",
        '"',
        "-a",
        "a" * 101,
        7,
        None,
    ],
    ids=repr,
)
def test_a_tag_that_no_page_can_have_is_left_out_and_logged(
    bad: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert clean_tags(["a77", bad, "lib"]) == {"a77", "lib"}
    assert len(caplog.records) == 1


@pytest.mark.parametrize("tags", [None, {}, "a77", 7, [["a77"]], [{"a": 1}]], ids=repr)
def test_tags_of_another_shape_are_none(tags: Any) -> None:
    assert clean_tags(tags) == set()


def test_no_bytes_get_out_of_a_header() -> None:
    chance = random.Random(6)  # noqa: S311 - words, no secrets
    alphabet = "a7 \t\r\n:,;\x00\x7f\x85\u2028é\"'_-."
    for _try in range(500):
        tags = ["".join(chance.choices(alphabet, k=chance.randint(0, 6))) for _tag in range(4)]
        for node in (VARNISH, FASTLY):
            for value in request_for(node, clean_tags(tags)).headers.values():
                assert value.isascii() and (value.isprintable() or not value)
                assert set(value.split()) <= {*tags, "t0ken", "application/json"}
