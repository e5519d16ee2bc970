"""A release that a first group of clinics shows before the others: which, and what it may change.

An article comes in that is about to be published, or was just published; problems, or what its
release has to remember, go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.choices import ChangeClass
from clinics.models import ClinicFacts
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.models import ArticlePage
    from clinics.models import ClinicPage


def first_clinics() -> list[int]:
    """The page ids of the clinics that see new releases first."""
    rows = ClinicFacts.objects.filter(is_first_group=True).order_by("clinic_id")
    return list(rows.values_list("clinic_id", flat=True))


@transaction.atomic
def set_first_group(clinic: ClinicPage, *, is_in: bool, user: AbstractUser | None) -> bool:
    """Put a clinic into the first group, or take it out; False when nothing changed.

    Releases of before keep their groups. Raises PermissionDenied without the right to set up
    clinics.
    """
    if user is not None and right_at(user, "clinics", clinic) != YES:
        raise PermissionDenied
    others = ClinicFacts.objects.filter(clinic=clinic, is_first_group=not is_in)
    is_changed = bool(others.update(is_first_group=is_in))
    if is_changed:
        log(clinic, f"articles.following.{'joined_group' if is_in else 'left_group'}", user=user)
    return is_changed


def audience(article: ArticlePage) -> tuple[list[int] | None, datetime | None]:
    """Who may show the release of this article first (None is everybody), and when the others may.

    The group is written down: who joins it later is not part of what was released before.
    """
    if not article.first_group_only:
        return None, None
    return first_clinics(), article.everyone_at


def first_group_problems(article: ArticlePage) -> Iterator[tuple[str, str]]:
    """Field and message of whatever stops a release for the first group."""
    if not article.first_group_only:
        if article.everyone_at:
            yield (
                "everyone_at",
                _("A moment without a first group: tick “First group only”, or clear the moment."),
            )
        return
    if article.change_class == ChangeClass.SAFETY:
        yield (
            "first_group_only",
            _(
                "A safety change goes everywhere at once: untick “First group only”, or choose "
                "another kind of change."
            ),
        )
    if not first_clinics():
        yield (
            "first_group_only",
            _(
                "No clinic is in the first group: untick “First group only”, or ask a franchise "
                "admin to put a clinic into it."
            ),
        )
    yield from _moment_problems(article)
    yield from _problems_of_place(article)


def _moment_problems(article: ArticlePage) -> Iterator[tuple[str, str]]:
    starts = max(filter(None, (timezone.now(), article.go_live_at)))
    if article.everyone_at and article.everyone_at <= starts:
        yield (
            "everyone_at",
            _("By then it is not published yet, or the moment is past: choose a later one."),
        )


def _problems_of_place(article: ArticlePage) -> Iterator[tuple[str, str]]:
    """Address, kind and services hold for every clinic, whatever release it shows."""
    previous = article.releases.filter(undone_at=None).first() if article.pk else None
    if previous is None:
        return
    from articles.releasing import field_digests  # noqa: PLC0415 - circular import

    services = field_digests(article)["services"]
    changed = {
        "slug": article.slug != previous.slug,
        "kind": article.kind != previous.kind,
        "services": services != previous.field_digests.get("services", services),
    }
    labels = {"slug": _("address"), "kind": _("kind"), "services": _("list of services")}
    for name in (name for name, is_changed in changed.items() if is_changed):
        message = _(
            "The %(field)s changes for every clinic at once: leave it as it was, or untick “First "
            "group only”."
        )
        yield name, message % {"field": labels[name]}
