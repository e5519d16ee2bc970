"""What a shared article and a clinic's own have in common: their content and who stands for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from articles.admin.review_panel import ReviewPanel
from articles.blocks.sections import ArticleBody
from articles.models.claim_checked import ClaimCheckedMixin
from articles.stream import canonical_body
from clinics.models.governed import RoleGovernedMixin
from clinics.models.preview import AdminHostPreviewMixin
from clinics.models.revisions import KeptRevisionsMixin
from clinics.tokens import readable

if TYPE_CHECKING:
    from wagtail.models import Revision


class ArticleContentMixin(
    ClaimCheckedMixin, RoleGovernedMixin, KeptRevisionsMixin, AdminHostPreviewMixin, models.Model
):
    """Title and SEO fields come from `Page`; the body is a flat list of sections."""

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_("One or two sentences below the title and in lists."),
    )
    body = StreamField(ArticleBody(), blank=True, verbose_name=_("sections"))
    hero_image = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    also_known_as = models.CharField(
        _("also called"),
        max_length=200,
        blank=True,
        help_text=_(
            "Other names, with commas between them. Patients and search engines read them."
        ),
    )
    # The form of https://www.cdc.gov/nchs/icd/icd-10-cm/index.html: M79.7, G43.909, F43.10.
    icd10_code = models.CharField(
        _("ICD-10-CM code"),
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$", _("Write it like M79.7."))
        ],
        help_text=_("Of a condition: the code that stands on a referral or a bill."),
    )
    services = ParentalManyToManyField(
        "clinics.Service",
        blank=True,
        verbose_name=_("services"),
        help_text=_("Only clinics that offer one of them show the article. None: every clinic."),
    )
    author = models.ForeignKey(
        "clinics.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    reviewer = models.ForeignKey(
        "clinics.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("medical reviewer"),
        help_text=_("Whoever approves the text; a publish takes the name over from the review."),
    )
    reviewed_date = models.DateField(_("last reviewed"), null=True, blank=True, editable=False)
    review_due_date = models.DateField(_("next review due"), null=True, blank=True, editable=False)
    # Live before any medical review: its pages say so, and search engines leave them out.
    is_unreviewed = models.BooleanField(default=False, editable=False)

    content_panels = [
        ReviewPanel(),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("hero_image"),
        FieldPanel("body"),
    ]
    about_panels = [
        FieldPanel("services", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("also_known_as"), FieldPanel("icd10_code")], heading=_("Names and codes")
        ),
        MultiFieldPanel(
            [FieldPanel("author"), FieldPanel("reviewer")], heading=_("Who stands for it")
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        self.body = canonical_body(self.body, before=self._latest_body())
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        from articles.review.dates import date_revision  # noqa: PLC0415 - thin method

        date_revision(revision)
        return super().publish(revision, *args, **kwargs)

    def get_admin_display_title(self) -> str:
        return readable(super().get_admin_display_title())

    def _latest_body(self) -> list[dict[str, Any]]:
        """The sections of the latest revision, whose ids must not get lost."""
        if not self.pk or not self.latest_revision_id:
            return []
        latest = type(self).objects.filter(pk=self.pk).values_list("latest_revision__content")
        content = latest[0][0] if latest else None
        return _raw_body(content)


def _raw_body(content: dict[str, Any] | None) -> list[dict[str, Any]]:
    return json.loads(content["body"]) if content and content.get("body") else []
