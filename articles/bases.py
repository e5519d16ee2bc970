"""Notes on each override which release its editor saw, and which sections stood around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.effective import own_values
from articles.queries import content_of, release_shown
from articles.stream import raw_stream

if TYPE_CHECKING:
    from articles.models import LocalVersionPage


def set_bases(version: LocalVersionPage) -> None:
    """Fill in what nobody types: base releases, neighbours; drop the bases of dropped fields.

    A base that is there stays: only "Keep mine" moves it.
    """
    release = release_shown(version.article, version.clinic_id)
    number = release.number if release else 0
    seen = content_of(version.article, release) if release else version.article
    order = [child.id for child in seen.body]
    raw = raw_stream(version.overrides)
    for override in raw:
        value = override["value"]
        value["base"] = value.get("base") or number
        if override["type"] == "insert" and not value.get("neighbours"):
            value["neighbours"] = [
                {"type": "item", "value": id_, "id": f"{override['id']}-{index}"}
                for index, id_ in enumerate(order)
            ]
    version.overrides = version.overrides.stream_block.to_python(raw)
    version.bases = {name: version.bases.get(name) or number for name in own_values(version)}
