"""Whether structured data may go out: a JSON-LD graph in, a problem for every mistake out (S-18).

No validator at hand sees all of them (schema.org's own shapes reject correct documents), so the
rules are here: the vocabulary, what Google needs, and what a clinic must not claim. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SCHEMA = "https://schema.org/"
VOCABULARY = Path(__file__).with_name("schema_vocabulary.json")

_TEXT = {"Text", "CssSelectorType", "XPathType", "PronounceableText"}
_MOMENTS = {"Date": date, "DateTime": datetime, "Time": time}
# A bare number of pixels stands for a quantity, as in the examples of schema.org.
_NUMBERS = {"Number", "Integer", "Float", "QuantitativeValue"}
# Google leaves a clinic out without these, and a list of breadcrumbs without those (S-03, S-10).
_NEEDED = {
    "MedicalClinic": ("name", "address"),
    "PostalAddress": ("streetAddress", "addressLocality", "addressRegion", "postalCode"),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name"),
    "Article": ("headline", "publisher"),
    "MedicalWebPage": ("name", "url"),
}
# Stars on one's own clinic (S-13); a treatment for a condition needs the off-label words (S-08).
_REFUSED = ("aggregateRating", "review", "possibleTreatment")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


@dataclass(frozen=True)
class GraphProblem:
    """`code` names the rule; `where` is the node's id and the property."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.code}]"


def check_text(text: str) -> list[GraphProblem]:
    """The problems of a JSON-LD document."""
    try:
        data = json.loads(text)
    except ValueError as error:
        return [GraphProblem("not-json", "document", f"this is no JSON: {error}")]
    if not isinstance(data, dict) or str(data.get("@context", "")).rstrip("/") != SCHEMA[:-1]:
        words = 'begin with "@context": "https://schema.org"'
        return [GraphProblem("no-context", "document", words)]
    return check_graph(data.get("@graph") or [data])


def check_graph(nodes: list[Mapping[str, Any]]) -> list[GraphProblem]:
    """The problems of the nodes of a graph, in their order."""
    by_id = {node["@id"]: node for node in _every_node(nodes) if "@type" in node and "@id" in node}
    return [problem for node in nodes for problem in _node_problems(node, by_id)]


def nodes_of(text: str) -> list[dict[str, Any]]:
    """The nodes of a document that was checked."""
    data = json.loads(text)
    found: list[dict[str, Any]] = data.get("@graph") or [data]
    return found


@cache
def _vocabulary() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(VOCABULARY.read_text(encoding="utf-8"))
    return found


def _every_node(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _every_node(each)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _every_node(each)


def _node_problems(
    node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[GraphProblem]:
    type_ = node.get("@type")
    name = str(node.get("@id") or type_ or "node")
    if not isinstance(type_, str) or type_ not in _vocabulary()["types"]:
        yield GraphProblem("unknown-type", name, f"“{type_}” is no type that we use")
        return
    for needed in _NEEDED.get(type_, ()):
        if node.get(needed) in (None, "", []):
            yield GraphProblem(f"missing-{needed}", name, f"a {type_} needs “{needed}”")
    if type_ == "BreadcrumbList":
        yield from _order_problems(node, name)
    for key, value in node.items():
        if not key.startswith("@"):
            yield from _property_problems(type_, key, value, f"{name} {key}", by_id)


def _order_problems(node: Mapping[str, Any], name: str) -> Iterator[GraphProblem]:
    items = node.get("itemListElement") or []
    positions = [item.get("position") for item in items if isinstance(item, dict)]
    if None not in positions and positions != list(range(1, len(items) + 1)):
        yield GraphProblem("wrong-order", name, "positions count from 1, one by one")
    if any("item" not in item for item in items[:-1]):
        yield GraphProblem("missing-item", name, "every breadcrumb but the last has its address")


def _property_problems(
    type_: str, key: str, value: Any, where: str, by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[GraphProblem]:
    known = _vocabulary()["properties"].get(key)
    if known is None:
        yield GraphProblem("unknown-property", where, "schema.org has no such property")
        return
    if key in _REFUSED:
        yield GraphProblem("refused-property", where, "a clinic does not claim this of itself")
    if "superseded_by" in known:
        better = known["superseded_by"]
        yield GraphProblem("superseded-property", where, f"use “{better}” instead")
    elif not {type_, *_vocabulary()["types"][type_]} & set(known["domains"]):
        yield GraphProblem("wrong-type-for-property", where, f"a {type_} has no “{key}”")
    for each in value if isinstance(value, list) else [value]:
        yield from _value_problems(each, known["ranges"], where, by_id)


def _value_problems(
    value: Any, ranges: list[str], where: str, by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[GraphProblem]:
    if isinstance(value, dict):
        target = value if "@type" in value else by_id.get(value.get("@id", ""))
        if target is None:
            if not _is_address(value.get("@id")):
                yield GraphProblem("dangling-reference", where, "refers to no node of the graph")
            return
        types = _vocabulary()["types"].get(target.get("@type"), [])
        if types and not {*types, target.get("@type")} & set(ranges):
            wanted = " or ".join(ranges)
            yield GraphProblem("wrong-value", where, f"is a {target['@type']}, not a {wanted}")
        if "@type" in value:
            yield from _node_problems(value, by_id)
        return
    if not _fits(value, ranges):
        wanted = " or ".join(ranges)
        yield GraphProblem(_code_of(ranges), where, f"“{value}” is no {wanted}")


def _fits(value: Any, ranges: list[str]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in ranges
    if isinstance(value, int | float):
        return bool(_NUMBERS & set(ranges))
    if not isinstance(value, str) or not value:
        return False
    members = [name for name in ranges if name in _vocabulary()["members"]]
    for name in members:
        if value.removeprefix(SCHEMA) in _vocabulary()["members"][name]:
            return value.startswith(SCHEMA)
    if _TEXT & set(ranges):
        return True
    if any(_is_moment(value, _MOMENTS[name]) for name in ranges if name in _MOMENTS):
        return True
    if "Language" in ranges and _LANGUAGE.fullmatch(value):
        return True
    is_only_moment = set(ranges) <= {*_MOMENTS, *members}
    return not is_only_moment and _is_address(value)


def _code_of(ranges: list[str]) -> str:
    if set(ranges) <= set(_MOMENTS):
        return "wrong-date"
    if any(name in _vocabulary()["members"] for name in ranges):
        return "not-a-member"
    return "wrong-value"


def _is_moment(value: str, kind: Any) -> bool:
    if re.fullmatch(r"\d{4}(-\d\d)?", value) and kind is date:
        return True
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_address(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
