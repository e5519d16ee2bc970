"""The gate of licenses: a page of a clinic as it would be published in, problems out (A-02).

What is on line already is reported by the checklist of its clinic, never taken down by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import strip_tags

from clinics.choices import ClinicStatus, LocalPageKind
from clinics.compliance.licenses import license_gaps, speaks_of
from clinics.tree_paths import at_or_above

if TYPE_CHECKING:
    from wagtail.models import Page

    from clinics.models import ClinicFacts, Service

# What says what a page is about; a word in passing further down is no advertisement.
HEADLINES = ("title", "seo_title", "search_description", "intro", "hero_title", "hero_text")

_is_bringing_in: ContextVar[bool] = ContextVar("is_bringing_in", default=False)


@contextmanager
def bringing_in() -> Iterator[None]:
    """For a clinic that is made, or comes from a table of clinics that patients go to already."""
    token = _is_bringing_in.set(True)
    try:
        yield
    finally:
        _is_bringing_in.reset(token)


def license_messages(
    facts: ClinicFacts | None, texts: Iterable[str], services: Iterable[Service] = ()
) -> list[str]:
    """Why a page with these headlines and services may not go live; nothing for most clinics.

    A clinic in preparation may publish: nobody sees it, and its launch asks the same.
    """
    if facts is None or facts.status == ClinicStatus.PREPARING or _is_bringing_in.get():
        return []
    gaps = license_gaps(facts)
    if not gaps:
        return []
    words = [facts.name, *texts]
    subjects = {service.regulated_as for service in services}
    return [
        gap.message for gap in gaps if gap.rule.subject in subjects or speaks_of(gap.rule, words)
    ]


def page_license_messages(page: Page) -> list[str]:
    """Why one of a clinic's own pages may not go live. A notice advertises nothing."""
    if getattr(page, "kind", "") == LocalPageKind.NOTICE:
        return []
    return license_messages(facts_above(page), _headlines(page))


def facts_above(page: Page) -> ClinicFacts | None:
    """The facts of the clinic that a page belongs to; None in the library and on the hub."""
    from clinics.models import ClinicFacts  # noqa: PLC0415 - circular import

    return ClinicFacts.objects.filter(clinic__path__in=at_or_above(page.path or "")).first()


def refuse_new_services(facts: ClinicFacts, services: Iterable[Service]) -> None:
    """To offer a service is to show the library's pages of it: ValidationError without a license.

    What the clinic offers already stays as it is.
    """
    known = set(facts.services.values_list("pk", flat=True))
    new = [service for service in services if service.pk not in known and service.regulated_as]
    if not new or facts.status == ClinicStatus.PREPARING or _is_bringing_in.get():
        return
    subjects = {service.regulated_as for service in new}
    messages = [gap.message for gap in license_gaps(facts) if gap.rule.subject in subjects]
    if messages:
        raise ValidationError({"services": messages})


def license_url(facts: ClinicFacts) -> str:
    """Where a license is entered."""
    return reverse("my_clinic:edit_compliance", args=[facts.clinic_id]) + "#id_pain_license_kind"


def _headlines(page: Any) -> list[str]:
    return [strip_tags(getattr(page, name, "") or "") for name in HEADLINES]
