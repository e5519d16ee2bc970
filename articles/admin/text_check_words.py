"""Why a local text deserves a look, in one sentence with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.admin.library_updates_rows import FIELD_WORDS
from articles.text_checks import Check

if TYPE_CHECKING:
    from articles.text_checks import TextCheck


def check_words(check: TextCheck) -> str:
    """One sentence; the remedy is in it."""
    name = str(FIELD_WORDS.get(check.name, check.name))
    if check.check == Check.OVERDUE and check.due:
        words = {"name": name, "date": date_format(check.due), "owner": check.owner}
        if check.owner:
            text = _("“%(name)s” was to be looked at again on %(date)s by %(owner)s.")
        else:
            text = _("“%(name)s” was to be looked at again on %(date)s.")
        return text % words
    if check.check == Check.SAME:
        text = _("“%(name)s” says the same as the library: follow it again, so that updates come.")
        return text % {"name": name}
    text = _("%(percent)s %% of the article is the clinic's own: keep an eye on what it misses.")
    return text % {"percent": round(check.share * 100)}
