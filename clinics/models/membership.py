"""Who may do what where: one row gives a user one role at one page and below it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinics.choices import Role
from clinics.roles.table import PAGE_TYPE_FOR_ROLE


class Membership(models.Model):
    """The role's rights hold at `page` and everywhere below it, and nowhere else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="memberships"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "page"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.page}"

    def clean(self) -> None:
        super().clean()
        wanted = PAGE_TYPE_FOR_ROLE[Role(self.role)]
        found = self.page.specific_class._meta.label
        if found != wanted:
            raise ValidationError(
                {
                    "page": _("A %(role)s belongs to a %(wanted)s, not to a %(found)s.")
                    % {
                        "role": self.get_role_display(),
                        "wanted": wanted.split(".")[1],
                        "found": found.split(".")[1],
                    }
                }
            )
