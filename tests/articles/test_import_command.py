"""`manage.py import_articles`: what it takes, what it refuses, and what it reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from articles.models import ArticlePage
from tests.factories import World

SHINGLES = """Life After Shingles

Shingles can leave a burning pain behind. Hillside Pain Clinic sees people
from Dallas, Highland Park and Richardson, Texas, every week.

What helps

Patches and pills calm the nerves for many people. Ask which of them suits you.

Call Us Text Us
Share
"""
UNTITLED = "A short text without any heading. It says two things."
UNREADABLE = {
    "missing": (None, "There is no such file."),
    "empty": (b"", "The file is empty."),
    "white": (b" \n\t\n", "The file holds nothing but white space."),
    "binary": (b"GIF89a\x00\x01\x02", "The file is binary, not text: a NUL byte at byte offset 6."),
    "latin": ("Café".encode("latin-1"), "The file is not UTF-8 text: byte 0xe9 at byte offset 3."),
    "utf16": ("Shingles".encode("utf-16"), "The file is UTF-16 text, not UTF-8: save it as UTF-8."),
    "chrome": (
        b"Share\nSkip to content\n",
        "The file holds no text of an article, only page chrome or a title.",
    ),
}
KEYS = (
    "file", "status", "article_id", "slug", "title", "claims", "sections", "chrome", "tokens",
    "warnings", "errors",
)  # fmt: skip

type Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the text of the file that is imported, again and again."""

    def to_file(text: str) -> Path:
        path = tmp_path / "shingles.txt"
        path.write_text(text, "utf-8")
        return path

    return to_file


def run(*paths: Path, fails: bool = False, **options: Any) -> list[dict[str, Any]]:
    """The reports of one run; `fails` expects the exit status of a failure."""
    out = StringIO()
    arguments = [str(path) for path in paths]
    call = {"kind": "condition", "json": True, "stdout": out, **options}
    if fails:
        with pytest.raises(CommandError):
            call_command("import_articles", *arguments, **call)
    else:
        call_command("import_articles", *arguments, **call)
    return json.loads(out.getvalue())


# Files that cannot be read


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_named_and_the_others_go_on(
    name: str, world: World, write: Write, tmp_path: Path
) -> None:
    content, message = UNREADABLE[name]
    bad = tmp_path / f"{name}.txt"
    if content is not None:
        bad.write_bytes(content)

    reports = run(bad, write(SHINGLES), fails=True)

    assert [report["status"] for report in reports] == ["error", "created"]
    assert reports[0]["errors"] == [f"{bad}: {message}"]
    assert reports[0]["article_id"] is None
    assert ArticlePage.objects.count() == 1


def test_file_of_50_megabytes_is_refused_without_reading_it(world: World, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    (report,) = run(path, fails=True)

    assert report["errors"] == [
        f"{path}: The file is too large: 50.0 MB, and an article has at most 2 MB."
    ]


def test_directory_is_refused(world: World, tmp_path: Path) -> None:
    (report,) = run(tmp_path, fails=True)

    assert report["errors"] == [f"{tmp_path}: This is a directory, not a file."]


# Options


def test_report_has_exactly_the_documented_keys(world: World, write: Write) -> None:
    path = write(SHINGLES)

    (report,) = run(path, clinic="hillside")

    article = ArticlePage.objects.get()
    assert tuple(report) == KEYS
    assert [claim["rule"] for claim in report.pop("claims")] == ["NAME", "ELEM", "ELEM"]
    assert report == {
        "file": str(path),
        "status": "created",
        "article_id": article.pk,
        "slug": "life-after-shingles",
        "title": "Life After Shingles",
        "sections": 3,
        "chrome": ["Call Us Text Us", "Share"],
        "tokens": [
            {"literal": "Hillside Pain Clinic", "token": "{{ clinic.name }}", "count": 1},
            {
                "literal": "Dallas, Highland Park and Richardson",
                "token": "{{ clinic.service_areas }}",
                "count": 1,
            },
            {"literal": "Texas", "token": "{{ clinic.state }}", "count": 1},
        ],
        "warnings": ["“Call Us Text Us” became a call-to-action section (call_text)."],
        "errors": [],
    }
    assert article.get_latest_revision_as_object().summary == ""
    assert article.owner_clinic == world.hillside


def test_report_for_people_names_the_status(world: World, write: Write) -> None:
    out = StringIO()

    call_command("import_articles", str(write(SHINGLES)), kind="condition", stdout=out)

    assert out.getvalue().splitlines()[0].endswith("shingles.txt: created  Life After Shingles")


def test_text_without_title_becomes_a_draft_that_needs_one(world: World, write: Write) -> None:
    """I-03: never guessed silently, never published."""
    (report,) = run(write(UNTITLED), publish=True, fails=True)

    article = ArticlePage.objects.get()
    assert (report["status"], report["title"]) == ("title_needed", "Title needed: shingles.txt")
    assert report["warnings"][0].startswith("Title needed: the text has none. Suggestion: “A short")
    assert "Give the article a title" in report["errors"][0]
    assert (article.title, article.live) == ("Title needed: shingles.txt", False)


def test_title_given_later_completes_the_same_draft(world: World, write: Write) -> None:
    path = write(UNTITLED)
    (first,) = run(path)

    (second,) = run(path, title="Two things", update=True)

    assert (second["status"], second["article_id"]) == ("updated", first["article_id"])
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Two things"


def test_title_and_slug_are_taken(world: World, write: Write) -> None:
    (report,) = run(write(UNTITLED), title="Two things", slug="things")

    assert (report["title"], report["slug"]) == ("Two things", "things")
    assert ArticlePage.objects.get().slug == "things"


def test_title_and_slug_are_for_one_file(world: World, write: Write, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(UNTITLED)

    with pytest.raises(CommandError, match="for one file"):
        call_command(
            "import_articles", str(write(SHINGLES)), str(other), kind="condition", slug="a"
        )

    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"title": "A" * 300}, "at most 255 characters"),
        ({"slug": "no slug!"}, "letters, numbers, underscores, or hyphens"),
    ],
)
def test_unusable_option_is_an_error_of_the_file(
    option: dict[str, str], message: str, world: World, write: Write
) -> None:
    (report,) = run(write(SHINGLES), fails=True, **option)

    assert report["status"] == "error"
    assert message in report["errors"][0]
    assert not ArticlePage.objects.exists()


def test_unknown_clinic_is_refused_before_anything_is_read(world: World, write: Write) -> None:
    with pytest.raises(CommandError, match=r"no clinic “nowhere”\. Known: hillside, harbour\."):
        call_command("import_articles", str(write(SHINGLES)), kind="condition", clinic="nowhere")

    assert not ArticlePage.objects.exists()


def test_dry_run_reports_and_writes_nothing(world: World, write: Write) -> None:
    revisions = Revision.objects.count()

    (report,) = run(write(SHINGLES), clinic="hillside", publish=True, dry_run=True)

    assert (report["status"], report["errors"]) == ("created", [])
    assert not ArticlePage.objects.exists()
    assert Revision.objects.count() == revisions


# Publishing


def test_publish_makes_the_article_live(world: World, write: Write) -> None:
    run(write(SHINGLES), clinic="hillside", publish=True)

    article = ArticlePage.objects.get()
    assert (article.live, article.releases.count()) == (True, 1)


def test_names_of_clinics_refuse_publishing_without_clinic(world: World, write: Write) -> None:
    """I-04: every known clinic's name is only reported, and the draft stays a draft."""
    (report,) = run(write(SHINGLES), publish=True, fails=True)

    article = ArticlePage.objects.get()
    assert (report["status"], report["tokens"]) == ("created", [])
    assert any("Hillside Pain Clinic" in warning for warning in report["warnings"])
    assert any("Hillside Pain Clinic" in error for error in report["errors"])
    assert "Hillside Pain Clinic" in article.get_latest_revision_as_object().body.render_as_block()
    assert not article.live


def test_lone_town_refuses_publishing(world: World, write: Write) -> None:
    """I-04: only a reader can tell whether a lone town stands for the clinic that is visited."""
    text = SHINGLES.replace("Ask which", "Ask in Richardson which")

    (report,) = run(write(text), clinic="hillside", publish=True, fails=True)

    assert any(w.startswith("“Richardson” stands alone") for w in report["warnings"])
    assert not ArticlePage.objects.get().live


def test_phone_number_in_the_text_refuses_publishing(world: World, write: Write) -> None:
    """L-02: a number typed in text would be shown on every clinic's site."""
    text = SHINGLES.replace("Ask which", "Call (214) 555-0142 and ask which")

    (report,) = run(write(text), clinic="hillside", publish=True, fails=True)

    assert any("(214) 555-0142" in error for error in report["errors"])
    assert not ArticlePage.objects.get().live
