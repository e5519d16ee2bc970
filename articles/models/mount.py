"""The mount: the page of a clinic that serves the library's articles of one kind.

A path comes in; what goes out is a list, an article as this clinic shows it, or where it has moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404, HttpResponseGone
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from articles.choices import ArticleKind
from clinics.edge.moved import moved_to
from clinics.forms.page import ScopedPageForm
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.public import ListedPageMixin
from clinics.models.published_text import PublishedTextMixin
from clinics.models.revisions import KeptRevisionsMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.queries import Found
    from clinics.clinic import Clinic
    from clinics.models import Person
    from clinics.page_frame import Teaser
    from clinics.people import Credits
    from clinics.sitemap import SitemapEntry


class ArticleMountPage(
    ListedPageMixin,
    PublishedTextMixin,
    RoleGovernedMixin,
    KeptRevisionsMixin,
    AdminHostPreviewMixin,
    Page,
):
    """One for each kind below a clinic or the hub; its children hold what the clinic wrote."""

    kind = models.CharField(_("kind"), max_length=10, choices=ArticleKind)
    library = models.ForeignKey(
        "articles.ArticleLibraryPage",
        on_delete=models.PROTECT,
        related_name="mounts",
        verbose_name=_("library"),
    )
    intro = models.TextField(_("introduction"), max_length=320, blank=True)

    parent_page_types = ["clinics.ClinicPage", "clinics.HubPage"]
    subpage_types = ["articles.LocalVersionPage", "articles.LocalArticlePage"]
    is_creatable = False
    template = "articles/article_mount_page.html"
    base_form_class = ScopedPageForm
    published_texts = (*PublishedTextMixin.published_texts, "intro")
    is_fixture = True
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not self.live:
            raise Http404
        if not path_components:
            return RouteResult(self)
        if len(path_components) > 1:
            raise Http404
        from articles.queries import find_article  # noqa: PLC0415 - thin method
        from clinics.pages import clinic_asked  # noqa: PLC0415 - thin method

        found = find_article(self, path_components[0], clinic_asked(self, request))
        if found is None:
            raise Http404
        return RouteResult(self, kwargs={"found": found})

    def serve(
        self, request: HttpRequest, *args: Any, found: Found | None = None, **kwargs: Any
    ) -> HttpResponse:
        if found is None:
            return super().serve(request, *args, **kwargs)
        if found.gone:
            return HttpResponseGone()
        if found.moved_to:
            return moved_to(found.moved_to)
        from articles.page_view import article_context  # noqa: PLC0415 - thin method

        context = article_context(found, self, request)
        return TemplateResponse(request, "articles/article_page.html", context)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from articles.page_view import mount_context  # noqa: PLC0415 - thin method

        return super().get_context(request, *args, **kwargs) | mount_context(self, request)

    def sitemap_entries(self, clinic: Clinic) -> list[SitemapEntry]:
        from articles.indexed import indexed_entries  # noqa: PLC0415 - thin method

        return [*super().sitemap_entries(clinic), *indexed_entries(self, clinic)]

    def teasers_for(self, clinic: Clinic, *, limit: int | None = None) -> tuple[Teaser, ...]:
        """What the clinic's home page shows of this list."""
        from articles.page_view import teasers  # noqa: PLC0415 - thin method

        return teasers(self, clinic, limit=limit)

    def credits_of(self, person: Person, clinic: Clinic) -> Credits:
        """What of this list the profile of a person names as written or reviewed by them."""
        from articles.credits import credits_in  # noqa: PLC0415 - thin method

        return credits_in(self, person, clinic)
