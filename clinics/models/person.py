"""People with a name on a page: authors, medical reviewers, doctors."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string

from clinics.admin.license_panel import LicensePanel
from clinics.choices import state_choices
from clinics.npi import validate_npi
from clinics.number_free import refuse_numbers
from clinics.phones_in_text import find_numbers


class Person(models.Model):
    """One person of the group. `clinic` is where they see patients; blank for the group's own."""

    name = models.CharField(_("full name"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    suffix = models.CharField(
        _("degrees"), max_length=40, blank=True, help_text=_("As printed after the name: MD, PhD.")
    )
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    bio = models.TextField(_("short biography"), max_length=600, blank=True)
    photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
    )
    clinic = models.ForeignKey(
        "clinics.ClinicPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("clinic"),
    )
    is_author = models.BooleanField(_("writes articles"), default=False)
    is_reviewer = models.BooleanField(_("reviews articles"), default=False)
    license_state = models.CharField(
        _("state of the license"), max_length=2, blank=True, choices=state_choices
    )
    license_number = models.CharField(_("license number"), max_length=40, blank=True)
    license_end_date = models.DateField(_("license ends on"), null=True, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True, validators=[validate_npi])
    board_specialty = models.CharField(
        _("board certified in"), max_length=120, blank=True, help_text=_("The field of medicine.")
    )
    certifying_board = models.CharField(
        _("certifying board"),
        max_length=160,
        blank=True,
        help_text=_("Its full name, such as American Board of Anesthesiology."),
    )
    # The license as it was when somebody looked it up: any other one is not verified.
    verified_license = models.CharField(max_length=220, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Set with the verification: whoever signs in with it reviews in this person's name.
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="person",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("name", "slug", "suffix", "job_title")], heading=_("Name")
        ),
        FieldPanel("bio"),
        FieldPanel("photo"),
        FieldPanel("clinic"),
        MultiFieldPanel(
            [FieldPanel("is_author"), FieldPanel("is_reviewer")], heading=_("Their part")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("license_state"), FieldPanel("license_number")]),
                FieldRowPanel([FieldPanel("license_end_date"), FieldPanel("npi")]),
                FieldPanel("board_specialty"),
                FieldPanel("certifying_board"),
                LicensePanel(),
            ],
            heading=_("License and board"),
        ),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.name}, {self.suffix}" if self.suffix else self.name

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "name", "suffix", "job_title", "board_specialty", "certifying_board")
        if find_numbers(self.bio):
            message = _("Take the phone number out: the buttons of the page show the right one.")
            raise ValidationError({"bio": message})

    @property
    def license_key(self) -> str:
        """What a verification is about, in one line."""
        return f"{self.name}|{self.license_state}|{self.license_number}|{self.license_end_date}"

    @property
    def is_license_verified(self) -> bool:
        return bool(self.license_number) and self.verified_license == self.license_key

    @property
    def license_words(self) -> str:
        """The license as it is printed."""
        words = {"state": self.get_license_state_display(), "number": self.license_number}
        return _gettext("%(state)s license %(number)s") % words

    @property
    def board_words(self) -> str:
        """The certification as it is printed, with the full name of the board."""
        if not self.certifying_board:
            return ""
        words = {"field": self.board_specialty, "board": self.certifying_board}
        if not self.board_specialty:
            return _gettext("Certified by the %(board)s") % words
        return _gettext("Certified in %(field)s by the %(board)s") % words
