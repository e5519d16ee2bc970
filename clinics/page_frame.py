"""What stands around every public page: navigation, contact, notices, metadata; plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from clinics.clinic import Clinic
from clinics.cta import CallToAction, Link

if TYPE_CHECKING:
    from clinics.structured_data import Node


@dataclass(frozen=True)
class ImageSource:
    """The picture in one format, for a <source>."""

    type: str
    srcset: str
    sizes: str


@dataclass(frozen=True)
class ImageView:
    """A picture ready for a <picture>: every rendition is made, `alt` is "" when decorative."""

    src: str
    width: int
    height: int
    alt: str
    srcset: str = ""
    sizes: str = ""
    sources: tuple[ImageSource, ...] = ()
    caption: str = ""
    credit: str = ""
    person_label: str = ""


@dataclass(frozen=True)
class ShareImage:
    """The picture that stands beside a link to the page where it is shared. `url` is absolute."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Meta:
    """The head of a page.

    `url` is its own absolute address, `canonical` the one to list: another site's where that has
    the page's text. `published` and `modified` are ISO 8601, "" for pages without a date.
    """

    title: str
    description: str
    url: str
    canonical: str
    site_name: str
    type: str = "website"
    image: ShareImage | None = None
    robots: str = ""
    published: str = ""
    modified: str = ""


@dataclass(frozen=True)
class PageFrame:
    """Everything that `base.html` prints. `cta` is the clinic's main call to action.

    `nav` is the menu, `footer` the menu and what is linked only below, `notices` what law wants;
    `notice` is what the clinic tells every patient now, `nodes` what search engines read. `font` is
    the file that the browser fetches along with the page, `wide_font` another on a wide screen.
    `team_url` is where profiles of people stand, "" on a site without them.
    """

    clinic: Clinic
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    notices: tuple[Link, ...]
    stylesheets: tuple[str, ...]
    home_url: str
    cta: CallToAction
    meta: Meta
    breadcrumbs: tuple[Link, ...] = ()
    logo: ImageView | None = None
    icons: tuple[ImageView, ...] = ()
    is_preview: bool = False
    notice: str = ""
    nodes: tuple[Node, ...] = ()
    font: str = ""
    wide_font: str = ""
    team_url: str = ""
    search_url: str = "/search/"
    locations_url: str = "/locations/"

    @property
    def structured_data(self) -> SafeString | str:
        """The JSON-LD of the page; "" in a preview and on pages that are nobody's."""
        from clinics.structured_data import graph_text  # noqa: PLC0415 - circular import

        return graph_text(self.nodes) if self.nodes and not self.is_preview else ""


@dataclass(frozen=True)
class Teaser:
    """A page in a list."""

    title: str
    url: str
    summary: str
    image: ImageView | None = None
    label: str = ""


@dataclass(frozen=True)
class TeaserGroup:
    """A few teasers of one kind, with the way to all of them."""

    title: str
    url: str
    teasers: tuple[Teaser, ...]
    link_label: str = ""
