"""The medical reviews of the demo: its texts are live because somebody has reviewed them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.review.acts import record_approval
from articles.review.texts import clinical_texts
from clinics.models import Person

# Licenses that say "DEMO" hold for as long as anybody looks at a demo.
_LICENSE_DAYS = 3650


def verify_for_demo(person: Person, row: dict[str, Any]) -> None:
    """The license of `row`, verified and in force."""
    person.license_state, person.license_number = row["license_state"], row["license_number"]
    person.license_end_date = timezone.localdate() + timedelta(days=_LICENSE_DAYS)
    person.verified_license, person.verified_at = person.license_key, timezone.now()
    person.save()


def publish_reviewed(page: Any, reviewer: Person | None) -> None:
    """Publish the newest draft, which this person has reviewed."""
    draft = page.get_latest_revision_as_object()
    if reviewer is not None and clinical_texts(draft):
        record_approval(draft, reviewer)
    page.get_latest_revision().publish()
