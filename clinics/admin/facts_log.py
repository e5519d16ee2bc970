"""How a change of facts reads in Wagtail's own history of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from clinics.facts_words import label_of

if TYPE_CHECKING:
    from wagtail.models import PageLogEntry


class FactsChangeFormatter(LogFormatter):
    """Names the facts; what was before and after is on the tab "Changes" of My clinic."""

    label = gettext_lazy("Change facts")

    def format_message(self, log_entry: PageLogEntry) -> str:
        labels = [label_of(name) for name in log_entry.data.get("facts", [])]
        words = {"facts": ", ".join(labels), "name": log_entry.data.get("suggested_by", "")}
        if words["name"]:
            return _("Changed facts, as %(name)s suggested: %(facts)s") % words
        return _("Changed facts: %(facts)s") % words
