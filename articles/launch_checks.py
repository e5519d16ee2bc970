"""What the go-live report of a clinic says of its texts: of claims and blocks, and of reviews.

Both read what `articles.claim_check` has found before, so that the list takes a request's time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.claim_check import is_current, is_running
from articles.claim_rows import REVIEW
from articles.models import ClaimCheck
from articles.queries import mounts_of, offered_by_library
from articles.review.overdue import Due, clinic_lines, last_approvals, library_lines
from clinics.credentials import credential_problem
from clinics.launching import Check
from clinics.models import Person
from clinics.resolve import clinic_of, root_page
from clinics.today import MOST_NAMES

if TYPE_CHECKING:
    from datetime import date

    from articles.review.overdue import DueLine
    from clinics.models import ClinicPage


def has_no_claims(clinic: ClinicPage) -> Check:
    """C-02, C-01, T-09: nothing that a publish would refuse is on any page."""
    check = claim_check_of(clinic)
    remedy = why_unchecked(check)
    if check is not None and not remedy:
        found = [row for row in check.found if row["what"] != REVIEW]
        remedy = _counted(found) if found else ""
    label = _("No page with a claim that may not be made, or without what it has to say")
    if check is not None and check.finished_at and not remedy:
        day = date_format(timezone.localtime(check.finished_at), "DATETIME_FORMAT")
        label = f"{label} ({_('checked %(day)s') % {'day': day}})"
    return Check(label, not remedy, remedy, reverse("my_articles:claims", args=[clinic.pk]))


def has_reviews(clinic: ClinicPage) -> Check:
    """T-04 to T-06: nothing overdue, nothing changed since, and nobody whose license has ended."""
    reasons = [*_overdue(clinic), *_changed(clinic)]
    url = reverse("my_articles:reviews", args=[clinic.pk])
    label = _("Medical reviews in date, by people whose licenses are")
    return Check(label, not reasons, " ".join(reasons), url)


def claim_check_of(clinic: ClinicPage) -> ClaimCheck | None:
    """The last check of the clinic, if there was one."""
    rows = ClaimCheck.objects.filter(clinic=clinic).select_related("clinic__facts")
    return rows.first()


def why_unchecked(check: ClaimCheck | None) -> str:
    """Why the last check says nothing of the texts as they are now; "" when it does."""
    if check is None:
        return _("Nobody has checked the texts yet: check them.")
    if is_running(check):
        return _("The texts are being checked: look again in a moment.")
    if check.finished_at is None:
        return _("The check was interrupted: check again.")
    return "" if is_current(check) else _("Texts or rules changed since the check: check again.")


def _counted(rows: list[dict[str, Any]]) -> str:
    pages = list(dict.fromkeys(row["title"] for row in rows))
    text = ngettext(
        "Correct %(count)d page: %(names)s.", "Correct %(count)d pages: %(names)s.", len(pages)
    )
    return text % {"count": len(pages), "names": _names(pages)}


def _overdue(clinic: ClinicPage) -> list[str]:
    today = timezone.localdate()
    value = clinic_of(root_page(clinic.pk))
    libraries = {mount.library_id: mount.library for mount in mounts_of(value)}
    articles = [
        article
        for library in libraries.values()
        for article in offered_by_library(library, value).defer("body")
    ]
    lines = [*library_lines(articles, today), *clinic_lines([clinic.facts], today)]
    asked = {Due.OVERDUE} | ({Due.UNREVIEWED} if settings.ARTICLES_REVIEW_REQUIRED else set())
    late = [line for line in lines if line.due in asked]
    found = [_named(_("Not reviewed in time: %(names)s."), [line.shown_title for line in late])]
    found += _without_license(lines, today)
    return [each for each in found if each]


def _without_license(lines: list[DueLine], today: date) -> list[str]:
    """Whoever stands for a text that patients read, and may not any more."""
    reviews = last_approvals(line.page.pk for line in lines)
    ids = {review.person_id for review in reviews.values()}
    ids |= {line.page.reviewer_id for line in lines if line.reviewed_date and not line.clinic}
    people = Person.objects.filter(pk__in=ids - {None}).order_by("name")
    return [problem for person in people if (problem := credential_problem(person, today))]


def _changed(clinic: ClinicPage) -> list[str]:
    if not settings.ARTICLES_REVIEW_REQUIRED:
        return []
    check = claim_check_of(clinic)
    reason = why_unchecked(check)
    if check is None or reason:
        return [reason]
    names = dict.fromkeys(row["title"] for row in check.found if row["what"] == REVIEW)
    return [each for each in [_named(_("Text without a review: %(names)s."), list(names))] if each]


def _named(text: str, names: list[str]) -> str:
    return text % {"names": _names(names)} if names else ""


def _names(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMES])
    return shown + (", …" if names[MOST_NAMES:] else "")
