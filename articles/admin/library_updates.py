"""Library updates of one clinic: how it follows, what waits for it, and what an update changes.

Whoever does not reach the clinic gets a 404. Every act is a POST to a function of
`articles.accepting`, which asks for the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.accepting import (
    NotOfferedError,
    ReviewsFirstError,
    accept_all,
    accept_release,
    hold_article,
    may_accept,
    release_hold,
    set_hold,
)
from articles.acknowledging import due_receipts
from articles.admin.hold_form import HoldForm
from articles.admin.library_updates_rows import UpdateRow, update_rows
from articles.admin.my_articles import ArticlesScreen
from articles.admin.my_articles_rows import allowed_article, allowed_articles
from articles.article_states import article_states
from articles.first_group import set_first_group
from articles.models import ArticlePage, ArticleRelease, HeldArticle
from articles.release_changes import text_changes
from clinics.clinic import Clinic
from clinics.resolve import clinic_of, root_page
from clinics.roles.rights import YES, right_at
from clinics.tokens import fill, readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse


class UpdatesScreen(ArticlesScreen):
    """What the list and the comparison have in common."""

    http_method_names = ["get", "head", "options"]
    tab = "updates"

    @cached_property
    def rows(self) -> list[UpdateRow]:
        return update_rows(self.articles, self.clinic.facts, self.site)

    @cached_property
    def articles(self) -> list[ArticlePage]:
        return allowed_articles(self.clinic)

    @cached_property
    def site(self) -> Clinic:
        return clinic_of(root_page(self.clinic.pk))

    @cached_property
    def may_accept(self) -> bool:
        return may_accept(self.request.user, self.clinic)

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        url = reverse("my_articles:updates", args=[self.clinic.pk])
        return [{"url": url, "label": _("Library updates")}]


class LibraryUpdates(UpdatesScreen):
    """The list; `act` of a POST says what to do."""

    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Library updates")
    template_name = "articles/admin/library_updates.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(HoldForm.of(self.clinic.facts))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acts = {
            "accept": self.accept,
            "accept_all": self.accept_all,
            "follow": self.follow,
            "hold": self.hold,
            "unhold": self.unhold,
            "first_group": self.first_group,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            response = act()
        except (NotOfferedError, ReviewsFirstError) as error:
            messages.error(request, str(error))
            response = None
        return response or redirect("my_articles:updates", self.clinic.pk)

    def show(self, form: HoldForm) -> HttpResponse:
        facts = self.clinic.facts
        held = HeldArticle.objects.filter(clinic=self.clinic, article__in=self.articles)
        held = held.select_related("release")
        is_held = {row.article_id for row in held}
        return self.render_to_response(
            self.get_context_data(
                form=form,
                rows=self.rows,
                receipts=[
                    (each, readable(each.article.title))
                    for each in due_receipts(self.articles, self.clinic.facts)
                ],
                up_to=max((row.release for row in self.rows), default=0),
                held=[] if facts.review_first else self.titled(held),
                free=[]
                if facts.review_first
                else [(pk, title) for pk, title in self.titles.items() if pk not in is_held],
                may_accept=self.may_accept,
                may_group=right_at(self.request.user, "clinics", self.clinic) == YES,
            )
        )

    # Acts: each says what it did, and returns a page only when it has one of its own

    def accept(self) -> None:
        article, release = self.posted_article(), self.posted_number("release")
        found = ArticleRelease.objects.filter(article=article, pk=release).first()
        if found is None:
            raise Http404
        accepted = accept_release(article, self.clinic, found, user=self.request.user)
        words = {"title": self.title_of(article), "number": found.number}
        if not accepted.is_new:
            messages.info(self.request, _("Release %(number)s was accepted already.") % words)
        elif accepted.newer:
            words["newer"] = accepted.newer.number
            text = _(
                "Release %(number)s of “%(title)s” is shown now. Release %(newer)s came in the "
                "meantime: it waits, since you have not seen it."
            )
            messages.warning(self.request, text % words)
        else:
            text = _("Accepted: patients read release %(number)s of “%(title)s” now.")
            messages.success(self.request, text % words)

    def accept_all(self) -> None:
        accepted = accept_all(self.clinic, self.posted_number("up_to"), user=self.request.user)
        text = ngettext(
            "Accepted: patients read the update of %(count)s article now.",
            "Accepted: patients read the updates of %(count)s articles now.",
            accepted.articles,
        )
        messages.success(self.request, text % {"count": accepted.articles})
        if accepted.waiting:
            text = ngettext(
                "An update of %(count)s article came in the meantime: it waits.",
                "Updates of %(count)s articles came in the meantime: they wait.",
                accepted.waiting,
            )
            messages.warning(self.request, text % {"count": accepted.waiting})

    def follow(self) -> HttpResponse | None:
        form = HoldForm(self.request.POST)
        if not form.is_valid():
            return self.show(form)
        set_hold(self.clinic, **form.choice(), user=self.request.user)
        messages.success(self.request, _("Saved: how this clinic follows the library."))
        return None

    def hold(self) -> None:
        article = self.posted_article()
        hold_article(article, self.clinic, user=self.request.user)
        text = _("“%(title)s” stays as it is here until you accept an update of it.")
        messages.success(self.request, text % {"title": self.title_of(article)})

    def unhold(self) -> None:
        article = self.posted_article()
        release_hold(article, self.clinic, user=self.request.user)
        text = _("“%(title)s” follows the library at once again.")
        messages.success(self.request, text % {"title": self.title_of(article)})

    def first_group(self) -> None:
        is_in = self.request.POST.get("is_in") == "yes"
        set_first_group(self.clinic, is_in=is_in, user=self.request.user)
        text = _("In the first group.") if is_in else _("No longer in the first group.")
        messages.success(self.request, text)

    def posted_article(self) -> ArticlePage:
        article = allowed_article(self.clinic, self.posted_number("article"))
        if article is None:
            raise Http404
        return article

    def posted_number(self, name: str) -> int:
        value = self.request.POST.get(name, "")
        # Longer numbers fit in no column.
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            raise Http404
        return int(value)

    @cached_property
    def titles(self) -> dict[int, str]:
        """What the clinic has been offered, with the titles that its patients read."""
        states = article_states(self.articles, self.clinic.pk)
        titles = {state.article.pk: fill(state.title, self.site) for state in states}
        return dict(sorted(titles.items(), key=lambda pair: pair[1].casefold()))

    def title_of(self, article: ArticlePage) -> str:
        return self.titles.get(article.pk) or fill(article.title, self.site)

    def titled(self, held: Iterable[HeldArticle]) -> list[tuple[HeldArticle, str]]:
        rows = [(row, self.titles.get(row.article_id, "")) for row in held]
        return sorted(rows, key=lambda pair: pair[1].casefold())


class LibraryUpdate(UpdatesScreen):
    """What an update changes, word by word, and the button that accepts just this release."""

    page_title = gettext_lazy("What the update changes")
    template_name = "articles/admin/library_update.html"

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().own_breadcrumbs(), {"url": "", "label": _("What the update changes")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article_id = self.kwargs["article_id"]
        row = next((row for row in self.rows if row.article_id == article_id), None)
        if row is None:
            raise Http404
        before = row.update.shown.revision.content if row.update.shown else None
        return super().get_context_data(
            row=row,
            changes=text_changes(before, row.update.newest.revision.content),
            may_accept=self.may_accept,
            **kwargs,
        )
