"""Every address that a urlconf answers: resolver in, routes with their arguments out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

_ROUTE_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_NAMED_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()]|\([^()]*\))*\)")
_PLAIN_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """One address. `template` has {name} for each argument; `numbers` are those that take ids."""

    name: str
    template: str
    arguments: tuple[str, ...]
    numbers: frozenset[str]

    def path(self, values: Mapping[str, Any]) -> str:
        return "/" + self.template.format(**values)


def routes_of(urlconf: str) -> list[Route]:
    """All routes that can be reached: of two with the same address, the first one is."""
    found: dict[str, Route] = {}
    for route in _walk(get_resolver(urlconf).url_patterns, "", ()):
        found.setdefault(route.template, route)
    return list(found.values())


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str, spaces: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        template, numbers = _template(pattern.pattern)
        if isinstance(pattern, URLResolver):
            below = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, before + template, below)
            continue
        full = before + template
        arguments = tuple(re.findall(r"{(\w+)}", full))
        name = ":".join((*spaces, pattern.name or pattern.lookup_str))
        yield Route(name, full, arguments, numbers | _numbers(before))


def _template(pattern: Any) -> tuple[str, frozenset[str]]:
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        numbers = {m["name"] for m in _ROUTE_ARGUMENT.finditer(text) if m["kind"] == "int"}
        # Wagtail's choosers take any kind of key: ours are numbers.
        numbers |= {name for name in ("pk", "object_id") if f":{name}>" in text}
        return _ROUTE_ARGUMENT.sub(r"{\g<name>}", text), frozenset(numbers)
    numbers = {m["name"] for m in _NAMED_GROUP.finditer(text) if "0-9" in m[0] or "d+" in m[0]}
    text = _NAMED_GROUP.sub(r"{\g<name>}", text.removeprefix("^").removesuffix("$"))
    groups = iter(("first", "second"))
    text = _PLAIN_GROUP.sub(lambda _: "{" + next(groups) + "}", text)
    return text.replace("\\", "").replace("?:", ""), frozenset(numbers)


def _numbers(before: str) -> frozenset[str]:
    return frozenset(re.findall(r"{(\w+_id|pk)}", before))
