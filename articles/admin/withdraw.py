"""Withdraw a shared article: what the sites show instead is asked before it leaves them.

Stands in for "Unpublish" and "Delete" of an article that patients have had. Whoever may not
unpublish the article gets a 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.releases import ReleasesScreen
from articles.models import ArticlePage
from articles.shown_by import shown_by
from articles.withdrawing import was_released, withdraw_article
from clinics.models import ClinicPage
from clinics.tokens import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from articles.shown_by import ShownAt

# Clinics without words of their own are offered up to this many: the others lose nothing.
MOST_FOLLOWERS = 200
_BULK = frozenset({"unpublish", "delete"})


def withdraw_instead(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hooks `before_unpublish_page` and `before_delete_page`."""
    article = page.specific
    if not isinstance(article, ArticlePage) or not was_released(article):
        return None
    if article.live:
        return redirect("articles_withdraw", article.pk)
    text = _(
        "“%(title)s” is withdrawn already. Clinics had it, so it is kept with its history and not "
        "deleted."
    )
    messages.error(request, text % {"title": readable(article.title)})
    return redirect("wagtailadmin_pages:edit", article.pk)


def withdraw_one_by_one(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hook `before_bulk_action`: each article asks where its readers go."""
    if action_type not in _BULK:
        return None
    pages = [page.specific for page in objects if hasattr(page, "specific")]
    found = [page for page in pages if isinstance(page, ArticlePage) and was_released(page)]
    if not found:
        return None
    text = _("Nothing is done: withdraw shared articles one by one, from the menu of each of them.")
    messages.error(request, text)
    return redirect("wagtailadmin_explore", found[0].get_parent().pk)


class WithdrawArticle(ReleasesScreen):
    """GET asks; POST withdraws, or says what stands in the way and keeps what was chosen."""

    header_icon = "warning"
    page_title = gettext_lazy("Withdraw the article")
    template_name = "articles/admin/withdraw.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may_publish:
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            found = withdraw_article(
                self.article,
                leads_to=self.target(),
                is_gone=request.POST.get("leads") == "gone",
                hand_to=self.chosen(),
                user=request.user,
            )
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages))
        text = _("“%(title)s” is withdrawn from every site.") % {"title": self.title}
        if found.own:
            count = len(found.own)
            more = ngettext(
                "%(count)s clinic keeps it as its own.",
                "%(count)s clinics keep it as their own.",
                count,
            )
            text = f"{text} {more % {'count': count}}"
        messages.success(request, text)
        return redirect("wagtailadmin_pages:edit", self.article.pk)

    def target(self) -> ArticlePage | None:
        if self.request.POST.get("leads") != "article":
            return None
        posted = self.request.POST.get("article", "")
        wanted = int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 10 else 0
        target = next((each for each in self.others if each.pk == wanted), None)
        if target is None:
            raise ValidationError(_("Another article: choose the one that readers are led to."))
        return target

    def chosen(self) -> list[ClinicPage]:
        """The clinics that keep it; only those that show it can."""
        posted = set(self.request.POST.getlist("hand_to"))
        wanted = [each.clinic_id for each in self.shown if str(each.clinic_id) in posted]
        return list(ClinicPage.objects.filter(pk__in=wanted).order_by("title"))

    @cached_property
    def shown(self) -> list[ShownAt]:
        return shown_by(self.article)

    @cached_property
    def others(self) -> list[ArticlePage]:
        """The live articles of the library that readers can be led to, by title."""
        siblings = ArticlePage.objects.sibling_of(self.article, inclusive=False).live()
        return list(siblings.only("pk", "title").order_by("title"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        posted = self.request.POST
        followers = [each for each in self.shown if not each.is_changed]
        kwargs.setdefault("errors", [])
        return super().get_context_data(
            is_live=self.article.live,
            shown_count=len(self.shown),
            changed=[each for each in self.shown if each.is_changed],
            followers=followers[:MOST_FOLLOWERS],
            more=max(0, len(followers) - MOST_FOLLOWERS),
            others=[(each.pk, readable(each.title)) for each in self.others],
            leads=posted.get("leads", "list"),
            chosen=posted.get("article", ""),
            handed=set(posted.getlist("hand_to")),
            **kwargs,
        )

    @property
    def url(self) -> str:
        return reverse("articles_withdraw", args=[self.article.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, _last = super().get_breadcrumbs_items()
        return [*above, {"url": self.url, "label": self.page_title}]
