"""The states of all sections and fields of an article at a clinic, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from articles.plain_text import plain_text
from articles.queries import effective_for
from articles.section_names import name_of, section_names

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.merge import MergedSection
    from articles.models import ArticlePage
    from clinics.clinic import Clinic

_NOTES = ("reason", "owner", "review_date", "base")


def report_of(article: ArticlePage, clinic: Clinic) -> dict[str, Any] | None:
    """What patients of the clinic read, part by part; None when no release is offered to it."""
    effective = effective_for(article, clinic)
    if effective is None:
        return None
    version = effective.local_version
    overrides = {child.id: child for child in (version.overrides if version else ())}
    return {
        "clinic": clinic.slug,
        "article": article.slug,
        "release": effective.release,
        "state": effective.state,
        "is_held": effective.is_held,
        "is_hidden": effective.is_hidden,
        "has_draft": bool(version and version.has_unpublished_changes),
        "fields": {
            name: {"state": f.state, "value": _plain(f.value), "shared": _plain(f.shared)}
            for name, f in effective.fields.items()
        },
        "sections": [
            *(_section(each, effective, overrides, True) for each in effective.merged.sections),
            *(_section(each, effective, overrides, False) for each in effective.merged.not_shown),
        ],
    }


def report_lines(report: Mapping[str, Any]) -> list[str]:
    """The same for people."""
    head = (
        f"{report['article']} at {report['clinic']}: {report['state']}, release {report['release']}"
    )
    lines = [head + (", a draft waits" if report["has_draft"] else "")]
    lines += [f"  {name} [{f['state']}] {f['value'] or ''}" for name, f in report["fields"].items()]
    for section in report["sections"]:
        shown = "" if section["is_shown"] else ", not shown"
        lines.append(f"  {section['id']}  {section['type']} [{section['state']}{shown}]")
        lines.append(f"      {section['heading']}")
        if section["override"]:
            lines.append(f"      {section['act']} {section['override']}: {section['reason']}")
    return lines


def _section(
    section: MergedSection,
    effective: EffectiveArticle,
    overrides: Mapping[str, Any],
    is_shown: bool,
) -> dict[str, Any]:
    override, content = overrides.get(section.override), section.content
    names = section_names(effective.content.body)
    value = content.value if content else {}
    notes = {name: override.value.get(name) if override else None for name in _NOTES}
    return {
        "id": section.id,
        "type": section.type,
        "heading": name_of(content) if content else names.get(section.id, ""),
        "origin": section.origin,
        "state": section.state,
        "is_shown": is_shown,
        "locked": bool(value.get("locked")),
        "role": value.get("role"),
        "override": section.override,
        "act": override.block_type if override else "",
        **{name: note or "" for name, note in notes.items()},
        "text": plain_text(content.block.get_prep_value(content.value)) if content else "",
    }


def _plain(value: Any) -> str | None:
    return value if isinstance(value, str) or value is None else str(value)
