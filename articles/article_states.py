"""The state of every article of a list at one clinic: rows in, one line each out.

Reads stored JSON and builds no section, so that the number of queries depends neither on the number
of articles nor on what is in them. `articles.effective` says the same of one article; a test
compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from articles.digest import section_digest
from articles.effective import SHARED, Bases, EffectiveField, effective_fields, is_in_force
from articles.following import Choice, follow
from articles.merge import (
    LocalSection,
    Merged,
    Override,
    SharedSection,
    State,
    article_state,
    merge_sections,
)
from articles.models import ArticlePage, ArticleRelease, HeldArticle, LocalVersionPage
from articles.queries import DIGESTS
from articles.shelf import hold_of

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

    from clinics.models import ClinicFacts

type RawSection = Mapping[str, Any]


@dataclass(frozen=True)
class ArticleState:
    """`title` and `summary` as patients read them, with tokens.

    `is_offered`: False while a hold keeps every release of the article from the clinic.
    """

    article: ArticlePage
    title: str
    summary: str
    state: State
    version: LocalVersionPage | None
    is_offered: bool = True


@dataclass(frozen=True)
class StoredContent:
    """A shared article as of one release, in stored form; named as on the page."""

    title: str
    summary: str
    seo_title: str
    search_description: str
    hero_image_id: int | None
    locked_fields: list[str]
    body: list[RawSection]
    also_known_as: str = ""
    hero_image: None = None


@dataclass(frozen=True)
class VersionReading:
    """The state of the article as a whole, and what it is made of, in stored form."""

    state: State
    merged: Merged
    fields: Mapping[str, EffectiveField]


@dataclass(frozen=True)
class ArticleReading:
    """What patients of a clinic read of an article, in stored form and in their order.

    `sections` are pairs of a section and whose it is: shared or local.
    """

    article: ArticlePage
    content: StoredContent
    fields: Mapping[str, EffectiveField]
    sections: tuple[tuple[RawSection, str], ...]
    version: LocalVersionPage | None = None


@dataclass(frozen=True)
class _Rows:
    """Everything that the states are made of, by article id."""

    facts: ClinicFacts | None
    versions: Mapping[int, LocalVersionPage]
    held: Mapping[int, HeldArticle]
    releases: Mapping[int, list[ArticleRelease]]


def article_states(articles: Iterable[ArticlePage], clinic_id: int) -> list[ArticleState]:
    """The states of these articles at a clinic, in a fixed number of queries.

    What was never released to the clinic, perhaps only to a first group, is left out.
    """
    articles = list(articles)
    rows = _rows(articles, clinic_id)
    choices = {
        article.pk: choice
        for article in articles
        if (
            choice := follow(
                rows.releases.get(article.pk, ()), rows.facts, rows.held.get(article.pk)
            )
        ).newest
    }
    older = _older_contents(articles, choices)
    return [
        _state(article, choices[article.pk], older.get(article.pk), rows)
        for article in articles
        if article.pk in choices
    ]


def article_readings(articles: Iterable[ArticlePage], clinic_id: int) -> list[ArticleReading]:
    """What a clinic's patients read of these articles, in a fixed number of queries.

    What the clinic does not show, because of a hold or by its own choice, is left out.
    """
    articles = list(articles)
    rows = _rows(articles, clinic_id)
    choices = {
        each.pk: follow(rows.releases.get(each.pk, ()), rows.facts, rows.held.get(each.pk))
        for each in articles
    }
    older = _older_contents(articles, choices)
    found = (_reading(each, choices[each.pk], older.get(each.pk), rows) for each in articles)
    return [reading for reading in found if reading]


def _reading(
    article: ArticlePage, choice: Choice, older: StoredContent | None, rows: _Rows
) -> ArticleReading | None:
    release, version = choice.shown, rows.versions.get(article.pk)
    if release is None:
        return None
    content = older or content_of_page(article)
    if version is None or not is_in_force(version):
        fields = effective_fields(content, None, Bases())
        sections = tuple((raw, SHARED) for raw in _without_slots(content.body))
        return ArticleReading(article, content, fields, sections)
    if version.hides_article:
        return None
    reading = read_version(content, release, version, rows.releases[article.pk])
    sections = tuple((each.content, each.origin) for each in reading.merged.sections)
    return ArticleReading(article, content, reading.fields, sections, version)


def _without_slots(body: Iterable[RawSection]) -> Iterator[RawSection]:
    """Shared sections with nothing changed: what stands in a slot that nobody filled."""
    for raw in body:
        if raw["type"] == "slot":
            yield from raw["value"].get("fallback") or ()
        else:
            yield raw


def versions_of(clinic_id: int) -> dict[int, LocalVersionPage]:
    """A clinic's local versions by article, each with who saved it last."""
    versions = LocalVersionPage.objects.filter(clinic_id=clinic_id)
    versions = versions.select_related("hero_image", "latest_revision__user")
    return {v.article_id: v for v in versions.defer("latest_revision__content")}


def _rows(articles: list[ArticlePage], clinic_id: int) -> _Rows:
    versions = versions_of(clinic_id)
    releases = ArticleRelease.objects.filter(article__in=articles).order_by("-pk")
    grouped: dict[int, list[ArticleRelease]] = {}
    for release in releases.exclude(article__in=versions).defer(*DIGESTS):
        grouped.setdefault(release.article_id, []).append(release)
    for release in releases.filter(article__in=versions):
        grouped.setdefault(release.article_id, []).append(release)
    held = HeldArticle.objects.filter(clinic_id=clinic_id)
    return _Rows(hold_of(clinic_id), versions, {row.article_id: row for row in held}, grouped)


def _older_contents(
    articles: list[ArticlePage], choices: Mapping[int, Choice]
) -> dict[int, StoredContent]:
    """The contents of articles that the clinic reads in an older release."""
    wanted = {}
    for article in articles:
        choice = choices.get(article.pk)
        # Of what the clinic does not show yet, the list names what it would show.
        release = choice and (choice.shown or choice.newest)
        if release and release.revision_id != article.live_revision_id:
            wanted[release.revision_id] = article.pk
    contents = Revision.objects.filter(pk__in=wanted).values_list("pk", "content") if wanted else ()
    return {wanted[pk]: content_of_revision(content) for pk, content in contents}


def _state(
    article: ArticlePage, choice: Choice, older: StoredContent | None, rows: _Rows
) -> ArticleState:
    content = older or content_of_page(article)
    version = rows.versions.get(article.pk)
    release, is_held = choice.shown, choice.is_held
    if release is None:
        return ArticleState(article, content.title, content.summary, State.HELD, version, False)
    if version is None or not is_in_force(version):
        state = State.HELD if is_held else State.FOLLOWS
        return ArticleState(article, content.title, content.summary, state, version)
    reading = read_version(content, release, version, rows.releases[article.pk], is_held=is_held)
    return ArticleState(
        article,
        reading.fields["title"].value,
        reading.fields["summary"].value,
        reading.state,
        version,
    )


def read_version(
    content: StoredContent,
    release: ArticleRelease,
    version: LocalVersionPage,
    releases: Iterable[ArticleRelease],
    *,
    is_held: bool = False,
) -> VersionReading:
    """What a local version in force makes of the release that the clinic shows.

    `releases` are those of the article, with digests: what the overrides were made on is there.
    """
    bases = Bases({row.number: row for row in releases})
    shared = stored_sections(content.body, release)
    slots = {section.slot: section.id for section in shared if section.slot}
    merged = merge_sections(shared, stored_overrides(version.overrides, slots, bases))
    fields = effective_fields(content, version, bases)
    state = article_state(merged, [field.state for field in fields.values()], is_held)
    return VersionReading(State.HIDDEN if version.hides_article else state, merged, fields)


def content_of_page(article: ArticlePage) -> StoredContent:
    """A page as it is, live or draft, in stored form."""
    return StoredContent(
        title=article.title,
        summary=article.summary,
        seo_title=article.seo_title,
        search_description=article.search_description,
        hero_image_id=article.hero_image_id,
        locked_fields=article.locked_fields or [],
        body=_raw(article.body),
        also_known_as=article.also_known_as,
    )


def content_of_revision(content: Mapping[str, Any]) -> StoredContent:
    """What a revision stores, in the same form."""
    return StoredContent(
        title=content["title"],
        summary=content["summary"],
        seo_title=content["seo_title"],
        search_description=content["search_description"],
        hero_image_id=content["hero_image"],
        locked_fields=content.get("locked_fields") or [],
        body=json.loads(content["body"]),
        also_known_as=content.get("also_known_as") or "",
    )


def _raw(stream: StreamValue) -> list[RawSection]:
    """The stored form as it is, without building a value: that would read pictures and sources."""
    return list(stream.raw_data)


def stored_sections(
    body: Iterable[RawSection], release: ArticleRelease
) -> tuple[SharedSection, ...]:
    """The sections of a release for `merge`; their content is the stored one."""
    return tuple(_shared_section(raw, release) for raw in body)


def _shared_section(raw: RawSection, release: ArticleRelease) -> SharedSection:
    value, id_ = raw["value"], raw["id"]
    is_slot = raw["type"] == "slot"
    safety = release.safety.get(id_, 0)
    return SharedSection(
        id=id_,
        type=raw["type"],
        digest=release.digests.get(id_) or section_digest(raw["type"], value),
        locked=bool(value.get("locked")),
        safety=safety,
        slot=value["name"] if is_slot else "",
        fallback=tuple(
            SharedSection(inner["id"], inner["type"], digest="", safety=safety, content=inner)
            for inner in (value.get("fallback") or () if is_slot else ())
        ),
        content=raw,
    )


def stored_overrides(
    stream: StreamValue, slots: Mapping[str, str], bases: Bases
) -> tuple[Override, ...]:
    """A local version's overrides for `merge`; the content of their sections is the stored one."""
    return tuple(_override(raw, slots, bases) for raw in _raw(stream))


def _override(raw: RawSection, slots: Mapping[str, str], bases: Bases) -> Override:
    value = raw["value"]
    base = value.get("base") or 0
    section, slot = value.get("section") or "", value.get("slot") or ""
    target = section or slots.get(slot, "")
    return Override(
        id=raw["id"],
        action=raw["type"],
        base=base,
        base_digest=bases.digest(base, target) if target else None,
        section=section,
        slot=slot,
        position=value.get("position") or "",
        neighbours=tuple(_item(each) for each in value.get("neighbours") or ()),
        sections=tuple(
            LocalSection(inner["id"], inner["type"], inner) for inner in value.get("content") or ()
        ),
    )


def _item(each: Any) -> str:
    """An item of a stored list, in the form with an id or in the plain one."""
    return each["value"] if isinstance(each, dict) else each
