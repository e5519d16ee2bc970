"""Every page of a clinic's site with the numbers on it: a clinic in, one entry for each page out.

Follows the templates, part by part, with what they print; a test compares every page of a site with
its HTML. A fixed number of queries, whatever the number of pages. Apps above this one add the pages
that they serve to `PAGE_READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinics import descriptions
from clinics.choices import LocalPageKind
from clinics.clinic import Clinic, Location
from clinics.cta import CallToAction, cta_for, with_crisis_line
from clinics.frame import site_links
from clinics.models import LocalPage, LocationIndexPage, LocationPage
from clinics.numbers.shown import (
    Shown,
    Spot,
    in_action,
    in_actions,
    in_bar,
    in_card,
    in_nodes,
    in_number,
    in_panel,
    in_text,
    in_words,
)
from clinics.open_words import notice_of
from clinics.pages import LocationView, location_view, place_shown
from clinics.people import known_at
from clinics.prose import words_in
from clinics.resolve import every_location_of
from clinics.structured_data import place_node

if TYPE_CHECKING:
    from clinics.models import ClinicPage


@dataclass(frozen=True)
class PageNumbers:
    """A public page. `path` is "" for one without a fixed address; `edit_url` leads to its texts,
    for whoever may change pages of type `edit_model`, if that is not None."""

    path: str
    title: str
    shown: tuple[Shown, ...]
    edit_url: str = ""
    edit_model: type[Page] | None = None


@dataclass(frozen=True)
class ClinicSite:
    """What is the same for all pages of a site. `home` is what `resolve.root_page` gives."""

    clinic: Clinic
    home: ClinicPage
    _read: dict[str, Any] = field(default_factory=dict, compare=False)

    def once_for_campaign[T](self, name: str, make: Callable[[], T]) -> T:
        """What is the same on many pages, made once for each campaign."""
        return self.once(f"{name} ?{self.clinic.campaign}", make)

    def once[T](self, name: str, read: Callable[[], T]) -> T:
        """What a reader reads of the database, which does not depend on the campaign."""
        if name not in self._read:
            self._read[name] = read()
        return self._read[name]

    @property
    def menu(self) -> tuple[str, ...]:
        return self.once("menu", self._menu)

    @property
    def cards(self) -> tuple[LocationView, ...]:
        return tuple(location_view(self.clinic, place) for place in self.clinic.locations)

    def with_campaign(self, campaign: str) -> ClinicSite:
        """The same for a visitor of an advertisement; what was read is not read again."""
        return replace(self, clinic=replace(self.clinic, campaign=campaign))

    def _menu(self) -> tuple[str, ...]:
        links = site_links(self.clinic, "/")
        shown = (*links["nav"], *links["footer"], *links["notices"])
        return tuple(dict.fromkeys(str(link.label) for link in shown))


type PageReader = Callable[[ClinicSite], Iterable[PageNumbers]]

PAGE_READERS: list[PageReader] = []


def register_pages(reader: PageReader) -> PageReader:
    """A decorator. Two entries of one path are one page: each names what it knows of it."""
    PAGE_READERS.append(reader)
    return reader


def pages_of(site: ClinicSite) -> list[PageNumbers]:
    """Every page that a patient may be shown, each once, in the order of the readers."""
    found: dict[str, PageNumbers] = {}
    for reader in PAGE_READERS:
        for page in reader(site):
            known = found.get(page.path)
            found[page.path] = replace(known, shown=(*known.shown, *page.shown)) if known else page
    return list(found.values())


def in_frame(
    site: ClinicSite,
    place: Location | None = None,
    *,
    names_crisis: bool = False,
    has_data: bool = True,
) -> tuple[Shown, ...]:
    """What `base.html` prints around a page. `place` is whose page it is, if any."""
    name = f"frame {place.page_id if place else ''} {names_crisis} {has_data}"
    around = _in_frame(site, place, names_crisis=names_crisis, has_data=has_data)
    return site.once_for_campaign(name, lambda: tuple(around))


def _in_frame(
    site: ClinicSite, place: Location | None, *, names_crisis: bool, has_data: bool
) -> Iterator[Shown]:
    clinic = site.clinic
    cta = frame_cta(clinic, place, names_crisis=names_crisis)
    notice = ("my_clinic:edit_notice", clinic.page_id)
    yield from in_words(notice_of(clinic), Spot.NOTICE, fact=notice)
    yield from in_action(cta.quick, Spot.HEADER)
    for label in site.menu:
        yield from in_words(label, Spot.HEADER, _("Menu"))
    yield from in_bar(cta)
    for each in clinic.locations:
        yield from in_number(each.main, Spot.FOOTER, each.name)
    if has_data:
        places = [clinic.primary, place]
        yield from in_nodes(place_node(clinic, each) for each in places if each)


def frame_cta(
    clinic: Clinic, place: Location | None = None, *, names_crisis: bool = False
) -> CallToAction:
    cta = cta_for(clinic, place)
    return with_crisis_line(cta) if names_crisis else cta


def in_parking(place: Location) -> Iterator[Shown]:
    """What a location says of parking and its entrance, which stands in its record."""
    words = _("%(place)s, parking and entrance") % {"place": place.name}
    record = ("my_clinic:edit_location", place.page_id)
    yield from in_words(place.parking, Spot.CARD, words, record)


def in_texts(page: Page, clinic: Clinic, *names: str) -> Iterator[Shown]:
    """The title of a page and other texts of it, rich ones too."""
    for name in ("title", *names):
        yield from in_text(words_in(getattr(page, name)), clinic)


def in_head(
    page: Page | None, clinic: Clinic, description: str, *, title: str = ""
) -> Iterator[Shown]:
    """What search engines are told: the page's own words about itself, else its title and a
    description. `page` is None for one that has no texts for them."""
    own_title, own_description = (page.seo_title, page.search_description) if page else ("", "")
    title = title or (page.title if page else "")
    for spot in (Spot.HEAD, Spot.DATA):
        yield from in_text(own_title or title, clinic, spot)
        yield from in_text(own_description or description, clinic, spot)
    yield from in_text(title, clinic, Spot.DATA)


# The pages of this app


@register_pages
def home_page(site: ClinicSite) -> Iterator[PageNumbers]:
    home, clinic = site.home, site.clinic
    cta = cta_for(clinic)
    services = site.once("services", lambda: [row.name for row in home.facts.services.all()])
    shown = (
        *in_frame(site),
        *in_actions(cta, Spot.TOP, first=1),
        *in_texts(home, clinic, "hero_title", "hero_text", "welcome"),
        *in_head(home, clinic, home.hero_text),
        *(number for service in services for number in in_words(service, Spot.WORDS)),
        *(number for card in site.cards for number in in_card(card)),
        *in_panel(cta, Spot.PANEL),
    )
    yield _page(site, home, shown, title=_("Home page"))


@register_pages
def location_pages(site: ClinicSite) -> Iterator[PageNumbers]:
    clinic = site.clinic
    for index in site.once("location lists", lambda: _live(LocationIndexPage, clinic)):
        cards = (number for card in site.cards for number in in_card(card))
        texts = (
            *in_texts(index, clinic, "intro"),
            *in_head(index, clinic, index.intro or descriptions.of_locations(clinic)),
        )
        panel = in_panel(cta_for(clinic), Spot.PANEL)
        yield _page(site, index, (*in_frame(site), *texts, *cards, *panel))
    known = site.once("locations", lambda: every_location_of(clinic.page_id))
    for page in site.once("location pages", lambda: _live(LocationPage, clinic)):
        own = known.get(page.pk)
        place = place_shown(clinic, own)
        view = location_view(clinic, place) if place else None
        shown = (
            *in_frame(site, place),
            *in_card(view),
            *(in_parking(place) if place else ()),
            *in_panel(cta_for(clinic, place), Spot.PANEL),
            *in_texts(page, clinic, "text"),
            *in_head(page, clinic, descriptions.of_location(clinic, own) if own else ""),
        )
        yield _page(site, page, shown)


@register_pages
def local_pages(site: ClinicSite) -> Iterator[PageNumbers]:
    """The clinic's own pages, and the profiles of people below a team page."""
    clinic = site.clinic
    pages = site.once("local pages", lambda: _live(LocalPage, clinic))
    people = site.once("people", lambda: list(known_at(clinic)))
    panel = tuple(in_panel(cta_for(clinic), Spot.PANEL))
    for page in pages:
        shown = [
            *in_frame(site),
            *in_texts(page, clinic, "intro", "body"),
            *in_head(page, clinic, page.intro),
        ]
        if page.kind == LocalPageKind.CONTACT:
            shown += [number for card in site.cards for number in in_card(card)]
            shown += [number for place in clinic.locations for number in in_parking(place)]
        if page.kind != LocalPageKind.NOTICE:
            shown += panel
        if page.kind == LocalPageKind.TEAM:
            for person in people:
                words = "\n".join((str(person), person.job_title, person.bio))
                about = descriptions.of_person(person, clinic)
                own = ("people:edit", person.pk)
                profile = (
                    *in_words(words, Spot.WORDS, fact=own),
                    *in_head(None, clinic, f"{about}\n{person.bio}", title=str(person)),
                    *panel,
                )
                if person.clinic_id == clinic.page_id:
                    shown += in_words(words, Spot.WORDS, str(person), own)
                yield _page(
                    site,
                    page,
                    (*in_frame(site), *profile),
                    title=str(person),
                    below=f"{person.slug}/",
                )
        yield _page(site, page, tuple(shown))


@register_pages
def not_found_page(site: ClinicSite) -> Iterator[PageNumbers]:
    """Where an address leads that the site does not have; it has no data for search engines."""
    shown = (*in_frame(site, has_data=False), *in_panel(cta_for(site.clinic), Spot.PANEL))
    yield PageNumbers("", _("“Page not found”"), shown)


def _live[P: Page](model: type[P], clinic: Clinic) -> list[P]:
    pages = model.objects.live().public()
    return list(pages.filter(path__startswith=clinic.tree_path).order_by("path"))


def _page(
    site: ClinicSite, page: Page, shown: tuple[Shown, ...], *, title: str = "", below: str = ""
) -> PageNumbers:
    path = "/" + page.url_path[len(site.clinic.url_path) :] + below
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return PageNumbers(path, title or page.title, shown, editor, type(page))
