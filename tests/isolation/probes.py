"""What is tried at each route: foreign ids in the path, the query and the body, by every method."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.isolation.routes import Route

# An id that no table has, of as many digits as a foreign one.
MISSING = 8_888_888
WRITING = ("POST", "PUT", "PATCH", "DELETE")
# What admin views, ours and Wagtail's, read from the query or a form.
QUERY_NAMES = (
    *("id", "childOf", "collection_id", "collection", "parent_page_id", "parent", "page", "pk"),
    *("user", "owner", "editing_user", "site", "root_page", "clinic", "clinics", "article"),
    *("descendant_of", "child_of", "ancestor_of", "target_pages[]", "created_by", "locale"),
    *("image", "document", "person", "group", "workflow", "task", "revision", "object_id"),
    "place",
)
BODY_NAMES = (
    *("id", "page", "collection", "clinic", "parent_page", "new_parent_page", "destination"),
    *("photo", "logo", "hero_image", "author", "reviewer", "user", "owner", "group", "image"),
    *("neighbour", "person", "article", "version", "release", "revision", "comment", "root_page"),
    "places",
)


@dataclass(frozen=True)
class Probe:
    """One request. `twin` is the same with ids that nothing has: the answers must not differ.

    `is_foreign`: all ids of the path are foreign, so that the only answer is 404.
    """

    route: str
    method: str
    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    twin: Probe | None = None
    is_foreign: bool = False

    def __str__(self) -> str:
        names = f" {','.join(self.data)[:60]}" if self.data and self.method != "GET" else ""
        return f"{self.method} {self.path}{names}"


@dataclass(frozen=True)
class Arguments:
    """Values for what stands in a route beside ids: each combination is tried."""

    texts: Sequence[Mapping[str, str]]
    own: Mapping[str, int]
    search: str


def probes_at(route: Route, ids: Iterable[int], arguments: Arguments, *, full: bool) -> list[Probe]:
    """Everything that is tried at one route; `full`: the first id under every name and method."""
    found = []
    for texts in _texts_for(route, arguments.texts):
        if route.numbers:
            found += _in_path(route, ids, texts, arguments.own, full=full)
        else:
            found += _beside_path(route.name, route.path(texts), ids, arguments.search, full=full)
    return found


def sample(probes: Sequence[Probe], chance: Random) -> list[Probe]:
    """One probe, by chance; as often one that reads as one that writes."""
    reading = [probe for probe in probes if probe.method == "GET"]
    writing = [probe for probe in probes if probe.method != "GET"]
    return [chance.choice(chance.choice([some for some in (reading, writing) if some]))]


def _texts_for(route: Route, texts: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    names = [name for name in route.arguments if name not in route.numbers]
    if not names:
        return [{}]
    fits = [t for t in texts if set(names) <= set(t)]
    unique = {tuple(t[name] for name in names): {n: t[n] for n in names} for t in fits}
    return list(unique.values())


def _in_path(
    route: Route,
    ids: Iterable[int],
    texts: Mapping[str, str],
    own: Mapping[str, int],
    *,
    full: bool,
) -> Iterator[Probe]:
    first = next(iter(ids), None)
    for id_, values, missing in _id_sets(route, ids, own):
        path, twin = route.path({**texts, **values}), route.path({**texts, **missing})
        is_foreign = set(values.values()) == {id_}
        for method in ("GET", *(WRITING if full and id_ == first else ("POST",))):
            data = _body(id_) if method != "GET" else {}
            yield Probe(route.name, method, path, data, _twin(route, method, twin), is_foreign)


def _id_sets(
    route: Route, ids: Iterable[int], own: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, int], dict[str, int]]]:
    """All ids foreign; where there are several, also each one foreign beside own ones."""
    names = [name for name in route.arguments if name in route.numbers]
    for id_ in ids:
        yield id_, dict.fromkeys(names, id_), dict.fromkeys(names, MISSING)
        if len(names) > 1:
            for name in names:
                mine = {other: own.get(other, MISSING) for other in names}
                yield id_, {**mine, name: id_}, {**mine, name: MISSING}


def _beside_path(
    name: str, path: str, ids: Iterable[int], search: str, *, full: bool
) -> Iterator[Probe]:
    yield Probe(name, "GET", path)
    yield Probe(name, "GET", f"{path}?q={search}&term={search}")
    yield Probe(name, "POST", path)
    for number, id_ in enumerate(ids):
        everything = full and not number
        alone = [(n,) for n in QUERY_NAMES] if everything else []
        for names in [QUERY_NAMES, ("id",), ("childOf",), *alone]:
            query, twin = (f"{path}?" + "&".join(f"{n}={i}" for n in names) for i in (id_, MISSING))
            yield Probe(name, "GET", query, {}, Probe(name, "GET", twin))
        for method in WRITING if everything else ("POST",):
            twin = Probe(name, method, path, _body(MISSING))
            yield Probe(name, method, path, _body(id_), twin)
            both = f"{path}?id={id_}"
            twin = Probe(name, method, f"{path}?id={MISSING}", _body(MISSING))
            yield Probe(name, method, both, _body(id_), twin)
    yield Probe(name, "GET", f"{path}?id=all")
    yield Probe(name, "POST", f"{path}?id=all")


def _body(id_: int) -> dict[str, str]:
    return dict.fromkeys(BODY_NAMES, str(id_))


def _twin(route: Route, method: str, path: str) -> Probe:
    return Probe(route.name, method, path, _body(MISSING) if method != "GET" else {})


def without_ids(text: str, probe: Probe) -> str:
    """An answer as it would be for any other id."""
    numbers = set(re.findall(r"\d{7}", probe.path)) | {v for v in probe.data.values() if v}
    for number in sorted(numbers, key=len, reverse=True):
        text = text.replace(str(number), "N")
    return text
