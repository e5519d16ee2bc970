"""A clinic: its home page, which is drafted and published, and its facts, which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinics.choices import TIME_ZONES, ClinicStatus, IndexPolicy, Specialty, state_choices
from clinics.disclosure import check_disclosure
from clinics.models.compliance import ComplianceFactsMixin
from clinics.models.franchise import SiteRootMixin
from clinics.models.service import Service
from clinics.number_free import refuse_numbers
from clinics.phones_in_text import find_numbers

if TYPE_CHECKING:
    from django.http import HttpRequest


class ClinicPage(SiteRootMixin, Page):
    """The home page of one clinic's site. Numbers, addresses and hours are facts, not page text."""

    parent_page_types = ["clinics.FranchisePage"]
    subpage_types = [
        "articles.ArticleMountPage",
        "clinics.LocationIndexPage",
        "clinics.LocalPage",
    ]
    is_creatable = False  # made with its facts, by clinics.creating
    template = "clinics/clinic_page.html"
    is_fixture = True

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from clinics.pages import clinic_context  # noqa: PLC0415 - thin method

        return super().get_context(request, *args, **kwargs) | clinic_context(self, request)


class ClinicFacts(ComplianceFactsMixin):
    """What is true of a clinic today, saved at once: a later published draft cannot undo it."""

    clinic = models.OneToOneField(ClinicPage, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(_("name"), max_length=120, help_text=_("As on the sign at the door."))
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ClinicStatus, default=ClinicStatus.PREPARING
    )
    neighbour = models.ForeignKey(
        ClinicPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clinics_that_closed",
        verbose_name=_("neighbour that takes its patients"),
        help_text=_("While this clinic is closed, its host leads there."),
    )
    state = models.CharField(_("state"), max_length=2, choices=state_choices)
    time_zone = models.CharField(
        _("time zone"), max_length=40, choices=TIME_ZONES, default="America/Chicago"
    )
    booking_url = models.URLField(
        _("booking page"),
        blank=True,
        help_text=_("An https address. Leave blank and no booking button is shown."),
    )
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True)
    specialties = models.JSONField(
        _("fields of medicine"),
        default=list,
        blank=True,
        help_text=_("What search engines are told. There is no field of its own for pain."),
    )
    infusion_minutes = models.PositiveSmallIntegerField(
        _("minutes of an infusion"),
        null=True,
        blank=True,
        help_text=_("Articles say “about 40 minutes”. Leave blank to say “40 to 60”."),
    )
    observation_minutes = models.PositiveSmallIntegerField(
        _("minutes of observation afterwards"), null=True, blank=True
    )
    text_disclosure = models.TextField(
        _("text message disclosure"),
        blank=True,
        help_text=_("Shown beside every text button. Leave blank to use the group's wording."),
    )
    notice = models.CharField(
        _("notice for patients"),
        max_length=200,
        blank=True,
        help_text=_("On top of every page, like “Closed today because of the storm”."),
    )
    notice_until = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("It goes by itself at this time. Leave blank to take it away by hand."),
    )
    index_policy = models.CharField(
        _("search engines list"),
        max_length=8,
        choices=IndexPolicy,
        blank=True,
        help_text=_("Which shared articles they may show of this clinic. Blank: as the group."),
    )
    review_first = models.BooleanField(
        _("review library updates first"),
        default=False,
        help_text=_("Off: a new release of a shared article is shown here at once."),
    )
    library_as_of = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="The newest release that was accepted."
    )
    hold_days = models.PositiveSmallIntegerField(
        _("show an update after this many days anyway"), null=True, blank=True
    )
    is_first_group = models.BooleanField(
        _("sees new releases first"),
        default=False,
        help_text=_("One of the clinics that the library tries a change with before the others."),
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    # What an editor may change, in the order of the form; also what is logged and can be undone.
    FACT_FIELDS = (
        "name",
        "legal_name",
        "state",
        "time_zone",
        "booking_url",
        "services",
        "specialties",
        "infusion_minutes",
        "observation_minutes",
        "text_disclosure",
        "index_policy",
        "notice",
        "notice_until",
        "status",
        "neighbour",
        *ComplianceFactsMixin.COMPLIANCE_FIELDS,
    )

    class Meta:
        verbose_name = _("clinic facts")
        verbose_name_plural = _("clinic facts")

    def __str__(self) -> str:
        return self.name

    @property
    def page(self) -> ClinicPage:
        return self.clinic

    def clean(self) -> None:
        super().clean()
        if self.booking_url and not self.booking_url.startswith("https://"):
            raise ValidationError({"booking_url": _("Use an address that starts with https://")})
        self._refuse_unknown_specialties()
        self._refuse_wrong_neighbour()
        refuse_numbers(self, "name", "legal_name")
        if self.notice and find_numbers(self.notice):
            message = _("Take the phone number out: the buttons of the page show the right one.")
            raise ValidationError({"notice": message})
        if self.text_disclosure:
            problems = check_disclosure(self.text_disclosure)
            if problems:
                raise ValidationError({"text_disclosure": [str(p.message) for p in problems]})
            if find_numbers(self.text_disclosure):
                message = _("Write “[number]” in place of the number: it is always the right one.")
                raise ValidationError({"text_disclosure": message})

    def _refuse_wrong_neighbour(self) -> None:
        """Of the same group, and never the clinic itself by way of others that have closed."""
        if self.neighbour is None:
            return
        group = self.clinic.path[: -ClinicPage.steplen]
        step: ClinicFacts | None = getattr(self.neighbour, "facts", None)
        if step is None or not step.clinic.path.startswith(group):
            message = _("Choose a clinic of the same group.")
            raise ValidationError({"neighbour": message})
        seen: set[int] = set()
        while step is not None and step.clinic_id not in seen:
            if step.clinic_id == self.clinic_id:
                message = _("Patients would be led round in a circle: choose another clinic.")
                raise ValidationError({"neighbour": message})
            seen.add(step.clinic_id)
            following = step.neighbour if step.status == ClinicStatus.CLOSED else None
            step = following.facts if following else None

    def _refuse_unknown_specialties(self) -> None:
        unknown = [name for name in self.specialties if name not in Specialty.values]
        if unknown:
            text = _("“%(name)s” is not in the list: choose from %(known)s.")
            values = {"name": unknown[0], "known": ", ".join(Specialty.values)}
            raise ValidationError({"specialties": text % values})


class HostAlias(models.Model):
    """Another host name of a clinic, redirected to its own host."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    hostname = models.CharField(_("host name"), max_length=255, unique=True)

    class Meta:
        verbose_name = _("host alias")
        verbose_name_plural = _("host aliases")

    def __str__(self) -> str:
        return self.hostname
