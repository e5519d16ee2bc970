"""How an act on a local version is done: on the live text and a draft alike, in one transaction.

What comes in is an act, what goes out is the page read afresh. Nobody's draft is published by it,
and no text is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from articles.choices import HeroChoice
from articles.models import LocalVersionPage
from articles.override_edits import UnknownOverrideError
from articles.stream import raw_stream
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

FIELD_COLUMNS = {
    "title": "title_override",
    "summary": "summary_override",
    "seo_title": "seo_title",
    "search_description": "search_description",
}


@dataclass(frozen=True)
class Act:
    """One change of a local version, to be made on live text and on a draft alike.

    `has_own_right`: the right to do it is not the right to publish text, and the caller has asked
    for it. Whoever has it puts no text on the page, nor a draft.
    """

    action: str
    label: str
    apply: Callable[[LocalVersionPage], None]
    data: Mapping[str, Any]
    has_own_right: bool = False


@transaction.atomic
def do_act(
    version: LocalVersionPage, act: Act, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """Apply to the live text and publish it, then to a pending draft. Else: to the draft.

    Raises UnknownOverrideError when the act means nothing on the text that it is for.
    """
    row = LocalVersionPage.objects.select_for_update(of=PAGE_ROW).get(pk=version.pk)
    draft = row.get_latest_revision_as_object()
    if publish:
        live = row if row.live else _empty(row)
        act.apply(live)
        revision = live.save_revision(user=user)
        live.publish(revision, user=user, skip_permission_checks=act.has_own_right)
        _apply_where_it_fits(act, draft)
        if _has_draft(row) and text_of(draft) != text_of(live):
            draft.save_revision(user=user)
    else:
        act.apply(draft)
        draft.save_revision(user=user)
    log(instance=version, action=act.action, user=user, data=dict(act.data))
    return LocalVersionPage.objects.get(pk=version.pk)


def text_of(page: LocalVersionPage) -> list[Any]:
    """Everything that an act can change."""
    fields = [getattr(page, column) for column in FIELD_COLUMNS.values()]
    hero = [str(page.hero_choice), page.hero_image_id]
    return [raw_stream(page.overrides), *fields, *hero, page.hides_article]


def make_empty(page: LocalVersionPage) -> None:
    """Nothing differs from the library any more. Saves nothing."""
    page.overrides, page.bases, page.hides_article = [], {}, False
    for column in FIELD_COLUMNS.values():
        setattr(page, column, "")
    page.hero_choice, page.hero_image = HeroChoice.INHERIT, None


def follow_field(page: LocalVersionPage, name: str) -> None:
    """A field follows the library. Saves nothing."""
    if name == "hero_image":
        page.hero_choice, page.hero_image = HeroChoice.INHERIT, None
    else:
        setattr(page, FIELD_COLUMNS[name], "")


def differs(page: LocalVersionPage) -> bool:
    """True when the text says anything that the library does not."""
    overrides, *fields, hero, image, hides = text_of(page)
    return bool(overrides or any(fields) or hero != HeroChoice.INHERIT or image or hides)


def _has_draft(row: LocalVersionPage) -> bool:
    return bool(row.has_unpublished_changes and row.latest_revision_id != row.live_revision_id)


def _apply_where_it_fits(act: Act, draft: LocalVersionPage) -> None:
    try:
        act.apply(draft)
    except UnknownOverrideError:
        return


def _empty(row: LocalVersionPage) -> LocalVersionPage:
    """What is live of a local version that was never published: nothing differs."""
    live = LocalVersionPage.objects.get(pk=row.pk)
    make_empty(live)
    return live
