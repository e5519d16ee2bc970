"""A clinic offers one of its texts to the library: why, what became of it, and taking it back.

A local version that the user may not edit is a 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.compare import editable_version
from articles.admin.section_compare import comparison
from articles.choices import OfferStatus
from articles.models import SectionOffer
from articles.offering import LONGEST, UNDECIDED, NotOfferableError, offer_section, withdraw_offer
from articles.override_edits import UnknownOverrideError, find_override
from articles.queries import content_shown
from articles.stream import raw_stream

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class OwnOffer(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the text and the last offer of it; POST offers it, or takes the offer back."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "openquote"
    page_title = gettext_lazy("Offer to the library")
    template_name = "articles/admin/own_offer.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version = editable_version(request, kwargs["pk"])
        self.id = kwargs["override"]
        if self.override is None and self.offer is None:
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act, words = request.POST.get("act"), request.POST.get("message", "")
        try:
            if act == "take_back" and self.offer:
                withdraw_offer(self.offer, request.user)
                messages.success(request, _("The offer is taken back. Your text stays as it is."))
            elif act == "offer":
                offer_section(self.version, self.id, words, request.user)
                messages.success(request, _("Offered. You read here what the library says to it."))
            else:
                raise Http404
        except NotOfferableError as error:
            return self.render_to_response(
                self.get_context_data(errors=error.messages, words=words)
            )
        return redirect("articles_own_offer", self.version.pk, self.id)

    @cached_property
    def override(self) -> dict[str, Any] | None:
        """What is live: only that is offered."""
        try:
            return find_override(raw_stream(self.version.overrides), self.id)
        except UnknownOverrideError:
            return None

    @cached_property
    def offer(self) -> SectionOffer | None:
        offers = SectionOffer.objects.filter(version=self.version, override=self.id)
        return offers.select_related("decided_by", "release").order_by("-pk").first()

    def get_page_subtitle(self) -> str:
        return str(self.version.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer = self.offer
        content = content_shown(self.version.article, self.version.clinic_id)
        kwargs.setdefault("errors", [])
        kwargs.setdefault("words", "")
        return super().get_context_data(
            version=self.version,
            offer=offer,
            comparison=comparison(content, self.version, self.override) if self.override else None,
            may_offer=self.override is not None and not (offer and offer.status in UNDECIDED),
            may_take_back=bool(offer and offer.status == OfferStatus.OPEN),
            is_live=self.version.live,
            longest=LONGEST,
            edit_url=self.edit_url,
            **kwargs,
        )

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.version.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url, "label": self.version.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]
