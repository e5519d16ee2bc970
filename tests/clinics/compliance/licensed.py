"""A clinic of the tests that its state regulates: Harbour, in Florida."""

from __future__ import annotations

from datetime import date
from typing import Any

from clinics.models import ClinicFacts, Service
from tests.factories import World

EXEMPT = {
    "pain_license_kind": "EXEMPTION",
    "pain_license_number": "EX-1",
    "pain_license_from": date(2026, 1, 1),
    "pain_license_until": date(2027, 6, 30),
}


def set_facts(world: World, **facts: Any) -> ClinicFacts:
    """Harbour with these facts, read afresh."""
    row = ClinicFacts.objects.get(clinic=world.harbour)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return row


def pain_service() -> Service:
    return Service.objects.create(
        name="Pain management", slug="pain-management", regulated_as="PAIN_MANAGEMENT"
    )
