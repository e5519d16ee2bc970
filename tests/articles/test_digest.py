from __future__ import annotations

from copy import deepcopy
from uuid import UUID

import pytest

from articles.digest import (
    field_digest,
    match_sections,
    reconcile_ids,
    section_digest,
    section_digests,
)

TEXT = {"heading": "Cost", "level": "h2", "text": "<p>An infusion costs <b>400</b> dollars.</p>"}
ITEM = {"type": "item", "value": "Numbness", "id": "item-1"}
LIST = {"heading": "Symptoms", "kind": "symptoms", "items": [ITEM]}
SLOT = {"name": "team", "fallback": [{"type": "text", "value": TEXT, "id": "fallback-1"}]}


def section(text: str, id: str | None = None, heading: str = "", type: str = "text") -> dict:
    raw = {"type": type, "value": {"heading": heading, "text": f"<p>{text}</p>"}}
    return raw if id is None else {**raw, "id": id}


def ids(stream: list[dict]) -> list[str]:
    return [one["id"] for one in stream]


# Digests


def test_section_digest_ignores_how_a_form_posts_line_breaks():
    quote = {"quote": "Rest.\n\nThen move."}

    assert section_digest("quote", {"quote": "Rest.\r\n\r\nThen move."}) == section_digest(
        "quote", quote
    )
    assert section_digest("quote", {"quote": "Rest. Then move."}) != section_digest("quote", quote)


def test_section_digest_is_pinned():
    """Digests are stored in releases: a change here needs a new version prefix."""
    assert section_digest("text", TEXT) == "1:2a1cd80f46a90fe7ff1046cecf9f35ab"
    assert section_digest("slot", SLOT) == "1:59e2244c49155e7d7520d4554a9c18f1"
    assert field_digest("Ketamine") == "1:375335584683b3a5668d7eb192a65679"


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(dict(reversed(TEXT.items())), id="key order"),
        pytest.param(
            {**TEXT, "locked": True, "role": "local", "clinics_only": True}, id="settings"
        ),
        pytest.param(
            {**TEXT, "note": "", "image": None, "items": [], "map": {}, "wide": False},
            id="defaults",
        ),
        pytest.param({**TEXT, "map": {"label": "", "image": None}}, id="nested defaults"),
        pytest.param(
            {**TEXT, "text": TEXT["text"].replace("<p>", '<p data-block-key="a1b2c">')},
            id="editor's marks",
        ),
        pytest.param({**TEXT, "heading": " Cost\n"}, id="blanks around"),
    ],
)
def test_section_digest_ignores(same):
    assert section_digest("text", same) == section_digest("text", TEXT)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({**TEXT, "heading": "Costs"}, id="words"),
        pytest.param({**TEXT, "heading": "Co st"}, id="white space"),
        pytest.param({**TEXT, "level": "h3"}, id="choice"),
        pytest.param({**TEXT, "image": 0}, id="zero is a value"),
        pytest.param({**TEXT, "decorative": True}, id="a switch that is on"),
    ],
)
def test_section_digest_sees(other):
    assert section_digest("text", other) != section_digest("text", TEXT)


def test_section_digest_sees_the_type():
    assert section_digest("text", TEXT) != section_digest("callout", TEXT)


def test_section_digest_ignores_how_an_accent_is_stored():
    composed, decomposed = {"heading": "Caf\u00e9"}, {"heading": "Cafe\u0301"}

    assert section_digest("text", composed) == section_digest("text", decomposed)


def test_section_digest_ignores_ids_of_list_items():
    without_id = {**LIST, "items": [{"type": "item", "value": "Numbness"}]}
    other_id = {**LIST, "items": [{**ITEM, "id": "item-2"}]}

    digests = {section_digest("list", value) for value in (LIST, without_id, other_id)}

    assert len(digests) == 1


def test_section_digest_sees_the_order_of_list_items():
    more = {"type": "item", "value": "Pain", "id": "item-2"}

    one, other = {**LIST, "items": [ITEM, more]}, {**LIST, "items": [more, ITEM]}

    assert section_digest("list", one) != section_digest("list", other)


def test_section_digest_of_a_slot_ignores_ids_and_settings_of_its_fallback():
    fallback = {"type": "text", "value": {**TEXT, "locked": True}, "id": "fallback-2"}

    assert section_digest("slot", {**SLOT, "fallback": [fallback]}) == section_digest("slot", SLOT)


def test_section_digest_of_a_slot_sees_the_text_of_its_fallback():
    fallback = {"type": "text", "value": {**TEXT, "heading": "Price"}, "id": "fallback-1"}

    assert section_digest("slot", {**SLOT, "fallback": [fallback]}) != section_digest("slot", SLOT)


def test_section_digest_sees_a_settings_word_that_is_content_of_a_list():
    """Only a section has settings: `role` in a list of people would be text."""
    nurse, doctor = (
        {"people": [{"type": "item", "value": {"role": role}}]} for role in ("nurse", "doctor")
    )

    assert section_digest("list", nurse) != section_digest("list", doctor)


def test_section_digest_changes_nothing_in_the_value():
    value = {**deepcopy(SLOT), "locked": True}

    section_digest("slot", value)

    assert value == {**SLOT, "locked": True}


@pytest.mark.parametrize("empty", ["", [], {}, False])
def test_field_digest_knows_one_kind_of_empty(empty):
    assert field_digest(empty) == field_digest(None)


def test_field_digest_tells_values_apart():
    values = [None, 0, 1, True, "1", [1], "Ketamine", "ketamine"]

    assert len({field_digest(value) for value in values}) == len(values)


def test_section_digests_are_by_id_and_skip_sections_without_one():
    stream = [{"type": "text", "value": TEXT, "id": "a"}, {"type": "list", "value": LIST}]

    assert section_digests(stream) == {"a": section_digest("text", TEXT)}


# Reconciled ids


def test_reconcile_ids_gives_a_lost_id_back():
    old = [section("one", "a"), section("two", "b")]
    new = [section("two"), section("one")]

    assert ids(reconcile_ids(old, new)) == ["b", "a"]


def test_reconcile_ids_replaces_an_invented_id():
    old = [section("one", "a")]
    new = [section("one", "invented")]

    assert ids(reconcile_ids(old, new)) == ["a"]


def test_reconcile_ids_leaves_known_ids_with_their_sections():
    """Ids that are there are the editor's word, also when the texts were exchanged."""
    old = [section("one", "a"), section("two", "b")]
    new = [section("two", "a"), section("one", "b")]

    assert reconcile_ids(old, new) == new


def test_reconcile_ids_keeps_the_id_of_a_new_section():
    old = [section("one", "a")]
    new = [section("one", "a"), section("new", "fresh")]

    assert reconcile_ids(old, new) == new


def test_reconcile_ids_hands_out_equal_sections_in_order():
    old = [section("same", "a"), section("same", "b"), section("same", "c")]
    new = [section("same"), section("same", "b"), section("same", "x"), section("same", "y")]

    assert ids(reconcile_ids(old, new)) == ["a", "b", "c", "y"]


def test_reconcile_ids_gives_the_second_of_two_equal_ids_its_old_one_back():
    old = [section("one", "a"), section("two", "b")]
    new = [section("one", "a"), section("two", "a")]

    assert ids(reconcile_ids(old, new)) == ["a", "b"]


@pytest.mark.parametrize("old", [[], [section("one", "a")]])
def test_reconcile_ids_never_gives_one_id_twice(old):
    new = [section("one", "a"), section("two", "a"), section("three"), section("four", None)]

    result = ids(reconcile_ids(old, new))

    assert result[0] == "a"
    assert len(set(result)) == 4
    assert [str(UUID(id_)) for id_ in result[1:]] == result[1:]


def test_reconcile_ids_changes_neither_stream():
    old, new = [section("one", "a")], [section("one"), section("two")]
    before = deepcopy((old, new))

    reconcile_ids(old, new)

    assert (old, new) == before


# Matched sections

LONG = "Ketamine is given slowly through a small drip in the arm while a nurse stays with you."


def test_match_sections_prefers_equal_content_to_an_equal_heading():
    old = [section("changed", "a", "Cost"), section("kept", "b", "Cost")]
    new = [section("kept", heading="Cost"), section("new words", heading="Cost")]

    assert match_sections(old, new) == ["b", "a"]


def test_match_sections_by_heading_ignores_case_and_outer_space():
    old = [section("old words", "a", " What it costs"), section("other", "b", "Risks")]
    new = [
        section("new words", heading="What It Costs "),
        section("x", heading="risks", type="list"),
    ]

    assert match_sections(old, new) == ["a", "b"]


def test_match_sections_knows_a_question_and_a_slot_by_their_names():
    old = [
        {"type": "question", "value": {"question": "Is it safe?", "answer": "Yes"}, "id": "a"},
        {"type": "slot", "value": {"name": "team", "label": "Our team"}, "id": "b"},
    ]
    new = [
        {"type": "slot", "value": {"name": "team", "label": "The team"}},
        {"type": "question", "value": {"question": "Is it safe?", "answer": "Mostly"}},
    ]

    assert match_sections(old, new) == ["b", "a"]


def test_match_sections_by_wording():
    old = [section("Something else entirely that nobody would confuse.", "a"), section(LONG, "b")]
    new = [section(LONG.replace("with you", "beside you"))]

    assert match_sections(old, new) == ["b"]


@pytest.mark.parametrize(("changed", "expected"), [("a b c d e f X", "a"), ("a b X d e f g", None)])
def test_match_sections_by_wording_needs_half_of_the_shingles(changed, expected):
    old = [section("a b c d e f g", "a")]

    assert match_sections(old, [section(changed)]) == [expected]


def test_match_sections_invents_nothing_for_other_words():
    old = [section(LONG, "a", "Treatment")]
    new = [section("Nothing of this was there before.", heading="News")]

    assert match_sections(old, new) == [None]


def test_match_sections_uses_each_id_once_in_order():
    old = [section("same", "a"), section("same", "b")]
    new = [section("same"), section("same"), section("same")]

    assert match_sections(old, new) == ["a", "b", None]


def test_match_sections_does_not_match_sections_without_words():
    old = [{"type": "image", "value": {"image": 1}, "id": "a"}]
    new = [{"type": "image", "value": {"image": 2}}]

    assert match_sections(old, new) == [None]
