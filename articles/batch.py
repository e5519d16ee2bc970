"""Several changes of a local version at once, as a program sends them: a list of operations in.

All of them are one act in one transaction, with at most one publish; one that is wrong stops all,
and the error names it. The edits are those that the admin makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles import override_edits as edits
from articles.acting import FIELD_COLUMNS, Act, do_act, follow_field
from articles.effective import own_values
from articles.models import LocalVersionPage
from articles.override_edits import Note, RawOverride
from articles.queries import base_number, content_shown
from articles.section_values import SectionValueError, section_from
from articles.stream import raw_stream
from articles.updates import updates_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

type Step = Callable[[LocalVersionPage], None]

PLACES = ("before", "after", "start", "end")
_KEYS = {
    "replace": {"target", "type", "value"},
    "hide": {"target"},
    "insert": {"where", "anchor", "type", "value"},
    "slot": {"name", "value"},
    "field": {"name", "value"},
    "follow": {"target"},
}
_NOTES = {"op", "reason", "owner", "review_date"}


class BatchError(ValueError):
    """An operation that cannot be done; the message names it, the reason and the remedy."""


@dataclass(frozen=True)
class _Shared:
    """What the operations are about: the article as of the release that the clinic shows."""

    types: Mapping[str, str]
    slots: frozenset[str]
    order: tuple[str, ...]
    base: int

    @classmethod
    def of(cls, version: LocalVersionPage) -> _Shared:
        body = content_shown(version.article, version.clinic_id).body
        return cls(
            types={child.id: child.block_type for child in body if child.block_type != "slot"},
            slots=frozenset(c.value["name"] for c in body if c.block_type == "slot"),
            order=tuple(child.id for child in body),
            base=base_number(version),
        )


def apply_batch(
    version: LocalVersionPage,
    operations: Sequence[Mapping[str, Any]],
    *,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """Do them all. Raises BatchError, NotPublishableError; then nothing was done."""
    if not isinstance(operations, list) or not operations:
        raise BatchError(_("Write a list of operations, like [{“op”: “hide”, “target”: “…”}]."))
    shared = _Shared.of(version)
    steps = [
        _numbered(number, operation, shared) for number, operation in enumerate(operations, start=1)
    ]

    def apply(page: LocalVersionPage) -> None:
        for step in steps:
            step(page)

    act = Act("articles.local_version.changed", "", apply, {"operations": len(steps)})
    return do_act(version, act, user=user, publish=publish)


def keep_all(
    version: LocalVersionPage, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """Every text that an update waits for was compared and stays, fields too.

    Raises UnknownOverrideError when nothing waits.
    """
    base = base_number(version)

    def apply(page: LocalVersionPage) -> None:
        updates = updates_of(page)
        if not updates:
            raise edits.UnknownOverrideError(str(page))
        for override in updates.overrides:
            _edit(page, lambda raw, id_=override: edits.keep_mine(raw, id_, base=base))
        page.bases = {**page.bases, **dict.fromkeys(updates.fields, base)}

    act = Act("articles.local_version.accepted", "", apply, {"section": ""})
    return do_act(version, act, user=user, publish=publish)


def _numbered(number: int, operation: Mapping[str, Any], shared: _Shared) -> Step:
    where = _("item %(number)s") % {"number": number}
    try:
        return _step(operation, shared)
    except (BatchError, SectionValueError) as error:
        raise BatchError(f"{where}, {error}") from error


def _step(operation: Mapping[str, Any], shared: _Shared) -> Step:
    op = operation.get("op") if isinstance(operation, Mapping) else None
    if op not in _KEYS:
        message = _("op: “%(op)s” is unknown; known are %(known)s")
        raise BatchError(message % {"op": op, "known": ", ".join(_KEYS)})
    unknown = sorted(set(operation) - _KEYS[op] - _NOTES)
    if unknown:
        message = _("“%(key)s” is unknown for “%(op)s”; known are %(known)s")
        known = ", ".join(sorted(_KEYS[op] | _NOTES))
        raise BatchError(message % {"key": unknown[0], "op": op, "known": known})
    note = Note(
        str(operation.get("reason") or ""),
        str(operation.get("owner") or ""),
        operation.get("review_date"),
    )
    return _STEPS[op](operation, shared, note)


def _replace(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    target = _known(operation, "target", shared.types)
    content = section_from(
        operation.get("type") or shared.types[target], operation.get("value") or {}
    )
    override = edits.new_id()
    return _overrides_step(
        lambda raw: edits.replace_section(
            raw, target, content, base=shared.base, note=note, override=override
        )
    )


def _hide(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    target, override = _known(operation, "target", shared.types), edits.new_id()
    return _overrides_step(
        lambda raw: edits.hide_section(raw, target, base=shared.base, note=note, override=override)
    )


def _insert(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    where = _known(operation, "where", dict.fromkeys(PLACES))
    needs_anchor = where in {"before", "after"}
    anchor = _known(operation, "anchor", dict.fromkeys(shared.order)) if needs_anchor else ""
    content = section_from(str(operation.get("type") or ""), operation.get("value") or {})
    return _overrides_step(
        lambda raw: edits.insert_section(
            raw,
            content,
            where=where,
            anchor=anchor,
            neighbours=shared.order,
            base=shared.base,
            note=note,
            override=content["id"],
        )
    )


def _slot(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    name, override = _known(operation, "name", dict.fromkeys(sorted(shared.slots))), edits.new_id()
    value = operation.get("value")
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise BatchError(_("value: write a list of sections, each with “type” and “value”"))
    contents = [section_from(str(each.get("type")), each.get("value") or {}) for each in value]
    return _overrides_step(
        lambda raw: edits.fill_slot(
            raw, name, contents, base=shared.base, note=note, override=override
        )
    )


def _field(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    name, value = _known(operation, "name", FIELD_COLUMNS), operation.get("value")
    if not isinstance(value, str):
        raise BatchError(_("value: write a text; “” follows the library again"))
    most = getattr(LocalVersionPage._meta.get_field(FIELD_COLUMNS[name]), "max_length", None)
    if most and len(value) > most:
        message = _("value: %(length)s characters, at most %(most)s fit")
        raise BatchError(message % {"length": len(value), "most": most})

    def step(page: LocalVersionPage) -> None:
        setattr(page, FIELD_COLUMNS[name], value)
        page.bases = {**page.bases, name: shared.base}

    return step


def _follow(operation: Mapping[str, Any], shared: _Shared, note: Note) -> Step:
    target = str(operation.get("target") or "")

    def step(page: LocalVersionPage) -> None:
        if target in own_values(page):
            follow_field(page, target)
        else:
            _edit(page, lambda raw: edits.follow_again(raw, target))

    return step


_STEPS: dict[str, Callable[[Mapping[str, Any], _Shared, Note], Step]] = {
    "replace": _replace,
    "hide": _hide,
    "insert": _insert,
    "slot": _slot,
    "field": _field,
    "follow": _follow,
}


def _known(operation: Mapping[str, Any], key: str, known: Mapping[str, Any]) -> str:
    value = operation.get(key)
    if value not in known:
        message = _("%(key)s: “%(value)s” is unknown; known are %(known)s")
        names = ", ".join(known) or _("none")
        raise BatchError(message % {"key": key, "value": value or "", "known": names})
    return str(value)


def _overrides_step(edit: Callable[[list[RawOverride]], list[RawOverride]]) -> Step:
    return lambda page: _edit(page, edit)


def _edit(page: LocalVersionPage, edit: Callable[[list[RawOverride]], list[RawOverride]]) -> None:
    changed = edit(raw_stream(page.overrides))
    page.overrides = page.overrides.stream_block.to_python(changed)
