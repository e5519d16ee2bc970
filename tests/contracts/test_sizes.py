"""Where a file or a function is so long that it should have been cut. The aim is far below."""

from __future__ import annotations

import ast

from tests.contracts.source import app_modules, name_of, templates, tree_of

MODULE_LINES = 400
FUNCTION_LINES = 60
TEMPLATE_LINES = 160


def test_modules_fit_in_the_head():
    long = [name_of(path) for path in app_modules() if _lines(path) > MODULE_LINES]

    assert long == []


def test_functions_fit_on_a_screen():
    long = [
        f"{name_of(path)}: {node.name}"
        for path in app_modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]

    assert long == []


def test_templates_fit_on_two_screens():
    long = [name_of(path) for path in templates() if _lines(path) > TEMPLATE_LINES]

    assert long == []


def _lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())
