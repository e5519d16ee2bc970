"""The editor's forms of articles: a draft may be incomplete, what is published may not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from clinics.forms.page import ScopedPageForm


class ArticleForm(ScopedPageForm):
    """Adds what stands in the way of publishing to the form's errors."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.errors:
            self._add_publish_problems(cleaned)
        return cleaned

    def _add_publish_problems(self, cleaned: dict[str, Any]) -> None:
        from articles.publishing import (  # noqa: PLC0415 - circular import
            content_problems,
            picture_problems,
        )

        texts = {name: cleaned.get(name, "") for name in ("title", "summary", "seo_title")}
        texts["search_description"] = cleaned.get("search_description", "")
        problems = [
            *picture_problems("hero_image", cleaned.get("hero_image")),
            *content_problems(texts, cleaned.get("body")),
        ]
        for problem in problems:
            name = problem.field if problem.field in self.fields else "body"
            self.add_error(name, ValidationError(problem.message))


class LocalVersionForm(ScopedPageForm):
    """The same for a local version."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.errors:
            from articles.publishing import (  # noqa: PLC0415 - circular import
                override_problems,
                picture_problems,
            )

            texts = {
                name: cleaned.get(name, "")
                for name in ("title_override", "summary_override", "seo_title")
            }
            problems = [
                *picture_problems("hero_image", cleaned.get("hero_image")),
                *override_problems(self.instance.article, texts, cleaned.get("overrides")),
            ]
            for problem in problems:
                name = problem.field if problem.field in self.fields else "overrides"
                self.add_error(name, ValidationError(problem.message))
        return cleaned
