"""Everything about clinics that is stored."""

from __future__ import annotations

from clinics.models.approval import PublisherApproval
from clinics.models.bulk import BulkChange, BulkRow
from clinics.models.change import PurgeDelivery, PurgeNode, PurgeOutbox
from clinics.models.clinic import ClinicFacts, ClinicPage, HostAlias
from clinics.models.facts import FactsChange
from clinics.models.franchise import FranchisePage, HubPage
from clinics.models.local_page import LocalPage
from clinics.models.location import (
    LocationAddress,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
    OpeningHours,
    SpecialHours,
)
from clinics.models.membership import Membership
from clinics.models.person import Person
from clinics.models.service import Service
from clinics.models.statement import Statement
from clinics.models.suggestion import FactsSuggestion, SuggestedFact
from clinics.models.tap import TapCount

__all__ = [
    "BulkChange",
    "BulkRow",
    "ClinicFacts",
    "ClinicPage",
    "FactsChange",
    "FactsSuggestion",
    "FranchisePage",
    "HostAlias",
    "HubPage",
    "LocalPage",
    "LocationAddress",
    "LocationFacts",
    "LocationIndexPage",
    "LocationPage",
    "Membership",
    "OpeningHours",
    "Person",
    "PublisherApproval",
    "PurgeDelivery",
    "PurgeNode",
    "PurgeOutbox",
    "Service",
    "SpecialHours",
    "Statement",
    "SuggestedFact",
    "TapCount",
]
