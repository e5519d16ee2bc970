"""What templates of articles may use: an effective article and its clinic in, `ArticleView` out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify

from articles.bylines import PersonView, person_view
from articles.choices import MOST_RELATED, ArticleKind
from articles.citations import with_citations
from articles.compile import (
    References,
    fill_value,
    linked_pages,
    texts_in,
    tokens_named,
)
from articles.crisis import is_about_crisis, lifeline_in
from articles.effective import EffectiveArticle, EffectiveSummary
from articles.endorsing import offer_statements, testimonial_words
from articles.expiring import in_date
from articles.figures import figures_at_hand
from articles.glossary import TermView, the_glossary, with_terms
from articles.history import HistoryLine, history_of
from articles.index_policy import indexing_of
from articles.models import ArticlePage
from articles.queries import article_paths, effective_many, listed
from articles.shelf import articles_by_id, related_ids_of
from articles.source_views import SourceNumbers, numbers_of, source_of, source_view
from articles.structured_data import with_article
from clinics.cta import CallToAction, Link, cta_for, section_cta, with_crisis_line
from clinics.descriptions import of_list
from clinics.edge.memory import is_remembering
from clinics.edge.shown import shows
from clinics.frame import frame_for
from clinics.layouts import card_shape
from clinics.page_frame import ImageView, Teaser
from clinics.pages import clinic_asked
from clinics.pictures import image_view, images_by_id, share_image
from clinics.prose import page_urls
from clinics.rich_text import compile_text, fill_text
from clinics.rows import asked_for
from clinics.tokens import fill

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.merge import MergedSection
    from articles.models import ArticleMountPage
    from articles.queries import Found
    from articles.why import Why, WhyNote
    from clinics.clinic import Clinic

# A table of contents helps where the headings do not fit on one screen.
CONTENTS_FROM = 4


@dataclass(frozen=True)
class SectionView:
    """A section for its template articles/sections/<type>.html; `value` is filled for a clinic.

    `why` is there in a preview that explains itself, and on no public page.
    """

    id: str
    type: str
    anchor: str
    template: str
    value: Mapping[str, Any]
    heading: str
    level: str
    origin: str
    state: str
    why: WhyNote | None = None


@dataclass(frozen=True)
class ArticleView:
    """Everything that the article's template may print."""

    title: str
    summary: str
    kind: str
    kind_label: str
    hero: ImageView | None
    sections: tuple[SectionView, ...]
    contents: tuple[Link, ...]
    author: PersonView | None
    reviewer: PersonView | None
    published: date | None
    updated: date | None
    reviewed: date | None
    review_due: date | None
    related: tuple[Teaser, ...]
    cta: CallToAction
    published_by: str
    why: Why | None = None
    share: Any = None
    also_known_as: str = ""
    icd10_code: str = ""
    history: tuple[HistoryLine, ...] = ()
    is_unreviewed: bool = False
    terms: tuple[TermView, ...] = ()


def article_context(found: Found, mount: ArticleMountPage, request: HttpRequest) -> dict[str, Any]:
    """The context of an article's page below a mount. Http404 when the article is gone or moved."""
    article = found.article
    if article is None:
        raise Http404
    clinic = clinic_asked(mount, request)
    view = article_view(article, clinic, kind=mount.kind)
    path = f"/{mount.slug}/{found.slug}/"
    indexing = indexing_of(article, clinic)
    frame = frame_for(
        mount,
        request,
        clinic,
        title=view.title,
        description=fill(article.value("search_description"), clinic) or view.summary,
        seo_title=fill(article.value("seo_title"), clinic),
        path=path,
        trail=(Link(mount.title, f"/{mount.slug}/"),),
        kind="article",
        robots=indexing.robots,
        canonical=indexing.canonical,
        share_image=share_image(view.share, clinic.origin),
        published=tuple(day.isoformat() if day else "" for day in (view.published, view.updated)),
    )
    if view.cta.crisis:
        frame = replace(frame, cta=with_crisis_line(frame.cta))
    return {
        "frame": with_article(frame, view),
        "article": view,
        "page": mount,
    }


def mount_context(mount: ArticleMountPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a list of articles."""
    clinic = clinic_asked(mount, request)
    cards = teasers(mount, clinic)
    description = mount.intro or of_list(mount.title, clinic, [card.title for card in cards])
    return {
        "frame": frame_for(mount, request, clinic, description=description),
        "title": mount.title,
        "intro": fill(mount.intro, clinic),
        "teasers": cards,
    }


def teasers(
    mount: ArticleMountPage, clinic: Clinic, *, limit: int | None = None
) -> tuple[Teaser, ...]:
    """The articles of a mount as cards."""
    return cards(listed(mount, clinic)[:limit], clinic, mount.slug)


def article_view(article: EffectiveArticle, clinic: Clinic, *, kind: str) -> ArticleView:
    """The effective article as its template prints it, for one clinic."""
    shown = in_date(article.merged.sections, clinic)
    texts = [article.value("title"), article.value("summary")]
    with figures_at_hand(tokens_named([*texts, *(each.content.value for each in shown)])):
        return _article_view(article, shown, clinic, kind)


def _article_view(
    article: EffectiveArticle, shown: Sequence[MergedSection], clinic: Clinic, kind: str
) -> ArticleView:
    content = article.content
    is_unreviewed = content.is_unreviewed
    related_ids = _related_ids(content)
    hero = article.value("hero_image")
    values = [section.content.value for section in shown]
    glossary = the_glossary()
    about_terms = glossary.articles_of(texts_in(values)) - {content.pk}
    paths = paths_of({*linked_pages(values), *related_ids, *about_terms}, clinic)
    related = _related(related_ids, paths, clinic)
    heroes = [each.value("hero_image") for each in related]
    images = images_by_id(
        [*_image_ids(values), *(image.pk for image in (hero, *heroes) if image)],
        "wide",
        "text",
        "card",
        "share",
    )
    sections = with_citations(_section_views(shown, clinic, paths, images))
    cta = cta_for(clinic)
    if is_about_crisis(article, sections, clinic):
        cta, sections = with_crisis_line(cta), tuple(map(lifeline_in, sections))
    sections, terms = with_terms(sections, glossary, paths)
    return ArticleView(
        title=fill(article.value("title"), clinic),
        summary=fill(article.value("summary"), clinic),
        kind=kind,
        kind_label=str(ArticleKind(kind).label),
        hero=image_view(images[hero.pk], "wide") if hero else None,
        sections=sections,
        contents=contents_of(sections),
        author=person_view(content.author, clinic),
        reviewer=None if is_unreviewed else person_view(content.reviewer, clinic),
        published=_day(content.first_published_at),
        updated=_day(article.changed),
        reviewed=None if is_unreviewed else content.reviewed_date,
        review_due=None if is_unreviewed else content.review_due_date,
        related=_cards_at(related, clinic, paths, images),
        cta=cta,
        published_by=clinic.name,
        share=images[hero.pk] if hero else None,
        also_known_as=content.also_known_as,
        icd10_code=content.icd10_code,
        history=history_of(article, clinic),
        is_unreviewed=is_unreviewed,
        terms=terms,
    )


def section_views(sections: Sequence[MergedSection], clinic: Clinic) -> tuple[SectionView, ...]:
    """Every section of the reading order, filled; all their references are read at once."""
    values = [section.content.value for section in sections]
    paths = paths_of(linked_pages(values), clinic)
    return _section_views(sections, clinic, paths, images_by_id(_image_ids(values), "text"))


def _section_views(
    sections: Sequence[MergedSection],
    clinic: Clinic,
    paths: Mapping[int, str],
    images: Mapping[int, Any],
) -> tuple[SectionView, ...]:
    sources = numbers_of(sections)
    references = References(paths)
    return tuple(
        _section_view(section, clinic, references, images, sources) for section in sections
    )


def paths_of(page_ids: Iterable[int], clinic: Clinic) -> dict[int, str]:
    """Paths on the clinic's own site of its pages and of shared articles; others are left out."""
    ids = set(page_ids)
    return page_urls(ids, clinic) | article_paths(ids, clinic)


def contents_of(sections: Sequence[SectionView]) -> tuple[Link, ...]:
    """Links to the main headings; nothing on a short page."""
    links = tuple(
        Link(section.heading, f"#{section.anchor}")
        for section in sections
        if section.heading and section.level == "h2" and section.type != "cta"
    )
    return links if len(links) >= CONTENTS_FROM else ()


def _section_view(
    section: MergedSection,
    clinic: Clinic,
    references: References,
    images: Mapping[int, Any],
    sources: SourceNumbers,
) -> SectionView:
    raw = section.content.value
    value = dict(fill_value(raw, clinic, references))
    match section.type:
        case "image":
            value["image"] = _section_image(raw, images, clinic)
        case "cta":
            value["cta"] = section_cta(
                clinic, raw["action"], heading=value["heading"], message=value["message"]
            )
        case "callout":
            labels = dict(section.content.block.child_blocks["tone"].field.choices)
            value["tone_label"] = str(labels.get(raw["tone"], ""))
        case "statement":
            value["statement"] = statement_text(raw, clinic)
        case "testimonial":
            value |= testimonial_words(section.content.block, raw)
        case "offer":
            value["statements"] = offer_statements(clinic)
        case "sources":
            value["sources"] = tuple(
                source_view(source, sources, section.id) for source in sources.listed_in(section)
            )
        case "figures":
            value["figures"] = tuple(
                {**figure, "source": source_view(source_of(each), sources)}
                for figure, each in zip(value["figures"], raw["figures"], strict=True)
            )
    heading = value.get("heading") or value.get("question") or ""
    return SectionView(
        id=section.id,
        type=section.type,
        anchor=anchor(heading, section.id),
        template=f"articles/sections/{section.type}.html",
        value=value,
        heading=heading,
        level=value.get("level") or "h2",
        origin=section.origin,
        state=str(section.state),
    )


def statement_text(value: Mapping[str, Any], clinic: Clinic) -> SafeString:
    """The wording of a statement section."""
    statement = value["statement"]
    if statement:
        shows(f"t:{statement.pk}")
    return fill_text(compile_text(statement.text if statement else ""), clinic)


def anchor(heading: str, id_: str) -> str:
    """A name for links to a section: readable, and unique through the end of its id."""
    return f"{slugify(heading)[:40] or 's'}-{slugify(id_)[-6:]}".strip("-")


def _image_ids(values: Iterable[Mapping[str, Any]]) -> list[int]:
    return [value["image"].pk for value in values if value.get("image")]


def _section_image(
    raw: Mapping[str, Any], images: Mapping[int, Any], clinic: Clinic
) -> ImageView | None:
    if not raw["image"]:
        return None
    image = images.get(raw["image"].pk, raw["image"])
    alt = "" if raw["decorative"] else (fill(raw["alt"] or "", clinic) or image.default_alt_text)
    return image_view(image, "text", alt=alt, caption=fill(raw["caption"] or "", clinic))


def _related_ids(content: Any) -> list[int]:
    """The articles that an article names as related; a clinic's own article names none."""
    if not isinstance(content, ArticlePage) or not content.pk:
        return []
    if is_remembering():
        return list(related_ids_of(content.pk))
    return list(content.related.values_list("id", flat=True))


def _related(
    ids: Iterable[int], paths: Mapping[int, str], clinic: Clinic
) -> list[EffectiveSummary]:
    """Those of them that the clinic shows."""
    wanted = set(ids) & paths.keys()
    if is_remembering():
        found = sorted(articles_by_id(wanted).values(), key=lambda each: each.title)
        return effective_many(found, clinic)[:MOST_RELATED]
    rows = ArticlePage.objects.filter(pk__in=asked_for(wanted)).select_related("hero_image")
    return effective_many(rows.defer("body").order_by("title"), clinic)[:MOST_RELATED]


def cards(found: list[EffectiveSummary], clinic: Clinic, mount_slug: str) -> tuple[Teaser, ...]:
    """Articles of one list as cards."""
    paths = {each.content.pk: f"/{mount_slug}/{each.content.slug}/" for each in found}
    heroes = [each.value("hero_image") for each in found]
    images = images_by_id([hero.pk for hero in heroes if hero], "card")
    return _cards_at(found, clinic, paths, images)


def _cards_at(
    found: list[EffectiveSummary],
    clinic: Clinic,
    paths: Mapping[int, str],
    images: Mapping[int, Any],
) -> tuple[Teaser, ...]:
    return tuple(_card(each, clinic, paths[each.content.pk], images) for each in found)


def _card(
    article: EffectiveSummary, clinic: Clinic, path: str, images: Mapping[int, Any]
) -> Teaser:
    hero = article.value("hero_image")
    return Teaser(
        title=fill(article.value("title"), clinic),
        url=path,
        summary=fill(article.value("summary"), clinic),
        image=image_view(images[hero.pk], card_shape(clinic.brand.layout), alt="")
        if hero
        else None,
    )


def _day(moment: Any) -> date | None:
    return timezone.localtime(moment).date() if moment else None
