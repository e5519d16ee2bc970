"""The frame around a page: the page and its clinic in, navigation, notices and metadata out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from clinics.brand import stylesheet_urls
from clinics.choices import LocalPageKind
from clinics.clinic import Clinic, Location
from clinics.cta import Link, cta_for
from clinics.edge.memory import remembered
from clinics.edge.shown import shows
from clinics.open_words import notice_of
from clinics.page_frame import Meta, PageFrame, ShareImage
from clinics.pictures import icons_of, image_view, share_image
from clinics.structured_data import page_nodes
from clinics.theme_css import first_font_url, wide_font_url
from clinics.tokens import fill

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.images.models import AbstractImage

__all__ = ["frame_for", "image_view"]


def frame_for(
    page: Page | None,
    request: HttpRequest,
    clinic: Clinic,
    *,
    title: str | None = None,
    description: str = "",
    seo_title: str = "",
    location: Location | None = None,
    path: str | None = None,
    trail: tuple[Link, ...] | None = None,
    kind: str = "website",
    robots: str = "",
    canonical: str = "",
    share_image: ShareImage | None = None,
    published: Sequence[str] = ("", ""),
) -> PageFrame:
    """The frame of a page. `title` "" means the home page; `path` defaults to the page's own.

    `trail` are the breadcrumbs between home and this page; by default the page's parents.
    `canonical` is the address of another site whose copy search engines shall list instead;
    `published` the days on which it was first published and last changed, as ISO 8601.
    """
    # Below a mount the page is the mount, whose own SEO texts are about the list.
    own_seo = page if path is None else None
    if page is not None and path is None:
        path = "/" + page.url_path[len(clinic.url_path) :]
    heading = (page.title if page and title is None else title) or ""
    heading = fill(heading, clinic)
    own_title = own_seo.seo_title if own_seo else ""
    own_description = own_seo.search_description if own_seo else ""
    logo = _logo_of(request, clinic)
    frame = PageFrame(
        clinic=clinic,
        **site_links(clinic, path or request.path),
        stylesheets=stylesheet_urls(clinic.brand),
        font=first_font_url(clinic.brand),
        wide_font=wide_font_url(clinic.brand),
        home_url="/",
        cta=cta_for(clinic, location),
        meta=Meta(
            title=seo_title or own_title or head_title(heading, clinic),
            description=own_description or fill(description, clinic),
            url=clinic.origin + (path or request.path),
            canonical=canonical or clinic.origin + (path or request.path),
            site_name=clinic.name,
            type=kind,
            robots=robots,
            image=share_image or share_image_of(request, clinic),
            published=published[0],
            modified=published[1],
        ),
        breadcrumbs=_breadcrumbs(page, clinic, heading, trail) if page else (),
        logo=image_view(logo, "logo", alt=""),  # the name stands beside it
        icons=icons_of(logo),
        is_preview=getattr(request, "is_preview", False),
        notice=notice_of(clinic),
    )
    return replace(frame, nodes=page_nodes(frame, location)) if page is not None else frame


def head_title(title: str, clinic: Clinic) -> str:
    """ "Fibromyalgia | Texas Ketamine Specialists, Dallas": one pattern for every page (L-09)."""
    place = f", {clinic.primary.address.city}" if clinic.primary else ""
    return f"{title} | {clinic.name}{place}" if title else f"{clinic.name}{place}"


def site_links(clinic: Clinic, path: str) -> dict[str, Any]:
    """What of a frame the live pages below a home page decide: menu, footer and notices."""
    rows = remembered(("children", clinic.page_id), lambda: _children_of(clinic))
    nav = tuple(
        Link(title, f"/{slug}/", path.startswith(f"/{slug}/"))
        for title, slug, in_menu, _in_footer, _kind in rows
        if in_menu
    )
    below = [
        (Link(title, f"/{slug}/"), kind == LocalPageKind.NOTICE)
        for title, slug, in_menu, in_footer, kind in rows
        if in_footer and (kind == LocalPageKind.NOTICE or not in_menu)
    ]
    teams = (f"/{slug}/" for _title, slug, *_shown, kind in rows if kind == LocalPageKind.TEAM)
    return {
        "nav": nav,
        "footer": (*nav, *(link for link, is_notice in below if not is_notice)),
        "notices": tuple(link for link, is_notice in below if is_notice),
        "team_url": next(teams, ""),
    }


def _children_of(clinic: Clinic) -> list[tuple[str, str, bool, bool | None, str | None]]:
    shows(f"c:{clinic.page_id}")
    depth = len(clinic.tree_path) // Page.steplen + 1
    rows = Page.objects.live().filter(path__startswith=clinic.tree_path, depth=depth)
    names = ("title", "slug", "show_in_menus", "localpage__in_footer", "localpage__kind")
    return list(rows.order_by("path").values_list(*names))


def _breadcrumbs(
    page: Page, clinic: Clinic, heading: str, trail: tuple[Link, ...] | None
) -> tuple[Link, ...]:
    if page.pk == clinic.page_id:
        return ()
    if trail is None:
        parents = Page.objects.ancestor_of(page).filter(
            path__startswith=clinic.tree_path, depth__gt=len(clinic.tree_path) // Page.steplen
        )
        trail = tuple(
            Link(parent.title, "/" + parent.url_path[len(clinic.url_path) :])
            for parent in parents.order_by("depth")
        )
    return (Link(_("Home"), "/"), *trail, Link(heading, ""))


def share_image_of(request: HttpRequest, clinic: Clinic) -> ShareImage | None:
    """The picture of the clinic's home page, for pages that have none of their own (L-10)."""
    home = getattr(request, "home_page", None)
    picture = home.hero_image if home is not None and home.pk == clinic.page_id else None
    return share_image(picture, clinic.origin)


def _logo_of(request: HttpRequest, clinic: Clinic) -> AbstractImage | None:
    home = getattr(request, "home_page", None)
    return home.logo if home is not None and home.pk == clinic.page_id else None
