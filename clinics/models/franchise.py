"""The franchise, the hub, and what the hub's and a clinic's home pages have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from clinics.brand import LAYOUT_CHOICES, TYPEFACE_CHOICES, normalise_brand
from clinics.choices import IndexPolicy
from clinics.forms.page import SiteRootForm
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.public import ListedPageMixin
from clinics.models.published_text import PublishedTextMixin
from clinics.models.revisions import KeptRevisionsMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "clinic-token"]


class FranchisePage(RoleGovernedMixin, Page):
    """The group that runs clinics. A node of the tree that is never served: roles attach to it."""

    shared_collection = models.ForeignKey(
        "wagtailcore.Collection",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("shared pictures"),
        help_text=_("Every clinic may choose from this collection."),
    )

    index_policy = models.CharField(
        _("search engines list"),
        max_length=8,
        choices=IndexPolicy,
        default=IndexPolicy.COMPUTED,
        help_text=_("Which shared articles they may show of a clinic that has not chosen."),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["clinics.HubPage", "clinics.ClinicPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("shared_collection"),
        FieldPanel("index_policy"),
    ]
    preview_modes: list[tuple[str, str]] = []
    is_fixture = True

    class Meta:
        verbose_name = _("franchise")
        verbose_name_plural = _("franchises")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class SiteRootMixin(
    ListedPageMixin,
    PublishedTextMixin,
    RoleGovernedMixin,
    KeptRevisionsMixin,
    AdminHostPreviewMixin,
    models.Model,
):
    """The home page of a site: what it says first, and its brand."""

    hero_title = models.CharField(
        _("first words"),
        max_length=120,
        blank=True,
        help_text=_("Leave blank to use the name."),
    )
    hero_text = models.TextField(_("lead"), max_length=320, blank=True)
    hero_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    welcome = RichTextField(_("welcome"), features=PROSE_FEATURES, blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Leave blank to show the name alone."),
    )
    brand_primary = models.CharField(
        _("main colour"),
        max_length=7,
        default="#0b4f6c",
        help_text=_("Text, links and buttons. Needs a contrast of 4.5 to 1 on white."),
    )
    brand_accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#f2a541",
        help_text=_("Only ever a fill, with black or white text on it."),
    )
    brand_typeface = models.CharField(
        _("typeface"), max_length=16, choices=TYPEFACE_CHOICES, default="sans"
    )

    brand_layout = models.CharField(
        _("layout"), max_length=16, choices=LAYOUT_CHOICES, default="split"
    )

    page_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("hero_image")],
            heading=_("Top of the page"),
        ),
        FieldPanel("welcome"),
    ]
    brand_panels = [
        FieldPanel("brand_primary"),
        FieldPanel("brand_accent"),
        FieldPanel("brand_typeface", widget=forms.RadioSelect),
        FieldPanel("brand_layout", widget=forms.RadioSelect),
        FieldPanel("logo"),
    ]
    base_form_class = SiteRootForm
    published_texts = (
        *PublishedTextMixin.published_texts,
        "hero_title",
        "hero_text",
        "welcome",
    )
    edit_handler = TabbedInterface(
        [
            ObjectList(page_panels, heading=_("Page")),
            ObjectList(brand_panels, heading=_("Brand")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
        ]
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        try:
            self.brand_primary, self.brand_accent = normalise_brand(
                self.brand_primary, self.brand_accent
            )
        except ValidationError as error:
            names = {"primary": "brand_primary", "accent": "brand_accent"}
            raise ValidationError(
                {names[key]: value for key, value in error.message_dict.items()}
            ) from error


class HubPage(SiteRootMixin, Page):  # noqa: DJ008 - `Page` has its `__str__`
    """The group's own site: its articles, and the way to a clinic nearby."""

    parent_page_types = ["clinics.FranchisePage"]
    subpage_types = [
        "articles.ArticleMountPage",
        "clinics.LocationIndexPage",
        "clinics.LocalPage",
    ]
    max_count_per_parent = 1
    is_creatable = False  # made with its site, by clinics.creating
    template = "clinics/hub_page.html"
    is_fixture = True

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from clinics.pages import hub_context  # noqa: PLC0415 - thin method

        return super().get_context(request, *args, **kwargs) | hub_context(self, request)
