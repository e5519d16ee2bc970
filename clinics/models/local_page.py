"""A page of a clinic's own: about, team, contact, notices, or anything else it has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from clinics.choices import LocalPageKind
from clinics.forms.page import ScopedPageForm
from clinics.models.franchise import PROSE_FEATURES
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.public import ListedPageMixin
from clinics.models.published_text import PublishedTextMixin
from clinics.models.revisions import KeptRevisionsMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.clinic import Clinic
    from clinics.models import Person
    from clinics.sitemap import SitemapEntry


class LocalPage(
    ListedPageMixin,
    PublishedTextMixin,
    RoleGovernedMixin,
    KeptRevisionsMixin,
    AdminHostPreviewMixin,
    Page,
):
    """Made from a template for every new clinic (`clinics/page_texts`), then the clinic's own."""

    kind = models.CharField(
        _("kind"), max_length=8, choices=LocalPageKind, default=LocalPageKind.PAGE
    )
    intro = models.TextField(_("introduction"), max_length=320, blank=True)
    body = RichTextField(_("text"), features=PROSE_FEATURES, blank=True)
    in_footer = models.BooleanField(
        _("link in the footer"), default=False, help_text=_("Notices stand there on every page.")
    )
    template_version = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    parent_page_types = ["clinics.ClinicPage", "clinics.HubPage"]
    subpage_types: list[str] = []
    template = "clinics/local_page.html"
    base_form_class = ScopedPageForm
    published_texts = (*PublishedTextMixin.published_texts, "intro", "body")
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("kind"), FieldPanel("in_footer")]

    class Meta:
        verbose_name = _("page of the clinic")
        verbose_name_plural = _("pages of the clinic")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below a team page stand the profiles of its people."""
        if len(path_components) != 1 or not self.live:
            return super().route(request, path_components)
        from clinics.pages import clinic_asked  # noqa: PLC0415 - thin method
        from clinics.people import person_at  # noqa: PLC0415 - thin method

        person = person_at(self, path_components[0], clinic_asked(self, request))
        if person is None:
            raise Http404
        return RouteResult(self, kwargs={"person": person})

    def serve(
        self, request: HttpRequest, *args: Any, person: Person | None = None, **kwargs: Any
    ) -> HttpResponse:
        if person is None:
            return super().serve(request, *args, **kwargs)
        from clinics.pages import clinic_asked  # noqa: PLC0415 - thin method
        from clinics.people import person_context  # noqa: PLC0415 - thin method

        context = person_context(self, person, clinic_asked(self, request), request)
        return TemplateResponse(request, "clinics/person_page.html", context)

    def sitemap_entries(self, clinic: Clinic) -> list[SitemapEntry]:
        from clinics.people import listed_people  # noqa: PLC0415 - thin method

        return [*super().sitemap_entries(clinic), *listed_people(self, clinic)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from clinics.pages import local_page_context  # noqa: PLC0415 - thin method

        return super().get_context(request, *args, **kwargs) | local_page_context(self, request)
