"""The claims of a page's draft: what stops its publish, what deserves a look, and who allows what.

For whoever may edit the page, and for the reviewers of its library, who allow a claim with a
reason; anybody else gets a 404.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages as django_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.models import Page

from articles.claim_standing import allow_claim, overrides_of_page, standing_of
from articles.claims.rule import Severity
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage
from articles.review.reviewers import reviews
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse

CHECKED = (ArticlePage, LocalArticlePage, LocalVersionPage)


def claims_button(
    page: Page, user: AbstractUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Hook `register_page_header_buttons`: what the checker says of a page."""
    if issubclass(page.specific_class or Page, CHECKED) and _may_see(user, page.specific_deferred):
        url = reverse("articles_claims", args=[page.pk])
        yield Button(_("Claims"), url, icon_name="glasses", priority=66)


def say_claims(request: HttpRequest, page: Page) -> None:
    """Hooks `after_create_page` and `after_edit_page`: a save says what was found (C-02)."""
    # The editor saves by itself, too, and has nowhere to show a message then.
    if not isinstance(page, CHECKED) or not request.accepts("text/html"):
        return
    standing = standing_of(page)
    blocked = sum(each.blocks for each in standing)
    counts = Counter(each.finding.severity for each in standing)
    if not blocked and not counts[Severity.WARN]:
        return
    parts = []
    if blocked:
        text = ngettext(
            "%(count)s claim stops publishing", "%(count)s claims stop publishing", blocked
        )
        parts.append(text % {"count": blocked})
    if counts[Severity.WARN]:
        text = ngettext(
            "%(count)s deserves a look", "%(count)s deserve a look", counts[Severity.WARN]
        )
        parts.append(text % {"count": counts[Severity.WARN]})
    button = messages.button(reverse("articles_claims", args=[page.pk]), _("See the claims"))
    words = {"title": readable(page.get_admin_display_title()), "found": ", ".join(parts)}
    messages.warning(request, _("“%(title)s”: %(found)s.") % words, buttons=[button])


class ClaimsScreen(WagtailAdminTemplateMixin, TemplateView):
    """GET lists what is found in the newest draft; POST lets one of it stand."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "glasses"
    page_title = gettext_lazy("Claims")
    template_name = "articles/admin/claims.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not issubclass(page.specific_class or Page, CHECKED):
            raise Http404
        self.page = page.specific
        if not _may_see(request.user, self.page):
            raise Http404
        self.draft = self.page.get_latest_revision_as_object()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code, reason = request.POST.get("claim", ""), request.POST.get("reason", "")
        try:
            row = allow_claim(self.draft, code, reason, user=request.user)
        except PermissionDenied:
            django_messages.error(request, _("Only a medical reviewer allows a claim."))
        except ValidationError as error:
            django_messages.error(request, " ".join(error.messages))
        else:
            text = _("“%(phrase)s” is allowed in this sentence, with your reason.")
            django_messages.success(request, text % {"phrase": row.phrase})
        return redirect("articles_claims", self.page.pk)

    def get_page_subtitle(self) -> str:
        return readable(self.draft.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        editor = {
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "label": self.get_page_subtitle(),
        }
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = standing_of(self.draft)
        return super().get_context_data(
            page=self.page,
            standing=standing,
            blocked=sum(each.blocks for each in standing),
            may_allow=reviews(self.request.user, self.page),
            may_edit=self.page.permissions_for_user(self.request.user).can_edit(),
            earlier=_earlier(standing, self.page),
            **kwargs,
        )


def _earlier(standing: list[Any], page: Page) -> list[Any]:
    """What was allowed on the page for sentences that are not there any more."""
    used = {each.allowed.pk for each in standing if each.allowed}
    return [row for row in overrides_of_page(page) if row.pk not in used]


def _may_see(user: AbstractUser, page: Any) -> bool:
    return bool(page.permissions_for_user(user).can_edit()) or reviews(user, page)
