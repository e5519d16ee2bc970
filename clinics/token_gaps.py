"""Tokens that a clinic has no value for: names of tokens in, the clinics that show a default out.

Two queries, whatever the number of clinics.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from clinics.choices import TextStatus
from clinics.clinic import Address, Clinic, Location
from clinics.models import ClinicFacts, LocationFacts
from clinics.resolve import protocol_facts
from clinics.tokens import TOKEN, TOKENS


@dataclass(frozen=True)
class TokenGap:
    """`default` is what patients of these clinics read instead."""

    label: str
    default: str
    clinics: tuple[str, ...]


def tokens_in(texts: Iterable[str]) -> frozenset[str]:
    """The names of the known tokens in plain texts."""
    found = {match[1] for text in texts for match in TOKEN.finditer(text)}
    return frozenset(found & TOKENS.keys())


def token_gaps(names: Collection[str], clinic_ids: Collection[int]) -> list[TokenGap]:
    """One line for each token that some of these clinics have no value for."""
    if not names or not clinic_ids:
        return []
    primary = LocationFacts.objects.filter(is_primary=True, page__live=True)
    places = {row.clinic_id: _place(row) for row in primary}
    wanted = frozenset(clinic_ids)
    facts = [row for row in ClinicFacts.objects.order_by("name") if row.clinic_id in wanted]
    clinics = [_clinic(row, places.get(row.clinic_id)) for row in facts]
    gaps = []
    for token in (TOKENS[name] for name in TOKENS if name in names):
        without = tuple(clinic.name for clinic in clinics if not token.value(clinic))
        if without:
            gaps.append(TokenGap(str(token.label), str(token.default), without))
    return gaps


def _clinic(facts: ClinicFacts, place: Location | None) -> Clinic:
    """What tokens read of a clinic."""
    return Clinic(
        page_id=facts.clinic_id,
        name=facts.name,
        slug="",
        origin="",
        legal_name=facts.legal_name,
        state_name=facts.state,
        locations=(place,) if place else (),
        facts=protocol_facts(facts),
    )


def _place(row: LocationFacts) -> Location:
    return Location(
        page_id=row.page_id,
        name=row.name,
        slug="",
        path="",
        address=Address(row.street, row.city, row.state, row.zip_code),
        time_zone=row.time_zone,
        service_areas=tuple(row.service_areas),
        main=row.main_phone,
        text=row.text_phone,
        text_approved=row.text_status == TextStatus.APPROVED,
    )
