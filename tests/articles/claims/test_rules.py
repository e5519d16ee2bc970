"""What rules ask for besides words: facts, sources, states and days (C-01 to C-10, A-03)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from articles.claims.checking import check_claims
from articles.claims.required import states_off_label
from articles.claims.rule import Figure, PageFacts, Part
from articles.claims.rulebook import the_rulebook
from tests.articles.claims.lines import DAY, check, rules

STATEMENT = "Ketamine is not FDA-approved to treat migraine. Doctors may prescribe it off-label."
APPROVED = "Ketamine is FDA-approved as an anesthetic."
EFFECT = "Studies show that ketamine reduces pain after nerve injury [1]."


def test_approval_needs_its_use_and_the_statement() -> None:
    """C-03."""
    assert ("FDA", "block") in rules(check(APPROVED))
    assert check(STATEMENT, APPROVED) == ()
    assert ("FDA", "block") in rules(check(STATEMENT, "Ketamine is FDA-approved."))


def test_statement_counts_only_above_the_first_call_to_action() -> None:
    """C-01."""
    call = Part("Book", "action", "call", type="cta", id="2")
    statement = Part("Approval", "statement", STATEMENT, type="statement", id="1")

    assert states_off_label([statement, call])
    assert not states_off_label([call, statement])


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("TRIAL", None), ("GUIDELINE", None), ("LABEL", None), ("AGENCY", "warn"), ("OTHER", "warn")],
)
def test_statement_of_effect_needs_evidence(kind: str, wanted: str | None) -> None:
    """C-05."""
    found = dict(rules(check(EFFECT, off_label=True, sources={1: kind})))

    assert found.get("EVID") == wanted


def test_statement_of_effect_without_a_source_is_blocked() -> None:
    """C-05: a number that no source has is none."""
    assert ("EVID", "block") in rules(check(EFFECT, off_label=True, sources={2: "TRIAL"}))


def test_figure_counts_as_sourced_by_its_own_section() -> None:
    figure = "Half of all adults had pain in the last year"

    assert rules(check(figure)) == {("STAT", "warn")}
    assert check(Part("In numbers", "figures", figure, evidence=frozenset({"AGENCY"}))) == ()


def test_figure_that_the_library_knows_better_is_a_conflict() -> None:
    """T-08."""
    assert ("STAT", "block") in rules(check("Fibromyalgia affects 6% of Americans."))
    assert ("STAT", "warn") in rules(check("Fibromyalgia affects 2% of Americans."))
    assert check("Fibromyalgia affects 6% of Americans [1].", sources={1: "TRIAL"}) == ()
    assert ("STAT", "block") not in rules(check("Of people with fibromyalgia, 60% sleep badly."))


def test_figures_of_the_library_count_beside_those_of_the_files() -> None:
    """T-08: a text agrees with one of them, or is a conflict."""
    migraine = Figure(re.compile("migraine", re.I), "percent", 12, 15, "share", "12 to 15 percent")

    def severities(text: str, *figures: Figure) -> set[str]:
        part = Part("", "text", text)
        found = check_claims([part], states=(), day=DAY, facts=PageFacts(), figures=figures)
        return {str(each.severity) for each in found if each.rule == "STAT"}

    assert severities("Migraine affects 30% of adults.") == {"warn"}
    assert severities("Migraine affects 30% of adults.", migraine) == {"block"}
    assert severities("Migraine affects 12% of adults.", migraine) == {"warn"}
    assert severities("Fibromyalgia affects 6% of Americans.", migraine) == {"block"}


def test_safety_needs_the_section_on_risks() -> None:
    text = "Ketamine is a safe option for many adults."

    assert ("SAFE", "warn") in rules(check(text, off_label=True))
    assert ("SAFE", "warn") not in rules(check(text, off_label=True, risks=True))


@pytest.mark.parametrize(
    ("before", "text", "is_reported"),
    [
        ("Ketamine is a medicine.", "Its benefits last for months.", True),
        ("Fibromyalgia is a disease.", "It lasts for months.", False),
        ("Exercise is advised.", "Its benefits last for months.", False),
        ("", "There is no cure.", False),
        ("", "Ketamine is not a permanent cure, but it resets your brain.", True),
        ("", "Ketamine not only eases pain, it cures it.", True),
        ("", "Can ketamine cure migraine?", False),
    ],
)
def test_lasting_effect_depends_on_subject_and_denial(
    before: str, text: str, is_reported: bool
) -> None:
    """C-04."""
    found = check(f"{before} {text}".strip())

    assert ("PERM" in {each.rule for each in found}) is is_reported


def test_specialists_need_a_board() -> None:
    """A-03."""
    text = "Our pain specialists see you on the same day."

    assert ("SPECIALTY", "warn") in rules(check(text))
    assert check(text, credential=True) == ()
    assert (
        check("She is board certified in anesthesiology by the American Board of Anesthesiology.")
        == ()
    )


def test_board_eligible_is_blocked_in_texas_since_the_rule_is_in_force() -> None:
    """A-03, A-05."""
    text = "Dr. Lee is board eligible."

    assert check(text) == ()
    assert rules(check(text, states=("FL",))) == set()
    assert rules(check(text, states=("TX",))) == {("SPECIALTY", "block")}
    assert check(text, states=("TX",), day=date(2025, 1, 8)) == ()


def test_private_board_needs_its_notice_in_florida() -> None:
    """A-03."""
    text = "He is certified by the American Academy of Ketamine Physicians."
    notice = (
        "The specialty recognition identified herein has been received from a private organization "
        "not affiliated with or recognized by the Florida Board of Medicine."
    )

    assert ("SPECIALTY", "block") in rules(check(text, states=("FL",)))
    assert ("SPECIALTY", "block") not in rules(check(text, states=("TX",)))
    assert ("SPECIALTY", "block") not in rules(check(text, notice, states=("FL",)))


def test_offer_needs_the_refund_notice_in_florida() -> None:
    """C-09."""
    text = "Come for a free consultation."

    assert rules(check(text)) >= {("OFFER", "warn")}
    assert rules(check(text, states=("FL",))) >= {("OFFER", "block")}


def test_telehealth_has_a_day_on_which_it_ends() -> None:
    """C-10: what carries its date passes until then."""
    text = "Until 2026-12-31, ketamine may be prescribed by telehealth."

    assert "TELE" not in {each.rule for each in check(text, off_label=True)}
    after = check(text, off_label=True, day=date(2027, 1, 1))
    assert ("TELE", "block") in rules(after)


@pytest.mark.parametrize(
    "text",
    [
        "We offer at-home ketamine.",
        "Try our ketamine nasal spray.",
        "A ketamine lozenge.",
        "Ketamine troches.",
    ],
)
def test_compounded_ketamine_is_blocked(text: str) -> None:
    """C-06."""
    assert ("COMPOUND", "block") in rules(check(text, off_label=True))


def test_ketamine_and_esketamine_are_told_apart() -> None:
    """C-06."""
    both = "We give ketamine and esketamine."

    assert ("COMPOUND", "block") in rules(check(both, off_label=True))
    assert "COMPOUND" not in {
        r for r, _s in rules(check(both, "They are different products.", off_label=True))
    }


def test_page_about_a_crisis_names_the_lifeline() -> None:
    """B-10."""
    text = "Depression is common."

    assert rules(check(text, is_about_crisis=True)) == {("CRISIS", "block")}
    assert check(text, is_about_crisis=True, lifeline=True) == ()


def test_names_and_towns_of_shared_texts_become_tokens() -> None:
    """I-04: a clinic's own words may name it, and no other."""
    text = "Bright Harbor Pain Institute is here. Serving the Tampa and Sarasota areas."

    assert rules(check(text)) == {("NAME", "info"), ("GEO", "info")}
    assert check(Part("", "text", text, local=True)) == ()
    assert ("NAME", "block") in rules(check(text, other_names=("Bright Harbor Pain Institute",)))


@pytest.fixture
def third_state(tmp_path: Path) -> Path:
    """What somebody would add for Ohio: a file, and no line of code."""
    (tmp_path / "oh.toml").write_text(
        """
state = "OH"

[[rule]]
id = "SUPER"
severity = "block"
pattern = ['tranquil (?:%noun_of_care%)']
advice = "Take it out."
source = "A rule of Ohio"
effective_from = 2026-01-01
effective_until = 2026-12-31
""",
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize(
    ("state", "day", "count"),
    [("OH", DAY, 1), ("TX", DAY, 0), ("OH", date(2027, 1, 1), 0), ("OH", date(2025, 12, 31), 0)],
)
def test_third_state_is_data(third_state: Path, state: str, day: date, count: int) -> None:
    """A-05."""
    book = the_rulebook(third_state)

    found = check_claims(
        [Part("Care", "text", "A tranquil infusion.")],
        states={state},
        day=day,
        facts=PageFacts(),
        book=book,
    )

    assert [(each.rule, each.state, each.source) for each in found] == [
        ("SUPER", "OH", "A rule of Ohio")
    ] * count


def test_rule_that_says_too_little_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text('[[rule]]\nid = "X"\nseverity = "block"\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"xx\.toml"):
        the_rulebook(tmp_path)


def test_every_rule_says_what_to_do_and_by_which_authority() -> None:
    assert [rule.id for rule in the_rulebook().rules if not rule.advice or not rule.source] == []
