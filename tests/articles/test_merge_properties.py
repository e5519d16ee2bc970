"""What holds for any release and any overrides, also for those that validation would refuse."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from articles.merge import LocalSection, Override, SharedSection, State, merge_sections

IDS = ["s1", "s2", "s3", "s4", "s5"]
SLOTS = {"s4": "team", "s5": "price"}
DIGESTS = st.sampled_from(["1:a", "1:b"])
NUMBERS = st.integers(0, 2)


@st.composite
def shared_sections(draw) -> list[SharedSection]:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    return [draw(shared_section(id_)) for id_ in ids]


@st.composite
def shared_section(draw, id_: str) -> SharedSection:
    slot = SLOTS.get(id_, "")
    count = draw(st.integers(0, 2)) if slot else 0
    return SharedSection(
        id_,
        "slot" if slot else "text",
        draw(DIGESTS),
        locked=draw(st.booleans()),
        safety=draw(NUMBERS),
        slot=slot,
        fallback=tuple(SharedSection(f"{id_}-{n}", "text", "1:a") for n in range(count)),
    )


@st.composite
def override_lists(draw) -> list[Override]:
    neighbours = tuple(draw(st.permutations(IDS)))
    count = draw(st.integers(0, 6))
    return [draw(one_override(f"o{n}", neighbours)) for n in range(count)]


@st.composite
def one_override(draw, id_: str, neighbours: tuple[str, ...]) -> Override:
    action = draw(st.sampled_from(["replace", "hide", "insert", "fill"]))
    position = draw(st.sampled_from(["before", "after", "start", "end"]))
    has_anchor = action != "fill" and not (action == "insert" and position in ("start", "end"))
    count = draw(st.integers(0, 2))
    return Override(
        id_,
        action,
        draw(NUMBERS),
        draw(st.none() | DIGESTS),
        section=draw(st.sampled_from(IDS)) if has_anchor else "",
        slot=draw(st.sampled_from([*SLOTS.values()])) if action == "fill" else "",
        position=position if action == "insert" else "",
        neighbours=neighbours,
        sections=tuple(LocalSection(f"{id_}-{n}", "text", f"{id_}-{n}") for n in range(count)),
    )


def target(override: Override) -> tuple[str, str]:
    """The place that an override is about; two of one target may depend on their order."""
    slot_ids = {name: id_ for id_, name in SLOTS.items()}
    return override.section or slot_ids.get(override.slot, ""), override.position


@given(shared_sections())
def test_merge_without_overrides_follows_everywhere(shared):
    merged = merge_sections(shared, [])

    expected = chain.from_iterable(one.fallback if one.is_slot else (one,) for one in shared)
    assert [section.id for section in merged.sections] == [section.id for section in expected]
    assert {section.state for section in merged.sections} <= {State.FOLLOWS}
    assert merged.not_shown == ()


@given(shared_sections(), override_lists())
def test_merge_is_deterministic_and_changes_no_input(shared, overrides):
    before = (list(shared), list(overrides))

    first, second = merge_sections(shared, overrides), merge_sections(shared, overrides)

    assert first == second
    assert (shared, overrides) == before


@given(shared_sections(), override_lists(), st.randoms(use_true_random=False))
def test_merge_does_not_depend_on_the_order_of_overrides_with_different_targets(
    shared, overrides, random
):
    different = list({target(override): override for override in overrides}.values())
    shuffled = random.sample(different, len(different))

    assert merge_sections(shared, different) == merge_sections(shared, shuffled)


@given(shared_sections(), override_lists())
def test_merge_has_every_local_section_once(shared, overrides):
    merged = merge_sections(shared, overrides)

    written = [section.content for override in overrides for section in override.sections]
    merged_texts = [section.content for section in (*merged.sections, *merged.not_shown)]
    assert Counter(written) == Counter(text for text in merged_texts if text is not None)


@given(shared_sections(), override_lists())
def test_merge_has_every_shared_section_once(shared, overrides):
    merged = merge_sections(shared, overrides)

    replaced = [one.id for one in merged.sections if one.origin == "local" and one.id in IDS]
    theirs = [one.id for one in (*merged.sections, *merged.not_shown) if one.origin == "shared"]
    places = Counter(place.partition("-")[0] for place in {*replaced, *theirs})
    assert len(replaced + theirs) == len({*replaced, *theirs})
    for section in shared:
        if not section.is_slot:
            assert places[section.id] == 1
        elif not is_filled(section, overrides):
            assert {part.id for part in section.fallback} <= {*theirs}


def is_filled(slot: SharedSection, overrides: list[Override]) -> bool:
    return any(
        override.sections
        for override in overrides
        if override.slot == slot.slot
        or (override.action == "replace" and override.section == slot.id)
    )


@given(shared_sections(), override_lists())
def test_merge_shows_an_editor_every_decision(shared, overrides):
    merged = merge_sections(shared, overrides)

    says_nothing = {one.id for one in overrides if one.action in ("replace", "insert")}
    says_nothing -= {one.id for one in overrides if one.sections}
    seen = {section.override for section in (*merged.sections, *merged.not_shown)} - {""}
    assert seen == {override.id for override in overrides} - says_nothing


@given(shared_sections(), override_lists())
def test_merge_never_replaces_or_hides_a_locked_section(shared, overrides):
    merged = merge_sections(shared, overrides)

    shown = {section.id for section in merged.sections if section.origin == "shared"}
    for section in shared:
        if section.locked:
            assert {
                part.id for part in section.fallback or (section,) if part.type != "slot"
            } <= shown
