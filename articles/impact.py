"""What publishing a draft would do at each clinic: an unsaved article in, one line a clinic out.

The same merge and the same choice of release as on the public page, on stored JSON: a fixed number
of queries, whatever the number of clinics and of local versions. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone
from wagtail.models import Revision

from articles.article_states import (
    StoredContent,
    content_of_page,
    content_of_revision,
    stored_overrides,
    stored_sections,
)
from articles.effective import FIELD_NAMES, Bases, effective_fields, is_in_force
from articles.following import Choice, follow
from articles.merge import Merged, State, merge_sections
from articles.models import ArticleRelease, HeldArticle, LocalVersionPage
from articles.releasing import draft_release
from articles.section_names import raw_name
from clinics.choices import ClinicStatus
from clinics.models import ClinicFacts

if TYPE_CHECKING:
    from articles.models import ArticlePage


class Outcome(StrEnum):
    """What publishing means for a clinic; the one that most needs attention comes first."""

    SUSPENDED = "SUSPENDED"
    CONFLICT = "CONFLICT"
    ORPHANED = "ORPHANED"
    REVIEW = "REVIEW"
    CHANGES = "CHANGES"
    KEEPS = "KEEPS"
    HELD = "HELD"
    LATER = "LATER"
    SAME = "SAME"
    HIDDEN = "HIDDEN"
    NOT_OFFERED = "NOT_OFFERED"


_BY_STATE = {
    State.SUSPENDED: Outcome.SUSPENDED,
    State.CONFLICT: Outcome.CONFLICT,
    State.ORPHAN: Outcome.ORPHANED,
    State.WAITING: Outcome.REVIEW,
}


@dataclass(frozen=True)
class ClinicImpact:
    """`changes`: patients read something else; may be true of a clinic with text of its own.

    `concerned` names sections by their headings and fields by their names: those that bring about
    the outcome. `is_own`: the clinic has a local version in force. `shows_now`: patients of it
    find the article today.
    """

    clinic_id: int
    name: str
    outcome: Outcome
    changes: bool = False
    concerned: tuple[str, ...] = ()
    is_own: bool = False
    shows_now: bool = False


@dataclass(frozen=True)
class _Reading:
    """What a clinic reads: keys of texts in order, and the states of what it changed, by target."""

    texts: tuple[tuple[str, str], ...]
    states: Mapping[str, State]


class _Text:
    """One text of the article, as of a release, and how each clinic reads it."""

    def __init__(self, content: StoredContent, release: ArticleRelease) -> None:
        self.content = content
        self.sections = stored_sections(content.body, release)
        self.slots = {section.slot: section.id for section in self.sections if section.slot}
        digests = {section.id: section.digest for section in self.sections}
        inner = {part.id: section.digest for section in self.sections for part in section.fallback}
        self.digests = digests | inner
        self.headings = {raw["id"]: raw_name(raw) for raw in content.body}
        self.plain = self.read(None, Bases())

    def read(self, version: LocalVersionPage | None, bases: Bases) -> _Reading:
        """What a clinic with this local version (None: without one) reads."""
        overrides = stored_overrides(version.overrides, self.slots, bases) if version else ()
        merged = merge_sections(self.sections, overrides)
        fields = effective_fields(self.content, version, bases)
        targets = {o.id: o.section or self.slots.get(o.slot, o.slot) for o in overrides}
        states = {targets[id_] or id_: state for id_, state in _states(merged).items()}
        states |= {name: f.state for name, f in fields.items() if f.state != State.FOLLOWS}
        texts = [(name, self._field_key(name, fields[name].origin)) for name in FIELD_NAMES]
        texts += [
            (s.id, self.digests.get(s.id, "") if s.origin == "shared" else f"own {s.override}")
            for s in merged.sections
        ]
        return _Reading(tuple(texts), states)

    def _field_key(self, name: str, origin: str) -> str:
        stored = "hero_image_id" if name == "hero_image" else name
        return f"{origin} {getattr(self.content, stored)}" if origin == "shared" else origin


def publish_impact(draft: ArticlePage, clinic_id: int | None = None) -> list[ClinicImpact]:
    """One line for every clinic that shows the article or would show it, by name; or for one.

    `draft` carries the content and the kind of change as they would be published. The hub is no
    clinic and is left out.
    """
    new = draft_release(draft)
    new.published_at = timezone.now()
    releases = list(draft.releases.order_by("-pk"))
    versions = _versions(draft)
    held = {row.clinic_id: row for row in HeldArticle.objects.filter(article_id=draft.pk)}
    offered_now, offered_then = _services(draft)
    after = _Text(content_of_page(draft), new)
    bases = Bases({row.number: row for row in releases})
    every = ClinicFacts.objects.exclude(status=ClinicStatus.CLOSED)
    every = every.prefetch_related("services").order_by("name")
    clinics = [
        # What was withdrawn is read nowhere, whatever its releases say.
        (facts, follow(releases, facts, held.get(facts.clinic_id)).shown if draft.live else None)
        for facts in (every.filter(clinic_id=clinic_id) if clinic_id else every)
    ]
    before = _texts(shown for _facts, shown in clinics if shown)
    found = []
    for facts, shown in clinics:
        own = {service.pk for service in facts.services.all()}
        was, will = (not ids or bool(ids & own) for ids in (offered_now, offered_then))
        if not was and not will:
            continue
        version = versions.get(facts.clinic_id)
        then = follow([new, *releases], facts, held.get(facts.clinic_id))
        withheld = _withheld(will=will, version=version, then=then, new=new)
        if withheld:
            lost = not will and shown is not None
            line = _line(facts, withheld, version, changes=lost)
        else:
            text = before.get(shown.number) if shown and was else None
            line = _compared(facts, version, text, after, bases)
        hides = version is not None and version.hides_article
        found.append(replace(line, shows_now=bool(shown and was and not hides)))
    return found


def _withheld(
    *, will: bool, version: LocalVersionPage | None, then: Choice, new: ArticleRelease
) -> Outcome | None:
    """Why the clinic would not show the new release; None when it would."""
    if not will:
        return Outcome.NOT_OFFERED
    if version and version.hides_article:
        return Outcome.HIDDEN
    if then.shown != new:
        return Outcome.HELD if then.newest == new else Outcome.LATER
    return None


def counts(impacts: Iterable[ClinicImpact]) -> dict[Outcome, int]:
    """How many clinics each outcome has, in the order of urgency; outcomes of none are left out."""
    outcomes = [impact.outcome for impact in impacts]
    return {outcome: outcomes.count(outcome) for outcome in Outcome if outcome in outcomes}


def _line(
    facts: ClinicFacts, outcome: Outcome, version: LocalVersionPage | None, *, changes: bool = False
) -> ClinicImpact:
    return ClinicImpact(facts.clinic_id, facts.name, outcome, changes, (), version is not None)


def _compared(
    facts: ClinicFacts,
    version: LocalVersionPage | None,
    before: _Text | None,
    after: _Text,
    bases: Bases,
) -> ClinicImpact:
    now = after.read(version, bases) if version else after.plain
    if before is None:
        return _line(facts, Outcome.CHANGES, version, changes=True)
    past = before.read(version, bases) if version else before.plain
    changes = past.texts != now.texts
    fresh = {t: s for t, s in now.states.items() if past.states.get(t) != s and s in _BY_STATE}
    outcome = next((o for s, o in _BY_STATE.items() if s in fresh.values()), None)
    if outcome:
        targets = [target for target, state in fresh.items() if _BY_STATE[state] == outcome]
    elif changes:
        outcome, targets = Outcome.CHANGES, _differing(past.texts, now.texts)
    else:
        targets = _differing(before.plain.texts, after.plain.texts)
        outcome = Outcome.KEEPS if targets else Outcome.SAME
    names = before.headings | after.headings
    concerned = tuple(dict.fromkeys(names.get(target, target) for target in targets))
    return ClinicImpact(
        facts.clinic_id, facts.name, outcome, changes, concerned, version is not None
    )


def _differing(past: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]) -> list[str]:
    old, new = dict(past), dict(now)
    differing = [id_ for id_ in {**old, **new} if old.get(id_) != new.get(id_)]
    # Only moved: all of them are concerned.
    return differing or ([] if list(old) == list(new) else list(new))


def _states(merged: Merged) -> dict[str, State]:
    every = (*merged.sections, *merged.not_shown)
    return {section.override: section.state for section in every if section.override}


def _versions(draft: ArticlePage) -> dict[int, LocalVersionPage]:
    versions = LocalVersionPage.objects.filter(article_id=draft.pk).select_related("hero_image")
    return {version.clinic_id: version for version in versions if is_in_force(version)}


def _services(draft: ArticlePage) -> tuple[set[int], set[int]]:
    """The services that the live article is for, and those of the draft; none is "for all"."""
    live = type(draft).services.through.objects.filter(articlepage_id=draft.pk)
    now = set(live.values_list("service_id", flat=True))
    return now, {service.pk for service in draft.services.all()}


def _texts(shown: Iterable[ArticleRelease]) -> dict[int, _Text]:
    """The texts of these releases by number, in one query."""
    releases = {release.number: release for release in shown}
    wanted = [release.revision_id for release in releases.values()]
    contents = dict(Revision.objects.filter(pk__in=wanted).values_list("pk", "content"))
    return {
        number: _Text(content_of_revision(contents[release.revision_id]), release)
        for number, release in releases.items()
    }
