"""An article that one clinic wrote for itself, in the same addresses as the library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page

from articles.forms import ArticleForm
from articles.models.content import ArticleContentMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision


class LocalArticlePage(ArticleContentMixin, Page):
    """The same sections and gates as a shared article; only this clinic shows it."""

    parent_page_types = ["articles.ArticleMountPage"]
    subpage_types: list[str] = []
    base_form_class = ArticleForm
    edit_handler = TabbedInterface(
        [
            ObjectList(ArticleContentMixin.content_panels, heading=_("Article")),
            ObjectList(ArticleContentMixin.about_panels, heading=_("About")),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
                heading=_("Search engines"),
            ),
            ObjectList(
                [FieldPanel("go_live_at"), FieldPanel("expire_at"), CommentPanel()],
                heading=_("Publishing"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("own article")
        verbose_name_plural = _("own articles")

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        from articles.publishing import refuse_unpublishable  # noqa: PLC0415 - thin method

        refuse_unpublishable(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        from articles.preview import own_preview_modes  # noqa: PLC0415 - thin method

        return own_preview_modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from articles.preview import preview_local_article  # noqa: PLC0415 - thin method

        return preview_local_article(self, request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404
