"""The library and its articles: one page for each shared article, however many the clinics are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from articles.admin.release_panels import ReleasesPanel
from articles.choices import MOST_RELATED, ArticleKind, ChangeClass
from articles.forms import LibraryArticleForm
from articles.models.content import ArticleContentMixin
from articles.widgets import Checklist
from clinics.models.governed import RoleGovernedMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision


class ArticleLibraryPage(RoleGovernedMixin, Page):
    """The shared articles. Never served: clinics show its articles below their mounts."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.ArticlePage"]
    preview_modes: list[tuple[str, str]] = []
    is_fixture = True

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ArticlePage(ArticleContentMixin, Page):
    """A shared article. Publishing it writes one release, and nothing for any clinic."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=ArticleKind, default=ArticleKind.CONDITION
    )
    related = ParentalManyToManyField("self", symmetrical=False, blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    owner_clinic = models.ForeignKey(
        "clinics.ClinicPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_(
            "The clinic that wrote it; blank for the group. Search engines index its copy."
        ),
    )
    imported_from = models.CharField(max_length=400, blank=True, editable=False)
    # Words that an import could not make tokens of; publishing is refused while they are there.
    literal_places = models.JSONField(default=list, blank=True, editable=False)
    locked_fields = models.JSONField(_("locked for clinics"), default=list, blank=True)
    change_class = models.CharField(
        _("kind of change"),
        max_length=8,
        choices=ChangeClass,
        default=ChangeClass.WORDING,
        help_text=_("A safety change is shown everywhere at once, also where a clinic differs."),
    )
    change_note = models.CharField(
        _("what changed, in one line"),
        max_length=200,
        blank=True,
        help_text=_(
            "For the editors of clinics. When facts or safety change, patients read it too, in the "
            "update history."
        ),
    )
    first_group_only = models.BooleanField(
        _("first group only"),
        default=False,
        help_text=_(
            "Only the clinics of the first group show this change, until it is released to "
            "everybody."
        ),
    )
    everyone_at = models.DateTimeField(
        _("to everybody at"),
        null=True,
        blank=True,
        help_text=_("Leave blank to release it to everybody by hand."),
    )
    # Offers of clinics that this text takes in; a release of it credits them.
    adopted_offers = models.JSONField(default=list, blank=True, editable=False)

    parent_page_types = ["articles.ArticleLibraryPage"]
    subpage_types: list[str] = []
    base_form_class = LibraryArticleForm
    search_fields = [*ArticleContentMixin.search_fields, index.FilterField("kind")]

    edit_handler = TabbedInterface(
        [
            ObjectList(ArticleContentMixin.content_panels, heading=_("Article")),
            ObjectList(
                [
                    FieldPanel("kind"),
                    *ArticleContentMixin.about_panels,
                    FieldPanel("locked_fields"),
                    FieldPanel(
                        "related",
                        widget=Checklist,
                        help_text=format_lazy(
                            _("“Read next” shows the first {number} by title that a clinic has."),
                            number=MOST_RELATED,
                        ),
                    ),
                    FieldPanel("tags"),
                    FieldPanel("owner_clinic"),
                ],
                heading=_("About"),
            ),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
                heading=_("Search engines"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("change_class"), FieldPanel("change_note")],
                        heading=_("This change"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("first_group_only"), FieldPanel("everyone_at")],
                        heading=_("Who sees it first"),
                    ),
                    FieldPanel("go_live_at"),
                    FieldPanel("expire_at"),
                    ReleasesPanel(),
                    CommentPanel(),
                ],
                heading=_("Release"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def save(self, *args: Any, **kwargs: Any) -> None:
        from articles.releasing import record_release  # noqa: PLC0415 - thin method

        update_fields = kwargs.get("update_fields")
        with transaction.atomic():
            super().save(*args, **kwargs)
            if update_fields is None or "live_revision" in update_fields:
                record_release(self)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        from articles.publishing import refuse_unpublishable  # noqa: PLC0415 - thin method

        refuse_unpublishable(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    def is_revision_in_use(self, revision: Revision) -> bool:
        return (
            super().is_revision_in_use(revision) or self.releases.filter(revision=revision).exists()
        )

    # Preview

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        from articles.preview import preview_modes  # noqa: PLC0415 - thin method

        return preview_modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from articles.preview import preview_article  # noqa: PLC0415 - thin method

        return preview_article(self, request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404
