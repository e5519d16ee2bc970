"""What kinds, spots and verdicts of numbers are called on screens and in spreadsheets."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.numbers.shown import Kind, Origin, Spot
from clinics.numbers.table import Verdict

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.CALL: _("Call"),
    Kind.TEXT: _("Text"),
    Kind.FAX: _("Fax"),
    Kind.EMERGENCY: _("Emergency"),
    Kind.CRISIS: _("Crisis line"),
    Kind.WORDS: _("In words"),
}
SPOT_WORDS: dict[Spot, str | Promise] = {
    Spot.HEAD: _("Title and description in search results"),
    Spot.DATA: _("Data that search engines read"),
    Spot.NOTICE: _("Notice on top"),
    Spot.HEADER: _("Header"),
    Spot.TOP: _("First button of the home page"),
    Spot.WORDS: _("Words of the page"),
    Spot.BUTTON: _("Button within an article"),
    Spot.CARD: _("Address and numbers of a location"),
    Spot.PANEL: _("Call to action at the end"),
    Spot.BAR: _("Contact bar on a phone"),
    Spot.FOOTER: _("Footer"),
}
ORIGIN_WORDS: dict[Origin, str | Promise] = {
    Origin.RECORD: _("the record"),
    Origin.TOKEN: _("a token in the text"),
    Origin.TYPED: _("typed by hand"),
    Origin.FIXED: _("the same for everybody"),
}
VERDICT_WORDS: dict[Verdict, str | Promise] = {
    Verdict.WRONG: _("Wrong"),
    Verdict.OPEN: _("To check"),
    Verdict.RIGHT: _("Right"),
}
