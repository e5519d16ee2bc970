"""The last look before a shared article is published: what it does at each clinic, then the button.

The editor's "Publish" saves a draft and leads here. Whoever may not publish the article gets a 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from articles.admin.impact import ArticleImpact
from articles.admin.impact_groups import impact_groups
from articles.choices import ChangeClass
from articles.impact import Outcome, publish_impact
from articles.models import ArticlePage
from articles.plain_text import plain_text
from articles.publish_draft import NOTE_LENGTH, NewerDraftError, publish_draft
from articles.publishing import publish_problems
from articles.stream import raw_stream
from clinics.admin.page_edit import author_of
from clinics.token_gaps import TokenGap, token_gaps, tokens_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

    from articles.impact import ClinicImpact

_TEXTS = ("title", "summary", "seo_title", "search_description")


def look_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_publish_page`: the draft is saved by now."""
    if not isinstance(page, ArticlePage):
        return None
    return redirect("articles_publish", page.pk, page.latest_revision_id)


class PublishArticle(ArticleImpact):
    """GET says what the draft does; POST shows what another kind of change would, or publishes."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "upload"
    page_title = gettext_lazy("Before publishing")
    template_name = "articles/admin/publish.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may_publish:
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        latest = self.article.get_latest_revision()
        if latest is None:
            raise Http404
        if latest.pk != kwargs["revision"]:
            return self.show_newer(NewerDraftError(latest))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown, act = request.POST.get("shown_as", ""), request.POST.get("act", "publish")
        change_class, note = self.typed()
        if act != "publish" or (shown and shown != change_class):
            if act == "publish":
                text = _("Another kind of change does something else: look again, then publish.")
                messages.warning(request, text)
            return self.render_to_response(self.get_context_data())
        try:
            article = publish_draft(
                self.article,
                kwargs["revision"],
                change_class=change_class,
                note=note,
                user=request.user,
            )
        except NewerDraftError as error:
            return self.show_newer(error)
        except PermissionDenied:
            messages.error(request, _("Nothing is published: the article is locked."))
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages))
        else:
            return self.say_published(article)
        return redirect("wagtailadmin_pages:edit", self.article.pk)

    def typed(self) -> tuple[str, str]:
        """Kind of change and note as they were chosen here, or as the draft has them."""
        posted = self.request.POST
        note = posted.get("change_note", self.draft.change_note).strip()
        return posted.get("change_class", self.draft.change_class), note

    def show_newer(self, error: NewerDraftError) -> HttpResponse:
        text = _(
            "%(author)s saved a newer draft in the meantime. Nothing is published: this is what "
            "that draft would do."
        )
        messages.warning(self.request, text % {"author": author_of(error.revision)})
        return redirect("articles_publish", self.article.pk, error.revision.pk)

    def say_published(self, article: ArticlePage) -> HttpResponse:
        title, release = self.title, article.releases.filter(undone_at=None).first()
        if article.approved_schedule:
            text = _("“%(title)s” is scheduled. Nothing changes before.") % {"title": title}
        else:
            words = {"title": title, "number": release.number if release else 0}
            text = _("“%(title)s” is published as release %(number)s.") % words
        messages.success(self.request, text)
        for function in hooks.get_hooks("after_publish_page"):
            response = function(self.request, article)
            if response is not None:
                return response
        return redirect("articles_releases", article.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft
        draft.change_class, draft.change_note = self.typed()
        if draft.change_class not in ChangeClass.values:
            draft.change_class = ChangeClass.WORDING
        impacts = publish_impact(draft)
        kwargs.setdefault("errors", publish_problems(draft))
        starts = draft.go_live_at
        return super(ArticleImpact, self).get_context_data(
            impact=impact_groups(impacts, self.request.GET),
            gaps=self.gaps(impacts),
            classes=ChangeClass.choices,
            change_class=draft.change_class,
            note=draft.change_note,
            note_length=NOTE_LENGTH,
            scheduled=starts if starts and starts > timezone.now() else None,
            first_group=draft.first_group_only,
            **kwargs,
        )

    def gaps(self, impacts: list[ClinicImpact]) -> list[TokenGap]:
        """Tokens of the draft for which a clinic that shows it says the library's default."""
        draft = self.draft
        texts = [getattr(draft, name) for name in _TEXTS]
        texts += [plain_text(each["value"]) for each in raw_stream(draft.body)]
        hidden = {Outcome.HIDDEN, Outcome.NOT_OFFERED}
        clinics = [row.clinic_id for row in impacts if row.outcome not in hidden]
        return token_gaps(tokens_in(texts), clinics)

    @cached_property
    def draft(self) -> ArticlePage:
        return self.article.get_latest_revision_as_object()

    @property
    def url(self) -> str:
        return reverse("articles_publish", args=[self.article.pk, self.kwargs["revision"]])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, _last = super().get_breadcrumbs_items()
        return [*above, {"url": "", "label": self.page_title}]
