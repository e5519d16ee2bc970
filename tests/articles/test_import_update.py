"""`import_articles --update`: sections keep their ids, so what clinics wrote stays attached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.models import ArticlePage, LocalVersionPage
from articles.stream import raw_stream
from tests.articles.factories import change_article, make_local_version, override, text
from tests.articles.test_import_command import run
from tests.factories import World
from tests.reading import main_words

BEFORE = """Nerve Pain After Surgery

Nerves may be cut or pulled during an operation. Most of them heal within some months.

What helps

Patches and pills calm the nerves for many people. Ask which of them suits you.

When to come back

Come back when the pain grows or when it keeps you awake for more than a week.
"""
# The first section is longer, the second has other words below its heading, and a third is new.
AFTER = """Nerve Pain After Surgery

Nerves may be cut or pulled during an operation. Most of them heal within some months. Some do not.

What helps

Several medicines were compared in trials. None was best for everybody who took part.

What does not help

Waiting in silence makes a long story longer.

When to come back

Come back when the pain grows or when it keeps you awake for more than a week.
"""

type Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the text of the file that is imported, again and again."""

    def to_file(text: str) -> Path:
        path = tmp_path / "nerves.txt"
        path.write_text(text, "utf-8")
        return path

    return to_file


def _sections(article: ArticlePage) -> list[dict[str, Any]]:
    return raw_stream(article.get_latest_revision_as_object().body)


def _ids_by_heading(article: ArticlePage) -> dict[str, str]:
    return {section["value"]["heading"]: section["id"] for section in _sections(article)}


def _article() -> ArticlePage:
    return ArticlePage.objects.get()


def test_unchanged_file_writes_no_revision(world: World, write: Write) -> None:
    run(write(BEFORE))
    revisions = _article().revisions.count()

    (report,) = run(write(BEFORE), update=True)

    assert report["status"] == "unchanged"
    assert _article().revisions.count() == revisions


def test_changed_file_needs_the_option(world: World, write: Write) -> None:
    run(write(BEFORE))
    before = _sections(_article())

    (report,) = run(write(AFTER), fails=True)

    assert report["status"] == "error"
    assert "Run again with --update" in report["errors"][0]
    assert _sections(_article()) == before


def test_sections_keep_their_ids(world: World, write: Write) -> None:
    """By equal digest, by equal heading, by shared words; a new section gets a new id."""
    run(write(BEFORE))
    before = _ids_by_heading(_article())

    (report,) = run(write(AFTER), update=True)

    after = _ids_by_heading(_article())
    assert (report["status"], report["sections"]) == ("updated", 4)
    assert {heading: after[heading] for heading in before} == before
    assert after["What does not help"] not in before.values()


def test_section_that_left_the_file_is_named(world: World, write: Write) -> None:
    run(write(AFTER))

    (report,) = run(write(BEFORE), update=True)

    assert report["warnings"] == [
        "The section “What does not help” is not in the file and was left out of the draft."
    ]


def test_settings_of_a_section_stay(world: World, write: Write) -> None:
    """Locked, clinical or local, clinics only: an editor's decisions, which no file knows."""
    run(write(BEFORE))
    body = _sections(_article())
    body[1]["value"] |= {"locked": True, "role": "local", "clinics_only": True}
    change_article(_article(), body)

    run(write(AFTER), update=True)

    value = _sections(_article())[1]["value"]
    assert (value["locked"], value["role"], value["clinics_only"]) == (True, "local", True)


def test_fields_that_no_file_knows_stay(world: World, write: Write) -> None:
    run(write(BEFORE))
    change_article(_article(), summary="In short.", seo_title="Nerves")

    run(write(AFTER), update=True, publish=True)

    assert (_article().summary, _article().seo_title) == ("In short.", "Nerves")
    assert _article().releases.count() == 2


def test_overrides_stay_attached(world: World, write: Write, site_client: Any) -> None:
    run(write(BEFORE), publish=True)
    section = _ids_by_heading(_article())["What helps"]
    own = text("own", "What helps", "<p>At Harbour we begin with a talk.</p>")
    make_local_version(_article(), world.harbour, override("replace", "", own, section=section))

    run(write(AFTER), update=True, publish=True)

    path = f"/conditions/{_article().slug}/"
    ours = main_words(site_client(world.harbour).get(path).content)
    theirs = main_words(site_client(world.hillside).get(path).content)
    assert "What helps At Harbour we begin with a talk. What does not help Waiting" in ours
    assert "Several medicines" not in ours
    assert "Harbour" not in theirs
    assert "What helps Several medicines were compared in trials." in theirs
    assert LocalVersionPage.objects.get().overrides[0].value["section"] == section


def test_somebodys_draft_is_kept_and_mentioned(world: World, write: Write) -> None:
    run(write(BEFORE), publish=True)
    draft = _article().get_latest_revision_as_object()
    draft.summary = "A summary that is not finished"
    pending = draft.save_revision(user=world.library_editor)

    (report,) = run(write(AFTER), update=True)

    pending.refresh_from_db()
    assert any("unpublished draft by library-editor" in line for line in report["warnings"])
    assert _article().latest_revision_id != pending.pk
    assert pending.as_object().summary == "A summary that is not finished"
    assert len(raw_stream(pending.as_object().body)) == 3


@pytest.mark.parametrize("changed", [BEFORE, AFTER])
def test_somebodys_draft_is_not_published_along(changed: str, world: World, write: Write) -> None:
    """The new draft stands on top of theirs, so publishing it would publish what they wrote."""
    run(write(BEFORE), publish=True)
    draft = _article().get_latest_revision_as_object()
    draft.summary = "A summary that is not finished"
    draft.save_revision(user=world.library_editor)

    (report,) = run(write(changed), update=True, publish=True, fails=True)

    assert report["errors"][0].startswith("Not published. library-editor has an unpublished draft")
    assert (_article().summary, _article().releases.count()) == ("", 1)


def test_draft_that_was_never_published_is_mentioned_too(world: World, write: Write) -> None:
    run(write(BEFORE))
    _article().get_latest_revision_as_object().save_revision(user=world.library_editor)

    (report,) = run(write(AFTER), update=True)

    assert any("unpublished draft by library-editor" in line for line in report["warnings"])


def test_article_is_found_by_its_file_after_a_rename(world: World, write: Write) -> None:
    """An editor may give a better address; the file still belongs to its article."""
    run(write(BEFORE), publish=True)
    change_article(_article(), slug="nerves-after-surgery")

    (report,) = run(write(AFTER), update=True)

    assert (report["status"], report["slug"]) == ("updated", "nerves-after-surgery")
    assert ArticlePage.objects.count() == 1


def test_dry_run_of_an_update_writes_nothing(world: World, write: Write) -> None:
    run(write(BEFORE), publish=True)
    before = _article().latest_revision_id

    (report,) = run(write(AFTER), update=True, publish=True, dry_run=True)

    assert report["status"] == "updated"
    assert _article().latest_revision_id == before
