"""A clinic gets a shared article as its own: what its patients read, at the same address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.actions import hide_article, local_version_for
from articles.models import ArticleMountPage, LocalArticlePage
from articles.queries import effective_for
from articles.review.handing_over import hand_over_review
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.effective import EffectiveArticle
    from articles.models import ArticlePage
    from clinics.models import ClinicPage

# What an own article takes from the shared one as it is.
_SAME = (
    "author", "reviewer", "reviewed_date", "review_due_date", "is_unreviewed", "also_known_as",
    "icd10_code",
)  # fmt: skip


class HandOverError(ValidationError):
    """A clinic cannot have the article as its own; the messages name the clinic and say why."""


def hand_over(
    article: ArticlePage, clinic: ClinicPage, *, user: AbstractUser | None
) -> LocalArticlePage:
    """The effective article of the clinic becomes a page of its own, live, with a first revision.

    The library's article is hidden there from now on, should it ever come back; the clinic's local
    version stays with its history. Call it in a transaction. Raises HandOverError.
    """
    name = clinic.title
    effective = effective_for(article, clinic_of(root_page(clinic.pk)))
    mount = ArticleMountPage.objects.child_of(clinic).filter(kind=article.kind).first()
    if effective is None or effective.is_hidden or mount is None:
        raise HandOverError(_("%(clinic)s does not show the article.") % {"clinic": name})
    if mount.get_children().filter(slug=article.slug).exists():
        message = _("%(clinic)s has a page with the address “%(slug)s” already.")
        raise HandOverError(message % {"clinic": name, "slug": article.slug})
    page = _own_page(effective, article)
    mount.add_child(instance=page)
    revision = page.save_revision(user=user)
    hand_over_review(effective, page, user=user)
    try:
        page.publish(revision, user=user, skip_permission_checks=True)
    except ValidationError as error:
        raise HandOverError([f"{name}: {message}" for message in error.messages]) from error
    version = local_version_for(article, clinic, user=user)
    hide_article(version, user=user, publish=True)
    log(instance=page, action="articles.article.handed_over", user=user, data={"from": article.pk})
    return LocalArticlePage.objects.get(pk=page.pk)


def _own_page(effective: EffectiveArticle, article: ArticlePage) -> LocalArticlePage:
    page = LocalArticlePage(
        title=effective.value("title"),
        slug=article.slug,
        summary=effective.value("summary"),
        seo_title=effective.value("seo_title"),
        search_description=effective.value("search_description"),
        hero_image=effective.value("hero_image"),
        live=False,
        **{field: getattr(effective.content, field) for field in _SAME},
    )
    page.body = [_raw(section.content) for section in effective.merged.sections]
    page.services = list(effective.content.services.all())
    return page


def _raw(child: Any) -> dict[str, Any]:
    """A section as it is stored; in an article of one's own nothing is locked."""
    value = child.block.get_prep_value(child.value) | {"locked": False}
    return {"type": child.block_type, "id": child.id, "value": value}
