"""The message after a change of facts: what was saved, and a button that takes it back.

The button belongs to the empty form "clinic-undo", which every tab of My clinic carries: a message
has no form of its own, and an undo must be a POST.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clinics.facts import changed_names
from clinics.facts_words import label_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clinics.models import FactsChange


def say_saved(request: HttpRequest, change: FactsChange) -> None:
    """Saved facts are live at once, so the message says so."""
    text = _("Saved and live: %(facts)s.")
    _say(request, text, change)


def say_undone(request: HttpRequest, change: FactsChange) -> None:
    text = _("Put back and live: %(facts)s.")
    _say(request, text, change)


def _say(request: HttpRequest, text: str, change: FactsChange) -> None:
    labels = [label_of(name) for name in changed_names(change)]
    context = {"text": text % {"facts": ", ".join(labels)}, "change": change}
    messages.success(
        request, render_to_string("clinics/admin/includes/saved_message.html", context)
    )
