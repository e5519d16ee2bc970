"""The numbers on a clinic's pages of articles: a site in, what each page shows out.

For `clinics.numbers.pages`. Reads stored sections, as the lists of the admin do, with the same
merge as the page; nothing is rendered, and the number of queries is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.article_states import ArticleReading, article_readings
from articles.choices import MOST_RELATED
from articles.crisis import names_the_lifeline
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage, Source
from articles.plain_text import plain_text
from articles.queries import mounts_of, offered, own_articles
from articles.search_text import words_of
from clinics import descriptions
from clinics.cta import cta_for, section_cta, with_crisis_line
from clinics.models import Statement
from clinics.numbers.pages import ClinicSite, PageNumbers, in_frame, in_head, in_texts
from clinics.numbers.shown import Shown, Spot, heading_of, in_panel, in_text, in_words
from clinics.pages import TEASERS_ON_HOME
from clinics.tokens import fill

if TYPE_CHECKING:
    from articles.article_states import RawSection
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic


@dataclass(frozen=True)
class _Article:
    """One article of a list, the library's or an own one, as patients read it."""

    pk: int
    path: str
    title: str
    summary: str
    texts: tuple[str, ...]
    for_search: tuple[str, ...]
    sections: tuple[RawSection, ...]
    edit_url: str
    edit_model: type | None

    @property
    def teaser(self) -> str:
        return f"{self.title}\n{self.summary}"


@dataclass(frozen=True)
class _Wordings:
    """What sections only refer to: texts of statements and sources, by id."""

    statements: Mapping[int, str]
    sources: Mapping[int, str]


@dataclass(frozen=True)
class _Lists:
    """The lists of articles of a site, each by title as its page has it."""

    site: ClinicSite

    @cached_property
    def mounts(self) -> list[ArticleMountPage]:
        return list(mounts_of(self.site.clinic))

    @cached_property
    def articles(self) -> dict[int, list[_Article]]:
        clinic = self.site.clinic
        return {
            mount.pk: sorted(
                [*_shared(mount, clinic), *_own(mount, clinic)],
                key=lambda each: each.title.casefold(),
            )
            for mount in self.mounts
        }

    @cached_property
    def related(self) -> dict[int, list[_Article]]:
        """By article, those of the related ones that the clinic shows."""
        shown = {
            each.pk: each
            for articles in self.articles.values()
            for each in articles
            if each.edit_model is not LocalArticlePage
        }
        through = ArticlePage.related.through.objects.filter(from_articlepage__in=shown)
        found: dict[int, list[_Article]] = {}
        for source, target in through.values_list("from_articlepage_id", "to_articlepage_id"):
            if target in shown:
                found.setdefault(source, []).append(shown[target])
        by_title = {pk: sorted(those, key=lambda each: each.title) for pk, those in found.items()}
        return {pk: those[:MOST_RELATED] for pk, those in by_title.items()}

    @cached_property
    def wordings(self) -> _Wordings:
        sections = [
            raw for those in self.articles.values() for each in those for raw in each.sections
        ]
        sources = Source.objects.filter(pk__in=set(_ids(sections, "sources")))
        statements = Statement.objects.filter(pk__in=set(_ids(sections, "statement")))
        return _Wordings(
            {row.pk: row.text for row in statements},
            {row.pk: f"{row.title}\n{row.publisher}" for row in sources},
        )


def article_pages(site: ClinicSite) -> Iterator[PageNumbers]:
    """For `register_pages`: lists of articles, the articles, the search, and teasers elsewhere."""
    lists = site.once("articles", lambda: _Lists(site))
    clinic = site.clinic
    panel = tuple(in_panel(cta_for(clinic), Spot.PANEL))
    for mount in lists.mounts:
        articles = lists.articles[mount.pk]
        shown = (
            *in_frame(site),
            *in_texts(mount, clinic, "intro"),
            *in_head(mount, clinic, _description(mount, articles, clinic)),
            *_in_teasers(articles, clinic),
            *panel,
        )
        editor = reverse("wagtailadmin_pages:edit", args=[mount.pk])
        yield PageNumbers(f"/{mount.slug}/", mount.title, shown, editor, type(mount))
        if mount.show_in_menus:
            teasers = _in_teasers(articles[:TEASERS_ON_HOME], clinic)
            yield PageNumbers("/", clinic.name, tuple(teasers))
        for article in articles:
            related = _in_teasers(lists.related.get(article.pk, ()), clinic)
            shown = (*_in_article(article, site, lists.wordings), *related)
            yield PageNumbers(
                article.path,
                fill(article.title, clinic),
                shown,
                article.edit_url,
                article.edit_model,
            )
    search = (*in_frame(site, has_data=False), *panel)
    yield PageNumbers("/search/", _("Search"), search)


def _description(mount: ArticleMountPage, articles: Sequence[_Article], clinic: Clinic) -> str:
    """What the list says of itself: its introduction, else the titles in it."""
    titles = [fill(each.title, clinic) for each in articles]
    return mount.intro or descriptions.of_list(mount.title, clinic, titles)


def _in_article(article: _Article, site: ClinicSite, wordings: _Wordings) -> Iterator[Shown]:
    clinic = site.clinic
    is_crisis = _is_about_crisis(article, clinic)
    yield from in_frame(site, names_crisis=is_crisis)
    for text in article.texts:
        yield from in_text(text, clinic)
    seo_title, description = article.for_search
    for spot in (Spot.HEAD, Spot.DATA):
        yield from in_text(seo_title or article.title, clinic, spot)
        yield from in_text(description or article.summary, clinic, spot)
    for text in (article.title, *article.texts[2:]):
        yield from in_text(text, clinic, Spot.DATA)
    for raw in article.sections:
        yield from _in_section(raw, site, wordings, is_crisis=is_crisis)
    cta = cta_for(clinic)
    yield from in_panel(with_crisis_line(cta) if is_crisis else cta, Spot.PANEL)


def _in_section(
    raw: RawSection, site: ClinicSite, wordings: _Wordings, *, is_crisis: bool
) -> Iterator[Shown]:
    clinic, value = site.clinic, raw["value"]
    words = plain_text(value)
    name = heading_of(_heading(value) or words.split("\n", 1)[0], clinic)
    yield from in_text(words, clinic, Spot.WORDS, name)
    for pk in _ids([raw], "statement"):
        yield from in_text(wordings.statements.get(pk, ""), clinic, Spot.WORDS, name)
    for pk in _ids([raw], "sources"):
        for spot in (Spot.WORDS, Spot.DATA):
            yield from in_words(wordings.sources.get(pk, ""), spot, name)
    if raw["type"] == "risks" or value.get("kind") == "symptoms":
        yield from in_text(plain_text(value["items"]), clinic, Spot.DATA, name)
    if raw["type"] == "cta":
        for each in _in_button(value["action"], site, is_crisis=is_crisis):
            yield replace(each, words=name)


def _in_button(action: str, site: ClinicSite, *, is_crisis: bool) -> tuple[Shown, ...]:
    """The call to action of a section, which is the same in every article."""

    def make() -> tuple[Shown, ...]:
        cta = section_cta(site.clinic, action, heading="", message="")
        return tuple(in_panel(with_crisis_line(cta) if is_crisis else cta, Spot.BUTTON))

    return site.once_for_campaign(f"button {action} {is_crisis}", make)


def _in_teasers(articles: Iterable[_Article], clinic: Clinic) -> Iterator[Shown]:
    for each in articles:
        yield from in_text(each.teaser, clinic, Spot.WORDS, heading_of(each.title, clinic))


def _is_about_crisis(article: _Article, clinic: Clinic) -> bool:
    """As `articles.crisis` says of the page, from stored sections."""
    headings = [_heading(raw["value"]) for raw in article.sections]
    about = [fill(text, clinic) for text in (article.title, article.summary, *headings)]
    return names_the_lifeline(about, words_of(article.sections))


def _shared(mount: ArticleMountPage, clinic: Clinic) -> Iterator[_Article]:
    for reading in article_readings(offered(mount, clinic), clinic.page_id):
        yield _of_reading(reading, mount, clinic)


def _of_reading(reading: ArticleReading, mount: ArticleMountPage, clinic: Clinic) -> _Article:
    article, version = reading.article, reading.version
    values = {name: str(field.value or "") for name, field in reading.fields.items()}
    editor = (
        reverse("wagtailadmin_pages:edit", args=[version.pk])
        if version
        else reverse("my_articles:list", args=[clinic.page_id])
        + "?"
        + urlencode({"q": fill(values["title"], clinic)})
    )
    return _Article(
        pk=article.pk,
        path=f"/{mount.slug}/{article.slug}/",
        title=values["title"],
        summary=values["summary"],
        texts=(values["title"], values["summary"], reading.content.also_known_as),
        for_search=(values["seo_title"], values["search_description"]),
        sections=tuple(raw for raw, _origin in reading.sections),
        edit_url=editor,
        edit_model=LocalVersionPage if version else None,
    )


def _own(mount: ArticleMountPage, clinic: Clinic) -> Iterator[_Article]:
    for page in own_articles(mount):
        yield _Article(
            pk=page.pk,
            path=f"/{mount.slug}/{page.slug}/",
            title=page.title,
            summary=page.summary,
            texts=(page.title, page.summary, page.also_known_as),
            for_search=(page.seo_title, page.search_description),
            sections=tuple(raw for raw in page.body.raw_data if raw["type"] != "slot"),
            edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            edit_model=LocalArticlePage,
        )


def _heading(value: Mapping[str, Any]) -> str:
    return value.get("heading") or value.get("question") or ""


def _ids(sections: Iterable[RawSection], name: str) -> Iterator[int]:
    """The rows that sections refer to by this name: one, or a list of them."""
    for raw in sections:
        found = raw["value"].get(name) or ()
        for each in found if isinstance(found, Sequence) else [found]:
            pk = each["value"] if isinstance(each, dict) else each
            if pk:
                yield int(pk)
