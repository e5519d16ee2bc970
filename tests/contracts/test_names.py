"""No drawer for everything, and no class that is named after what it does to others."""

from __future__ import annotations

import ast

from tests.contracts.source import APPS, ROOT, app_modules, name_of, tree_of

BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "base"}
BANNED_ENDINGS = ("Manager", "Helper", "Handler", "Service", "Utils")


def test_modules_are_named_after_a_noun_or_a_step():
    drawers = [
        name_of(path)
        for folder in (*APPS, "tests")
        for path in (ROOT / folder).rglob("*")
        if path.stem in BANNED_MODULES and path.name != "__pycache__"
    ]

    # The one that Django people look for.
    assert drawers == ["cms/settings/base.py"]


def test_classes_are_named_after_what_they_are():
    wrong = [
        f"{name_of(path)}: {node.name}"
        for path in app_modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and node.name.endswith(BANNED_ENDINGS)
        # A service is what a clinic offers.
        and node.name != "Service"
    ]

    assert wrong == []
