"""The README tells the truth: its files, settings, commands and targets exist."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands

from tests.contracts.source import ROOT

README = ROOT / "README.md"
LONGEST = {"README.md": 100, "clinics/README.md": 120, "articles/README.md": 120}


@pytest.mark.parametrize("name", LONGEST)
def test_readme_is_short(name):
    assert len((ROOT / name).read_text().splitlines()) <= LONGEST[name]


@pytest.mark.parametrize("name", LONGEST)
def test_files_named_exist(name):
    text = (ROOT / name).read_text()
    named = re.findall(r"`([a-z_.-]+(?:/[\w.-]+)*/?)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    paths = {path for path in named if "/" in path or path.endswith((".py", ".md", ".html"))}

    missing = {
        path
        for path in paths
        if not any((base / path).exists() for base in (ROOT, ROOT / name.split("/")[0]))
    }

    assert paths
    assert missing == set()


def test_settings_named_are_read():
    table = README.read_text().partition("## Settings")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)
    sources = [*(ROOT / "cms/settings").glob("*.py"), *(ROOT / ".ci").iterdir(), ROOT / "Makefile"]
    text = "\n".join(path.read_text() for path in sources)

    assert len(named) > 5
    assert [name for name in named if not re.search(rf"\b{name}\b", text)] == []


def test_settings_read_are_named():
    text = "\n".join(path.read_text() for path in (ROOT / "cms/settings").glob("*.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text))

    assert {name for name in read if f"| `{name}`" not in README.read_text()} == set()


def test_commands_named_exist():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README.read_text()))

    assert named
    assert named - set(get_commands()) == set()


def test_targets_named_exist():
    named = set(re.findall(r"make ([a-z]+)", README.read_text()))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert named
    assert named - targets == set()
