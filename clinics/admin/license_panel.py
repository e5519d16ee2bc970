"""In the form of a person: whether the license is verified, by whom, and the way to verify it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel


class LicensePanel(Panel):
    """Speaks of the license as it is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "clinics/admin/includes/license.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from clinics.account_names import name_of  # noqa: PLC0415 - circular import
            from clinics.credentials import (  # noqa: PLC0415 - circular import
                credential_problem,
                may_verify,
            )

            person = self.instance
            return super().get_context_data(parent_context) | {
                "person": person,
                "problem": credential_problem(person, timezone.localdate()),
                "verified_by": name_of(person.verified_by) if person.verified_by else "",
                "may_verify": may_verify(self.request.user, person),
            }
