"""A-05: another state is another file of rules, and no code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clinics.compliance import rules
from clinics.compliance.gate import page_license_messages
from clinics.compliance.rules import RuleKind, rules_for
from clinics.models import LocalPage
from tests.factories import World

GEORGIA = """
state = "GA"
version = 1

[[rule]]
kind = "license"
subject = "PAIN_MANAGEMENT"
words = ["pain clinic"]
law = "O.C.G.A. 43-34-283"
source = "https://example.org/georgia"
basis = "recalled"
effective = 2026-01-01
text = "A license for each clinic."
"""


@pytest.fixture
def georgia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "georgia.toml").write_text(GEORGIA)
    monkeypatch.setattr(rules, "FOLDERS", [*rules.FOLDERS, tmp_path])


def test_clinic_gets_federal_rules_and_those_of_its_state_only() -> None:
    def states(state: str) -> set[str]:
        return {rule.state for kind in RuleKind for rule in rules_for(state, kind)}

    assert states("FL") == {"", "FL"}
    assert states("TX") == {"", "TX"}
    assert states("MD") == {""}


def test_every_rule_says_where_it_comes_from_and_how_it_was_checked() -> None:
    for rule in rules._all_rules(tuple(rules.FOLDERS)):
        assert rule.law, rule
        assert rule.source.startswith("https://"), rule
        assert rule.basis in {"primary", "secondary", "recalled"}, rule
        assert rule.version >= 1


def test_rule_holds_from_its_effective_date(georgia: None) -> None:
    assert not rules_for("GA", RuleKind.LICENSE, date(2025, 12, 31))
    (rule,) = rules_for("GA", RuleKind.LICENSE, date(2026, 1, 1))
    assert rule.state_name == "Georgia"


def test_third_state_stops_a_publish_by_its_file_alone(world: World, georgia: None) -> None:
    facts = world.hillside.facts
    about = LocalPage.objects.child_of(world.hillside).get(slug="about")
    assert page_license_messages(about) == []

    facts.state = "GA"
    facts.save()

    (message,) = page_license_messages(about)
    assert "O.C.G.A. 43-34-283" in message


@pytest.mark.parametrize(
    "wrong", ['kind = "permit"', 'state = "XX"', 'subject = "SURGERY"', 'kinds = "license"']
)
def test_file_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: str) -> None:
    name = wrong.split(" ")[0]
    lines = [
        wrong if line.startswith(f"{name} ") or (name == "kinds" and "kind =" in line) else line
        for line in GEORGIA.splitlines()
    ]
    path = tmp_path / "wrong.toml"
    path.write_text("\n".join(lines))

    with pytest.raises(ValueError, match=r"wrong\.toml"):
        rules._rules_in(path)
