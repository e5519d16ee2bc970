"""What a bulk action would do to one article, in words; nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.acting import differs
from articles.effective import own_values
from articles.merge import State
from articles.updates import updates_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.admin.article_rights import ArticleRights
    from articles.admin.my_articles_rows import ArticleRow
    from articles.models import LocalVersionPage


@dataclass(frozen=True)
class Plan:
    """The outcome in words; `publish` says whether it is live at once or becomes a draft."""

    can_run: bool
    words: str
    publish: bool = False


type Planner = Callable[[ArticleRow, LocalVersionPage | None, ArticleRights, AbstractUser], Plan]


def plan_hide(
    row: ArticleRow, version: LocalVersionPage | None, rights: ArticleRights, user: AbstractUser
) -> Plan:
    refusal = _refusal(row, version, user, may=rights.hide)
    if refusal:
        return refusal
    if row.state == State.HIDDEN:
        return Plan(can_run=False, words=_("It is hidden here already."))
    if rights.publish_hidden:
        words = _("Patients no longer find it on this site.")
    else:
        words = _("A draft that hides it; patients find it until somebody publishes the draft.")
    return Plan(can_run=True, words=words, publish=rights.publish_hidden)


def plan_follow(
    row: ArticleRow, version: LocalVersionPage | None, rights: ArticleRights, user: AbstractUser
) -> Plan:
    refusal = _refusal(row, version, user, may=rights.edit)
    if refusal:
        return refusal
    text, publish = _text_where(differs, version, rights)
    if text is None:
        return Plan(can_run=False, words=_("It follows the library already."))
    count = len(text.overrides) + len(own_values(text))
    words = ngettext(
        "%(count)d difference is dropped; it stays in the history.",
        "%(count)d differences are dropped; they stay in the history.",
        count,
    ) % {"count": count}
    if text.hides_article:
        shown = _("The article is shown again.")
        words = f"{shown} {words}" if count else shown
    return Plan(can_run=True, words=_with_draft(words, publish=publish), publish=publish)


def plan_take(
    row: ArticleRow, version: LocalVersionPage | None, rights: ArticleRights, user: AbstractUser
) -> Plan:
    refusal = _refusal(row, version, user, may=rights.edit)
    if refusal:
        return refusal
    text, publish = _text_where(updates_of, version, rights)
    if text is None:
        return Plan(can_run=False, words=_("No shared update waits here."))
    updates = updates_of(text)
    taken = ngettext(
        "%(count)d text gives way to the library's and stays in the history.",
        "%(count)d texts give way to the library's and stay in the history.",
        len(updates),
    ) % {"count": len(updates)}
    left = len(text.overrides) + len(own_values(text)) - len(updates)
    kept = ngettext("%(count)d difference stays.", "%(count)d differences stay.", left) % {
        "count": left
    }
    words = f"{taken} {kept}"
    if updates.misplaced:
        words += " " + _("Look at the place of what you added: its neighbour is gone.")
    return Plan(can_run=True, words=_with_draft(words, publish=publish), publish=publish)


PLANS: dict[str, Planner] = {"hide": plan_hide, "follow": plan_follow, "take": plan_take}


def _refusal(
    row: ArticleRow, version: LocalVersionPage | None, user: AbstractUser, *, may: bool
) -> Plan | None:
    """Why this article is left as it is, whatever its text."""
    if row.is_own:
        words = _("Your own article: there is no shared one. Unpublish it in its editor.")
        return Plan(can_run=False, words=words)
    if not may:
        return Plan(can_run=False, words=_("You may not change this article."))
    if version and version.permissions_for_user(user).page_locked():
        return Plan(can_run=False, words=_("The page is locked."))
    return None


def _text_where(
    wanted: Callable[[LocalVersionPage], object],
    version: LocalVersionPage | None,
    rights: ArticleRights,
) -> tuple[LocalVersionPage | None, bool]:
    """The text that the act is for, and whether it is published: the live one, else the draft."""
    if version is None:
        return None, False
    if rights.publish and version.live and wanted(version):
        return version, True
    draft = version.get_latest_revision_as_object()
    return (draft, False) if wanted(draft) else (None, False)


def _with_draft(words: str, *, publish: bool) -> str:
    return words if publish else _("As a draft: %(words)s") % {"words": words}
