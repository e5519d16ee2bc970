"""What publishing the draft of a shared article would do, clinic by clinic, before it is published.

Whoever may not edit the article gets a 404. Nothing is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.widgets import Button
from wagtail.utils.decorators import xframe_options_sameorigin_override

from articles.admin.impact_groups import OUTCOMES, concerned_words, impact_groups
from articles.admin.library_updates_rows import class_words
from articles.admin.releases import ReleasesScreen
from articles.impact import Outcome, publish_impact
from articles.models import ArticlePage
from articles.preview import NOW
from articles.queries import release_shown
from articles.release_changes import text_changes
from clinics.models import ClinicFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from articles.impact import ClinicImpact
    from articles.release_changes import TextChange

# Outcomes after which patients of the clinic read what they read before.
_AS_BEFORE = frozenset({Outcome.HELD, Outcome.LATER})
_NOWHERE = frozenset({Outcome.HIDDEN, Outcome.NOT_OFFERED})


def impact_button(
    page: Page, user: AbstractUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Hook `register_page_header_buttons`: beside the releases of a shared article."""
    article = page.specific_deferred
    if isinstance(article, ArticlePage) and article.permissions_for_user(user).can_edit():
        url = reverse("articles_impact", args=[page.pk])
        yield Button(_("What publishing does"), url, icon_name="view", priority=63)


class ArticleImpact(ReleasesScreen):
    """The screen: the counts first, then the clinics of each outcome."""

    http_method_names = ["get", "head", "options"]
    header_icon = "view"
    page_title = gettext_lazy("What publishing does")
    template_name = "articles/admin/impact.html"

    @cached_property
    def draft(self) -> ArticlePage:
        return self.article.get_latest_revision_as_object()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft
        return super().get_context_data(
            impact=impact_groups(publish_impact(draft), self.request.GET),
            change_class=class_words(draft.change_class),
            note=draft.change_note,
            **kwargs,
        )

    @property
    def url(self) -> str:
        return reverse("articles_impact", args=[self.article.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, _last = super().get_breadcrumbs_items()
        return [*above, {"url": self.url, "label": _("What publishing does")}]


class ImpactAtClinic(ArticleImpact):
    """What patients of one clinic read now, and what they will: both pages side by side."""

    page_title = gettext_lazy("Before and after")
    template_name = "articles/admin/impact_clinic.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        title, meaning = OUTCOMES[row.outcome]
        kwargs.pop("clinic_id", None)
        return super(ArticleImpact, self).get_context_data(
            row=row,
            changes=self.changes(),
            outcome=title,
            meaning=meaning,
            concerned=concerned_words(row),
            before=row.shows_now,
            after=row.outcome not in _NOWHERE and (row.shows_now or row.outcome not in _AS_BEFORE),
            is_same=row.outcome in _AS_BEFORE,
            **kwargs,
        )

    def changes(self) -> list[TextChange]:
        """The shared text, from what is shown now to the draft, word by word."""
        shown = release_shown(self.article, self.kwargs["clinic_id"])
        latest = self.article.get_latest_revision()
        if latest is None:
            return []
        return text_changes(shown.revision.content if shown else None, latest.content)

    @cached_property
    def row(self) -> ClinicImpact:
        return _row(self.draft, self.kwargs["clinic_id"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.row.name}]


class ImpactFrame(View):
    """One of the two pages, as a document of its own: `which` is "before" or "after"."""

    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, article_id: int, clinic_id: int, which: str
    ) -> HttpResponse:
        article = ArticlePage.objects.filter(pk=article_id).first()
        if article is None or not article.permissions_for_user(request.user).can_edit():
            raise Http404
        draft = article.get_latest_revision_as_object()
        row = _row(draft, clinic_id)
        is_after = which == "after" and row.outcome not in _AS_BEFORE
        mode = f"clinic-{clinic_id}" if is_after else f"{NOW}{clinic_id}"
        # As in the editor's panel: nothing of the admin lies over the page.
        attributes = {"in_preview_panel": True, "is_editing": True}
        return draft.make_preview_request(request, mode, attributes)


def _row(draft: ArticlePage, clinic_id: int) -> ClinicImpact:
    # Guards against "every clinic", which no number is.
    if not ClinicFacts.objects.filter(clinic_id=clinic_id).exists():
        raise Http404
    row = next(iter(publish_impact(draft, clinic_id)), None)
    if row is None:
        raise Http404
    return row


impact_frame = xframe_options_sameorigin_override(ImpactFrame.as_view())
