"""C-02: an import says what the claim checker finds, and leaves comments where it stands."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from wagtail.models import Comment

from articles.models import ArticlePage
from tests.factories import World

PAGE = """Migraine care

Migraine is more than a headache. It was first described in the Bronze Age.

How we help

Ketamine cures migraine. You get the best care in town.

Skip to content
"""
NOTES = [
    {"file": "page.txt", "rule": "FACT", "phrase": "in the Bronze Age", "why": "No source."},
    {"file": "page.txt", "rule": "PERM", "phrase": "cures", "why": "The checker says so itself."},
    {"file": "other.txt", "rule": "FACT", "phrase": "in the Bronze Age", "why": "Not this file."},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("import_articles", *map(str, arguments), kind="condition", stdout=out)
    return out.getvalue()


def comments() -> list[tuple[str, str]]:
    rows = Comment.objects.order_by("pk").values_list("contentpath", "text")
    return [(path.split(".")[0] + "." + path.split(".")[-1], text) for path, text in rows]


def test_report_starts_with_the_claims(world: World, file: Path) -> None:
    lines = run(file).splitlines()

    assert lines[0].startswith(str(file))
    claims = [line for line in lines if line.startswith("  claim: ")]
    assert claims[0].startswith("  claim: block OFFLABEL") or "block PERM" in claims[0]
    assert any("info ELEM “Skip to content”" in line for line in claims)
    assert lines.index(claims[-1]) < next(i for i, s in enumerate(lines) if "chrome" in s)


def test_findings_and_notes_become_comments(world: World, file: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps(NOTES), encoding="utf-8")
    assert world.superuser

    run(file, "--notes", notes)

    found = comments()
    assert ("body.text", "FACT, to be judged: “in the Bronze Age”. No source.") in found
    assert [path for path, text in found if text.startswith("PERM: “cures”")] == ["body.text"]
    assert [path for path, text in found if text.startswith("SUPER: “best care”")] == ["body.text"]
    assert [path for path, text in found if text.startswith("PAGE: ")] == ["body.body"]
    assert len([text for _path, text in found if "Bronze" in text]) == 1


def test_comments_lead_to_a_place_of_the_draft(world: World, file: Path) -> None:
    assert world.superuser
    run(file)
    draft = ArticlePage.objects.get(slug="migraine-care").get_latest_revision_as_object()

    assert Comment.objects.exists()
    assert [
        c.contentpath for c in Comment.objects.all() if not c.has_valid_contentpath(draft)
    ] == []
    assert {c.revision_created for c in Comment.objects.all()} == {draft.latest_revision}


def test_second_import_repeats_no_comment(world: World, file: Path) -> None:
    assert world.superuser
    run(file)
    before = comments()
    file.write_text(PAGE.replace("Bronze", "Iron"), encoding="utf-8")

    run(file, "--update")

    assert comments() == before


def test_dry_run_writes_no_comment(world: World, file: Path) -> None:
    assert world.superuser

    assert "claim: block" in run(file, "--dry-run")

    assert not Comment.objects.exists()


def test_without_an_account_the_report_says_so(world: World, file: Path) -> None:
    assert "No account could write comments" in run(file)


def test_notes_of_another_form_are_refused(world: World, file: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.json"
    notes.write_text('{"a": 1}', encoding="utf-8")

    with pytest.raises(CommandError, match="holds no notes"):
        run(file, "--notes", notes)


def test_upload_shows_claims_before_anything_is_imported(world: World, client_for: Any) -> None:
    client = client_for(world.library_editor)
    upload = SimpleUploadedFile("page.txt", PAGE.encode())

    started = client.post(
        "/admin/library-imports/", {"kind": "CONDITION", "clinic": "", "uploads": [upload]}
    )
    page = client.get(started.url).content.decode()

    assert "<strong>PERM</strong> (block)" in page
    assert not Comment.objects.exists()
    file = client.get(started.url).context["rows"][0].file
    client.post(started.url, {"act": "import", "file": [file.pk]})
    assert {comment.user for comment in Comment.objects.all()} == {world.library_editor}
