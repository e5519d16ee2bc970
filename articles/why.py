"""Why a preview says what it says: for each text its level, and who may change it.

An effective article and its clinic come in, notes for a preview's template go out. Public pages
have none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.blocks.settings import is_locked
from articles.merge import State
from articles.models import ArticlePage
from articles.plain_text import plain_text
from clinics.admin.screens import who_may
from clinics.resolve import root_page
from clinics.roles.writers import who_writes
from clinics.token_gaps import tokens_in
from clinics.tokens import TOKENS, family_words, token_names

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from articles.effective import EffectiveArticle, EffectiveField
    from articles.merge import MergedSection
    from articles.page_view import ArticleView
    from clinics.clinic import Clinic

LIBRARY, GROUP, CLINIC, LOCATION = "library", "group", "clinic", "location"
LEVELS: dict[str, str | Promise] = {
    LIBRARY: gettext_lazy("Library"),
    GROUP: gettext_lazy("Group"),
    CLINIC: gettext_lazy("Clinic"),
    LOCATION: gettext_lazy("Location"),
}
_FIELDS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "hero_image": gettext_lazy("Picture"),
}
_OF_A_LOCATION = frozenset(
    {"clinic.city", "clinic.service_areas", "clinic.main_number", "clinic.text_number"}
)


@dataclass(frozen=True)
class WhyNote:
    """`level` is library, group, clinic or location; `what` and `who` are sentences, and `facts`
    names what is filled in from the clinic's facts."""

    level: str
    what: str
    who: str
    label: str = ""
    facts: str = ""

    @property
    def level_words(self) -> str:
        return str(LEVELS[self.level])


@dataclass(frozen=True)
class Why:
    """`lead` is about what stands above the sections, `frame` about what stands around the page."""

    lead: tuple[WhyNote, ...]
    sections: Mapping[str, WhyNote]
    frame: tuple[WhyNote, ...]


def explained(view: ArticleView, effective: EffectiveArticle, clinic: Clinic) -> ArticleView:
    """The view with a note at everything that it shows."""
    why = why_of(effective, clinic)
    sections = tuple(replace(each, why=why.sections.get(each.id)) for each in view.sections)
    return replace(view, sections=sections, why=why)


def why_of(effective: EffectiveArticle, clinic: Clinic) -> Why:
    """The notes of an effective article; those of sections by their ids."""
    voice = _Voice(effective, clinic)
    return Why(
        lead=tuple(
            voice.field(str(label), effective.fields[name]) for name, label in _FIELDS.items()
        ),
        sections={section.id: voice.section(section) for section in effective.merged.sections},
        frame=tuple(_frame(clinic)),
    )


class _Voice:
    """Says things about one effective article."""

    def __init__(self, effective: EffectiveArticle, clinic: Clinic) -> None:
        self.clinic = clinic
        self.is_shared = isinstance(effective.content, ArticlePage)
        self.release = effective.release
        self.is_held = effective.is_held
        version = effective.local_version
        self.overrides = {child.id: child for child in (version.overrides if version else ())}
        self.slots = {
            inner.id: child.value["label"] or child.value["name"]
            for child in effective.content.body
            if child.block_type == "slot"
            for inner in child.value["fallback"]
        }
        home = root_page(clinic.page_id)
        page = version or effective.content
        self.own_writers = who_writes(
            page._meta.label if not self.is_shared or version else "articles.LocalVersionPage",
            page if not self.is_shared else home,
        )
        self.shared_writers = (
            who_writes("articles.ArticlePage", effective.content) if self.is_shared else ""
        )

    def field(self, label: str, field: EffectiveField) -> WhyNote:
        text = field.value if isinstance(field.value, str) else ""
        if field.origin == "local":
            what = self._own(field.state)
            return WhyNote(CLINIC, what, self.own_writers, label, self._facts(text))
        what = self._shared(field.state)
        return WhyNote(LIBRARY, what, self.shared_writers, label, self._facts(text))

    def section(self, section: MergedSection) -> WhyNote:
        child = section.content
        facts = self._facts(plain_text(child.block.get_prep_value(child.value)))
        if section.origin == "local":
            what = self._own(section.state, self.overrides.get(section.override))
            return WhyNote(CLINIC, what, self.own_writers, facts=facts)
        what = self._shared(section.state, slot=self.slots.get(section.id, ""))
        if is_locked(child.value):
            what = f"{what} {_('It is locked: no clinic changes it.')}"
        return WhyNote(LIBRARY, what, self.shared_writers, facts=facts)

    def _own(self, state: State, override: Any = None) -> str:
        words = {"clinic": self.clinic.name}
        if not self.is_shared:
            return _("From an article of %(clinic)s's own.") % words
        what = _("%(clinic)s's own words.") % words
        act = override.block_type if override else ""
        if act == "insert":
            what = _("A section that %(clinic)s has added.") % words
        elif act == "fill":
            what = _("What %(clinic)s has put into the slot “%(slot)s”.") % {
                **words,
                "slot": override.value["slot"],
            }
        parts = [what]
        reason = str(override.value.get("reason") or "").strip() if override else ""
        if reason:
            parts.append(_("Reason: %(reason)s") % {"reason": reason.rstrip(".") + "."})
        if state is State.WAITING:
            parts.append(_("The library has changed its text since: an update waits."))
        return " ".join(parts)

    def _shared(self, state: State, slot: str = "") -> str:
        number = {"number": self.release or 0}
        what = _("The library's text, release %(number)s.") % number
        if slot:
            text = _("The library's words for the slot “%(slot)s”: the clinic put nothing there.")
            what = text % {"slot": slot}
        if state is State.SUSPENDED:
            more = _("It stands over the clinic's own words: a safety change or a lock.")
            return f"{what} {more}"
        if self.is_held:
            return f"{what} {_('A newer release waits until the clinic accepts it.')}"
        return what

    def _facts(self, text: str) -> str:
        """Which values are the clinic's, and at which level; and which ones the library keeps."""
        kept = family_words(token_names(text)).values()
        said = [_("Kept by the library: %(names)s.") % {"names": ", ".join(kept)}] if kept else []
        return " ".join([*self._facts_of_clinic(text), *said])

    def _facts_of_clinic(self, text: str) -> list[str]:
        names = [name for name in TOKENS if name in tokens_in([text])]
        if not names:
            return []
        words = [
            f"{TOKENS[name].label} ({LEVELS[LOCATION if name in _OF_A_LOCATION else CLINIC]})"
            for name in names
        ]
        return [_("Filled in from facts: %(names)s.") % {"names": ", ".join(words)}]


def _frame(clinic: Clinic) -> Iterator[WhyNote]:
    if clinic.is_hub:
        yield WhyNote(
            GROUP,
            _("The group's own name, colours and words for what differs from clinic to clinic."),
            "",
            _("Name and colours"),
        )
        return
    page = root_page(clinic.page_id)
    yield WhyNote(
        CLINIC,
        _("Name, logo, colours and typeface of %(clinic)s.") % {"clinic": clinic.name},
        who_may("brand", page),
        _("Name and colours"),
    )
    if clinic.primary is None:
        return
    words = {"location": clinic.primary.name}
    yield WhyNote(
        LOCATION,
        _("The numbers of %(location)s, the main location.") % words,
        who_may("phones", page),
        _("Phone and text numbers"),
    )
    yield WhyNote(
        LOCATION,
        _("The opening hours of %(location)s.") % words,
        who_may("hours", page),
        _("Open or closed"),
    )
