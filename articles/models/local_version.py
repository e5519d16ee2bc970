"""A clinic's differences from one shared article: overrides, not a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from articles.admin.index_panel import IndexPanel
from articles.admin.outline_panel import OutlinePanel
from articles.admin.own_field_panel import OwnFieldPanel
from articles.admin.release_panels import HeldPanel
from articles.admin.review_panel import ReviewPanel
from articles.blocks.overrides import OverridesBody
from articles.choices import HeroChoice
from articles.forms import LocalVersionForm
from articles.models.claim_checked import ClaimCheckedMixin
from articles.models.library import ArticlePage
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.revisions import KeptRevisionsMixin
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision


class LocalVersionPage(
    ClaimCheckedMixin, RoleGovernedMixin, KeptRevisionsMixin, AdminHostPreviewMixin, Page
):
    """One clinic's overrides of one article. Its place in the tree gives rights; its slug is a 404.

    Blank fields follow the library. `bases` holds the release that each field's editor saw.
    """

    clinic = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.RESTRICT, related_name="+", editable=False
    )
    article = models.ForeignKey(
        ArticlePage, on_delete=models.PROTECT, related_name="local_versions", editable=False
    )
    title_override = models.CharField(
        _("title"), max_length=255, blank=True, help_text=_("Leave blank to follow the library.")
    )
    summary_override = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_("Leave blank to follow the library."),
    )
    hero_choice = models.CharField(
        _("picture"), max_length=8, choices=HeroChoice, default=HeroChoice.INHERIT
    )
    hero_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("our own picture"),
    )
    hides_article = models.BooleanField(
        _("hide this article here"),
        default=False,
        help_text=_("Patients of this clinic find neither the article nor a link to it."),
    )
    bases = models.JSONField(default=dict, blank=True, editable=False)
    overrides = StreamField(OverridesBody(), blank=True, verbose_name=_("differences"))

    parent_page_types = ["articles.ArticleMountPage"]
    subpage_types: list[str] = []
    is_creatable = False
    base_form_class = LocalVersionForm
    is_fixture = True
    may_unpublish = True
    promote_panels: list[Any] = []

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HeldPanel(),
                    ReviewPanel(),
                    OutlinePanel(),
                    FieldPanel("overrides", heading=_("Our differences")),
                ],
                heading=_("Sections"),
            ),
            ObjectList(
                [
                    OwnFieldPanel("title_override", "title"),
                    OwnFieldPanel("summary_override", "summary"),
                    MultiFieldPanel(
                        [OwnFieldPanel("hero_choice", "hero_image"), FieldPanel("hero_image")],
                        heading=_("Picture"),
                    ),
                    MultiFieldPanel(
                        [
                            OwnFieldPanel("seo_title", "seo_title"),
                            OwnFieldPanel("search_description", "search_description"),
                        ],
                        heading=_("Search engines"),
                    ),
                    IndexPanel(),
                ],
                heading=_("Title and summary"),
            ),
            ObjectList(
                [
                    FieldPanel("hides_article"),
                    FieldPanel("go_live_at"),
                    FieldPanel("expire_at"),
                    CommentPanel(),
                ],
                heading=_("Publishing"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("local version")
        verbose_name_plural = _("local versions")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "article"], name="one_local_version_per_clinic_and_article"
            )
        ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.take_names_from_tree()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_names_from_tree()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        from articles.bases import set_bases  # noqa: PLC0415 - thin method

        set_bases(self)
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        from articles.publishing import refuse_unpublishable  # noqa: PLC0415 - thin method

        refuse_unpublishable(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    # The public never meets this page: the mount serves the effective article.

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """The effective article's address, so that "View live" leads to what patients read."""
        parts = super().get_url_parts(request)
        if self.live and self.hides_article:
            return None
        if not parts or parts[2] is None:
            return parts
        site_id, root_url, path = parts
        mount_path = path.rstrip("/").rpartition("/")[0]
        return site_id, root_url, f"{mount_path}/{self.article.slug}/"

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        from articles.preview import own_preview_modes  # noqa: PLC0415 - thin method

        return own_preview_modes()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from articles.preview import preview_local_version  # noqa: PLC0415 - thin method

        return preview_local_version(self, request, mode_name)

    def get_admin_display_title(self) -> str:
        return readable(super().get_admin_display_title())

    def take_names_from_tree(self) -> None:
        """The clinic is where the page stands; title and slug follow article and clinic."""
        if not self.clinic_id and self.path:
            self.clinic_id = Page.objects.ancestor_of(self).order_by("-depth")[1].pk
        self.title = self.draft_title = f"{self.article.title} – {self.clinic.title}"[:255]
        self.slug = f"local-version-{self.article_id}"


class HeldArticle(models.Model):
    """An article that a clinic reads in an older release, or not at all, until it accepts."""

    clinic = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="held_articles"
    )
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="held_by")
    release = models.ForeignKey(
        "articles.ArticleRelease", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("held article")
        verbose_name_plural = _("held articles")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "article"], name="one_hold_per_clinic_and_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinic}: {self.article}"
