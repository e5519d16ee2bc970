"""What every template keeps to, so that the strict policy of public pages stays possible."""

from __future__ import annotations

import re

import pytest
from wagtail.models import get_page_models

from articles.blocks.sections import SECTION_BLOCKS
from tests.contracts.source import (
    TEMPLATES,
    app_modules,
    name_of,
    public_templates,
    templates,
)

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle=|<style\b"),
    "inline handler": re.compile(r"\son[a-z]+=\""),
    "script without a file": re.compile(
        r"<script\b(?![^>]*\b(?:src=|type=\"application/ld\+json\"))"
    ),
    "address of another host": re.compile(r"https?://|[\"']//"),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape off"),
    "HTML comment": re.compile(r"<!--"),
}
SECTION_NAMES = {*SECTION_BLOCKS, "slot"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_public_templates_have_none(what):
    found = [name_of(path) for path in public_templates() if FORBIDDEN[what].search(_text(path))]

    assert found == []


def test_section_blocks_have_a_template_each():
    sections = (TEMPLATES / "articles/sections").glob("*.html")

    assert {path.stem for path in sections} == SECTION_NAMES


def test_templates_open_with_what_they_are_given():
    silent = [name_of(path) for path in templates() if not _text(path).startswith("{# ")]

    assert silent == []


def test_includes_get_only_what_they_are_given():
    greedy = [
        f"{name_of(path)}: {tag}"
        for path in public_templates()
        for tag in re.findall(r"{% include [^%]*%}", _text(path))
        if not tag.endswith(" only %}")
    ]

    assert greedy == []


def test_templates_are_all_used():
    chosen_by_class = {page.template for page in get_page_models()}
    chosen_by_block = {f"articles/sections/{name}.html" for name in SECTION_NAMES}
    texts = [_text(path) for path in [*templates(), *app_modules()]]

    unused = [
        name
        for name in (path.relative_to(TEMPLATES).as_posix() for path in templates())
        # Wagtail and Django look for these by their own names.
        if not name.startswith(("wagtailadmin/", "wagtailusers/"))
        and name not in chosen_by_class | chosen_by_block
        and not any(f'"{name}"' in text for text in texts)
    ]

    assert unused == []


def _text(path):
    return path.read_text(encoding="utf-8")
