"""How imports of articles read in the history of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from articles.importing.batches import LOG_IMPORTED, LOG_UNDONE

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import PageLogEntry


def register_import_actions(registry: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    registry.register_action(LOG_IMPORTED)(ImportedFormatter)
    registry.register_action(LOG_UNDONE)(ImportUndoneFormatter)


class ImportedFormatter(LogFormatter):
    """Names the drafts that were made."""

    label = gettext_lazy("Import articles")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return _("Imported as drafts: %(titles)s") % {"titles": _list(log_entry, "titles")}


class ImportUndoneFormatter(LogFormatter):
    """Names the drafts that went."""

    label = gettext_lazy("Undo an import")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return _("Import undone: %(titles)s") % {"titles": _list(log_entry, "titles")}


def _list(log_entry: PageLogEntry, name: str) -> str:
    return ", ".join(log_entry.data.get(name, [])) or "–"
