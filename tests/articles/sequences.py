"""Random lives of one article: what a clinic's editor and the library do to it, in any order.

After every act the page that patients get is compared with the pure merge of what is stored, built
here from stored JSON and not by the resolver; and every text that was ever saved can be found.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client

from articles import actions, field_acts
from articles.choices import ChangeClass
from articles.digest import section_digest
from articles.merge import LocalSection, Override, SharedSection, merge_sections
from articles.models import ArticlePage, LocalVersionPage
from articles.override_edits import Note, UnknownOverrideError
from articles.publishing import NotPublishableError
from articles.stream import raw_stream
from tests.articles.factories import make_article, section_id, text
from tests.factories import World

NOTE = Note("Because")
REFUSED = (UnknownOverrideError, NotPublishableError)
_MARK = re.compile(r"mark\d+x")


@dataclass
class Life:
    """One article, one clinic, and every text that was saved so far."""

    world: World
    random: Random
    marks: int = 0
    saved: set[str] = field(default_factory=set)
    acts: list[str] = field(default_factory=list)

    def run(self, acts: int, slug: str) -> None:
        """Live through this many acts; AssertionError with the acts so far where one goes wrong."""
        sections = [self.words(f"s{number}") for number in range(3)]
        self.article = make_article(slug, *sections)
        self.version = actions.local_version_for(self.article, self.world.hillside)
        for _each in range(acts):
            name = self.random.choice(EDITOR + LIBRARY)
            self.acts.append(name)
            with suppress(*REFUSED), transaction.atomic():
                getattr(self, name)()
            self.article = ArticlePage.objects.get(pk=self.article.pk)
            self.version = LocalVersionPage.objects.get(pk=self.version.pk)
            assert self.shown() == self.expected(), self.acts
            assert not self.lost(), (self.lost(), self.acts)

    # What is checked

    def shown(self) -> list[str]:
        response = Client(HTTP_HOST="hillside.test").get(f"/conditions/{self.article.slug}/")
        assert response.status_code == 200
        return _MARK.findall(response.text.partition("<main")[2])

    def expected(self) -> list[str]:
        releases = {release.number: release for release in self.article.releases.all()}
        newest = releases[max(releases)]
        body = raw_stream(self.article.body)
        shared = [
            SharedSection(
                raw["id"],
                raw["type"],
                section_digest(raw["type"], raw["value"]),
                locked=bool(raw["value"].get("locked")),
                safety=newest.safety.get(raw["id"], 0),
                content=raw,
            )
            for raw in body
        ]
        live = raw_stream(self.version.overrides) if self.version.live else []
        merged = merge_sections(shared, [_override(raw, releases) for raw in live])
        return [mark for part in merged.sections for mark in _marks(part.content)]

    def lost(self) -> set[str]:
        """Texts that were saved and stand in no revision, of the clinic or of the library."""
        kept = [json.dumps(r.content) for r in self.version.revisions.all()]
        kept += [json.dumps(r.content) for r in self.article.revisions.all()]
        return self.saved - set(_MARK.findall(" ".join(kept)))

    # What the editor does

    def replace(self) -> None:
        content = self.words()
        actions.replace_section(self.version, self.any_shared(), content, note=NOTE, **self.how())
        self.saved |= set(_marks(content))

    def hide(self) -> None:
        actions.hide_section(self.version, self.any_shared(), note=NOTE, **self.how())

    def insert(self) -> None:
        content, where = self.words(), self.random.choice(["before", "after", "start", "end"])
        anchor = self.any_shared() if where in {"before", "after"} else ""
        actions.insert_section(
            self.version, content, where=where, anchor=anchor, note=NOTE, **self.how()
        )
        self.saved |= set(_marks(content))

    def follow(self) -> None:
        actions.follow_again(self.version, self.any_override(), **self.how())

    def keep(self) -> None:
        actions.keep_mine(self.version, self.any_override(), **self.how())

    def own(self) -> None:
        actions.make_our_own(self.version, self.any_override(), **self.how())

    def take(self) -> None:
        actions.take_shared_updates(self.version, **self.how())

    def follow_all(self) -> None:
        actions.follow_library(self.version, **self.how())

    def retitle(self) -> None:
        title = self.random.choice(["", "Our title"])
        field_acts.set_field(self.version, "title", title, **self.how())

    def undo(self) -> None:
        revisions = list(self.version.revisions.order_by("-pk")[:3])
        actions.restore(self.version, self.random.choice(revisions), **self.how())

    # What the library does

    def reword(self) -> None:
        body = raw_stream(self.article.body)
        raw = self.random.choice(self.contested(body) or body)
        raw["value"]["text"] = self.words()["value"]["text"]
        self.publish(body)

    def remove(self) -> None:
        body = raw_stream(self.article.body)
        if len(body) > 2:
            body.remove(self.random.choice(body))
            self.publish(body)

    def add(self) -> None:
        body = raw_stream(self.article.body)
        body.insert(self.random.randrange(len(body) + 1), self.words())
        self.publish(body)

    def move(self) -> None:
        body = raw_stream(self.article.body)
        self.random.shuffle(body)
        self.publish(body)

    def lock(self) -> None:
        body = raw_stream(self.article.body)
        raw = self.random.choice(self.contested(body) or body)
        raw["value"]["locked"] = not raw["value"].get("locked")
        self.publish(body)

    def contested(self, body: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The sections that the clinic has decided about: what changes there is the hard part."""
        targets = {each["value"].get("section") for each in raw_stream(self.version.overrides)}
        return [raw for raw in body if raw["id"] in targets]

    def publish(self, body: list[dict[str, Any]]) -> None:
        draft = self.article.get_latest_revision_as_object()
        draft.body = body
        draft.change_class = self.random.choice(list(ChangeClass))
        draft.save_revision().publish()
        self.saved |= {mark for raw in body for mark in _marks(raw)}

    # What they do it to

    def words(self, key: str = "") -> dict[str, Any]:
        self.marks += 1
        mark = f"mark{self.marks}x"
        content = text(key or mark, "", f"<p>Words {mark}.</p>")
        return {**content, "id": section_id(f"{self.random.random()}")}

    def how(self) -> dict[str, Any]:
        return {"user": None, "publish": self.random.random() < 0.7}

    def any_shared(self) -> str:
        return str(self.random.choice(raw_stream(self.article.body))["id"])

    def any_override(self) -> str:
        draft = raw_stream(self.version.get_latest_revision_as_object().overrides)
        if not draft:
            raise UnknownOverrideError("none")
        return str(self.random.choice(draft)["id"])


EDITOR = [
    *("replace", "replace", "hide", "insert", "follow", "keep", "own", "take", "follow_all"),
    *("retitle", "undo"),
]
LIBRARY = ["reword", "reword", "remove", "add", "move", "lock"]


def live_through(world: World, seed: int, acts: int) -> None:
    """One sequence in a transaction of its own, which leaves nothing behind."""
    with transaction.atomic():
        random = Random(seed)  # noqa: S311 - a test that can be repeated
        Life(world, random).run(acts, slug=f"life-{seed}")
        transaction.set_rollback(True)


def _override(raw: dict[str, Any], releases: dict[int, Any]) -> Override:
    value = raw["value"]
    base, section = value.get("base") or 0, value.get("section") or ""
    digests = releases[base].digests if base in releases else {}
    return Override(
        id=raw["id"],
        action=raw["type"],
        base=base,
        base_digest=digests.get(section),
        section=section,
        position=value.get("position") or "",
        neighbours=tuple(each["value"] for each in value.get("neighbours") or ()),
        sections=tuple(
            LocalSection(inner["id"], inner["type"], inner) for inner in value.get("content") or ()
        ),
    )


def _marks(raw: Any) -> list[str]:
    return _MARK.findall(json.dumps(raw))
