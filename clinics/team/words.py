"""What each role may do, in a sentence for whoever gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinics.choices import Role

if TYPE_CHECKING:
    from django.utils.functional import Promise

MAY_DO: dict[Role, Promise | str] = {
    Role.CLINIC_EDITOR: _(
        "Writes pages and the clinic's own texts; asks a publisher before medical texts go live."
    ),
    Role.CLINIC_PUBLISHER: _(
        "Writes and publishes everything of the clinic; sets hours and look; leads the team."
    ),
    Role.FRANCHISE_ADMIN: _(
        "Adds, opens and corrects clinics, numbers and hours; leads all teams; writes no texts."
    ),
    Role.LIBRARY_EDITOR: _("Writes shared articles; publishes none."),
    Role.LIBRARY_PUBLISHER: _("Writes and publishes shared articles and decides about offers."),
    Role.MEDICAL_REVIEWER: _("Reads and reviews shared articles; changes none."),
}
