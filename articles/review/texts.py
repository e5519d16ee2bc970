"""Which words of a page are clinical: a page with its draft in, texts with their digests out.

Of a shared article and a clinic's own that is the title, the summary and each section that is not
of a marketing type and whose role is clinical. Of a local version it is what stands in place of
such a text, what hides one, and every section that the clinic has added. What a text says by
reference, kept figures and statements, belongs to its words (`referred.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.digest import RawSection, field_digest
from articles.models import LocalVersionPage
from articles.plain_text import plain_text
from articles.queries import content_shown
from articles.review.referred import ClinicalText, field_text, text_of, with_referred
from articles.section_names import name_of
from articles.stream import raw_stream

# Calls to action and photos say nothing that a clinician has to answer for.
MARKETING_TYPES = frozenset({"cta", "image"})
_HIDDEN = "hidden"
_NAME_LENGTH = 80


def clinical_texts(page: Any) -> tuple[ClinicalText, ...]:
    """The clinical texts of an article or a local version, in reading order."""
    return with_referred(_texts(page))


def has_clinical_text(page: Any) -> bool:
    """Whether there is any: what it refers to is not read."""
    return any(True for _text in _texts(page))


def _texts(page: Any) -> Iterator[ClinicalText]:
    is_version = isinstance(page, LocalVersionPage)
    return _texts_of_version(page) if is_version else _texts_of_article(page)


def is_clinical(section: RawSection) -> bool:
    """False for marketing: by its type, or because the library gave it to the clinics."""
    return section["type"] not in MARKETING_TYPES and section["value"].get("role") != "local"


def _clinical_among(added: list[RawSection]) -> list[RawSection]:
    """What is clinical of a section that a clinic has added, whatever role it gives to it."""
    return [each for each in added if each["type"] not in MARKETING_TYPES]


def place_and_content(override: RawSection) -> tuple[str, list[RawSection]]:
    """By which key a review has the text of an override, and what of its content is clinical."""
    value = override["value"]
    content = list(value.get("content") or [])
    if override["type"] == "insert":
        return override["id"], _clinical_among(content)
    if override["type"] == "fill":
        return f"slot:{value.get('slot')}", content
    return value.get("section") or "", content


def _texts_of_article(article: Any) -> Iterator[ClinicalText]:
    yield from _fields({"title": article.title, "summary": article.summary})
    for child, section in zip(article.body, raw_stream(article.body), strict=True):
        if is_clinical(section):
            yield text_of(section["id"], name_of(child), [section])


def _texts_of_version(version: LocalVersionPage) -> Iterator[ClinicalText]:
    own = {"title": version.title_override, "summary": version.summary_override}
    yield from _fields({name: value for name, value in own.items() if value})
    overrides = raw_stream(version.overrides)
    if not overrides:
        return
    shown = content_shown(version.article, version.clinic_id)
    shared = dict(_shared_by_name(shown))
    for override in overrides:
        text = _text_of_override(override, shared)
        if text:
            yield text


def _shared_by_name(article: Any) -> Iterator[tuple[str, tuple[str, RawSection]]]:
    """What an override calls a shared section, with its name for people and the section."""
    for child, section in zip(article.body, raw_stream(article.body), strict=True):
        yield section["id"], (name_of(child), section)
        if section["type"] == "slot":
            yield f"slot:{section['value'].get('name')}", (name_of(child), section)


def _text_of_override(
    override: RawSection, shared: Mapping[str, tuple[str, RawSection]]
) -> ClinicalText | None:
    """None for what is not clinical.

    The role of the shared text counts, never the one that the clinic gives to its own: it would be
    a way around the review. A text that the clinic does not show yet is taken for clinical.
    """
    key, content = place_and_content(override)
    if override["type"] == "insert":
        return text_of(key, _first_words(content), content) if content else None
    name, section = shared.get(key, (_("A section that is not shown"), None))
    if section is not None and not is_clinical(section):
        return None
    if override["type"] == "hide":
        words = _("Hidden at this clinic.")
        return ClinicalText(key, field_digest(_HIDDEN), name, words)
    return text_of(key, name, content)


def _fields(values: Mapping[str, str]) -> Iterator[ClinicalText]:
    names = {"title": _("Title"), "summary": _("Summary")}
    for key, value in values.items():
        yield field_text(key, names[key], value)


def _first_words(sections: list[RawSection]) -> str:
    words = plain_text(sections[0]["value"]) if sections else ""
    return words.split("\n", 1)[0][:_NAME_LENGTH]
