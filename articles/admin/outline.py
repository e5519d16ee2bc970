"""The outline of a local version: every section as patients read it, whose it is, and what to do.

Its buttons put an override into the form's list of differences (`outline.js`), so that one form,
one preview and one autosave serve both; without JavaScript the list still works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.admin.state_words import NEEDS_SOMEBODY, STATE_ICONS, state_help, state_words
from articles.blocks.settings import is_locked
from articles.effective import EffectiveArticle
from articles.merge import MergedSection, State
from articles.page_view import SectionView, section_views
from articles.plain_text import plain_text
from articles.section_names import name_of, section_names
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.models import LocalVersionPage, SectionOffer
    from clinics.clinic import Clinic

EXCERPT = 220


@dataclass(frozen=True)
class OutlineRow:
    """One line of the outline. `act` is that of the override at work here, "" without one.

    `note` says why the clinic differs, who looks after it, and when to look again; `offer` what the
    last offer of the text to the library came to, "" for none.
    """

    id: str
    heading: str
    type_label: str
    excerpt: str
    html: SafeString | str
    state: State
    state_words: str
    icon: str
    help: str
    note: str
    is_shown: bool
    is_local: bool
    is_locked: bool
    is_clinical: bool
    slot: str
    override: str
    act: str
    can_change: bool
    needs_somebody: bool
    offer: str = ""

    @property
    def can_offer(self) -> bool:
        """What is in place of a section, or added; a slot is filled for one clinic."""
        is_text = self.act in {"replace", "insert"} and self.is_local and bool(self.html)
        return is_text and not self.needs_somebody

    @property
    def anchor(self) -> str:
        """The row's place in the document; a text beside the one that is shown has its own."""
        return f"outline-{self.override or self.id}{'' if self.is_shown else '-aside'}"


@dataclass(frozen=True)
class Outline:
    """The rows, and those among them that wait for somebody."""

    rows: list[OutlineRow]

    @property
    def waiting(self) -> list[OutlineRow]:
        """One row for each decision to make: a suspended text has its shared one in another row."""
        first = {row.override: row for row in reversed(self.rows) if row.needs_somebody}
        return [row for row in self.rows if first.get(row.override) is row]

    @property
    def own(self) -> int:
        return len({row.override for row in self.rows if row.override})


def outline_of(effective: EffectiveArticle, clinic: Clinic) -> Outline:
    """What is shown in reading order, then what exists and is not shown."""
    facts = _Facts.of(effective)
    shown, aside = effective.merged.sections, effective.merged.not_shown
    rows = _rows(shown, facts, clinic, is_shown=True)
    rows += _rows([each for each in aside if each.content], facts, clinic, is_shown=False)
    rows += [facts.row_without_text(each) for each in aside if each.content is None]
    return Outline(rows)


def slot_of_section(effective: EffectiveArticle) -> Mapping[str, str]:
    """The slot that a section stands in, by section id: its fallback, or what the clinic put in."""
    slots = {}
    for child in effective.content.body:
        if child.block_type == "slot":
            for inner in child.value["fallback"]:
                slots[inner.id] = child.value["name"]
    version = effective.local_version
    for override in version.overrides if version else ():
        if override.block_type == "fill":
            for inner in override.value["content"]:
                slots[inner.id] = override.value["slot"]
    return slots


def insert_values(effective: EffectiveArticle, version: LocalVersionPage) -> dict[str, Any]:
    """Form states of overrides by a button's wish: "replace <id>", "hide <id>", "fill <slot>"."""
    blocks = version.overrides.stream_block.child_blocks
    values: dict[str, Any] = {}
    for child in effective.content.body:
        raw = {"type": child.block_type, "value": child.block.get_prep_value(child.value)}
        if child.block_type == "slot":
            name = child.value["name"]
            content = raw["value"].get("fallback") or []
            values[f"fill {name}"] = _form_state(blocks["fill"], slot=name, content=content)
            continue
        values[f"replace {child.id}"] = _form_state(
            blocks["replace"], section=child.id, content=[raw]
        )
        values[f"hide {child.id}"] = _form_state(blocks["hide"], section=child.id)
        for where in ("before", "after"):
            values[f"{where} {child.id}"] = _form_state(
                blocks["insert"], section=child.id, position=where, content=_empty_text()
            )
    for where in ("start", "end"):
        values[where] = _form_state(blocks["insert"], position=where, content=_empty_text())
    return values


def _empty_text() -> list[dict[str, Any]]:
    return [{"type": "text", "value": {"role": "local"}}]


def _form_state(block: Any, **raw: Any) -> Any:
    return block.get_form_state(block.to_python(raw))


@dataclass(frozen=True)
class _Facts:
    """What the rows are made of, by id."""

    shared: Mapping[str, Any]
    slots: Mapping[str, str]
    overrides: Mapping[str, Any]
    names: Mapping[str, str]
    offers: Mapping[str, str]

    @classmethod
    def of(cls, effective: EffectiveArticle) -> _Facts:
        version = effective.local_version
        return cls(
            shared={child.id: child for child in effective.content.body},
            slots=slot_of_section(effective),
            overrides={child.id: child for child in (version.overrides if version else ())},
            names=section_names(effective.content.body),
            offers=_offers(version),
        )

    def row(self, section: MergedSection, view: SectionView, *, is_shown: bool) -> OutlineRow:
        child = self.shared.get(section.id)
        override = self.overrides.get(section.override)
        slot = self.slots.get(section.id, "")
        is_locked = _is_locked(child)
        act = override.block_type if override else ""
        return OutlineRow(
            id=section.id,
            heading=readable(view.heading) or name_of(section.content),
            type_label=str(section.content.block.label),
            excerpt=_excerpt(section.content),
            html=render_to_string(view.template, {"section": view}),
            state=section.state,
            state_words=state_words(section.state, is_locked=is_locked),
            icon=STATE_ICONS[section.state],
            help=state_help(
                section.state,
                act=act or "replace",
                is_locked=is_locked,
                is_retyped=_is_retyped(child, override),
            ),
            note=_note(override),
            is_shown=is_shown,
            is_local=section.origin == "local",
            is_locked=is_locked,
            is_clinical=section.content.value.get("role") != "local",
            slot=slot,
            override=section.override,
            act=act,
            can_change=not is_locked and not section.override and not slot,
            needs_somebody=section.state in NEEDS_SOMEBODY,
            offer=self.offers.get(section.override, ""),
        )

    def row_without_text(self, section: MergedSection) -> OutlineRow:
        """A decision about something that has no text: hidden and gone, or a slot left empty."""
        override = self.overrides.get(section.override)
        act = override.block_type if override else "hide"
        return OutlineRow(
            id=section.id,
            heading=self.names.get(section.id, _("A section that is gone")),
            type_label=_("Slot") if act == "fill" else "",
            excerpt="",
            html="",
            state=section.state,
            state_words=state_words(section.state),
            icon=STATE_ICONS[section.state],
            help=state_help(section.state, act=act),
            note=_note(override),
            is_shown=False,
            is_local=True,
            is_locked=False,
            is_clinical=False,
            slot=section.id if act == "fill" else "",
            override=section.override,
            act=act,
            can_change=False,
            needs_somebody=section.state in NEEDS_SOMEBODY,
        )


def _offers(version: LocalVersionPage | None) -> dict[str, str]:
    """What the newest offer of each override came to, in words."""
    offers = version.offers.order_by("pk") if version and version.pk else ()
    return {offer.override: _offer_words(offer) for offer in offers}


def _offer_words(offer: SectionOffer) -> str:
    status = offer.get_status_display()
    words = _("Offered to the library: %(status)s") % {"status": status.lower()}
    return f"{words}. {offer.comment}" if offer.comment else words


def _rows(
    sections: Sequence[MergedSection], facts: _Facts, clinic: Clinic, *, is_shown: bool
) -> list[OutlineRow]:
    views = section_views(sections, clinic)
    return [
        facts.row(section, view, is_shown=is_shown)
        for section, view in zip(sections, views, strict=True)
    ]


def _is_locked(child: Any) -> bool:
    return bool(child is not None and is_locked(child.value))


def _is_retyped(child: Any, override: Any) -> bool:
    if child is None or override is None or override.block_type != "replace":
        return False
    return any(inner.block_type != child.block_type for inner in override.value["content"])


def _excerpt(child: Any) -> str:
    raw = child.block.get_prep_value(child.value)
    words = {key: value for key, value in raw.items() if key != "heading"}
    return shorten(readable(plain_text(words).replace("\n", " ")), EXCERPT, placeholder="…")


def _note(override: Any) -> str:
    if override is None:
        return ""
    reason, owner = (str(override.value.get(name) or "") for name in ("reason", "owner"))
    due = override.value.get("review_date")
    parts = [
        reason,
        _("looked after by %(owner)s") % {"owner": owner} if owner else "",
        _("look again on %(date)s") % {"date": date_format(due)} if due else "",
    ]
    return " · ".join(part for part in parts if part)
