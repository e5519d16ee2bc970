"""Previews: an article, or a local version, as the patients of a named clinic would read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.effective import Bases, EffectiveArticle, effective_article, own_article
from articles.models import ArticleMountPage, ArticlePage
from articles.page_view import article_context
from articles.queries import Found, draft_effective, effective_for, local_version_of
from articles.releasing import draft_release
from articles.why import explained
from clinics.models import ClinicPage, HubPage
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import LocalArticlePage, LocalVersionPage
    from clinics.clinic import Clinic

NOW, WHY = "now-", "why"
# More modes than this make the menu useless; the full list belongs to a chooser.
MOST_CLINICS = 25


def preview_modes(article: ArticlePage) -> list[tuple[str, str]]:
    """Modes for the hub and for each clinic: as patients read it, and with notes on each text."""
    hubs = [(f"clinic-{pk}", name) for pk, name in HubPage.objects.values_list("pk", "title")]
    clinics = ClinicPage.objects.live().order_by("title").values_list("pk", "title")
    modes = hubs + [
        (f"clinic-{pk}", _("As %(clinic)s") % {"clinic": name})
        for pk, name in clinics[:MOST_CLINICS]
    ]
    return modes + [
        (f"{WHY}-{mode}", _("%(mode)s: why do I see this?") % {"mode": name})
        for mode, name in modes
    ]


def own_preview_modes() -> list[tuple[str, str]]:
    """The modes of what belongs to one clinic."""
    return [("", _("As patients of this clinic")), (WHY, _("Why do I see this?"))]


def preview_article(article: ArticlePage, request: HttpRequest, mode: str) -> HttpResponse:
    """A draft of a shared article as a clinic would show it, the clinic's differences included.

    A mode "now-5" is what patients of clinic 5 read without the draft.
    """
    now = mode.removeprefix(NOW)
    if now != mode and now.isdecimal():
        return preview_now(ArticlePage.objects.get(pk=article.pk), request, int(now))
    mode = mode or preview_modes(article)[0][0]
    is_explained = mode.startswith(f"{WHY}-")
    clinic = _clinic_of_mode(mode.removeprefix(f"{WHY}-"))
    version = local_version_of(article, clinic.page_id) if article.pk else None
    effective = effective_article(
        article,
        release=draft_release(article),
        local_version=version,
        bases=_bases(article),
        is_hub=clinic.is_hub,
    )
    return _response(
        request, effective, clinic, article.kind, article.slug, is_explained=is_explained
    )


def preview_now(article: ArticlePage, request: HttpRequest, clinic_id: int) -> HttpResponse:
    """What the patients of a clinic read now. Http404 when it does not show the article."""
    clinic = _clinic(clinic_id)
    effective = effective_for(article, clinic)
    if effective is None:
        raise Http404
    return _response(request, effective, clinic, article.kind, article.slug)


def preview_local_version(
    version: LocalVersionPage, request: HttpRequest, mode: str = ""
) -> HttpResponse:
    """A draft of a clinic's differences, over the release that the clinic shows."""
    clinic = _clinic(version.clinic_id)
    article = version.article
    effective = draft_effective(version, clinic)
    return _response(
        request, effective, clinic, article.kind, article.slug, is_explained=mode == WHY
    )


def preview_local_article(
    page: LocalArticlePage, request: HttpRequest, mode: str = ""
) -> HttpResponse:
    """A draft of a clinic's own article."""
    mount = page.get_parent().specific
    clinic = _clinic(mount.get_parent().pk)
    effective = own_article(page)
    return _response(request, effective, clinic, mount.kind, page.slug, is_explained=mode == WHY)


def _clinic_of_mode(mode: str) -> Clinic:
    """The clinic or hub that a mode names; Http404 for any other word."""
    number = mode.removeprefix("clinic-")
    home = root_page(int(number)) if number.isdecimal() else None
    if home is None:
        raise Http404
    return clinic_of(home)


def _clinic(page_id: int) -> Clinic:
    return clinic_of(root_page(page_id))


def _bases(article: ArticlePage) -> Bases:
    return Bases({row.number: row for row in article.releases.all()} if article.pk else {})


def _response(
    request: HttpRequest,
    effective: EffectiveArticle,
    clinic: Clinic,
    kind: str,
    slug: str,
    *,
    is_explained: bool = False,
) -> HttpResponse:
    request.clinic = clinic
    request.home_page = None
    mount = ArticleMountPage.objects.filter(path__startswith=clinic.tree_path, kind=kind).first()
    if mount is None:
        raise Http404(_("This site has no list for such articles."))
    context: dict[str, Any] = article_context(Found(effective, slug), mount, request)
    if is_explained:
        context["article"] = explained(context["article"], effective, clinic)
    return TemplateResponse(request, "articles/article_page.html", context)
