"""One test for each row of the merge table of the architecture, then the decisions beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.merge import (
    LocalSection,
    Merged,
    MergedSection,
    Override,
    SharedSection,
    State,
    article_state,
    field_state,
    merge_sections,
)

INTRO = SharedSection("intro", "text", "d-intro")
COST = SharedSection("cost", "text", "d-cost")
RISKS = SharedSection("risks", "risks", "d-risks")
SHARED = (INTRO, COST, RISKS)
CHAIN = ("intro", "cost", "risks")
OURS = LocalSection("ours", "text", "Our words")
TEAM = SharedSection(
    "team-slot", "slot", "d-team", slot="team", fallback=(SharedSection("team-text", "text", "-"),)
)


def replacing(section: str, *, id: str = "o1", base: int = 1, digest: str | None = "", **more):
    digest = f"d-{section}" if digest == "" else digest
    sections = more.pop("sections", (OURS,))
    return Override(id, "replace", base, digest, section=section, sections=sections, **more)


def hiding(section: str, *, id: str = "o1", base: int = 1, digest: str | None = ""):
    return Override(id, "hide", base, f"d-{section}" if digest == "" else digest, section=section)


def filling(*sections: LocalSection, id: str = "o1", base: int = 1, digest: str | None = "d-team"):
    return Override(id, "fill", base, digest, slot="team", sections=sections)


def inserting(position: str, section: str = "", *, id: str = "o1", text: str = "ours", chain=CHAIN):
    sections = (LocalSection(text, "text"),)
    return Override(
        id, "insert", 1, None, section, position=position, neighbours=chain, sections=sections
    )


def follows(section: SharedSection) -> MergedSection:
    return MergedSection(section.id, section.type, "shared", State.FOLLOWS)


def shared(section: SharedSection, state: State, override: str = "o1") -> MergedSection:
    return MergedSection(section.id, section.type, "shared", state, override)


def local(id: str, state: State, override: str = "o1", type: str = "text") -> MergedSection:
    return MergedSection(id, type, "local", state, override)


def reading_order(merged: Merged) -> list[str]:
    return [section.id for section in merged.sections]


# The rows of the table


def test_unchanged_section_shows_the_replacement_as_own():
    merged = merge_sections(SHARED, [replacing("cost")])

    assert merged == Merged((follows(INTRO), local("cost", State.OWN), follows(RISKS)), ())
    assert merged.sections[1].content == "Our words"


def test_unchanged_section_hidden_here_is_not_shown():
    merged = merge_sections(SHARED, [hiding("cost")])

    assert merged == Merged((follows(INTRO), follows(RISKS)), (shared(COST, State.HIDDEN),))


def test_changed_section_keeps_the_replacement_and_waits():
    merged = merge_sections(SHARED, [replacing("cost", digest="d-before")])

    assert merged.sections[1] == local("cost", State.WAITING)
    assert merged.not_shown == ()


def test_changed_section_hidden_here_stays_hidden_and_waits():
    merged = merge_sections(SHARED, [hiding("cost", digest="d-before")])

    assert merged == Merged((follows(INTRO), follows(RISKS)), (shared(COST, State.WAITING),))


@pytest.mark.parametrize("action", ["replace", "hide"])
def test_section_that_the_base_release_did_not_have_waits(action):
    override = Override("o1", action, 1, None, section="cost", sections=(OURS,))

    merged = merge_sections([COST], [override])

    assert {section.state for section in merged.sections + merged.not_shown} == {State.WAITING}


def test_newer_safety_release_shows_the_shared_section():
    urgent = replace(COST, safety=2, digest="d-new")

    merged = merge_sections([INTRO, urgent], [replacing("cost", base=1)])

    assert merged == Merged(
        (follows(INTRO), shared(urgent, State.SUSPENDED)), (local("cost", State.SUSPENDED),)
    )


def test_newer_safety_release_shows_a_section_hidden_here():
    urgent = replace(COST, safety=2)

    merged = merge_sections([urgent], [hiding("cost", base=1)])

    assert merged == Merged((shared(urgent, State.SUSPENDED),), ())


def test_safety_release_that_the_editor_saw_leaves_the_local_text():
    merged = merge_sections([replace(COST, safety=2)], [replacing("cost", base=2)])

    assert merged == Merged((local("cost", State.OWN),), ())


def test_moved_section_takes_its_replacement_along():
    merged = merge_sections([COST, RISKS, INTRO], [replacing("cost")])

    assert merged == Merged((local("cost", State.OWN), follows(RISKS), follows(INTRO)), ())


def test_moved_section_takes_its_neighbour_along():
    merged = merge_sections([COST, RISKS, INTRO], [inserting("after", "intro")])

    assert reading_order(merged) == ["cost", "risks", "intro", "ours"]
    assert merged.sections[-1].state == State.OWN


def test_removed_section_replaced_here_is_an_orphan():
    merged = merge_sections([INTRO], [replacing("cost")])

    assert merged == Merged((follows(INTRO),), (local("cost", State.ORPHAN),))
    assert merged.not_shown[0].content == "Our words"


def test_removed_section_hidden_here_is_an_orphan_without_a_text():
    merged = merge_sections([INTRO], [hiding("cost")])

    assert merged == Merged((follows(INTRO),), (local("cost", State.ORPHAN, type=""),))
    assert merged.not_shown[0].content is None


@pytest.mark.parametrize(
    ("position", "removed", "expected"),
    [
        ("after", "cost", ["intro", "ours", "risks"]),
        ("before", "cost", ["intro", "ours", "risks"]),
        ("after", "intro", ["ours", "cost", "risks"]),
        ("before", "risks", ["intro", "cost", "ours"]),
    ],
)
def test_removed_section_leaves_its_neighbour_at_the_nearest_survivor(position, removed, expected):
    survivors = [section for section in SHARED if section.id != removed]

    merged = merge_sections(survivors, [inserting(position, removed)])

    assert reading_order(merged) == expected
    assert merged.sections[expected.index("ours")] == local("ours", State.WAITING)


def test_locked_section_shows_the_shared_text():
    locked = replace(COST, locked=True)

    merged = merge_sections([locked], [replacing("cost")])

    assert merged == Merged((shared(locked, State.SUSPENDED),), (local("cost", State.SUSPENDED),))


def test_changed_fallback_keeps_the_fill_and_waits():
    merged = merge_sections([INTRO, TEAM], [filling(OURS, digest="d-before")])

    assert merged == Merged((follows(INTRO), local("ours", State.WAITING)), ())


def test_slot_gone_makes_the_fill_an_orphan():
    merged = merge_sections([INTRO], [filling(OURS, LocalSection("more", "list"))])

    orphans = (local("ours", State.ORPHAN), local("more", State.ORPHAN, type="list"))
    assert merged == Merged((follows(INTRO),), orphans)


def test_changed_type_keeps_the_local_section_of_its_own_type_and_waits():
    as_list = SharedSection("cost", "list", "d-cost-as-list")

    merged = merge_sections([as_list], [replacing("cost")])

    assert merged == Merged((local("cost", State.WAITING, type="text"),), ())


def test_changed_field_overridden_here_waits():
    assert field_state(base_digest="before", digest="now") == State.WAITING


def test_two_overrides_of_one_section_show_the_first():
    second = replacing("cost", id="o2", sections=(LocalSection("theirs", "text", "Second"),))

    merged = merge_sections([INTRO, COST], [replacing("cost"), second])

    assert merged == Merged(
        (follows(INTRO), local("cost", State.CONFLICT)), (local("cost", State.CONFLICT, "o2"),)
    )
    assert merged.not_shown[0].content == "Second"


# Two overrides of one section


def test_conflict_of_hide_and_replace_hides_if_that_was_first():
    merged = merge_sections([COST], [hiding("cost"), replacing("cost", id="o2")])

    assert merged == Merged((), (shared(COST, State.CONFLICT), local("cost", State.CONFLICT, "o2")))


def test_conflict_of_replace_and_hide_keeps_a_trace_of_the_hide():
    merged = merge_sections([COST], [replacing("cost"), hiding("cost", id="o2")])

    assert merged == Merged(
        (local("cost", State.CONFLICT),), (local("cost", State.CONFLICT, "o2", type=""),)
    )


def test_conflict_on_a_changed_section_is_a_conflict_first():
    overrides = [replacing("cost", digest="d-before"), replacing("cost", id="o2")]

    merged = merge_sections([COST], overrides)

    assert merged.sections == (local("cost", State.CONFLICT),)


def test_conflict_on_a_locked_section_is_suspended():
    locked = replace(COST, locked=True)

    merged = merge_sections([locked], [replacing("cost"), replacing("cost", id="o2")])

    assert merged == Merged(
        (shared(locked, State.SUSPENDED),),
        (local("cost", State.SUSPENDED), local("cost", State.CONFLICT, "o2")),
    )


def test_two_orphans_of_one_section_are_both_kept():
    merged = merge_sections([], [replacing("cost"), replacing("cost", id="o2")])

    assert merged.not_shown == (local("cost", State.ORPHAN), local("cost", State.ORPHAN, "o2"))


# Slots


def test_unfilled_slot_shows_its_fallback():
    merged = merge_sections([INTRO, TEAM], [])

    assert merged == Merged((follows(INTRO), follows(TEAM.fallback[0])), ())


def test_unnamed_slot_of_a_draft_shows_its_fallback():
    merged = merge_sections([replace(TEAM, slot="")], [])

    assert merged == Merged((follows(TEAM.fallback[0]),), ())


def test_filled_slot_shows_all_sections_of_the_fill_in_its_place():
    fill = filling(OURS, LocalSection("more", "list"))

    merged = merge_sections([INTRO, TEAM, RISKS], [fill])

    ours = (local("ours", State.OWN), local("more", State.OWN, type="list"))
    assert merged == Merged((follows(INTRO), *ours, follows(RISKS)), ())


@pytest.mark.parametrize(
    ("digest", "state"), [("d-team", State.HIDDEN), ("d-before", State.WAITING)]
)
def test_slot_left_empty_on_purpose_hides_the_fallback(digest, state):
    merged = merge_sections([INTRO, TEAM], [filling(digest=digest)])

    assert merged == Merged((follows(INTRO),), (shared(TEAM.fallback[0], state),))


def test_slot_without_fallback_left_empty_leaves_a_trace():
    merged = merge_sections([replace(TEAM, fallback=())], [filling()])

    assert merged == Merged((), (local("team", State.HIDDEN, type=""),))


@pytest.mark.parametrize("change", [{"safety": 2}, {"locked": True}])
def test_suspended_fill_shows_the_fallback(change):
    merged = merge_sections([replace(TEAM, **change)], [filling(OURS)])

    assert merged == Merged(
        (shared(TEAM.fallback[0], State.SUSPENDED),), (local("ours", State.SUSPENDED),)
    )


def test_two_fills_of_one_slot_show_the_first():
    fills = [filling(OURS), filling(LocalSection("second", "text"), id="o2")]

    merged = merge_sections([TEAM], fills)

    assert merged == Merged(
        (local("ours", State.CONFLICT),), (local("second", State.CONFLICT, "o2"),)
    )


def test_section_that_became_a_slot_shows_its_replacement_there():
    slot = replace(TEAM, id="cost", digest="d-slot")

    merged = merge_sections([slot], [replacing("cost")])

    assert merged == Merged((local("cost", State.WAITING),), ())


# Inserts


def test_inserts_stand_at_their_places():
    inserts = [
        inserting("end", text="at-end"),
        inserting("before", "intro", text="before-intro"),
        inserting("after", "risks", text="after-risks"),
        inserting("start", text="at-start"),
        inserting("before", "cost", text="before-cost"),
        inserting("after", "intro", text="after-intro"),
    ]

    merged = merge_sections(SHARED, inserts)

    assert reading_order(merged) == [
        *("at-start", "before-intro", "intro", "after-intro", "before-cost", "cost"),
        *("risks", "after-risks", "at-end"),
    ]
    assert {section.state for section in merged.sections} == {State.OWN, State.FOLLOWS}


@pytest.mark.parametrize("position", ["before", "after", "start", "end"])
def test_inserts_at_one_place_keep_their_order(position):
    inserts = [inserting(position, "cost", text=text) for text in ("b", "c", "a")]

    merged = merge_sections(SHARED, inserts)

    assert [id_ for id_ in reading_order(merged) if len(id_) == 1] == ["b", "c", "a"]


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param([hiding("cost", id="o2")], id="hidden"),
        pytest.param([replacing("cost", id="o2")], id="replaced"),
    ],
)
def test_insert_beside_a_changed_section_stands_where_it_would_be(beside):
    inserts = [inserting("before", "cost", text="a"), inserting("after", "cost", text="b")]

    merged = merge_sections(SHARED, inserts + beside)

    order = [id_ for id_ in reading_order(merged) if id_ != "cost"]
    assert order == ["intro", "a", "b", "risks"]


def test_insert_beside_a_locked_section_is_allowed():
    merged = merge_sections([replace(COST, locked=True)], [inserting("after", "cost")])

    assert merged.sections[1] == local("ours", State.OWN)


def test_insert_beside_a_filled_slot_stands_outside_the_fill():
    inserts = [
        inserting("before", "team-slot", text="a"),
        inserting("after", "team-slot", text="b"),
    ]

    merged = merge_sections([INTRO, TEAM], [*inserts, filling(OURS, LocalSection("more", "text"))])

    assert reading_order(merged) == ["intro", "a", "ours", "more", "b"]


def test_inserts_around_removed_sections_keep_the_order_they_had():
    inserts = [
        inserting("after", "cost", text="5"),
        inserting("before", "risks", text="6"),
        inserting("after", "intro", text="1"),
        inserting("before", "cost", text="4"),
        inserting("after", "gone", text="3"),
        inserting("before", "gone", text="2"),
    ]
    chain = ("intro", "gone", "cost", "risks")

    merged = merge_sections([INTRO, RISKS], [replace(one, neighbours=chain) for one in inserts])

    assert reading_order(merged) == ["intro", "1", "2", "3", "4", "5", "6", "risks"]


@pytest.mark.parametrize(("position", "place"), [("after", 0), ("before", -1)])
def test_insert_beside_a_section_that_nobody_knows_is_shown_at_an_end(position, place):
    merged = merge_sections(SHARED, [inserting(position, "unknown", chain=())])

    assert merged.sections[place] == local("ours", State.WAITING)


# What is not well formed


def test_unknown_action_is_refused():
    with pytest.raises(ValueError, match="'o1' has the unknown action 'rename'"):
        merge_sections(SHARED, [Override("o1", "rename", 1, section="cost")])


def test_unknown_position_is_refused():
    with pytest.raises(ValueError, match="position 'beside'"):
        merge_sections(SHARED, [inserting("beside", "cost")])


def test_replacement_without_a_section_takes_nothing_away():
    merged = merge_sections([COST], [replacing("cost", sections=())])

    assert merged == Merged((follows(COST),), ())


def test_replacement_without_a_section_is_no_rival():
    merged = merge_sections([COST], [replacing("cost", sections=()), replacing("cost", id="o2")])

    assert merged == Merged((local("cost", State.OWN, "o2"),), ())


def test_replacement_of_two_sections_shows_both():
    merged = merge_sections([COST], [replacing("cost", sections=(OURS, LocalSection("b", "text")))])

    assert merged == Merged((local("cost", State.OWN), local("b", State.OWN)), ())


def test_hide_that_carries_a_text_keeps_it_aside():
    merged = merge_sections([COST], [replace(hiding("cost"), sections=(OURS,))])

    assert merged == Merged((), (shared(COST, State.HIDDEN), local("ours", State.HIDDEN)))


# Fields and the article


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, State.OWN),
        ({"base_digest": None}, State.WAITING),
        ({"safety": 3, "base": 2}, State.SUSPENDED),
        ({"safety": 3, "base": 3}, State.OWN),
        ({"locked": True, "base_digest": "before"}, State.SUSPENDED),
    ],
)
def test_field_state_of_an_overridden_field(given, expected):
    assert field_state(**{"base_digest": "now", "digest": "now", **given}) == expected


@pytest.mark.parametrize(
    ("states", "held", "expected"),
    [
        ((), False, State.FOLLOWS),
        ((State.FOLLOWS,), True, State.HELD),
        ((State.FOLLOWS, State.HIDDEN), False, State.OWN),
        ((State.FOLLOWS, State.OWN), False, State.OWN),
        ((State.OWN, State.WAITING), True, State.WAITING),
        ((State.OWN,), True, State.HELD),
        ((State.WAITING, State.ORPHAN), False, State.ORPHAN),
        ((State.ORPHAN, State.CONFLICT), False, State.CONFLICT),
        ((State.CONFLICT, State.SUSPENDED), True, State.SUSPENDED),
    ],
)
def test_article_state_is_the_most_urgent_one(states, held, expected):
    sections = tuple(MergedSection("x", "text", "shared", state) for state in states)

    assert article_state(Merged(sections, ()), [], held) == expected
    assert article_state(Merged((), sections), [], held) == expected
    assert article_state(Merged((), ()), states, held) == expected
