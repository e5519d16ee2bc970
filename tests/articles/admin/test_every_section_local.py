"""Every section type in a local version: saved, reopened, compared, taken back, undone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.digest import section_digests
from articles.merge import State
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import effective_for
from articles.stream import raw_stream
from clinics.choices import StatementKind
from clinics.models import Statement
from clinics.resolve import clinic_of, root_page
from tests.articles.editing import open_form, save_form
from tests.articles.every_section import every_section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    section_id,
    slot,
)
from tests.factories import World

PATH = "/conditions/every/"


def sections(linked: ArticlePage) -> list[dict[str, Any]]:
    """One of each type, and a slot with every type in it."""
    inner = [section for section in every_section(linked) if section["type"] != "slot"]
    for section in inner:
        section["value"]["locked"] = False
    nested = [{**section, "id": section_id(f"nested/{section['id']}")} for section in inner]
    return [*inner, slot("nested", *nested)]


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("every", *sections(make_article("linked")), title="Every section")


@pytest.fixture
def version(world: World, article: ArticlePage) -> LocalVersionPage:
    """Each section replaced by a text of the same type, and the slot filled with all types."""
    overrides = []
    for number, section in enumerate(raw_stream(article.body)):
        kind = "fill" if section["type"] == "slot" else "replace"
        content = section["value"]["fallback"] if kind == "fill" else [section]
        value: dict[str, Any] = {
            "reason": "Because",
            "content": [
                _ours({**each, "id": section_id(f"ours/{number}/{index}")})
                for index, each in enumerate(content)
            ],
        }
        value |= {"slot": "nested"} if kind == "fill" else {"section": section["id"]}
        overrides.append({"type": kind, "id": section_id(f"override/{number}"), "value": value})
    return make_local_version(article, world.hillside, *overrides)


def _ours(section: dict[str, Any]) -> dict[str, Any]:
    """The same with words of its own, where there is a heading to carry them."""
    value = dict(section["value"])
    for name in ("heading", "question", "caption"):
        if value.get(name):
            value[name] = f"Our {value[name]}"[:100]
            break
    return {**section, "value": value}


def stored(version: LocalVersionPage) -> list[dict[str, Any]]:
    return raw_stream(LocalVersionPage.objects.get(pk=version.pk).overrides)


def live(host: str = "hillside.test") -> str:
    return Client(HTTP_HOST=host).get(PATH).text


def states(world: World, article: ArticlePage) -> set[State]:
    effective = effective_for(
        ArticlePage.objects.get(pk=article.pk), clinic_of(root_page(world.hillside.pk))
    )
    return {section.state for section in effective.merged.sections}


def test_saving_and_saving_again_changes_nothing(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    client = client_for(world.hillside_publisher)
    by_code = section_digests(stored(version))
    save_form(client, version, open_form(client, version), "publish")
    before, page = stored(version), live()
    assert section_digests(before) == by_code
    assert len(before) == len({each["type"] for each in every_types(before)}) + 1

    contents = []
    for _time in range(2):
        save_form(client, version, open_form(client, version), "publish")
        assert stored(version) == before
        assert live() == page
        latest = LocalVersionPage.objects.get(pk=version.pk).latest_revision.content
        contents.append(json.loads(latest["overrides"]))
    assert contents[0] == contents[1] == before


def every_types(overrides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for override in overrides for each in override["value"]["content"]]


def test_change_of_each_section_waits_and_taking_it_and_undo_restore_exactly(
    world: World, client_for: Any, article: ArticlePage, version: LocalVersionPage
) -> None:
    client = client_for(world.hillside_publisher)
    before = stored(version)
    page = live()
    body = [_changed(section) for section in raw_stream(article.body)]
    change_article(article, body)
    assert states(world, article) == {State.WAITING}
    assert live() == page

    for override in before:
        address = reverse("articles_section_compare", args=[version.pk, override["id"]])
        shown = client.get(address)
        assert shown.status_code == 200
        form = {"act": "follow", "seen": shown.context_data["seen"]}
        response = client.post(address, form, follow=True)
        assert override["id"] not in {each["id"] for each in stored(version)}
        undo = _undo_address(response.text)
        client.post(undo)
        assert stored(version) == before
        assert live() == page
    assert states(world, article) == {State.WAITING}


def test_taking_all_shared_texts_shows_what_the_others_read(
    world: World, client_for: Any, article: ArticlePage, version: LocalVersionPage
) -> None:
    client = client_for(world.hillside_publisher)
    for override in stored(version):
        address = reverse("articles_section_compare", args=[version.pk, override["id"]])
        seen = client.get(address).context_data["seen"]
        client.post(address, {"act": "follow", "seen": seen})
    assert stored(version) == []
    assert states(world, article) == {State.FOLLOWS}


def _changed(section: dict[str, Any]) -> dict[str, Any]:
    """The section with another digest, whatever its type."""
    value = dict(section["value"])
    if section["type"] == "slot":
        value["fallback"] = [_changed(each) for each in value["fallback"]]
    for name in ("heading", "question", "caption", "message", "introduction"):
        if isinstance(value.get(name), str):
            value[name] = f"Newer {value[name]}"[:100]
            return {**section, "value": value}
    if section["type"] == "image":
        value["caption"] = "Newer"
    if section["type"] == "testimonial":
        value["speaker"] = "Somebody else"
    if section["type"] == "quote":
        value["attribution"] = "Somebody else"
    if section["type"] == "statement":
        value["statement"] = _other_statement().pk
    return {**section, "value": value}


def _other_statement() -> Statement:
    fields = {"kind": StatementKind.OFF_LABEL, "title": "Off-label", "text": "Newer words."}
    return Statement.objects.get_or_create(slug="other", defaults=fields)[0]


def _undo_address(html: str) -> str:
    marker = "/admin/local-versions/"
    start = next(
        index
        for index in range(len(html))
        if html.startswith(marker, index) and "/undo/" in html[index : index + 60]
    )
    return html[start : html.index('"', start)]
