"""One act on many articles of a clinic: a page that says what would happen, then what did happen.

Each article is a transaction of its own: one that fails takes no other with it. What somebody else
saved after the first page was shown is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions
from articles.admin.article_rights import rights_at
from articles.admin.my_articles import ArticlesScreen
from articles.admin.my_articles_plans import PLANS, Plan
from articles.admin.my_articles_rows import ArticleRow, article_rows
from articles.models import ArticlePage, LocalVersionPage
from articles.override_edits import UnknownOverrideError
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

TITLES: dict[str, str | Promise] = {
    "hide": gettext_lazy("Hide articles here"),
    "follow": gettext_lazy("Follow the library again"),
    "take": gettext_lazy("Take all shared updates"),
}
ACTS = {
    "hide": actions.hide_article,
    "follow": actions.follow_library,
    "take": actions.take_shared_updates,
}


@dataclass(frozen=True)
class Planned:
    """A line of the first page. `token` names the revision that the plan is about."""

    row: ArticleRow
    plan: Plan
    token: str


@dataclass(frozen=True)
class Done:
    """A line of the second page."""

    row: ArticleRow
    is_done: bool
    words: str


class ArticlesBulk(ArticlesScreen):
    """GET says what each article's outcome would be; POST does it and lists what was done."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "articles/admin/my_articles_bulk.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if kwargs["act"] not in ACTS:
            raise Http404
        super().setup(request, *args, **kwargs)
        self.act = kwargs["act"]
        self.rights = rights_at(request.user, self.clinic)

    def get_page_title(self) -> str | Promise:
        return TITLES[self.act]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": TITLES[self.act]}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = [self.rows[pk] for pk in _numbers(request.GET.getlist("article")) if pk in self.rows]
        if not rows:
            messages.warning(request, _("Tick the articles first that this is about."))
            return redirect("my_articles:list", self.clinic.pk)
        planned = [Planned(row, self._plan(row), _token(row.pk, row.version)) for row in rows]
        can_run = sum(each.plan.can_run for each in planned)
        return self.render_to_response(
            self.get_context_data(
                planned=planned,
                can_run=can_run,
                drafts=sum(each.plan.can_run and not each.plan.publish for each in planned),
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = [token.partition(":") for token in request.POST.getlist("article")]
        pairs = [(int(pk), revision) for pk, _colon, revision in asked if pk.isdecimal()]
        done = [self._run(self.rows[pk], revision) for pk, revision in pairs if pk in self.rows]
        self.template_name = "articles/admin/my_articles_bulk_done.html"
        return self.render_to_response(
            self.get_context_data(
                done=[each for each in done if each.is_done],
                failed=[each for each in done if not each.is_done],
            )
        )

    @cached_property
    def rows(self) -> dict[int, ArticleRow]:
        return {row.pk: row for row in article_rows(self.clinic)}

    def _plan(self, row: ArticleRow, version: LocalVersionPage | None = None) -> Plan:
        return PLANS[self.act](row, version or row.version, self.rights, self.request.user)

    def _run(self, row: ArticleRow, revision: str) -> Done:
        try:
            with transaction.atomic():
                return self._run_in_transaction(row, revision)
        except ValidationError as error:
            return Done(row, is_done=False, words=" ".join(error.messages))
        except UnknownOverrideError:
            return Done(row, is_done=False, words=_("There was nothing to do any more."))
        except PermissionDenied:
            return Done(row, is_done=False, words=_("You may not change this article."))
        except (actions.NotMountedError, DatabaseError):
            return Done(row, is_done=False, words=_("It could not be saved. Try it again."))

    def _run_in_transaction(self, row: ArticleRow, revision: str) -> Done:
        versions = LocalVersionPage.objects.select_for_update(of=PAGE_ROW)
        version = versions.filter(clinic=self.clinic, article=row.pk).first()
        if _token(row.pk, version) != f"{row.pk}:{revision}":
            words = _("Somebody saved it in the meantime. Look at it, then do this again.")
            return Done(row, is_done=False, words=words)
        plan = self._plan(row, version)
        if not plan.can_run:
            return Done(row, is_done=False, words=plan.words)
        if version is None:
            article = ArticlePage.objects.get(pk=row.pk)
            version = actions.local_version_for(article, self.clinic, user=self.request.user)
        ACTS[self.act](version, user=self.request.user, publish=plan.publish)
        return Done(row, is_done=True, words=plan.words)


def _token(article_id: int, version: LocalVersionPage | None) -> str:
    return f"{article_id}:{version.latest_revision_id if version else 0}"


def _numbers(values: list[str]) -> list[int]:
    return list(dict.fromkeys(int(value) for value in values if value.isdecimal()))
