"""What a project of two tenants has: pages, a form, a snippet with drafts, settings."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import DraftStateMixin, Page, RevisionMixin
from wagtail.snippets.models import register_snippet


class StockPage(Page):
    words = models.TextField(blank=True)
    badge = models.ForeignKey("stock.Badge", null=True, blank=True, on_delete=models.SET_NULL)

    content_panels = [*Page.content_panels, FieldPanel("words"), FieldPanel("badge")]


class StockForm(AbstractForm):
    content_panels = AbstractForm.content_panels


class StockFormField(AbstractFormField):
    page = ParentalKey(StockForm, on_delete=models.CASCADE, related_name="form_fields")


@register_snippet
class Badge(DraftStateMixin, RevisionMixin, ClusterableModel):
    name = models.CharField(max_length=80)

    panels = [FieldPanel("name")]

    def __str__(self) -> str:
        return self.name


@register_setting
class Words(BaseSiteSetting):
    words = models.CharField(max_length=80, blank=True)
