"""What a patient of a clinic reads: article, release, local version in, the effective article out.

The one resolver behind pages, previews, lists, commands and whatever else shows an article. Queries
happen in `articles.queries`; here the rows at hand become plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from articles.blocks.choosers import read_streams
from articles.blocks.settings import is_locked
from articles.choices import HeroChoice
from articles.digest import field_digest, section_digest
from articles.merge import (
    LocalSection,
    Merged,
    Override,
    SharedSection,
    State,
    article_state,
    field_state,
    merge_sections,
)
from clinics.edge.shown import shows_until

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue
    from wagtail.blocks.stream_block import StreamValue as Stream

    from articles.models import ArticlePage, ArticleRelease, LocalArticlePage, LocalVersionPage

SHARED, LOCAL = "shared", "local"
FIELD_NAMES = ("title", "summary", "seo_title", "search_description", "hero_image")


@dataclass(frozen=True)
class EffectiveField:
    """One field: whose value it is, its state, the value, and the value it hides (or None)."""

    origin: str
    state: State
    value: Any
    shared: Any = None


@dataclass(frozen=True, kw_only=True)
class EffectiveSummary:
    """What lists show: the fields, without a look at the sections.

    `content` is the page that was read: the article as of its release, or an own article.
    `changed` is when patients of the clinic last got something new to read here, `in_force` the
    local version that is part of it, `release` the number of the shared text, None for an own one.
    """

    content: ArticlePage | LocalArticlePage
    fields: Mapping[str, EffectiveField]
    changed: datetime | None = None
    in_force: LocalVersionPage | None = None
    release: int | None = None

    def value(self, name: str) -> Any:
        return self.fields[name].value


@dataclass(frozen=True, kw_only=True)
class EffectiveArticle(EffectiveSummary):
    """The whole article. `is_hidden`: the clinic does not show it at all.

    `releases` led to the one that is shown, the oldest first; an own article has none.
    """

    merged: Merged
    state: State
    local_version: LocalVersionPage | None = None
    releases: tuple[ArticleRelease, ...] = ()
    is_held: bool = False
    is_hidden: bool = False


class FieldContent(Protocol):
    """An article as of one release, as a page or in stored form: what `effective_fields` reads."""

    @property
    def hero_image(self) -> Any: ...
    @property
    def hero_image_id(self) -> int | None: ...
    @property
    def locked_fields(self) -> list[str]: ...


@dataclass(frozen=True)
class Bases:
    """The releases that overrides were made on, by number."""

    releases: Mapping[int, ArticleRelease] = field(default_factory=dict)

    def digest(self, number: int, section: str) -> str | None:
        release = self.releases.get(number)
        return release.digests.get(section) if release else None

    def field_digest(self, number: int, name: str) -> str | None:
        release = self.releases.get(number)
        return release.field_digests.get(name) if release else None


def effective_article(
    article: ArticlePage,
    *,
    release: ArticleRelease | None,
    local_version: LocalVersionPage | None = None,
    bases: Bases | None = None,
    is_hub: bool = False,
    is_held: bool = False,
) -> EffectiveArticle:
    """The effective article. `article` carries the content of `release` (a draft in a preview)."""
    bases = bases or Bases()
    version = local_version if is_in_force(local_version) else None
    read_streams(article.body, *([version.overrides] if version else []))
    shared = shared_sections(article.body, release, is_hub=is_hub)
    slots = {section.slot: section.id for section in shared if section.slot}
    overrides = overrides_of(version.overrides, slots, bases) if version else ()
    merged = merge_sections(shared, overrides)
    fields = effective_fields(article, version, bases)
    own_states = [f.state for f in fields.values()]
    is_hidden = bool(version and version.hides_article)
    return EffectiveArticle(
        content=article,
        changed=_changed(release, version),
        in_force=version,
        release=release.number if release else None,
        fields=fields,
        merged=merged,
        state=State.HIDDEN if is_hidden else article_state(merged, own_states, is_held),
        local_version=version,
        releases=_up_to(release, bases),
        is_held=is_held,
        is_hidden=is_hidden,
    )


def _up_to(release: ArticleRelease | None, bases: Bases) -> tuple[ArticleRelease, ...]:
    """The releases in force up to this one; a draft comes after all of them."""
    if release is None:
        return ()
    last = release.number or max(bases.releases, default=0)
    rows = (bases.releases[number] for number in sorted(bases.releases) if number <= last)
    return tuple(row for row in rows if row.undone_at is None)


def own_article(page: LocalArticlePage) -> EffectiveArticle:
    """A clinic's own article, in the same form: everything in it is local."""
    shows_until(page.expire_at)
    read_streams(page.body)
    sections = tuple(
        LocalSection(child.id, child.block_type, child)
        for child in page.body
        if child.block_type != "slot"
    )
    inserts = [
        Override(id=s.id, action="insert", base=0, position="end", sections=(s,)) for s in sections
    ]
    return EffectiveArticle(
        content=page,
        changed=page.last_published_at,
        release=None,
        fields=own_summary(page).fields,
        merged=merge_sections((), inserts),
        state=State.OWN,
    )


def effective_summary(
    article: ArticlePage,
    local_version: LocalVersionPage | None,
    bases: Bases,
    release: ArticleRelease | None = None,
) -> EffectiveSummary:
    """The fields of the effective article. `article` carries those of the release that is shown."""
    version = local_version if is_in_force(local_version) else None
    return EffectiveSummary(
        content=article,
        fields=effective_fields(article, version, bases),
        changed=_changed(release, version),
        in_force=version,
        release=release.number if release else None,
    )


def own_summary(page: LocalArticlePage) -> EffectiveSummary:
    """The fields of a clinic's own article."""
    shows_until(page.expire_at)
    fields = {name: EffectiveField(LOCAL, State.OWN, getattr(page, name)) for name in FIELD_NAMES}
    return EffectiveSummary(content=page, fields=fields, changed=page.last_published_at)


def is_in_force(version: LocalVersionPage | None) -> bool:
    """False for a draft and for one past its expiry, also before the scheduler has noticed."""
    if version is None or not version.live:
        return False
    shows_until(version.expire_at)
    return not version.expire_at or version.expire_at > timezone.now()


def shared_sections(
    body: StreamValue, release: ArticleRelease | None, *, is_hub: bool
) -> tuple[SharedSection, ...]:
    """The sections of a release for `merge`; on the hub without those for clinics only."""
    safety = release.safety if release else {}
    digests = release.digests if release else {}
    return tuple(
        _shared_section(child, digests.get(child.id), safety.get(child.id, 0))
        for child in body
        if not (is_hub and child.value.get("clinics_only"))
    )


def overrides_of(
    stream: Iterable[Stream.StreamChild], slots: Mapping[str, str], bases: Bases
) -> tuple[Override, ...]:
    """A local version's stored overrides for `merge`. `slots` maps slot names to section ids."""
    return tuple(_override(child, slots, bases) for child in stream)


def effective_fields(
    article: FieldContent, version: LocalVersionPage | None, bases: Bases
) -> dict[str, EffectiveField]:
    """Every field that a clinic may have of its own, with its state."""
    own = own_values(version) if version else {}
    return {name: _field(article, name, own, version, bases) for name in FIELD_NAMES}


def own_values(version: LocalVersionPage) -> dict[str, Any]:
    """The fields that a local version overrides; a hero of None means "no picture"."""
    values = {
        "title": version.title_override,
        "summary": version.summary_override,
        "seo_title": version.seo_title,
        "search_description": version.search_description,
    }
    own = {name: value for name, value in values.items() if value}
    if version.hero_choice != HeroChoice.INHERIT:
        own["hero_image"] = version.hero_image if version.hero_choice == HeroChoice.OWN else None
    return own


def _changed(release: ArticleRelease | None, version: LocalVersionPage | None) -> datetime | None:
    moments = [release.published_at if release else None, version and version.last_published_at]
    return max((moment for moment in moments if moment), default=None)


def _field(
    article: FieldContent,
    name: str,
    own: Mapping[str, Any],
    version: LocalVersionPage | None,
    bases: Bases,
) -> EffectiveField:
    if name == "hero_image":
        shared, digest = article.hero_image, field_digest(article.hero_image_id or "")
    else:
        shared = getattr(article, name)
        digest = field_digest(shared)
    locked = name in (article.locked_fields or [])
    if version is None or name not in own:
        return EffectiveField(SHARED, State.FOLLOWS, shared)
    base = version.bases.get(name, 0)
    state = field_state(
        base_digest=bases.field_digest(base, name), digest=digest, base=base, locked=locked
    )
    if state == State.SUSPENDED:
        return EffectiveField(SHARED, state, shared, shared=own[name])
    return EffectiveField(LOCAL, state, own[name], shared=shared)


def _shared_section(child: Any, digest: str | None, safety: int) -> SharedSection:
    value = child.value
    is_slot = child.block_type == "slot"
    fallback = tuple(
        # What stands in a slot is no target of its own: the slot's digest speaks for it.
        SharedSection(id=inner.id, type=inner.block_type, digest="", content=inner, safety=safety)
        for inner in (value["fallback"] if is_slot else ())
    )
    return SharedSection(
        id=child.id,
        type=child.block_type,
        digest=digest or _digest(child),
        locked=is_locked(value),
        safety=safety,
        slot=value["name"] if is_slot else "",
        fallback=fallback,
        content=child,
    )


def _digest(child: Any) -> str:
    return section_digest(child.block_type, child.block.get_prep_value(child.value))


def _override(child: Any, slots: Mapping[str, str], bases: Bases) -> Override:
    value = child.value
    base = value.get("base") or 0
    section = value.get("section") or ""
    slot = value.get("slot") or ""
    target = section or slots.get(slot, "")
    content = value.get("content") or ()
    return Override(
        id=child.id,
        action=child.block_type,
        base=base,
        base_digest=bases.digest(base, target) if target else None,
        section=section,
        slot=slot,
        position=value.get("position") or "",
        neighbours=tuple(value.get("neighbours") or ()),
        sections=tuple(_local_section(child, inner) for inner in content),
    )


def _local_section(override: Any, inner: Any) -> LocalSection:
    """An inserted section goes by its override's id, which is the one that the editor sees."""
    id_ = override.id if override.block_type == "insert" else inner.id
    return LocalSection(id=id_, type=inner.block_type, content=inner)
