"""The gate of every publish: a page as it would be published in, problems or a refusal out.

Editor, bulk action, approval, schedule, admin API and code all meet it, since pages call it from
`publish`; forms show the same problems beside their fields, before anything is tried. Apps above
this one add what else stops their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.compliance.gate import facts_above, license_url, page_license_messages
from clinics.numbers.elsewhere import recorded_elsewhere
from clinics.phones_in_text import FoundNumber, find_numbers
from clinics.prose import words_in

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class Problem:
    """`field` is the field or section concerned; the message names reason and remedy.

    `url` is where the remedy is, "" when that is the page itself.
    """

    field: str
    message: str
    url: str = ""


class NotPublishableError(ValidationError):
    """Raised by a publish that would put a known problem on a live page.

    `url` is where the first remedy is that is not on the page, or "".
    """

    def __init__(self, page: Any, problems: list[str], url: str = "") -> None:
        super().__init__(problems)
        self.page = page
        self.url = url


def refuse_own_page(page: Page) -> None:
    """Raise NotPublishableError for a number typed by hand, or a license that is not in date."""
    found = list(own_page_problems(page))
    if found:
        problems = [f"{label_of(page, each.field)}: {each.message}" for each in found]
        raise NotPublishableError(page, problems, first_url(found))


def first_url(problems: Iterable[Problem]) -> str:
    """Where the first of the remedies is that are not on the page."""
    return next((problem.url for problem in problems if problem.url), "")


def own_page_problems(page: Page) -> Iterator[Problem]:
    """Everything that stops a page of a clinic's own that is no article."""
    if not hasattr(page, "published_texts"):
        return
    yield from number_problems(page)
    for message in page_license_messages(page):
        yield license_problem(page, message)


def license_problem(page: Page, message: str) -> Problem:
    """A license that is missing, as a problem of the page's title."""
    facts = facts_above(page)
    return Problem("title", message, license_url(facts) if facts else "")


def number_problems(page: Page) -> Iterator[Problem]:
    """Numbers typed in the texts that a page of a clinic names in `published_texts` (L-02)."""
    for name in getattr(page, "published_texts", ()):
        for found in find_numbers(words_in(getattr(page, name) or "")):
            yield Problem(name, typed_number_message(found))


def typed_number_message(found: FoundNumber) -> str:
    """Why a number may not stay in a text, and what to do instead."""
    if found.number and recorded_elsewhere([found.number.e164], None):
        text = _(
            "“%(number)s” is a phone number typed as text, and a clinic's own. Take it out: on "
            "another site it would be the wrong one, and it stays when the clinic's changes. "
            "Buttons, and the token of the number, show that of the clinic that is visited."
        )
    else:
        text = _(
            "“%(number)s” is a phone number typed as text. Take it out: a call to action shows the "
            "number of the clinic that is visited, and so does the token of it in a text."
        )
    return text % {"number": found.text}


def label_of(page: Page, field: str) -> str:
    """A field as the editor knows it."""
    return str(page._meta.get_field(field).verbose_name).capitalize()
