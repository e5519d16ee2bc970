"""What a line of "Articles of my clinic" offers: customise, hide here, show again. POST only.

Somebody without the right to publish makes a draft. An article that is not offered to the clinic is
a 404, and so is a clinic out of reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from articles import actions
from articles.admin.article_rights import ArticleRights, rights_at
from articles.admin.compare import say_done
from articles.admin.my_articles_rows import allowed_article
from articles.models import ArticlePage, LocalVersionPage
from clinics.roles.reach import clinics_of
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class ArticleAct(View):
    """One act on one article of one clinic."""

    http_method_names = ["post"]
    rights: ArticleRights

    def post(self, request: HttpRequest, clinic_id: int, article_id: int) -> HttpResponse:
        clinics = clinics_of(request.user).select_related("facts")
        self.clinic = get_object_or_404(clinics, pk=clinic_id)
        self.rights = rights_at(request.user, self.clinic)
        article = allowed_article(self.clinic, article_id)
        if article is None or not self.may():
            raise Http404
        return self.act(article)

    def may(self) -> bool:
        return self.rights.hide

    def act(self, article: ArticlePage) -> HttpResponse:
        raise NotImplementedError

    def version(self, article: ArticlePage) -> LocalVersionPage:
        return actions.local_version_for(article, self.clinic, user=self.request.user)

    def back(self) -> HttpResponse:
        """To the list as it was filtered, if the form says how."""
        url = reverse("my_articles:list", args=[self.clinic.pk])
        query = self.request.POST.get("query", "")
        return HttpResponseRedirect(f"{url}?{query}" if query else url)


class Customise(ArticleAct):
    """To the editor of the clinic's local version, which is made when there is none."""

    def may(self) -> bool:
        return self.rights.edit

    def act(self, article: ArticlePage) -> HttpResponse:
        return redirect("wagtailadmin_pages:edit", self.version(article).pk)


class HideArticle(ArticleAct):
    """Patients no longer find the article here."""

    def act(self, article: ArticlePage) -> HttpResponse:
        done = _("“%(title)s” is hidden here: patients no longer find it.")
        draft = _("A draft hides “%(title)s”: patients find it until somebody publishes the draft.")
        return self.change(article, actions.hide_article, done, draft)

    def change(self, article: ArticlePage, act: Any, done: str, draft: str) -> HttpResponse:
        """Do it and say so. A locked page, or one that may not be published, says why it stays."""
        version = self.version(article)
        permissions = version.permissions_for_user(self.request.user)
        title = readable(article.title)
        if permissions.page_locked():
            messages.error(self.request, _("“%(title)s” is locked.") % {"title": title})
            return self.back()
        before = version.live_revision_id or version.latest_revision_id
        publish = self.rights.publish_hidden
        try:
            version = act(version, user=self.request.user, publish=publish)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return self.back()
        text = (done if publish else draft) % {"title": title}
        if self.rights.edit:
            say_done(self.request, text, version, before)
        else:
            messages.success(self.request, text)
        return self.back()


class ShowArticle(HideArticle):
    """Patients find the article again."""

    def act(self, article: ArticlePage) -> HttpResponse:
        done = _("“%(title)s” is shown again.")
        draft = _("A draft shows “%(title)s” again: it stays hidden until somebody publishes it.")
        return self.change(article, actions.show_article, done, draft)
