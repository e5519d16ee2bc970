"""Sections of a page about the drug that has every block it needs (C-01, T-09)."""

from __future__ import annotations

from typing import Any

from articles.claims.required import Block
from clinics.choices import StatementKind
from clinics.models import Statement
from tests.articles.factories import section_id, text

CALL = {"type": "cta", "id": section_id("call"), "value": {"action": "call", "role": "local"}}


def off_label_statement() -> dict[str, Any]:
    """The group's wording, in a section whose key is "approval"."""
    row, _made = Statement.objects.get_or_create(
        slug="ketamine-off-label",
        defaults={
            "kind": StatementKind.OFF_LABEL,
            "title": "Off-label use",
            "text": "Ketamine is not FDA-approved to treat migraine.",
        },
    )
    value = {"statement": row.pk, "role": "clinical"}
    return {"type": "statement", "id": section_id("approval"), "value": value}


def balanced(*without: Block) -> list[dict[str, Any]]:
    """What ketamine is, each block but these, and then the call to action.

    The key of a section is the value of its block in lower case; that of the statement "approval".
    """
    sections = {
        Block.OFF_LABEL: off_label_statement(),
        Block.RISKS: {
            "type": "risks",
            "id": section_id("risks"),
            "value": {"heading": "Risks", "items": ["Nausea"], "role": "clinical"},
        },
        Block.EXCLUSIONS: text("exclusions", "Who should not have it", "<p>Ask your doctor.</p>"),
        Block.ALTERNATIVES: text("alternatives", "Other choices", "<p>Walks and rest.</p>"),
        Block.LIMITS: text("limits", "What research says", "<p>The trials were small.</p>"),
        Block.EMERGENCY: {
            "type": "callout",
            "id": section_id("emergency"),
            "value": {
                "tone": "emergency",
                "heading": "Now",
                "text": "<p>Call 911 for chest pain.</p>",
                "role": "clinical",
            },
        },
    }
    kept = [section for block, section in sections.items() if block not in without]
    return [text("what", "What ketamine is", "<p>Ketamine is an anesthetic.</p>"), *kept, CALL]
