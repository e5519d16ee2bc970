"""The files of the project for the contract tests, which read them instead of running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "articles", "clinics")
TEMPLATES = ROOT / "templates"


def app_modules(*apps: str) -> list[Path]:
    """Python files of the apps, without migrations."""
    return sorted(
        path
        for app in apps or APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def public_templates() -> list[Path]:
    """Those that a patient gets; the admin has a policy of its own."""
    return [path for path in templates() if not {"admin", "wagtailadmin"} & set(path.parts)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_in(node: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Every import below a node, with the full name of the module; none is relative."""
    for child in ast.walk(node):
        if isinstance(child, ast.ImportFrom):
            yield child, child.module or ""
        elif isinstance(child, ast.Import):
            for alias in child.names:
                yield child, alias.name


def imports_on_load(path: Path) -> Iterator[str]:
    """Modules loaded together with this one: no late imports, none for type checkers only."""
    for statement in tree_of(path).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (module for _, module in imports_in(statement))


def late_imports(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (statement for statement, _ in imports_in(node))
