"""Imports point one way: cms, then articles, then clinics, then Wagtail."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.contracts.source import (
    APPS,
    ROOT,
    app_modules,
    imports_in,
    imports_on_load,
    late_imports,
    name_of,
    tree_of,
)

MAY_IMPORT = {
    "clinics": {"clinics"},
    "articles": {"articles", "clinics"},
    "cms": {"cms", "articles", "clinics"},
}
# Values in, values out: they can be read, tested and trusted without a database.
PURE = (
    "articles/claims/checking.py",
    "articles/claims/checks.py",
    "articles/claims/figure_conflicts.py",
    "articles/claims/populations.py",
    "articles/claims/reading.py",
    "articles/claims/required.py",
    "articles/claims/rule.py",
    "articles/claims/rulebook.py",
    "articles/digest.py",
    "articles/holding.py",
    "articles/importing/sentences.py",
    "articles/insert_place.py",
    "articles/merge.py",
    "articles/plain_text.py",
    "articles/readability.py",
    "articles/shingles.py",
)
# Steps of a request and what stands above them: a model forwards to them only when it is called.
# Panels and forms are not among them, since Wagtail reads them off the class of a page.
ABOVE_MODELS = {
    "actions",
    "cta",
    "effective",
    "frame",
    "management",
    "middleware",
    "page_view",
    "pages",
    "preview",
    "publishing",
    "queries",
    "releasing",
    "resolve",
    "views",
    "wagtail_hooks",
}
REASON = re.compile(r"# noqa: PLC0415 - \S.{3,}")


@pytest.mark.parametrize("app", APPS)
def test_imports_never_point_back(app):
    wrong = [
        f"{name_of(path)}:{statement.lineno} imports {module}"
        for path in app_modules(app)
        for statement, module in imports_in(tree_of(path))
        if module.partition(".")[0] in {*APPS, "tests"} - MAY_IMPORT[app]
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_late_imports_say_why(app):
    silent = [
        f"{name_of(path)}:{statement.lineno}"
        for path in app_modules(app)
        for statement in late_imports(path)
        if not REASON.search(path.read_text().splitlines()[statement.lineno - 1])
    ]

    assert silent == []


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_import_only_pure_modules(name):
    pure = {Path(other).with_suffix("").as_posix().replace("/", ".") for other in PURE}

    others = {module for _, module in imports_in(tree_of(ROOT / name))}

    assert {
        module
        for module in others - pure
        if module.partition(".")[0] not in {"__future__", *sys.stdlib_module_names}
    } == set()


@pytest.mark.parametrize("app", ["clinics", "articles"])
def test_models_load_nothing_above_them(app):
    upward = [
        f"{name_of(path)} imports {module}"
        for path in app_modules(app)
        if path.parent.name == "models"
        for module in imports_on_load(path)
        if module.startswith(("clinics.", "articles.")) and module.split(".")[1] in ABOVE_MODELS
    ]

    assert upward == []
