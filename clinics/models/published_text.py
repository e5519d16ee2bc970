"""A clinic's own pages: what may not go live is refused wherever it is published from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

if TYPE_CHECKING:
    from wagtail.models import Revision


class PublishedTextMixin(models.Model):
    """`published_texts` are the fields that patients read, plain or rich, besides the page's title.

    Comes before `Page` in the bases. The forms of such pages name the same problems by field.
    """

    published_texts: ClassVar[tuple[str, ...]] = ("title", "seo_title", "search_description")

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        from clinics.publish_guard import refuse_own_page  # noqa: PLC0415 - thin method

        refuse_own_page(revision.as_object())
        return super().publish(revision, *args, **kwargs)
