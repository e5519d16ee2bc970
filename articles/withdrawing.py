"""Takes a shared article off every site, and says where its readers go instead.

One transaction: the article, one address row, what clinics get as their own, the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from articles.handing_over import hand_over
from articles.models import ArticleAddress, ArticlePage, LocalArticlePage
from clinics.edge.changes import bump
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage


class NotWithdrawableError(ValidationError):
    """The article is not live, or its readers cannot be led there; the message says why."""


@dataclass(frozen=True)
class Withdrawn:
    """`own` are the articles that clinics keep at the same address."""

    article: ArticlePage
    own: list[LocalArticlePage]


@transaction.atomic
def withdraw_article(
    article: ArticlePage,
    *,
    leads_to: ArticlePage | None = None,
    is_gone: bool = False,
    hand_to: Iterable[ClinicPage] = (),
    user: AbstractUser | None,
) -> Withdrawn:
    """Readers are led to `leads_to`, or told that it is gone (410), or else led to the list.

    Each clinic of `hand_to` keeps what its patients read now as an article of its own. Nothing
    that anybody wrote is deleted: publishing the article again brings it back. Raises
    PermissionDenied, NotWithdrawableError, and HandOverError for a clinic; then nothing is done.
    """
    row = ArticlePage.objects.select_for_update(of=PAGE_ROW).get(pk=article.pk)
    if user is not None and not row.permissions_for_user(user).can_publish():
        raise PermissionDenied
    _refuse(row, leads_to)
    clinics = list(hand_to)
    own = [hand_over(row, clinic, user=user) for clinic in clinics]
    UnpublishPageAction(row, user=user).execute(skip_permission_checks=True)
    ArticleAddress.objects.update_or_create(
        library_id=row.get_parent().pk,
        kind=row.kind,
        slug=row.slug,
        defaults={"article": leads_to, "gone": is_gone},
    )
    bump(f"a:{row.pk}", "lib", *(f"c:{clinic.pk}" for clinic in clinics))
    data = {
        "leads_to": leads_to.pk if leads_to else None,
        "is_gone": is_gone,
        "handed_to": [clinic.pk for clinic in clinics],
    }
    log(instance=row, action="articles.article.withdrawn", user=user, data=data)
    return Withdrawn(ArticlePage.objects.get(pk=row.pk), own)


def was_released(article: ArticlePage) -> bool:
    """True when patients have had it: it is withdrawn, and never deleted."""
    return article.releases.exists()


def _refuse(article: ArticlePage, leads_to: ArticlePage | None) -> None:
    if not article.live:
        raise NotWithdrawableError(_("The article is on no site: there is nothing to withdraw."))
    if leads_to is None:
        return
    is_same = leads_to.pk == article.pk
    if is_same or not leads_to.live or leads_to.get_parent().pk != article.get_parent().pk:
        raise NotWithdrawableError(_("Readers can only be led to another live article."))
