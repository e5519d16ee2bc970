"""Every id in a row, wherever it is written, exchanged for another: columns, JSON, streams, links.

A row comes in as plain values (`cms.backup.rows`) with a function that knows the new ids, and goes
out as plain values. Nothing is read or written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from articles.blocks.overrides import OverrideBlock, OverridesBody
from articles.blocks.sections import section_children
from clinics.models import Person
from cms.backup.keys import root_label
from cms.backup.owned import model_of

# Label, id and the place that names it in → the id here, None where there is none.
type Swap = Callable[[str, int, str], int | None]
type Values = dict[str, Any]

_RELEASE = "articles.articlerelease"
# Columns of numbers that are releases.
_RELEASE_NUMBERS = {("clinics.clinicfacts", "library_as_of"), ("articles.sectionoffer", "base")}
_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
_EMBED = re.compile(r"<embed\b(?P<attributes>[^>]*?)/?>")
_ID = re.compile(r'\bid="(\d+)"')
_KIND = re.compile(r'\b(?:linktype|embedtype)="(\w+)"')
_VERSION_SLUG = re.compile(r"local-version-(\d+)")


def swap_row(label: str, values: Values, swap: Swap) -> Values:
    """The row with all ids exchanged; None stands where there is no row here."""
    model, found = model_of(label), dict(values)
    for field in model._meta.local_concrete_fields:
        value = found[field.attname]
        if value is not None:
            found[field.attname] = _swap_column(field, value, swap)
    if "object_id" in found:
        about = model_of(found.get("base_content_type_id") or found["content_type_id"])
        id_ = swap(root_label(about), int(found["object_id"]), "object_id")
        found["object_id"] = None if id_ is None else type(values["object_id"])(id_)
    if label in _WHOLE_ROWS:
        _WHOLE_ROWS[label](found, swap)
    return found


def _swap_column(field: Field, value: Any, swap: Swap) -> Any:
    model, name = field.model, field.name
    if field.is_relation:
        target: Any = field.related_model
        return value if target is ContentType else swap(root_label(target), value, name)
    if field.primary_key:
        return swap(root_label(model), value, name)
    if (model._meta.label_lower, name) in _RELEASE_NUMBERS:
        return value and swap(_RELEASE, value, name)
    return _swap_content_of(field, value, swap)


def _swap_content_of(field: Field, value: Any, swap: Swap) -> Any:
    """Columns that may hold ids among other things."""
    if isinstance(field, StreamField):
        is_text = isinstance(value, str)
        raw = swap_block(
            field.stream_block, json.loads(value) if is_text else value, swap, field.name
        )
        return json.dumps(raw) if is_text else raw
    if isinstance(field, RichTextField):
        return swap_html(value, swap, field.name)
    if field.name == "bases":
        return {name: (n and swap(_RELEASE, n, name)) or 0 for name, n in value.items()}
    return value


def swap_block(block: blocks.Block, raw: Any, swap: Swap, place: str) -> Any:
    """Stored data of a block; a chooser without its row becomes blank."""
    if raw in (None, ""):
        return raw
    if isinstance(block, blocks.ChooserBlock):
        return swap(root_label(block.model_class), int(raw), place)
    if isinstance(block, blocks.RichTextBlock):
        return swap_html(raw, swap, place)
    if isinstance(block, blocks.StructBlock):
        return {name: _swap_part(block, name, part, swap, place) for name, part in raw.items()}
    if isinstance(block, blocks.ListBlock):
        return [_swap_item(block.child_block, item, swap, place) for item in raw]
    if isinstance(block, blocks.BaseStreamBlock):
        kinds = block.child_blocks
        return [
            {**child, "value": swap_block(kinds[child["type"]], child["value"], swap, place)}
            if child.get("type") in kinds
            else child
            for child in raw
        ]
    return raw


def _swap_part(block: blocks.StructBlock, name: str, raw: Any, swap: Swap, place: str) -> Any:
    inner = f"{place} {name}"
    if isinstance(block, OverrideBlock) and name == "base":
        return raw and (swap(_RELEASE, raw, inner) or 0)
    child = block.child_blocks.get(name)
    return raw if child is None else swap_block(child, raw, swap, inner)


def _swap_item(block: blocks.Block, item: Any, swap: Swap, place: str) -> Any:
    if isinstance(item, dict) and {"type", "value"} <= set(item):
        return {**item, "value": swap_block(block, item["value"], swap, place)}
    return swap_block(block, item, swap, place)


def swap_html(html: str, swap: Swap, place: str) -> str:
    """Links and pictures of a rich text; a link without its page becomes its words."""

    def link(found: re.Match[str]) -> str:
        attributes = _swap_attributes(found["attributes"], swap, place)
        return found["text"] if attributes is None else f"<a{attributes}>{found['text']}</a>"

    def embed(found: re.Match[str]) -> str:
        attributes = _swap_attributes(found["attributes"], swap, place)
        return "" if attributes is None else f"<embed{attributes}/>"

    return _EMBED.sub(embed, _LINK.sub(link, html))


def _swap_attributes(attributes: str, swap: Swap, place: str) -> str | None:
    kind, id_ = _KIND.search(attributes), _ID.search(attributes)
    models = {"page": Page, "document": get_document_model(), "image": get_image_model()}
    if not kind or not id_ or kind[1] not in models:
        return attributes
    new = swap(root_label(models[kind[1]]), int(id_[1]), place)
    return None if new is None else _ID.sub(f'id="{new}"', attributes, count=1)


def swap_content(model: type[Model], content: Values, swap: Swap) -> Values:
    """What a revision keeps of a page, or of a row that belongs to it."""
    found = dict(content)
    if found.get("pk") is not None:
        found["pk"] = swap(root_label(model), found["pk"], "pk")
    for field in model._meta.concrete_fields:
        if found.get(field.name) is not None:
            found[field.name] = _swap_column(field, found[field.name], swap)
    for many in get_all_child_m2m_relations(model):
        if many.name in found:
            label = root_label(many.related_model)
            ids = [swap(label, id_, many.name) for id_ in found[many.name]]
            found[many.name] = [id_ for id_ in ids if id_ is not None]
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in found:
            child = relation.related_model
            found[name] = [swap_content(child, row, swap) for row in found[name]]
    return _swap_slug(found, swap)


def _swap_slug(values: Values, swap: Swap) -> Values:
    """The slug of a local version has the id of its article in it."""
    named = _VERSION_SLUG.fullmatch(values.get("slug") or "")
    if named:
        id_ = swap(root_label(Page), int(named[1]), "slug")
        values["slug"] = f"local-version-{id_ or 0}"
    return values


def _swap_revision(values: Values, swap: Swap) -> None:
    model = model_of(values["content_type_id"])
    values["content"] = swap_content(model, values["content"], swap)


def _swap_page(values: Values, swap: Swap) -> None:
    _swap_slug(values, swap)


# Facts that are ids of rows.
_FACTS_OF_ROWS: dict[str, type[Model]] = {"neighbour": Page, "director": Person}


def _swap_facts_change(values: Values, swap: Swap) -> None:
    for name in ("before", "after"):
        for fact, model in _FACTS_OF_ROWS.items():
            if values[name].get(fact):
                id_ = swap(root_label(model), values[name][fact], f"{name} {fact}")
                values[name] = {**values[name], fact: id_}


def _swap_suggested_fact(values: Values, swap: Swap) -> None:
    model = _FACTS_OF_ROWS.get(values["name"])
    if model:
        for name in ("before", "proposed"):
            values[name] = values[name] and swap(root_label(model), values[name], f"{name} value")


def _swap_offer(values: Values, swap: Swap) -> None:
    values["content"] = swap_block(_sections(), values["content"], swap, "content")
    block = OverridesBody().child_blocks.get(values["kind"])
    if block and values["value"]:
        values["value"] = swap_block(block, values["value"], swap, "value")


def _swap_log_entry(values: Values, swap: Swap) -> None:
    noted = values["data"].get("revision")
    if isinstance(noted, dict) and noted.get("id"):
        id_ = swap("wagtailcore.revision", noted["id"], "data")
        values["data"] = {**values["data"], "revision": {**noted, "id": id_}}


@cache
def _sections() -> blocks.StreamBlock:
    return blocks.StreamBlock(section_children())


_WHOLE_ROWS: dict[str, Callable[[Values, Swap], None]] = {
    "wagtailcore.revision": _swap_revision,
    "wagtailcore.page": _swap_page,
    "clinics.factschange": _swap_facts_change,
    "clinics.suggestedfact": _swap_suggested_fact,
    "articles.sectionoffer": _swap_offer,
    "wagtailcore.pagelogentry": _swap_log_entry,
    "wagtailcore.modellogentry": _swap_log_entry,
}
