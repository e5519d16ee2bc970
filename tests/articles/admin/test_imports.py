"""Issue 5, 7: importing articles in the admin, from the upload to the undo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from articles.importing import batches
from articles.models import ArticleImport, ArticlePage
from tests.articles.factories import make_article
from tests.factories import World

SHINGLES = """Life After Shingles

Shingles can leave a burning pain behind. Hillside Pain Clinic sees people every week.

What helps

Patches and pills calm the nerves for many people. Ask which of them suits you.

Call Us Text Us
Share
"""
MIGRAINE = "Migraine\n\nMigraine is more than a headache. It comes back, again and again.\n"
URL = "/admin/library-imports/"

type ClientFor = Callable[[Any], Client]


def file_of(name: str = "shingles.txt", content: str | bytes = SHINGLES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def upload(client: Client, *files: SimpleUploadedFile, **fields: Any) -> Any:
    data = {"kind": "CONDITION", "clinic": "", "uploads": list(files), **fields}
    return client.post(URL, data)


@pytest.fixture
def client(world: World, client_for: ClientFor) -> Client:
    return client_for(world.library_editor)


def last_import() -> ArticleImport:
    return ArticleImport.objects.latest("pk")


def address(batch: ArticleImport) -> str:
    return reverse("articles_import", args=[batch.pk])


def import_all(client: Client, *files: SimpleUploadedFile) -> ArticleImport:
    upload(client, *files)
    batch = last_import()
    chosen = list(batch.files.values_list("pk", flat=True))
    client.post(address(batch), {"act": "import", "file": chosen})
    return last_import()


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_report_comes_before_anything_is_made(client: Client, world: World) -> None:
    response = upload(client, file_of(), clinic=world.hillside.pk)

    batch = last_import()
    assert response.headers["Location"] == address(batch)
    page = text_of(client.get(address(batch)))
    assert "Life After Shingles" in page
    assert re.search(r"[23] sections", page)
    assert "“Hillside Pain Clinic” → " in page
    assert "<li>Share</li>" in page
    assert "Can be imported" in page
    assert not ArticlePage.objects.exists()


def test_chosen_files_become_drafts_and_the_others_do_not(client: Client, world: World) -> None:
    upload(client, file_of(), file_of("migraine.md", MIGRAINE), kind="TREATMENT")
    batch = last_import()
    _first, second = batch.files.all()

    client.post(address(batch), {"act": "import", "file": [second.pk]})

    article = ArticlePage.objects.get()
    assert (article.title, article.live, article.kind) == ("Migraine", False, "TREATMENT")
    assert article.latest_revision.user == world.library_editor
    assert list(batch.files.values_list("article", "text")) == [(None, ""), (article.pk, "")]
    page = text_of(client.get(address(batch)))
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in page
    assert "Left out" in page
    entry = PageLogEntry.objects.get(action="articles.library.imported")
    assert (entry.user, entry.message) == (world.library_editor, "Imported as drafts: Migraine")


UNREADABLE = {
    "picture": ("scan.pdf", b"%PDF", "“.pdf” is not read here: save the text as a .txt file"),
    "latin": ("a.txt", "Café".encode("latin-1"), "not UTF-8 text: byte 0xe9 at byte offset 3"),
    "binary": ("a.txt", b"GIF\x00", "The file is binary"),
    "empty": ("a.txt", b"", "The file is empty."),
    "chrome": ("a.txt", b"Share\nSkip to content\n", "only page chrome or a title"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_file_is_named_with_reason_and_the_others_go_on(
    client: Client, name: str
) -> None:
    file, content, words = UNREADABLE[name]

    batch = import_all(client, file_of(file, content), file_of())

    page = text_of(client.get(address(batch)))
    assert words in page
    assert [report["file"] for report in batch.files.values_list("report", flat=True)] == [
        file,
        "shingles.txt",
    ]
    assert ArticlePage.objects.get().title == "Life After Shingles"


def test_large_file_is_refused_before_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    monkeypatch.setattr(batches, "read_content", lambda content: read.append(len(content)))

    upload(client, file_of("large.txt", b"a" * 2_000_001))

    (file,) = last_import().files.all()
    assert "large.txt: The file is too large: 2.0 MB" in file.report["errors"][0]
    assert read == []


@pytest.mark.parametrize(("count", "words"), [(0, "at least one file"), (21, "These are 21 files")])
def test_no_files_and_too_many_are_refused_and_the_choices_stay(
    client: Client, world: World, count: int, words: str
) -> None:
    files = [file_of(f"{number}.txt") for number in range(count)]

    response = upload(client, *files, kind="TREATMENT", clinic=world.harbour.pk)

    page = text_of(response)
    assert words in page
    assert f'<option value="{world.harbour.pk}" selected>' in page
    assert '<option value="TREATMENT" selected>' in page
    assert not ArticleImport.objects.exists()


def test_article_that_is_there_is_never_changed(client: Client, world: World) -> None:
    there = make_article("life-after-shingles", title="Life After Shingles")
    revision = there.latest_revision_id

    batch = import_all(client, file_of())

    page = text_of(client.get(address(batch)))
    assert "has an article at “life-after-shingles” already" in page
    assert "Change that one in the editor" in page
    there.refresh_from_db()
    assert (there.latest_revision_id, ArticlePage.objects.count()) == (revision, 1)


def test_undo_removes_what_nobody_has_edited_and_names_the_rest(
    client: Client, world: World
) -> None:
    batch = import_all(client, file_of(), file_of("migraine.txt", MIGRAINE))
    edited = ArticlePage.objects.get(title="Migraine")
    edited.get_latest_revision_as_object().save_revision(user=world.library_publisher)
    page = text_of(client.get(address(batch)))
    assert "Kept, since somebody has worked on it:</p> <ul" in page

    response = client.post(address(batch), {"act": "undo"}, follow=True)

    said = text_of(response)
    assert "1 draft was removed. Kept, since somebody has worked on it: “Migraine”." in said
    assert list(ArticlePage.objects.all()) == [edited]
    assert last_import().undone_at
    entry = PageLogEntry.objects.get(action="articles.library.import_undone")
    assert entry.data == {"titles": ["Life After Shingles"], "kept": ["Migraine"]}


def test_what_is_done_is_not_done_again(client: Client) -> None:
    batch = import_all(client, file_of())
    chosen = {"act": "import", "file": [file.pk for file in batch.files.all()]}

    again = client.post(address(batch), chosen, follow=True)
    forgotten = client.post(address(batch), {"act": "discard"}, follow=True)
    client.post(address(batch), {"act": "undo"})
    undone = client.post(address(batch), {"act": "undo"}, follow=True)

    assert "These files were imported already." in text_of(again)
    assert "undo the import instead" in text_of(forgotten)
    assert "There is nothing to undo" in text_of(undone)
    assert not ArticlePage.objects.exists()


def test_files_are_forgotten_when_asked(client: Client) -> None:
    upload(client, file_of())

    client.post(address(last_import()), {"act": "discard"})

    assert not ArticleImport.objects.exists()


@pytest.mark.parametrize("name", ["hillside_publisher", "franchise_admin", "outsider"])
def test_import_is_missing_for_whoever_writes_no_library(
    client: Client, world: World, client_for: ClientFor, name: str
) -> None:
    upload(client, file_of())
    batch, other = last_import(), client_for(getattr(world, name))

    for path in (URL, address(batch)):
        assert other.get(path).status_code == 404
        assert other.post(path, {"act": "discard"}).status_code == 404
    assert ArticleImport.objects.filter(pk=batch.pk).exists()
    assert client.get("/admin/library-imports/8888888/").status_code == 404


def test_queries_of_the_list_do_not_grow(client: Client) -> None:
    counts = []
    for _round in range(2):
        upload(client, file_of(), file_of("migraine.txt", MIGRAINE))
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))

    assert counts[0] == counts[1]
