"""The editor's form of articles: a draft may be incomplete, what is published may not."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.choices import ChangeClass
from clinics.forms.page import ScopedPageForm, error_with_link

# What `page_problems` reads, of any of the three kinds of page.
_FIELDS = (
    "title",
    "summary",
    "title_override",
    "summary_override",
    "also_known_as",
    "change_note",
    "seo_title",
    "search_description",
    "hero_image",
    "body",
    "overrides",
    "change_class",
    "first_group_only",
    "everyone_at",
    "go_live_at",
    "slug",
    "kind",
    "services",
)
# What a new change starts with: what the last one was says nothing about it.
_NEW_CHANGE = {
    "change_class": ChangeClass.WORDING,
    "change_note": "",
    "first_group_only": False,
    "everyone_at": None,
}
# The columns of a local version that override a field of the article.
_COLUMNS = {
    "title": ("title_override",),
    "summary": ("summary_override",),
    "seo_title": ("seo_title",),
    "search_description": ("search_description",),
    "hero_image": ("hero_choice", "hero_image"),
}


class ArticleForm(ScopedPageForm):
    """Adds what stands in the way of publishing to the form's errors."""

    # Errors of fields that the form does not show stand beside this one.
    stream_name = "body"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if "change_class" in self.fields and page.live and not page.has_unpublished_changes:
            self.initial |= _NEW_CHANGE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.errors:
            self._add_publish_problems(cleaned)
        return cleaned

    def _add_publish_problems(self, cleaned: dict[str, Any]) -> None:
        from articles.publishing import page_problems  # noqa: PLC0415 - circular import

        page = copy(self.instance)
        for name in _FIELDS:
            if name in cleaned:
                setattr(page, name, cleaned[name])
        for problem in page_problems(page, mount=self.parent_page):
            name = problem.field if problem.field in self.fields else self.stream_name
            self.add_error(name, error_with_link(problem))


class LibraryArticleForm(ArticleForm):
    """Asks besides which fields no clinic may word in its own way."""

    locked_fields = forms.MultipleChoiceField(
        choices=[
            ("title", _("Title")),
            ("summary", _("Summary")),
            ("hero_image", _("Picture")),
            ("seo_title", _("Title for search engines")),
            ("search_description", _("Description for search engines")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Locked for clinics"),
        help_text=_("Every clinic shows the library's. What one of them has of its own is kept."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "related" in self.fields:
            self._offer_related()

    def _offer_related(self) -> None:
        """By their titles alone, those that are chosen first: a field reads all of every text,
        twice, to offer a thousand.
        """
        field = self.fields["related"]
        field.queryset = field.queryset.exclude(pk=self.instance.pk).order_by("title")
        chosen = {article.pk for article in self.instance.related.all()}
        offered = field.queryset.values_list("pk", "title")
        field.choices = sorted(offered, key=lambda each: each[0] not in chosen)


class LocalVersionForm(ArticleForm):
    """The same for a local version. What the library has locked is not asked, and stays stored."""

    stream_name = "overrides"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.article.locked_fields or ():
            for column in _COLUMNS[name]:
                self.fields.pop(column, None)
