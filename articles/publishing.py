"""What stands in the way of publishing: a page in, problems with place, reason and remedy out.

The editor's form shows them; `refuse_unpublishable` is the gate that bulk actions, workflow,
schedule and code meet too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.blocks.settings import is_locked
from articles.claim_problems import claim_problems
from articles.first_group import first_group_problems
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage
from articles.plain_text import plain_text
from articles.queries import content_shown
from articles.review.blocks import block_problems
from articles.review.gate import review_problems
from articles.section_names import name_of
from articles.stream import raw_stream
from clinics.alt_text import alt_problems
from clinics.compliance.gate import facts_above, license_messages, license_url
from clinics.models import ClinicFacts
from clinics.phones_in_text import find_emergency_numbers, find_numbers
from clinics.publish_guard import (
    NotPublishableError,
    Problem,
    first_url,
    own_page_problems,
    typed_number_message,
)
from clinics.tokens import token_problems

# 911 and 988 are typed only where a reader in need looks for them.
EMERGENCY_TYPES = frozenset({"callout", "risks", "statement"})
TITLE_NEEDED = "Title needed:"


def refuse_unpublishable(page: Any) -> None:
    """Raise NotPublishableError when the page, as it would be published, has a problem."""
    problems = _all_problems(page)
    if problems:
        raise NotPublishableError(page, list(map(_in_words, problems)), first_url(problems))


def publish_problems(page: Any) -> list[str]:
    """All problems of a page in words, of whatever kind the page is."""
    return list(map(_in_words, _all_problems(page)))


def _all_problems(page: Any) -> list[Problem]:
    if not isinstance(page, ArticlePage | LocalArticlePage | LocalVersionPage):
        return list(own_page_problems(page))
    return [
        *incomplete_sections(page),
        *page_problems(page),
        *block_problems(page),
        *review_problems(page),
    ]


def _in_words(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}"


def incomplete_sections(page: Any) -> Iterator[Problem]:
    """What the editor's form finds by itself; a bulk action has no form."""
    name = "overrides" if isinstance(page, LocalVersionPage) else "body"
    stream = getattr(page, name)
    try:
        stream.stream_block.clean(stream)
    except ValidationError:
        message = _("A section is incomplete: open the page in the editor, which marks the place.")
        yield Problem(name, message)


def page_problems(page: Any, *, mount: Any = None) -> Iterator[Problem]:
    """Everything that stops a shared article, an own article or a local version.

    `mount` is where an own article will stand that has no place in the tree yet.
    """
    yield from picture_problems("hero_image", page.hero_image)
    yield from claim_problems(page, mount=mount)
    if isinstance(page, LocalVersionPage):
        yield from _override_problems(page)
        texts = page.title_override, page.summary_override, page.article.title
        yield from _license_problems(page.clinic, texts, page.article)
        return
    is_shared = isinstance(page, ArticlePage)
    home = None if is_shared else (mount or page.get_parent()).get_parent()
    yield from _content_problems(page, own_clinic=home.pk if home else None)
    if home is not None:
        yield from _license_problems(home, (page.title, page.summary, page.seo_title), page)
    if is_shared:
        yield from _places_left(page)
        yield from (Problem(*found) for found in first_group_problems(page))


def _license_problems(home: Any, texts: Iterable[str], content: Any) -> Iterator[Problem]:
    """A license that the clinic lacks for what the article is about (A-02)."""
    facts = facts_above(home)
    if facts is None:
        return
    for message in license_messages(facts, texts, content.services.all()):
        yield Problem("title", message, license_url(facts))


def _content_problems(page: Any, *, own_clinic: int | None) -> Iterator[Problem]:
    """The problems of an article's fields and sections."""
    if page.title.startswith(TITLE_NEEDED):
        yield Problem("title", _("Give the article a title before it is published."))
    sections = raw_stream(page.body)
    # What changed stands in the update history, which patients read.
    names = ("title", "summary", "also_known_as", *(["change_note"] * (own_clinic is None)))
    yield from _problems_of_texts(_texts(page, *names), sections, own_clinic)
    slots = Counter(each["value"].get("name") for each in sections if each["type"] == "slot")
    for name, count in slots.items():
        if count > 1:
            message = _("The slot “%(name)s” is there twice: give one of them another code.")
            yield Problem("body", message % {"name": name})


def _override_problems(version: LocalVersionPage) -> Iterator[Problem]:
    """The problems of a local version's fields and overrides."""
    overrides = raw_stream(version.overrides)
    sections = [each for raw in overrides for each in raw["value"].get("content") or []]
    texts = _texts(version, "title_override", "summary_override")
    yield from _problems_of_texts(texts, sections, version.clinic_id)
    yield from _rival_overrides(overrides)
    if overrides:
        yield from _refused_overrides(version, overrides)


def _problems_of_texts(
    texts: Mapping[str, str], sections: Iterable[dict[str, Any]], own_clinic: int | None
) -> Iterator[Problem]:
    for field, text in texts.items():
        yield from text_problems(field, text)
    for section in sections:
        yield from section_problems(section)
    yield from _literal_clinics(texts, sections, own_clinic)


def _texts(page: Any, *names: str) -> dict[str, str]:
    """The plain texts of a page, by field."""
    return {name: getattr(page, name) for name in (*names, "seo_title", "search_description")}


def section_problems(section: dict[str, Any]) -> Iterator[Problem]:
    """Typed phone numbers, emergency numbers out of place, and broken tokens of one section."""
    if section["type"] == "slot":
        for inner in section["value"].get("fallback") or []:
            yield from section_problems(inner)
        return
    text = plain_text(section["value"])
    label = text.split("\n", 1)[0][:60] or section["type"]
    yield from text_problems(label, text, may_name_emergency=section["type"] in EMERGENCY_TYPES)


def shared_section_problems(section: dict[str, Any]) -> Iterator[Problem]:
    """What stops one section in a shared article, a clinic's name in it too."""
    yield from _problems_of_texts({}, [section], None)


def picture_problems(field: str, image: Any) -> Iterator[Problem]:
    """A picture needs a text that says what it shows, or to be declared decorative (W-05)."""
    if image is None or image.decorative_only:
        return
    for number in find_numbers(image.default_alt_text):
        yield Problem(field, typed_number_message(number))
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
        yield Problem(field, typed_number_message(found))
    if may_name_emergency:
        return
    for emergency in find_emergency_numbers(text):
        message = _("Name %(number)s only in a callout, in risks or in a statement.")
        yield Problem(field, message % {"number": emergency.text})


def _literal_clinics(
    texts: Mapping[str, str], sections: Iterable[dict[str, Any]], own_clinic: int | None
) -> Iterator[Problem]:
    """A shared text names no clinic, and a clinic's own text no other clinic (I-04, L-02)."""
    rows = ClinicFacts.objects.values_list("clinic_id", "name")
    names = {name.casefold(): name for clinic, name in rows if clinic != own_clinic}
    own = [name.casefold() for clinic, name in rows if clinic == own_clinic]
    places = [*texts.items(), *((each["type"], plain_text(each["value"])) for each in sections)]
    for field, text in places:
        folded = text.casefold()
        for name in own:  # it may have another clinic's name in it
            folded = folded.replace(name, " ")
        for name, written in names.items():
            if name in folded and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
                message = _("“%(name)s” is the name of one clinic: use the token for it instead.")
                yield Problem(field, message % {"name": written})


def _places_left(article: ArticlePage) -> Iterator[Problem]:
    """Towns and the like that an import found and only an editor can judge (I-04)."""
    texts = list(_texts(article, "title", "summary").values())
    whole = "\n".join(texts + [plain_text(each["value"]) for each in raw_stream(article.body)])
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


def _refused_overrides(
    version: LocalVersionPage, raw: Iterable[dict[str, Any]]
) -> Iterator[Problem]:
    """New changes of what is locked, and of clinical sections without a reason (row 82).

    A change that was live before the rule holds on: it stops no other publish.
    """
    shown = content_shown(version.article, version.clinic_id)
    targets = {name: child for child in shown.body for name in _names_of(child)}
    known: set[str] | None = None
    for override in raw:
        value = override["value"]
        child = targets.get(value.get("section") or value.get("slot") or "")
        message = _refusal(override, child) if child and override["type"] != "insert" else ""
        if not message:
            continue
        known = _live_overrides(version) if known is None else known
        if override["id"] not in known:
            yield Problem("overrides", message)


def _names_of(child: Any) -> set[str]:
    """What an override calls a section: its id, or a slot by its name."""
    return {child.id, child.value.get("name")} - {None, ""}


def _refusal(override: dict[str, Any], child: Any) -> str:
    name = name_of(child)
    if is_locked(child.value):
        message = _("The library has locked “%(name)s”: remove the change of it.")
        return message % {"name": name}
    is_clinical = child.value.get("role") == "clinical"
    if is_clinical and not (override["value"].get("reason") or "").strip():
        message = _("“%(name)s” is a clinical section: say in “Reason” why this clinic differs.")
        return message % {"name": name}
    return ""


def _live_overrides(version: LocalVersionPage) -> set[str]:
    row = LocalVersionPage.objects.live().filter(pk=version.pk).only("overrides").first()
    return {child.id for child in row.overrides} if row else set()
