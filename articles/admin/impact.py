"""What publishing the draft of a shared article would do, clinic by clinic, before it is published.

Whoever may not edit the article gets a 404. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import Button

from articles.admin.library_updates_rows import FIELD_WORDS, class_words
from articles.admin.releases import ReleasesScreen
from articles.impact import ClinicImpact, Outcome, publish_impact
from articles.models import ArticlePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import AbstractUser
    from django.utils.functional import Promise
    from wagtail.models import Page

OUTCOMES: dict[Outcome, tuple[str | Promise, str | Promise]] = {
    Outcome.SUSPENDED: (
        gettext_lazy("Shared text wins"),
        gettext_lazy("A safety change or a lock: the local text is kept, and not shown."),
    ),
    Outcome.CONFLICT: (
        gettext_lazy("Two local texts for one section"),
        gettext_lazy("The clinic has to choose one of them."),
    ),
    Outcome.ORPHANED: (
        gettext_lazy("Local text loses its section"),
        gettext_lazy("The section is gone, so patients no longer read the local text about it."),
    ),
    Outcome.REVIEW: (
        gettext_lazy("Update waiting"),
        gettext_lazy("Patients read the local text until the clinic has looked at the new one."),
    ),
    Outcome.CHANGES: (
        gettext_lazy("Changes at once"),
        gettext_lazy("Patients read the new text."),
    ),
    Outcome.KEEPS: (
        gettext_lazy("Keeps its own text"),
        gettext_lazy("Only sections change that the clinic has replaced or hidden."),
    ),
    Outcome.HELD: (
        gettext_lazy("Reviews first"),
        gettext_lazy("Patients read the former text until the clinic accepts this one."),
    ),
    Outcome.LATER: (
        gettext_lazy("Not in the first group"),
        gettext_lazy("Patients read the former text until the release is given to everybody."),
    ),
    Outcome.SAME: (
        gettext_lazy("Nothing changes"),
        gettext_lazy("The draft reads as what patients see now."),
    ),
    Outcome.HIDDEN: (
        gettext_lazy("Hidden"),
        gettext_lazy("The clinic does not show the article."),
    ),
    Outcome.NOT_OFFERED: (
        gettext_lazy("Service not offered"),
        gettext_lazy("The article is for services that the clinic does not offer: not shown."),
    ),
}


@dataclass(frozen=True)
class OutcomeGroup:
    """The clinics with one outcome; `code` is for the stylesheet."""

    code: str
    title: str
    meaning: str
    clinics: tuple[tuple[str, str], ...]


def impact_button(
    page: Page, user: AbstractUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Hook `register_page_header_buttons`: beside the releases of a shared article."""
    article = page.specific_deferred
    if isinstance(article, ArticlePage) and article.permissions_for_user(user).can_edit():
        url = reverse("articles_impact", args=[page.pk])
        yield Button(_("What publishing does"), url, icon_name="view", priority=63)


def outcome_groups(impacts: Iterable[ClinicImpact]) -> list[OutcomeGroup]:
    """The groups in order of urgency, each clinic with its name and what is concerned."""
    by_outcome: dict[Outcome, list[ClinicImpact]] = {}
    for impact in impacts:
        by_outcome.setdefault(impact.outcome, []).append(impact)
    return [
        OutcomeGroup(
            outcome.lower(),
            str(title),
            str(meaning),
            tuple((row.name, _concerned(row)) for row in by_outcome[outcome]),
        )
        for outcome, (title, meaning) in OUTCOMES.items()
        if outcome in by_outcome
    ]


class ArticleImpact(ReleasesScreen):
    """The screen: the counts first, then the clinics of each outcome."""

    http_method_names = ["get", "head", "options"]
    header_icon = "view"
    page_title = gettext_lazy("What publishing does")
    template_name = "articles/admin/impact.html"

    @property
    def url(self) -> str:
        return reverse("articles_impact", args=[self.article.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, _last = super().get_breadcrumbs_items()
        return [*above, {"url": self.url, "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.article.get_latest_revision_as_object()
        return super().get_context_data(
            groups=outcome_groups(publish_impact(draft)),
            change_class=class_words(draft.change_class),
            note=draft.change_note,
            **kwargs,
        )


def _concerned(row: ClinicImpact) -> str:
    return ", ".join(str(FIELD_WORDS.get(each, each)) for each in row.concerned)
