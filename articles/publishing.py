"""What stands in the way of publishing: content in, problems with a place, a reason and a remedy out.

The editor's form shows them; `refuse_unpublishable` is the gate that bulk actions, workflow, schedule
and code meet too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.blocks.settings import is_locked
from articles.plain_text import plain_text
from articles.stream import raw_stream
from clinics.alt_text import alt_problems
from clinics.models import ClinicFacts
from clinics.phones_in_text import find_emergency_numbers, find_numbers
from clinics.tokens import token_problems

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

    from articles.models import ArticlePage

# 911 and 988 are typed only where a reader in need looks for them.
EMERGENCY_TYPES = frozenset({"callout", "risks", "statement"})
TITLE_NEEDED = "Title needed:"


@dataclass(frozen=True)
class Problem:
    """`field` is the field or section concerned; the message names reason and remedy."""

    field: str
    message: str


class NotPublishableError(ValidationError):
    """Raised by a publish that would put a known problem on a live page."""


def refuse_unpublishable(page: Any) -> None:
    """Raise NotPublishableError when the page, as it would be published, has a problem."""
    problems = list(page_problems(page))
    if problems:
        raise NotPublishableError([f"{problem.field}: {problem.message}" for problem in problems])


def page_problems(page: Any) -> Iterator[Problem]:
    """Everything that stops a shared article, an own article or a local version."""
    yield from picture_problems("hero_image", page.hero_image)
    if hasattr(page, "overrides"):
        texts = {
            "title_override": page.title_override,
            "summary_override": page.summary_override,
            "seo_title": page.seo_title,
            "search_description": page.search_description,
        }
        yield from override_problems(page.article, texts, page.overrides)
        return
    texts = {
        "title": page.title,
        "summary": page.summary,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
    }
    is_shared = hasattr(page, "releases")
    own_clinic = None if is_shared else page.get_parent().get_parent()
    yield from content_problems(texts, page.body, other_than=own_clinic)
    if is_shared:
        yield from _places_left(page, texts)


def content_problems(
    texts: Mapping[str, str], body: StreamValue | None, *, other_than: Any = None
) -> Iterator[Problem]:
    """The problems of an article's fields and sections."""
    if texts.get("title", "").startswith(TITLE_NEEDED):
        yield Problem("title", _("Give the article a title before it is published."))
    for field, text in texts.items():
        yield from text_problems(field, text)
    raw = raw_stream(body) if body else []
    for section in raw:
        yield from section_problems(section)
    yield from _literal_clinics(texts, raw, other_than)
    slots = Counter(section["value"].get("name") for section in raw if section["type"] == "slot")
    for name, count in slots.items():
        if count > 1:
            message = _("The slot “%(name)s” is there twice: give one of them another code.")
            yield Problem("body", message % {"name": name})


def override_problems(
    article: ArticlePage, texts: Mapping[str, str], overrides: StreamValue | None
) -> Iterator[Problem]:
    """The problems of a local version's fields and overrides."""
    for field, text in texts.items():
        yield from text_problems(field, text)
    raw = raw_stream(overrides) if overrides else []
    for override in raw:
        for section in override["value"].get("content") or []:
            yield from section_problems(section)
    yield from _rival_overrides(raw)
    yield from _locked_overrides(article, raw)


def section_problems(section: dict[str, Any]) -> Iterator[Problem]:
    """Typed phone numbers, emergency numbers out of place, and broken tokens of one section."""
    text = plain_text(section["value"])
    label = text.split("\n", 1)[0][:60] or section["type"]
    yield from text_problems(label, text, may_name_emergency=section["type"] in EMERGENCY_TYPES)


def picture_problems(field: str, image: Any) -> Iterator[Problem]:
    """A picture needs a text that says what it shows, or to be declared decorative (W-05)."""
    if image is None or image.decorative_only:
        return
    file_name = image.file.name.rsplit("/", 1)[-1]
    for found in alt_problems(image.default_alt_text, title=image.title, file_name=file_name):
        if found.blocks:
            message = _("The picture “%(title)s” has no usable alternative text. %(reason)s")
            yield Problem(field, message % {"title": image.title, "reason": found.message})


def text_problems(field: str, text: str, *, may_name_emergency: bool = False) -> Iterator[Problem]:
    """The problems of a plain text."""
    for token in token_problems(text):
        message = _("“%(token)s” is not a known token: pick one from the list, or remove it.")
        yield Problem(field, message % {"token": token})
    for found in find_numbers(text):
        message = _(
            "“%(number)s” is a phone number typed as text. Take it out: a call to action shows the "
            "number of the clinic that is visited."
        )
        yield Problem(field, message % {"number": found.text})
    if may_name_emergency:
        return
    for found in find_emergency_numbers(text):
        message = _("Name %(number)s only in a callout, in risks or in a statement.")
        yield Problem(field, message % {"number": found.text})


def _literal_clinics(
    texts: Mapping[str, str], raw: Iterable[dict[str, Any]], other_than: Any
) -> Iterator[Problem]:
    """A shared text names no clinic, and a clinic's own text no other clinic (I-04, L-02)."""
    names = ClinicFacts.objects.exclude(clinic=other_than.pk if other_than else None)
    known = list(names.values_list("name", flat=True))
    for field, text in [*texts.items(), *((s["type"], plain_text(s["value"])) for s in raw)]:
        for name in known:
            if name.casefold() in text.casefold():
                message = _("“%(name)s” is the name of one clinic: use the token for it instead.")
                yield Problem(field, message % {"name": name})


def _places_left(article: ArticlePage, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Towns and the like that an import found and only an editor can judge (I-04)."""
    whole = "\n".join([*texts.values(), *(plain_text(s["value"]) for s in raw_stream(article.body))])
    for word in article.literal_places:
        if word in whole:
            message = _("“%(word)s” is true for one clinic only: use a token, or take it out.")
            yield Problem("body", message % {"word": word})


def _rival_overrides(raw: list[dict[str, Any]]) -> Iterator[Problem]:
    targets = Counter(
        override["value"].get("section") or override["value"].get("slot")
        for override in raw
        if override["type"] in {"replace", "hide", "fill"}
    )
    for target, count in targets.items():
        if count > 1:
            message = _("Two changes of one section (%(target)s): keep one of them.")
            yield Problem("overrides", message % {"target": target})


def _locked_overrides(article: ArticlePage, raw: list[dict[str, Any]]) -> Iterator[Problem]:
    locked = {child.id for child in article.body if is_locked(child.value)}
    for override in raw:
        if override["type"] in {"replace", "hide"} and override["value"]["section"] in locked:
            message = _("The library has locked this section: remove the change of it.")
            yield Problem("overrides", message)

