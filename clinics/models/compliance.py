"""What law asks of a clinic: who directs it, which licenses it holds, which notices it owes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinics.choices import EmployeeBand, LicenseKind
from clinics.number_free import refuse_numbers
from clinics.phones_in_text import find_numbers


class ComplianceFactsMixin(models.Model):
    """The columns of "Licenses and law", a part of a clinic's facts (A-01).

    Legal entity and state stand among the others. None of a question is "not answered yet".
    """

    director = models.ForeignKey(
        "clinics.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("medical director"),
        help_text=_("One of the people of this clinic; for anybody else write the name below."),
    )
    director_name = models.CharField(
        _("name of the medical director"),
        max_length=120,
        blank=True,
        help_text=_("With degrees, as it is printed. Leave blank to use the person chosen above."),
    )
    director_license = models.CharField(
        _("license number of the medical director"), max_length=40, blank=True
    )
    director_board = models.CharField(
        _("certifying board of the medical director"),
        max_length=160,
        blank=True,
        help_text=_("Its full name, or blank when there is none."),
    )
    director_is_here = models.BooleanField(
        _("primary practice location of the director"),
        null=True,
        blank=True,
        help_text=_("Whether the main location of this clinic is where the director practises."),
    )
    delegation = models.TextField(
        _("delegation statement"),
        max_length=400,
        blank=True,
        help_text=_(
            "Who gives care under whose supervision where the director does not practise. Patients "
            "read it on the pages of these locations."
        ),
    )
    pain_license_kind = models.CharField(
        _("pain management: kind of license"), max_length=12, choices=LicenseKind, blank=True
    )
    pain_license_number = models.CharField(
        _("pain management: number of the license"),
        max_length=40,
        blank=True,
        help_text=_("Of the registration, or of the certificate of exemption."),
    )
    pain_license_from = models.DateField(_("pain management: valid from"), null=True, blank=True)
    pain_license_until = models.DateField(
        _("pain management: valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. “Today” reminds you two months ahead."),
    )
    legitscript_id = models.CharField(
        _("LegitScript seal"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\d+$", _("The number of the seal, in digits."))],
        help_text=_("Only for clinics that advertise where it is asked for."),
    )
    legitscript_host = models.CharField(
        _("host that LegitScript verified"),
        max_length=255,
        blank=True,
        validators=[
            RegexValidator(
                r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$", _("A host name, without https:// and port.")
            )
        ],
        help_text=_("The link to the seal is shown while the site stands at this very host."),
    )
    receives_hhs_funds = models.BooleanField(
        _("receives funds of HHS"),
        null=True,
        blank=True,
        help_text=_("Such as Medicare or Medicaid. Then two more notices are owed."),
    )
    employees = models.CharField(
        _("number of employees"), max_length=8, choices=EmployeeBand, blank=True
    )
    bills_health_plans = models.BooleanField(
        _("bills health plans"),
        default=False,
        help_text=_("Then the site tells patients of their rights against surprise bills."),
    )
    sees_self_payers = models.BooleanField(
        _("sees patients who pay themselves"),
        default=False,
        help_text=_("Then the site tells them of their right to an estimate."),
    )
    owes_health_data_notice = models.BooleanField(
        _("owes a notice of consumer health data"),
        default=False,
        help_text=_("Where a state such as Washington protects health data outside of HIPAA."),
    )

    COMPLIANCE_FIELDS = (
        "director",
        "director_name",
        "director_license",
        "director_board",
        "director_is_here",
        "delegation",
        "pain_license_kind",
        "pain_license_number",
        "pain_license_from",
        "pain_license_until",
        "legitscript_id",
        "legitscript_host",
        "receives_hhs_funds",
        "employees",
        "bills_health_plans",
        "sees_self_payers",
        "owes_health_data_notice",
    )

    class Meta:
        abstract = True

    @property
    def director_words(self) -> str:
        """The director as printed, "" for nobody."""
        return self.director_name or (str(self.director) if self.director else "")

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "director_name", "director_board")
        errors: dict[str, Any] = {}
        if find_numbers(self.delegation):
            errors["delegation"] = _("Take the phone number out: the page shows the right one.")
        first, last = self.pain_license_from, self.pain_license_until
        if first and last and last < first:
            errors["pain_license_until"] = _("The license ends before it begins: change a date.")
        if self.legitscript_id and not self.legitscript_host:
            errors["legitscript_host"] = _("Say for which host the seal was given.")
        if errors:
            raise ValidationError(errors)
