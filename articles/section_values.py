"""A section as a program writes it: type and plain JSON values in, the stored form out.

Rich text is HTML and comes out in the editor's own form; a picture, a source or a statement is its
number; a list is a list of its items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from articles.blocks.sections import SECTION_BLOCKS
from articles.override_edits import RawSection, new_id

# What only the library sets.
_NOT_OURS = {"locked", "clinics_only"}


class SectionValueError(ValueError):
    """The message names the key, what is wrong with it, and what is known."""


def section_from(type_: str, value: Mapping[str, Any]) -> RawSection:
    """The stored form of a section. Raises SectionValueError."""
    if type_ not in SECTION_BLOCKS:
        message = _("type: “%(type)s” is unknown; known are %(known)s")
        raise SectionValueError(message % {"type": type_, "known": ", ".join(SECTION_BLOCKS)})
    if not isinstance(value, Mapping):
        raise SectionValueError(_("value: write an object with the section's keys"))
    block = SECTION_BLOCKS[type_]()
    known = [name for name in block.child_blocks if name not in _NOT_OURS]
    unknown = [name for name in value if name not in known]
    if unknown:
        message = _("value: “%(key)s” is unknown; known are %(known)s")
        raise SectionValueError(message % {"key": unknown[0], "known": ", ".join(known)})
    try:
        built = block.clean(block.to_python(dict(value)))
    except ValidationError as error:
        raise SectionValueError("; ".join(_messages(error, "value"))) from error
    except (TypeError, AttributeError, KeyError) as error:
        message = _("value: not what a section of the type “%(type)s” holds")
        raise SectionValueError(message % {"type": type_}) from error
    return {"type": type_, "id": new_id(), "value": block.get_prep_value(built)}


def _messages(error: ValidationError, path: str) -> Iterator[str]:
    """ "value.text: This field is required." for every fault, however deep it stands."""
    inner: Mapping[Any, Any] = {}
    if isinstance(error, StructBlockValidationError | ListBlockValidationError):
        inner = error.block_errors if isinstance(error.block_errors, dict) else {}
    elif isinstance(error, StreamBlockValidationError):
        inner = error.block_errors
    for name, child in inner.items():
        if child is not None:
            yield from _messages(child, f"{path}.{name}")
    if not inner:
        yield from (f"{path}: {message}" for message in error.messages)
