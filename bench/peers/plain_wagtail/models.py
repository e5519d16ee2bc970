"""An article page as most projects have it: a stream of headings, text, pictures and a button."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, Site


class ArticlePage(Page):
    summary = models.TextField(blank=True)
    hero_image = models.ForeignKey(
        "wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("text", blocks.RichTextBlock()),
            ("image", ImageChooserBlock()),
        ]
    )
    button_page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    note = RichTextField(blank=True)

    template = "plain_wagtail/article_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        home = Site.find_for_request(request).root_page
        menu = home.get_children().live().in_menu()
        return super().get_context(request, *args, **kwargs) | {"menu": menu}
