"""A switched-off check says which one and why, and nothing waits in a comment."""

from __future__ import annotations

import re

from tests.contracts.source import ROOT, app_modules, name_of

MOST_IGNORED_TYPES = 10
EXPLAINED_TYPE = re.compile(r"# type: ignore\[[a-z-]+(, ?[a-z-]+)*\]  # \S.{3,}")


def test_ignored_types_are_few_and_explained():
    ignored = [line for line in _lines() if "type: ignore" in line]

    assert [line for line in ignored if not EXPLAINED_TYPE.search(line)] == []
    assert len(ignored) <= MOST_IGNORED_TYPES


def test_silenced_lint_rules_are_named():
    bare = [line for line in _lines() if re.search(r"# noqa(?!: [A-Z]+\d+)", line)]

    assert bare == []


def test_open_ends_name_their_issue():
    open_ends = [line for line in _lines() if re.search(r"\b(TODO|FIXME|XXX)\b(?! #\d+)", line)]

    assert open_ends == []


def _lines():
    for path in [ROOT / "manage.py", *app_modules()]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{name_of(path)}:{number} {line}"
