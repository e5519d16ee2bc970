"""What stands beside testimonials and offers: values and a clinic in, words for patients out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clinics.compliance.rules import RuleKind, rules_for
from clinics.cta import Link
from clinics.edge.shown import shows

if TYPE_CHECKING:
    from clinics.clinic import Clinic


def testimonial_words(block: Any, value: Mapping[str, Any]) -> dict[str, Any]:
    """What of a testimonial is stored as a code or as a reference (C-07)."""
    labels = dict(block.child_blocks["kind"].field.choices)
    source = value["source"]
    if source:
        shows(f"s:{source.pk}")
    return {
        "kind_label": str(labels.get(value["kind"], "")),
        "is_paid": value["paid"] == "yes",
        "source": Link(source.title, source.address) if source else None,
    }


def offer_statements(clinic: Clinic) -> tuple[str, ...]:
    """What the clinic's state wants beside every offer (C-09)."""
    return tuple(rule.text for rule in rules_for(clinic.state, RuleKind.OFFER))
