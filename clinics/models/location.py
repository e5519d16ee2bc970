"""A place of a clinic: its page (own words and photo) and its facts (address, numbers, hours)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from clinics.admin.listing_panel import ListingPanel
from clinics.campaigns import campaigns_of, checked_lines
from clinics.choices import TIME_ZONES, LocationStatus, TextStatus, state_choices
from clinics.edge.moved import moved_to
from clinics.forms.page import ScopedPageForm
from clinics.models.clinic import ClinicPage
from clinics.models.fields import PhoneField
from clinics.models.franchise import PROSE_FEATURES
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.public import ListedPageMixin
from clinics.models.published_text import PublishedTextMixin
from clinics.models.revisions import KeptRevisionsMixin
from clinics.number_free import refuse_numbers
from clinics.phones import rings_nowhere
from clinics.phones_in_text import find_numbers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.clinic import Clinic
    from clinics.sitemap import SitemapEntry


class LocationIndexPage(
    ListedPageMixin,
    PublishedTextMixin,
    RoleGovernedMixin,
    KeptRevisionsMixin,
    AdminHostPreviewMixin,
    Page,
):
    """The list of a clinic's locations, at /locations/."""

    intro = models.TextField(_("introduction"), max_length=320, blank=True)

    parent_page_types = ["clinics.ClinicPage", "clinics.HubPage"]
    subpage_types = ["clinics.LocationPage"]
    max_count_per_parent = 1
    is_creatable = False  # made with its clinic, by clinics.creating
    template = "clinics/location_index_page.html"
    base_form_class = ScopedPageForm
    published_texts = (*PublishedTextMixin.published_texts, "intro")
    is_fixture = True
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of locations")
        verbose_name_plural = _("lists of locations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from clinics.pages import location_index_context  # noqa: PLC0415 - thin method

        context = super().get_context(request, *args, **kwargs)
        return context | location_index_context(self, request)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A path that a location had before leads to where it is now."""
        try:
            return super().route(request, path_components)
        except Http404:
            from clinics.former_paths import path_now  # noqa: PLC0415 - thin method

            path = path_now(self, path_components) if self.live else ""
            if not path:
                raise
            return RouteResult(self, kwargs={"path_now": path})

    def serve(
        self, request: HttpRequest, *args: Any, path_now: str = "", **kwargs: Any
    ) -> HttpResponse:
        """Where somebody looks for a clinic is kept by no cache."""
        if path_now:
            query = request.META.get("QUERY_STRING", "")
            return moved_to(f"{path_now}?{query}" if query else path_now)
        response = super().serve(request, *args, **kwargs)
        if request.GET.get("near"):
            response["Cache-Control"] = "private, no-store"
        return response

    def sitemap_entries(self, clinic: Clinic) -> list[SitemapEntry]:
        from clinics.doorway import listed_locations  # noqa: PLC0415 - thin method

        places = listed_locations(self, clinic)
        return [*super().sitemap_entries(clinic), *places]


class LocationPage(
    ListedPageMixin,
    PublishedTextMixin,
    RoleGovernedMixin,
    KeptRevisionsMixin,
    AdminHostPreviewMixin,
    Page,
):
    """The page of one place. Without own text and photo it is not worth indexing (L-07)."""

    text = RichTextField(_("about this location"), features=PROSE_FEATURES, blank=True)
    photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
    )

    parent_page_types = ["clinics.LocationIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # made with its facts, by clinics.creating
    template = "clinics/location_page.html"
    published_texts = (*PublishedTextMixin.published_texts, "text")
    base_form_class = ScopedPageForm
    is_fixture = True
    may_unpublish = True
    content_panels = [
        *Page.content_panels,
        FieldPanel("text"),
        FieldPanel("photo"),
        ListingPanel(),
    ]

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from clinics.pages import location_context  # noqa: PLC0415 - thin method

        return super().get_context(request, *args, **kwargs) | location_context(self, request)

    def save(self, *args: Any, **kwargs: Any) -> None:
        from clinics.former_paths import keep_former_path  # noqa: PLC0415 - thin method

        with transaction.atomic():
            keep_former_path(self)
            super().save(*args, **kwargs)

    def sitemap_entries(self, clinic: Clinic) -> list[SitemapEntry]:
        """Its list of locations speaks for it."""
        return []


class LocationAddress(models.Model):
    """An address that a location's page had: its list redirects from it to where the page is."""

    index = models.ForeignKey(
        LocationIndexPage, on_delete=models.CASCADE, related_name="former_addresses"
    )
    slug = models.SlugField(max_length=255, allow_unicode=True)
    location = models.ForeignKey(
        LocationPage, on_delete=models.CASCADE, related_name="former_addresses"
    )

    class Meta:
        verbose_name = _("former address of a location")
        verbose_name_plural = _("former addresses of locations")
        constraints = [
            models.UniqueConstraint(
                fields=["index", "slug"], name="one_location_per_former_address"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class LocationFacts(models.Model):
    """Name, address, numbers of a place. The only source of every number that is shown (L-01)."""

    page = models.OneToOneField(LocationPage, on_delete=models.CASCADE, related_name="facts")
    clinic = models.ForeignKey(
        ClinicPage, on_delete=models.CASCADE, related_name="location_facts", editable=False
    )
    name = models.CharField(_("name"), max_length=80)
    is_primary = models.BooleanField(
        _("main location"),
        default=False,
        help_text=_("Its numbers and towns stand for the whole clinic."),
    )
    status = models.CharField(
        _("status"), max_length=16, choices=LocationStatus, default=LocationStatus.OPEN
    )
    neighbour = models.ForeignKey(
        LocationPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("neighbour that takes its patients"),
        help_text=_("While this location is closed, its page and buttons lead there."),
    )
    street = models.CharField(_("street"), max_length=160)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2, choices=state_choices)
    zip_code = models.CharField(
        _("ZIP code"),
        max_length=10,
        validators=[RegexValidator(r"^\d{5}(-\d{4})?$", _("Five digits, such as 75204."))],
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, choices=TIME_ZONES, default="America/Chicago"
    )
    parking = models.TextField(
        _("parking and entrance"),
        max_length=300,
        blank=True,
        help_text=_("Where to park and what it costs, which door, and whether there are steps."),
    )
    service_areas = models.JSONField(
        _("towns served"), default=list, blank=True, help_text=_("One town a line.")
    )
    main_phone = PhoneField(_("main number"))
    new_patients_phone = PhoneField(
        _("number for new patients"),
        blank=True,
        help_text=_("Leave blank to use the main number."),
    )
    text_phone = PhoneField(
        _("number for texts"),
        blank=True,
        help_text=_("Leave blank to use the clinic's text number."),
    )
    text_status = models.CharField(
        _("text registration"),
        max_length=8,
        choices=TextStatus,
        default=TextStatus.NONE,
        help_text=_("A text button is shown only when the carriers have approved the number."),
    )
    fax = PhoneField(_("fax"), blank=True)
    campaign_numbers = models.JSONField(
        _("numbers of campaigns"),
        default=list,
        blank=True,
        help_text=_(
            "One a line: its name, then its number, such as “ads (214) 555-0150”. Visitors who "
            "come with ?src=ads in the address see it in the buttons; everywhere else the main "
            "number stays."
        ),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    PHONE_FIELDS = ("main_phone", "new_patients_phone", "text_phone", "fax")
    FACT_FIELDS = (
        "name",
        "is_primary",
        "status",
        "neighbour",
        "street",
        "city",
        "state",
        "zip_code",
        "latitude",
        "longitude",
        "time_zone",
        "parking",
        "service_areas",
        "main_phone",
        "new_patients_phone",
        "text_phone",
        "text_status",
        "fax",
        "campaign_numbers",
    )

    class Meta:
        verbose_name = _("location facts")
        verbose_name_plural = _("location facts")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic"],
                condition=models.Q(is_primary=True),
                name="one_primary_location_per_clinic",
                violation_error_message=_("This clinic has a main location already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clinic = ClinicPage.objects.ancestor_of(self.page).get()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.campaign_numbers = checked_lines(self.campaign_numbers)
        self._refuse_fictional_numbers()
        refuse_numbers(self, "name", "street", "city")
        if find_numbers(self.parking):
            message = _("Take the phone number out: it stands beside this text already.")
            raise ValidationError({"parking": message})
        if self.text_status == TextStatus.APPROVED and not self.text_phone:
            raise ValidationError(
                {"text_phone": _("A registration is approved for a number: enter it.")}
            )

    def _refuse_fictional_numbers(self) -> None:
        """555-0100 to 555-0199 are reserved for fiction: a dead end for a patient (B-12)."""
        for name in self.PHONE_FIELDS:
            number = getattr(self, name)
            if number and rings_nowhere(number):
                text = _("%(number)s is a number of fiction: enter one that rings at the clinic.")
                raise ValidationError({name: text % {"number": number.display}})
        for name, number in campaigns_of(self.campaign_numbers).items():
            if rings_nowhere(number):
                text = _("“%(name)s”: %(number)s is a number of fiction: enter a real one.")
                values = {"name": name, "number": number.display}
                raise ValidationError({"campaign_numbers": text % values})


class OpeningHours(models.Model):
    """One row of a location's week. Closing before opening means past midnight."""

    location = models.ForeignKey(
        LocationFacts, on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    opens = models.CharField(max_length=5, blank=True)
    closes = models.CharField(max_length=5, blank=True)
    by_appointment = models.BooleanField(default=False)

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class SpecialHours(models.Model):
    """Days that replace the weekly hours wholly: closed, or open at other times (H-02)."""

    location = models.ForeignKey(
        LocationFacts, on_delete=models.CASCADE, related_name="special_hours"
    )
    first_date = models.DateField(_("from"))
    last_date = models.DateField(_("to"))
    label = models.CharField(_("reason"), max_length=80, blank=True)
    opens = models.CharField(max_length=5, blank=True)
    closes = models.CharField(max_length=5, blank=True)

    class Meta:
        ordering = ["first_date", "opens"]
        verbose_name = _("special hours")
        verbose_name_plural = _("special hours")

    def __str__(self) -> str:
        return f"{self.first_date} {self.label}"
