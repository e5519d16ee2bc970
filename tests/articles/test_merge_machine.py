"""Random lives of an article on the pure model: edits of a clinic, releases of the library, merge.

What every text's state should be is worked out here a second time, from the words of the merge
table alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from articles.merge import LocalSection, Merged, Override, SharedSection, State, merge_sections
from articles.override_edits import (
    Note,
    Place,
    drop_decisions,
    follow_again,
    hide_section,
    insert_section,
    keep_mine,
    make_our_own,
    replace_section,
)

LIVES = 1000
ACTS = 14
NOTE = Note("Because")
PICK = st.integers(0, 10_000)


class Life(RuleBasedStateMachine):
    """One article and one clinic that follows at once."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.body = {f"s{number}": self.words() for number in range(3)}
        self.locked: set[str] = set()
        self.safety: dict[str, int] = {}
        self.releases: list[dict[str, str]] = [dict(self.body)]
        self.overrides: list[dict[str, Any]] = []
        self.written: set[str] = set()
        self.given_up: set[str] = set()

    # The clinic

    @rule(pick=PICK)
    @precondition(lambda self: self.open_sections())
    def replace(self, pick: int) -> None:
        section, words = self.pick(self.open_sections(), pick), self.own_words()
        self.give_up(section)
        content = {"type": "text", "id": words, "value": {"text": words}}
        self.overrides = replace_section(
            self.overrides, section, content, base=self.now, note=NOTE, override=f"o{self.count}"
        )

    @rule(pick=PICK)
    @precondition(lambda self: self.open_sections())
    def hide(self, pick: int) -> None:
        section = self.pick(self.open_sections(), pick)
        self.give_up(section)
        self.overrides = hide_section(
            self.overrides, section, base=self.now, note=NOTE, override=self.words()
        )

    @rule(pick=PICK, where=st.sampled_from(["before", "after", "start", "end"]))
    def insert(self, pick: int, where: str) -> None:
        anchor = self.pick(list(self.body), pick) if where in {"before", "after"} else ""
        words = self.own_words()
        self.overrides = insert_section(
            self.overrides,
            {"type": "text", "id": words, "value": {"text": words}},
            where=where if anchor or where in {"start", "end"} else "end",
            anchor=anchor,
            neighbours=list(self.body),
            base=self.now,
            note=NOTE,
            override=words,
        )

    @rule(pick=PICK)
    @precondition(lambda self: self.overrides)
    def follow(self, pick: int) -> None:
        override = self.pick(self.overrides, pick)
        self.given_up |= texts_of(override)
        self.overrides = follow_again(self.overrides, override["id"])

    @rule(pick=PICK)
    @precondition(lambda self: self.overrides)
    def keep(self, pick: int) -> None:
        override = self.pick(self.overrides, pick)
        place = None
        if override["type"] == "insert":
            place = Place("start", "", tuple(self.body))
        self.overrides = keep_mine(self.overrides, override["id"], base=self.now, place=place)

    @rule(pick=PICK)
    @precondition(lambda self: self.orphans())
    def own(self, pick: int) -> None:
        override = self.pick(self.orphans(), pick)
        self.overrides = make_our_own(
            self.overrides, override["id"], base=self.now, neighbours=list(self.body)
        )

    @rule(pick=PICK)
    @precondition(lambda self: self.overrides)
    def take_all(self, pick: int) -> None:
        ids = [each["id"] for each in self.overrides if each["type"] != "insert"][: pick % 3]
        for override in self.overrides:
            if override["id"] in ids:
                self.given_up |= texts_of(override)
        self.overrides = drop_decisions(self.overrides, ids)

    # The library

    @rule(pick=PICK, is_safety=st.booleans())
    @precondition(lambda self: self.body)
    def change(self, pick: int, is_safety: bool) -> None:
        section = self.pick(list(self.body), pick)
        self.body[section] = self.words()
        self.release()
        if is_safety:
            self.safety[section] = self.now

    @rule(pick=PICK)
    @precondition(lambda self: self.body)
    def remove(self, pick: int) -> None:
        section = self.pick(list(self.body), pick)
        del self.body[section]
        self.locked.discard(section)
        self.release()

    @rule(pick=PICK)
    def add(self, pick: int) -> None:
        entries = list(self.body.items())
        entries.insert(pick % (len(entries) + 1), (f"n{self.count}", self.words()))
        self.body = dict(entries)
        self.release()

    @rule(pick=PICK)
    @precondition(lambda self: len(self.body) > 1)
    def move(self, pick: int) -> None:
        entries = list(self.body.items())
        entries.append(entries.pop(pick % len(entries)))
        self.body = dict(entries)
        self.release()

    @rule(pick=PICK)
    @precondition(lambda self: self.body)
    def lock_or_unlock(self, pick: int) -> None:
        self.locked ^= {self.pick(list(self.body), pick)}
        self.release()

    # What holds after each act

    @invariant()
    def every_shared_section_is_there_once_or_decided_about(self) -> None:
        merged = self.merged()
        shown = [each.id for each in merged.sections if each.origin == "shared"]
        aside = [each.id for each in merged.not_shown if each.origin == "shared"]
        read_here = {
            each["value"]["section"]
            for each in self.overrides
            if each["type"] == "replace" and self.expected(each) in {State.OWN, State.WAITING}
        }
        assert sorted(shown + aside) == sorted(self.body.keys() - read_here)
        hidden = {
            each["value"]["section"]
            for each in self.overrides
            if each["type"] == "hide" and self.expected(each) in {State.HIDDEN, State.WAITING}
        }
        assert set(aside) == hidden & self.body.keys()

    @invariant()
    def every_text_of_the_clinic_is_there_or_was_given_up(self) -> None:
        merged = self.merged()
        every = [*merged.sections, *merged.not_shown]
        there = {str(each.content) for each in every if each.origin == "local" and each.content}
        assert self.written - self.given_up <= there
        assert not (there - self.written)

    @invariant()
    def states_are_those_of_the_table(self) -> None:
        merged = self.merged()
        every = [*merged.sections, *merged.not_shown]
        shown = {each.override for each in merged.sections if each.origin == "local"}
        for override in self.overrides:
            if override["type"] == "insert":
                assert override["id"] in shown
                continue
            states = {each.state for each in every if each.override == override["id"]}
            expected = self.expected(override)
            assert states == {expected}, (override, states, expected)
            is_text = override["type"] == "replace"
            is_read = is_text and expected in {State.OWN, State.WAITING}
            assert (override["id"] in shown) == is_read

    @invariant()
    def one_decision_for_a_section(self) -> None:
        targets = [e["value"]["section"] for e in self.overrides if e["type"] != "insert"]
        assert len(targets) == len(set(targets))

    # The second implementation

    def expected(self, override: Mapping[str, Any]) -> State:
        value = override["value"]
        section, base = value["section"], value["base"]
        if section not in self.body:
            return State.ORPHAN
        if section in self.locked or self.safety.get(section, 0) > base:
            return State.SUSPENDED
        if self.releases[base - 1].get(section) != self.body[section]:
            return State.WAITING
        return State.HIDDEN if override["type"] == "hide" else State.OWN

    # Small things

    @property
    def now(self) -> int:
        return len(self.releases)

    def release(self) -> None:
        self.releases.append(dict(self.body))

    def words(self) -> str:
        self.count += 1
        return f"w{self.count}"

    def own_words(self) -> str:
        words = f"own-{self.words()}"
        self.written.add(words)
        return words

    def open_sections(self) -> list[str]:
        return [section for section in self.body if section not in self.locked]

    def orphans(self) -> list[dict[str, Any]]:
        replaced = [each for each in self.overrides if each["type"] == "replace"]
        return [each for each in replaced if each["value"]["section"] not in self.body]

    def give_up(self, section: str) -> None:
        for each in self.overrides:
            if each["type"] != "insert" and each["value"]["section"] == section:
                self.given_up |= texts_of(each)

    def pick[T](self, items: list[T], pick: int) -> T:
        return items[pick % len(items)] if items else ""  # type: ignore[return-value]

    def merged(self) -> Merged:
        shared = [
            SharedSection(
                id_, "text", words, locked=id_ in self.locked, safety=self.safety.get(id_, 0)
            )
            for id_, words in self.body.items()
        ]
        return merge_sections(shared, [self._override(each) for each in self.overrides])

    def _override(self, raw: dict[str, Any]) -> Override:
        value = raw["value"]
        base, section = value["base"], value.get("section") or ""
        return Override(
            id=raw["id"],
            action=raw["type"],
            base=base,
            base_digest=self.releases[base - 1].get(section),
            section=section,
            position=value.get("position") or "",
            neighbours=tuple(each["value"] for each in value.get("neighbours") or ()),
            sections=tuple(
                LocalSection(each["id"], "text", each["value"]["text"])
                for each in value.get("content") or ()
            ),
        )


def texts_of(override: Mapping[str, Any]) -> set[str]:
    return {each["value"]["text"] for each in override["value"].get("content") or ()}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=LIVES, stateful_step_count=ACTS, deadline=None)
