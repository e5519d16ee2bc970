"""Numbers of campaigns (B-09): what an editor typed in, numbers by campaign out.

The campaign stands in the address of the page that an advertisement leads to (?src=ads): no cookie,
so the number is that of this one page, and no script. Only buttons show it; the clinic's own
number stays in the footer, on the pages of locations and in structured data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.phones import Number, PhoneError, parse_number

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clinics.clinic import Clinic

PARAMETER = "src"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def checked_lines(lines: Iterable[str]) -> list[str]:
    """The lines in one spelling; a ValidationError names the line, the reason and the remedy."""
    found: dict[str, str] = {}
    for line in lines:
        name, _space, typed = line.strip().partition(" ")
        name = name.rstrip(":").casefold()
        if not _NAME.fullmatch(name):
            _refuse(line, _("begin with the campaign's name, in letters, digits and hyphens."))
        if name in found:
            _refuse(line, _("this campaign has a number already: take one of the two out."))
        try:
            number = parse_number(typed)
        except PhoneError as error:
            _refuse(line, str(error))
        else:
            found[name] = number.label or number.display
    return [f"{name} {number}" for name, number in found.items()]


def is_campaign(name: str) -> bool:
    """Whether a campaign can have this name."""
    return _NAME.fullmatch(name) is not None


def campaigns_of(lines: Iterable[str]) -> dict[str, Number]:
    """The numbers of checked lines by campaign."""
    pairs = (line.split(" ", 1) for line in lines)
    return {name: parse_number(number) for name, number in pairs}


def with_campaign(clinic: Clinic, request: HttpRequest) -> Clinic:
    """The clinic with the campaign of this address, if one of its locations has a number for it."""
    campaign = request.GET.get(PARAMETER, "")
    return replace(clinic, campaign=campaign) if campaign in campaigns_at(clinic) else clinic


def campaigns_at(clinic: Clinic) -> frozenset[str]:
    """The campaigns for which one of the clinic's locations has a number."""
    return frozenset(name for place in clinic.locations for name in place.campaigns)


def _refuse(line: str, reason: str) -> None:
    message = _("“%(line)s”: %(reason)s") % {"line": line, "reason": reason}
    raise ValidationError({"campaign_numbers": message})
