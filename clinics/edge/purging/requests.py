"""What a node is told: a node and tags in, as few HTTP requests as it takes out. Reads nothing."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinics.edge.purging.nodes import EdgeNode, NodeKind

# What `surrogate_key` writes, and nothing that could end a header, a key or a string.
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
# The tag of no page: a node that answers to it is well.
NO_PAGE = "none"

# Varnish takes header lines of 8 KB unless `http_req_hdr_len` says more.
_MOST_BYTES = 6_000
_MOST_TAGS = {
    NodeKind.VARNISH: _MOST_BYTES,
    # "Max operations per request: 100" (500 for Enterprise), and for tags as for URLs:
    # https://developers.cloudflare.com/cache/how-to/purge-cache/
    NodeKind.CLOUDFLARE: 100,
    # "Up to 256 surrogate keys can be purged in one batch request", in the body or the header:
    # https://www.fastly.com/documentation/reference/api/purging/
    NodeKind.FASTLY: 256,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PurgeRequest:
    """One HTTP request. `says_success`: the answer's JSON has to say `success`."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = None
    says_success: bool = False


def clean_tags(tags: Any) -> set[str]:
    """Tags that can be sent. Of others no page can have had the key; they are logged and left out.

    `tags` is what stands in the database, so it may be anything.
    """
    if not isinstance(tags, list):
        log.error("A purge without a list of tags is left out: %.80r", tags)
        return set()
    clean = {tag for tag in tags if isinstance(tag, str) and _TAG.fullmatch(tag)}
    for tag in tags:
        if not isinstance(tag, str) or tag not in clean:
            log.error("A tag that no page can have is left out of a purge: %.80r", tag)
    return clean


def portions(tags: Iterable[str]) -> Iterator[list[str]]:
    """Tags in portions of which every kind of node takes one in a request."""
    portion: list[str] = []
    for tag in sorted(tags):
        if portion and not all(fits(kind, [*portion, tag]) for kind in NodeKind):
            yield portion
            portion = []
        portion.append(tag)
    if portion:
        yield portion


def fits(kind: NodeKind, tags: Collection[str]) -> bool:
    """Whether such a node takes the tags in one request."""
    return len(tags) <= _MOST_TAGS[kind] and sum(map(len, tags)) + len(tags) <= _MOST_BYTES


def request_for(node: EdgeNode, tags: Iterable[str]) -> PurgeRequest:
    """One request for all tags; whether they fit is the caller's to see to."""
    return _request(node, sorted(tags))


def _request(node: EdgeNode, tags: list[str]) -> PurgeRequest:
    match node.kind:
        case NodeKind.VARNISH:
            # https://github.com/varnish/varnish-modules/blob/master/src/vmod_xkey.vcc
            return PurgeRequest("PURGE", node.url, {"xkey-purge": " ".join(tags)})
        case NodeKind.CLOUDFLARE:
            headers = {"Authorization": f"Bearer {node.token}", "Content-Type": "application/json"}
            body = json.dumps({"tags": tags}).encode()
            return PurgeRequest("POST", node.url, headers, body, says_success=True)
        case NodeKind.FASTLY:
            headers = {"Fastly-Key": node.token, "Surrogate-Key": " ".join(tags)}
            return PurgeRequest("POST", node.url, headers | {"Accept": "application/json"}, b"")
