"""`manage.py local_version`: what a clinic has of its own, for programs (issue item 9)."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.digest import section_digests
from articles.models import ArticlePage, LocalVersionPage
from articles.stream import raw_stream
from tests.articles.editing import open_form, save_form
from tests.articles.every_section import make_image, make_source, make_statement
from tests.articles.every_state import make_every_state
from tests.articles.factories import change_article, make_article, section_id, slot, text
from tests.factories import World

RICH = "<p>Ours, with <strong>weight</strong>.</p>"


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("local_version", *arguments, "--json", stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


@pytest.fixture
def apply(tmp_path: Path) -> Any:
    def apply(operations: Any, *arguments: str, article: str = "fibromyalgia") -> dict[str, Any]:
        file = tmp_path / "operations.json"
        file.write_text(json.dumps(operations))
        return run("hillside", article, "--apply", str(file), *arguments)

    return apply


def refused(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return caught.value.returncode, str(caught.value)


def states(report: dict[str, Any]) -> dict[str, str]:
    return {each["heading"]: each["state"] for each in report["sections"]}


def live_words(path: str = "/conditions/fibromyalgia/") -> str:
    return Client(HTTP_HOST="hillside.test").get(path).text


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("fibromyalgia", text("what", "What"), text("care", "Care"), slot("note"))


def every_operation() -> list[dict[str, Any]]:
    ours = {"heading": "Ours", "text": RICH}
    return [
        {"op": "replace", "target": section_id("what"), "value": ours, "reason": "We do more"},
        {"op": "hide", "target": section_id("care"), "reason": "Not here"},
        {"op": "insert", "where": "end", "type": "text", "value": {"text": "<p>Last.</p>"}},
        {"op": "slot", "name": "note", "value": [{"type": "text", "value": {"text": "<p>N.</p>"}}]},
        {"op": "field", "name": "title", "value": "Our title"},
    ]


def test_report_tells_the_state_of_everything(world: World) -> None:
    make_every_state(world.hillside)

    report = run("hillside", "every-state")

    assert report["state"] == "SUSPENDED"
    assert report["fields"]["summary"]["state"] == "WAITING"
    assert states(report) | {"Follows": "FOLLOWS", "Our own": "OWN", "Our gone": "ORPHAN"} == (
        states(report)
    )
    own = next(each for each in report["sections"] if each["heading"] == "Our own")
    assert (own["act"], own["reason"], own["role"]) == ("replace", "Because", "clinical")


def test_report_for_people(article: ArticlePage) -> None:
    out = StringIO()
    call_command("local_version", "hillside", "fibromyalgia", stdout=out)

    assert "fibromyalgia at hillside: FOLLOWS" in out.getvalue()
    assert f"{section_id('what')}  text [FOLLOWS]" in out.getvalue()


def test_operations_are_one_publish(article: ArticlePage, apply: Any) -> None:
    report = apply(every_operation(), "--publish")

    version = LocalVersionPage.objects.get()
    assert states(report) == {"Ours": "OWN", "N.": "OWN", "Last.": "OWN", "Care": "HIDDEN"}
    assert "<strong>weight</strong>" not in live_words()  # in the editor's own form
    assert "<b>weight</b>" in live_words()
    assert "Our title" in live_words()
    assert version.revisions.count() == 2  # the empty draft, and this


def test_without_publish_it_is_a_draft(article: ArticlePage, apply: Any) -> None:
    report = apply(every_operation())

    assert report["has_draft"] is False  # what is live is still nothing
    assert states(report) == {"What": "FOLLOWS", "Care": "FOLLOWS"}
    assert "weight" in json.dumps(
        LocalVersionPage.objects.get().get_latest_revision().content["overrides"]
    )


def test_one_wrong_item_stops_all(article: ArticlePage, apply: Any, tmp_path: Path) -> None:
    operations = [*every_operation(), {"op": "swap"}]

    with pytest.raises(CommandError) as caught:
        apply(operations, "--publish")

    assert caught.value.returncode == 2
    assert str(caught.value).startswith("item 6, op: “swap” is unknown; known are replace, hide")
    assert not LocalVersionPage.objects.exists()


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ({"op": "hide", "target": "nowhere"}, "item 1, target: “nowhere” is unknown; known are "),
        ({"op": "hide", "target": "", "wher": "x"}, "item 1, “wher” is unknown for “hide”; known"),
        ({"op": "insert", "where": "above"}, "item 1, where: “above” is unknown; known are before"),
        (
            {"op": "insert", "where": "end", "type": "poem"},
            "item 1, type: “poem” is unknown",
        ),
        (
            {"op": "insert", "where": "end", "type": "text", "value": {"txt": "x"}},
            "item 1, value: “txt” is unknown; known are heading",
        ),
        (
            {"op": "insert", "where": "end", "type": "text", "value": {"heading": "x"}},
            "item 1, value.text: This field is required.",
        ),
        ({"op": "field", "name": "slug", "value": "x"}, "item 1, name: “slug” is unknown; known"),
        (
            {"op": "field", "name": "summary", "value": "x" * 400},
            "item 1, value: 400 characters, at most 320 fit",
        ),
        ({"op": "slot", "name": "note", "value": "x"}, "item 1, value: write a list of sections"),
    ],
)
def test_bad_input_names_item_reason_and_remedy(
    article: ArticlePage, apply: Any, operation: dict[str, Any], message: str
) -> None:
    with pytest.raises(CommandError) as caught:
        apply([operation])

    assert caught.value.returncode == 2
    assert str(caught.value).startswith(message)


def test_rule_of_publishing_refuses(article: ArticlePage, apply: Any) -> None:
    typed = {"text": "<p>Call (214) 555-0142.</p>"}
    operations = [{"op": "insert", "where": "end", "type": "text", "value": typed}]

    with pytest.raises(CommandError) as caught:
        apply(operations, "--publish")

    assert caught.value.returncode == 1
    assert "is a phone number typed as text" in str(caught.value)
    assert not LocalVersionPage.objects.exists()


def test_keep_mine_and_take_shared(world: World) -> None:
    make_every_state(world.hillside)
    kept = run("hillside", "every-state", "--keep-mine", section_id("waiting"), "--publish")
    taken = run("hillside", "every-state", "--take-shared", section_id("safety"), "--publish")
    all_kept = run("hillside", "every-state", "--keep-mine", "all", "--publish")

    assert states(kept)["Our waiting"] == "OWN"
    assert states(taken)["Safety"] == "FOLLOWS"
    assert all_kept["fields"]["summary"]["state"] == "OWN"


def test_take_shared_all(world: World) -> None:
    make_every_state(world.hillside)
    report = run("hillside", "every-state", "--take-shared", "all", "--publish")

    left = {state for heading, state in states(report).items() if heading != "Our added"}
    assert left == {"FOLLOWS", "OWN", "HIDDEN"}


def test_accept_release_shows_the_newest(world: World, article: ArticlePage) -> None:
    from articles.accepting import hold_article  # noqa: PLC0415 - used here only

    hold_article(article, world.hillside, user=None)
    change_article(article, [text("what", "Newer")])
    before = run("hillside", "fibromyalgia")
    after = run("hillside", "fibromyalgia", "--accept-release")

    assert (before["is_held"], after["is_held"]) == (True, False)
    assert "Newer" in states(after)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere", "fibromyalgia"), "There is no clinic “nowhere”. Known: harbour, hillside."),
        (("hillside", "nothing"), "The library has no article with the slug “nothing”."),
        (("hillside", "fibromyalgia", "--keep-mine", "all"), "Hillside Pain Clinic has nothing"),
        (("hillside", "fibromyalgia", "--user", "nobody"), "--user: there is no active user"),
        (("hillside", "fibromyalgia", "--apply", "/nowhere.json"), "--apply: cannot read"),
    ],
)
def test_wrong_arguments(article: ArticlePage, arguments: tuple[str, ...], message: str) -> None:
    code, text_ = refused(*arguments)

    assert code == 2
    assert text_.startswith(message)


def test_user_needs_the_right(world: World, article: ArticlePage, apply: Any) -> None:
    """Another clinic's publisher changes nothing here; an editor makes a draft, no more."""
    for user, publish in (("harbour-publisher", ()), ("hillside-editor", ("--publish",))):
        with pytest.raises(CommandError) as caught:
            apply(every_operation(), "--user", user, *publish)
        assert "may not do this here" in str(caught.value)
    assert not LocalVersionPage.objects.exists()

    apply(every_operation(), "--user", "hillside-editor")
    revision = LocalVersionPage.objects.get().latest_revision
    assert revision is not None
    assert revision.user == world.hillside_editor


def test_every_type_stays_as_it_is_when_saved_in_the_editor(
    world: World, article: ArticlePage, apply: Any, client_for: Any
) -> None:
    """What a program writes is what the editor would have stored."""
    figure = {"value": "1 in 50", "label": "adults", "source": make_source("third").pk}
    values: dict[str, dict[str, Any]] = {
        "text": {"heading": "A", "text": RICH},
        "list": {"heading": "B", "intro": "Often:", "kind": "plain", "items": ["One", "Two"]},
        "question": {"question": "Why?", "answer": RICH},
        "image": {"image": make_image().pk, "alt": "A room with one chair", "caption": "Here"},
        "quote": {"quote": "Rest.", "attribution": "A society"},
        "callout": {"tone": "urgent", "heading": "Mind", "text": RICH},
        "figures": {"heading": "C", "figures": [figure]},
        "risks": {"heading": "Risks", "items": ["Nausea"], "seek_help": RICH},
        "statement": {"statement": make_statement().pk},
        "sources": {"heading": "Sources", "sources": [make_source("fourth").pk]},
        "testimonial": {
            "quote": "I sleep again.",
            "speaker": "R. Doe",
            "kind": "actor",
            "paid": "no",
            "relationship": "None",
            "credential": "None",
            "typical": "No change for half.",
            "source": make_source("fifth").pk,
            "consent_reference": "AUTH-1",
            "consent_date": "2026-05-02",
        },
        "cta": {"action": "call_text", "heading": "Ask us", "message": "Today."},
        "offer": {
            "heading": "A first talk",
            "text": RICH,
            "terms": "New patients.",
            "billing": "No plan is billed.",
            "expires": "2030-01-01",
        },
    }
    types = {section["type"] for section in every_section_types()}
    operations = [
        {"op": "insert", "where": "end", "type": type_, "value": value}
        for type_, value in values.items()
    ]
    apply(operations, "--publish")
    version = LocalVersionPage.objects.get()
    before = contents(version)
    publisher = client_for(world.hillside_publisher)
    save_form(publisher, version, open_form(publisher, version), "publish")

    assert set(values) == types - {"slot"}
    assert section_digests(contents(LocalVersionPage.objects.get())) == section_digests(before)


def contents(version: LocalVersionPage) -> list[dict[str, Any]]:
    return [inner for each in raw_stream(version.overrides) for inner in each["value"]["content"]]


def every_section_types() -> list[dict[str, Any]]:
    from articles.blocks.sections import SECTION_BLOCKS  # noqa: PLC0415 - used here only

    return [{"type": name} for name in SECTION_BLOCKS]
