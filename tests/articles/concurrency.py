"""Two people who save one page at the same moment, as often as asked: real threads, real requests.

It takes a test that commits (`transaction=True`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from tests.articles.editing import autosave, open_form, save_form

# What each of the two does, turn by turn.
TURNS = (
    ("publish", "publish"),
    ("draft", "publish"),
    ("autosave", "publish"),
    ("autosave", "autosave"),
    ("draft", "draft"),
    ("publish", "autosave"),
)


@dataclass(frozen=True)
class Contested:
    """A page, the field that both write, and the two, who are signed in and may publish it."""

    page: Page
    field: str
    clients: tuple[Client, Client]


@dataclass
class Tally:
    """`overwrites` and `lost` name each case in words; both have to be empty."""

    answers: Counter[str] = field(default_factory=Counter)
    overwrites: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def race(pages: list[Contested], *, pairs: int) -> Tally:
    """`pairs` times, two people open a page and post its field at once.

    The pages take turns, and so do form and autosave.
    """
    with two_threads() as threads:
        return _race(pages, pairs, threads)


@contextmanager
def two_threads() -> Iterator[ThreadPoolExecutor]:
    """Two threads, whose connections to the database are closed in the end."""
    with ThreadPoolExecutor(2) as threads:
        try:
            yield threads
        finally:
            barrier = Barrier(2)
            list(threads.map(lambda _: (barrier.wait(), connections.close_all()), range(2)))


def _race(pages: list[Contested], pairs: int, threads: ThreadPoolExecutor) -> Tally:
    tally = Tally()
    opened = [threads.submit(open_form, each.clients[0], each.page).result() for each in pages]
    for turn in range(pairs):
        contested, form = pages[turn % len(pages)], opened[turn % len(pages)]
        form = form | threads.submit(_base, contested.page.pk).result()
        acts = TURNS[turn // len(pages) % len(TURNS)]
        texts = [f"Pair {turn} {who}" for who in ("first", "second")]
        answers = _both(contested, form, texts, acts, threads)
        tally.answers.update(answers)
        case = f"pair {turn}: {acts} -> {answers}"
        if answers.count("saved") > 1:
            tally.overwrites.append(case)
        kept = threads.submit(_texts, contested, form["loaded_revision_id"]).result()
        told = zip(texts, answers, strict=True)
        if not {text for text, answer in told if answer != "refused"} <= kept:
            tally.lost.append(case)
    return tally


def _both(
    contested: Contested,
    form: dict[str, Any],
    texts: list[str],
    acts: tuple[str, str],
    threads: ThreadPoolExecutor,
) -> list[str]:
    """What either was answered, when both posted their text at once."""
    barrier = Barrier(2)

    def post(which: int) -> str:
        data = form | {contested.field: texts[which]}
        barrier.wait()
        return _post(contested.clients[which], contested.page, data, acts[which])

    return list(threads.map(post, range(2)))


def _post(client: Client, page: Page, data: dict[str, Any], act: str) -> str:
    """Saved; refused, which leaves the text in the browser; or told, which is saved too."""
    if act == "autosave":
        return "saved" if autosave(client, page, data).json()["success"] else "refused"
    return _answer(save_form(client, page, data, "" if act == "draft" else act))


def _answer(response: HttpResponse) -> str:
    assert response.status_code == 302, response.content.decode()[:2000]
    return "told" if "/two-texts/" in response.url else "saved"


def _base(pk: int) -> dict[str, str]:
    """What a form that is opened now says about its revision."""
    latest = Page.objects.get(pk=pk).latest_revision
    return {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


def _texts(contested: Contested, since: str) -> set[str]:
    """The field in every revision from this one on."""
    revisions = Page.objects.get(pk=contested.page.pk).revisions.filter(pk__gte=since)
    return {revision.content[contested.field] for revision in revisions}
