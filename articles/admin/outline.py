"""The outline of a local version: every section as patients read it, whose it is, and what to do.

Its buttons put an override into the form's list of differences (`outline.js`), so that one form,
one preview and one autosave serve both; without JavaScript the list still works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.blocks.settings import is_locked
from articles.effective import EffectiveArticle
from articles.merge import MergedSection, State
from articles.page_view import section_views

if TYPE_CHECKING:
    from articles.models import LocalVersionPage
    from clinics.clinic import Clinic

STATE_WORDS: dict[State, str | Promise] = {
    State.FOLLOWS: gettext_lazy("Follows library"),
    State.OWN: gettext_lazy("Own version"),
    State.WAITING: gettext_lazy("Update waiting"),
    State.HIDDEN: gettext_lazy("Hidden here"),
    State.ORPHAN: gettext_lazy("Removed from the library"),
    State.SUSPENDED: gettext_lazy("Safety update shown"),
    State.CONFLICT: gettext_lazy("Two changes, first shown"),
    State.HELD: gettext_lazy("Held"),
}
# One sentence each: what happened, and what to do.
STATE_HELP: dict[State, str | Promise] = {
    State.WAITING: gettext_lazy(
        "The library has changed this section since you wrote yours. Compare, then keep yours or "
        "take the shared one."
    ),
    State.ORPHAN: gettext_lazy(
        "The library has removed this section, so patients do not see your text either. Make it a "
        "section of your own, or drop it."
    ),
    State.SUSPENDED: gettext_lazy(
        "A safety update, or a lock, shows the shared text in place of yours. Compare, then write "
        "yours anew or follow the library."
    ),
    State.CONFLICT: gettext_lazy(
        "There are two changes of this section and only the first is shown. Remove one of them."
    ),
}


@dataclass(frozen=True)
class OutlineRow:
    """One line of the outline. `inserts` are the form states that its buttons put into the list."""

    id: str
    heading: str
    type_label: str
    html: SafeString | str
    state: State
    state_words: str
    help: str
    is_shown: bool
    is_local: bool
    is_locked: bool
    is_clinical: bool
    slot: str
    override: str
    can_change: bool
    can_compare: bool


def outline_rows(effective: EffectiveArticle, clinic: Clinic) -> list[OutlineRow]:
    """What is shown in reading order, then what exists and is not shown."""
    shared = {child.id: child for child in effective.content.body}
    slots = slot_of_section(effective)
    views = dict(
        zip(
            [id(section) for section in effective.merged.sections],
            section_views(effective.merged.sections, clinic),
            strict=True,
        )
    )
    rows = [
        _row(section, shared, slots, views[id(section)].heading, _html(views[id(section)]))
        for section in effective.merged.sections
    ]
    hidden = [section for section in effective.merged.not_shown if section.content is not None]
    hidden_views = section_views(hidden, clinic)
    rows += [
        _row(section, shared, slots, view.heading, _html(view), is_shown=False)
        for section, view in zip(hidden, hidden_views, strict=True)
    ]
    return rows


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


def _row(
    section: MergedSection,
    shared: Mapping[str, Any],
    slots: Mapping[str, str],
    heading: str,
    html: SafeString,
    *,
    is_shown: bool = True,
) -> OutlineRow:
    child = shared.get(section.id)
    locked = bool(child is not None and is_locked(child.value))
    slot = slots.get(section.id, "")
    is_local = section.origin == "local"
    return OutlineRow(
        id=section.id,
        heading=heading or _("Without heading"),
        type_label=str(section.content.block.label),
        html=html,
        state=section.state,
        state_words=str(STATE_WORDS[section.state]),
        help=str(STATE_HELP.get(section.state, "")),
        is_shown=is_shown,
        is_local=is_local,
        is_locked=locked,
        is_clinical=section.content.value.get("role") != "local",
        slot=slot,
        override=section.override,
        can_change=not locked and not section.override and not slot,
        can_compare=bool(section.override) and child is not None and not slot,
    )


def _html(view: Any) -> SafeString:
    return render_to_string(view.template, {"section": view})
