"""Sections in raw form (`[{"type", "value", "id"}]`): ids that last, text in canonical form."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamValue

from articles.digest import reconcile_ids

type RawStream = list[dict[str, Any]]


def raw_stream(stream: StreamValue) -> RawStream:
    """The stored form of a stream. Every value is built first, so that rich text is canonical."""
    for child in stream:
        _ = child.value
    return [dict(child) for child in stream.get_prep_value()]


def canonical_body(stream: StreamValue, *, before: RawStream) -> StreamValue:
    """The stream with canonical text, and with the ids of `before` where they were left out."""
    raw = reconcile_ids(before, raw_stream(stream))
    return stream.stream_block.to_python(raw)
