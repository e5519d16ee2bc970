"""Offers of clinics to the library, for whoever writes shared articles: the list, and one of them.

An offer of a library that the user does not write is a 404. Acts are POSTs to `articles.offering`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.library_reach import library_articles, writes_library
from articles.choices import OfferStatus
from articles.models import ArticlePage, SectionOffer
from articles.offering import UNDECIDED, NotOfferableError, decline_offer, take_offer
from articles.plain_text import plain_text
from articles.section_names import section_names
from articles.word_diff import Run, marked_change
from clinics.account_names import name_of
from clinics.admin.screens import Tab
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

OFFERS_A_PAGE = 30


@dataclass(frozen=True)
class OfferRow:
    """One offer; `what` is the section's name, or the first words of an added one; `place` is where
    it would stand."""

    offer: SectionOffer
    title: str
    clinic: str
    what: str
    who: str
    place: str = ""


class OffersScreen(WagtailAdminTemplateMixin, TemplateView):
    """What the list and the single offer have in common."""

    header_icon = "openquote"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not writes_library(request.user):
            raise Http404

    @cached_property
    def offers(self) -> QuerySet[SectionOffer]:
        offers = SectionOffer.objects.filter(article__in=library_articles(self.request.user))
        return offers.select_related("article", "version__clinic", "offered_by", "decided_by")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first = {"url": reverse("articles_offers"), "label": _("Offers of clinics")}
        return [*self.breadcrumbs_items, first]


class Offers(OffersScreen):
    """The list, the newest first: what waits, or what is decided."""

    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Offers of clinics")
    template_name = "articles/admin/offers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_decided = self.request.GET.get("state") == "decided"
        found = self.offers
        found = (
            found.exclude(status__in=UNDECIDED)
            if is_decided
            else found.filter(status__in=UNDECIDED)
        )
        paginator = WagtailPaginator(found, OFFERS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        url = reverse("articles_offers")
        return super().get_context_data(
            rows=[offer_row(offer) for offer in page],
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            is_decided=is_decided,
            tabs=[
                Tab(_("Waiting"), url, not is_decided),
                Tab(_("Decided"), f"{url}?state=decided", is_decided),
            ],
            **kwargs,
        )


class OfferDecision(OffersScreen):
    """One offer beside the shared text. POST takes it into a draft, or declines it."""

    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Offer of a clinic")
    template_name = "articles/admin/offer.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.offer = get_object_or_404(self.offers, pk=kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act, comment = request.POST.get("act"), request.POST.get("comment", "")
        try:
            if act == "take":
                take_offer(self.offer, request.user)
                text = _("The text is in a draft of the article now: edit it, then publish it.")
                messages.success(request, text)
                return redirect("wagtailadmin_pages:edit", self.offer.article_id)
            if act != "decline":
                raise Http404
            decline_offer(self.offer, comment, request.user)
        except NotOfferableError as error:
            return self.render_to_response(
                self.get_context_data(errors=error.messages, comment=comment)
            )
        messages.success(request, _("Declined. The clinic reads your comment."))
        return redirect("articles_offers")

    def get_page_subtitle(self) -> str:
        return readable(self.offer.article.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer, draft = self.offer, self.draft
        is_lost = offer.status == OfferStatus.TAKEN and offer.pk not in draft.adopted_offers
        kwargs.setdefault("errors", [])
        kwargs.setdefault("comment", "")
        return super().get_context_data(
            row=offer_row(offer, draft),
            now=self.shared_now,
            runs=self.runs,
            may_take=offer.status == OfferStatus.OPEN or is_lost,
            may_decline=offer.status in UNDECIDED,
            is_lost=is_lost,
            **kwargs,
        )

    @cached_property
    def draft(self) -> ArticlePage:
        return self.offer.article.get_latest_revision_as_object()

    @cached_property
    def shared_now(self) -> str:
        """The newest text of the section that would be replaced, drafts included."""
        if self.offer.kind != "replace":
            return ""
        found = next((child for child in self.draft.body if child.id == self.offer.section), None)
        return readable(plain_text(found.block.get_prep_value(found.value))) if found else ""

    @property
    def runs(self) -> tuple[Run, ...]:
        return marked_change(self.shared_now, offered_text(self.offer))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


def offer_row(offer: SectionOffer, article: ArticlePage | None = None) -> OfferRow:
    """`article` gives sections their names; without one the offered words do."""
    names = section_names(article.body) if article else {}
    first = offered_text(offer).split("\n", 1)[0][:80]
    what = names.get(offer.section, first) if offer.kind == "replace" else first
    who = name_of(offer.offered_by) or _("somebody of the clinic")
    title, clinic = readable(offer.article.title), offer.version.clinic.title
    return OfferRow(offer, title, clinic, what, who, _place(offer, names))


def _place(offer: SectionOffer, names: dict[str, str]) -> str:
    """Where an added section would stand, in words."""
    neighbour = names.get(offer.section)
    if offer.kind != "insert" or neighbour is None:
        return ""
    is_before = offer.value.get("position") == "before"
    text = _("It stands before “%(name)s”.") if is_before else _("It stands after “%(name)s”.")
    return text % {"name": neighbour}


def offered_text(offer: SectionOffer) -> str:
    """The offered sections as plain words, tokens by their labels."""
    return readable("\n\n".join(plain_text(each["value"]) for each in offer.content))
