"""What an editor does to a clinic's local version: each act is one function, in one transaction.

The admin, the bulk actions and the command call these. An act applies to the live text and then, as
a new draft, to a pending draft: nobody's draft is published by it, and no text is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from articles import override_edits as edits
from articles.acting import Act, differs, do_act, follow_field, make_empty
from articles.models import ArticleMountPage, ArticlePage, LocalVersionPage
from articles.override_edits import Note, Place, RawOverride, RawSection
from articles.queries import base_number, content_shown
from articles.stream import raw_stream
from articles.updates import updates_of
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Revision

type OverridesEdit = Callable[[list[RawOverride]], list[RawOverride]]


class NotMountedError(ValueError):
    """The clinic has no list that shows articles of this kind."""


@transaction.atomic
def local_version_for(
    article: ArticlePage, clinic: Page, *, user: AbstractUser | None = None
) -> LocalVersionPage:
    """The clinic's local version of an article; an empty draft is made when there is none.

    The mount's row is locked, so that two editors who start at once get the same page. Raises
    NotMountedError when the clinic has no mount for the article's kind.
    """
    mounts = ArticleMountPage.objects.child_of(clinic).filter(kind=article.kind)
    mount = mounts.select_for_update(of=PAGE_ROW).first()
    if mount is None:
        raise NotMountedError(f"{clinic.title} has no list for “{article.get_kind_display()}”.")
    existing = LocalVersionPage.objects.filter(clinic=clinic, article=article).first()
    if existing:
        return existing
    version = LocalVersionPage(article=article, clinic=clinic, live=False, owner=user)
    mount.add_child(instance=version)
    version.save_revision(user=user)
    return version


# Sections


def replace_section(
    version: LocalVersionPage,
    section: str,
    content: RawSection,
    *,
    note: Note,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """Our text in place of a shared section."""
    base, new, content = base_number(version), edits.new_id(), _identified(content)
    return _edit(
        version,
        "articles.local_version.changed",
        lambda raw: edits.replace_section(
            raw, section, content, base=base, note=note, override=new
        ),
        {"section": section, "reason": note.reason},
        user=user,
        publish=publish,
    )


def hide_section(
    version: LocalVersionPage,
    section: str,
    *,
    note: Note,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """A shared section is not shown by this clinic."""
    base, new = base_number(version), edits.new_id()
    return _edit(
        version,
        "articles.local_version.hidden",
        lambda raw: edits.hide_section(raw, section, base=base, note=note, override=new),
        {"section": section, "reason": note.reason},
        user=user,
        publish=publish,
    )


def insert_section(
    version: LocalVersionPage,
    content: RawSection,
    *,
    where: str,
    anchor: str,
    note: Note,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """A section of the clinic's own among the shared ones."""
    base, order = base_number(version), _order(version)
    content = _identified(content)
    return _edit(
        version,
        "articles.local_version.added",
        lambda raw: edits.insert_section(
            raw,
            content,
            where=where,
            anchor=anchor,
            neighbours=order,
            base=base,
            note=note,
            override=content["id"],
        ),
        {"section": anchor, "where": where, "reason": note.reason},
        user=user,
        publish=publish,
    )


def change_insert(
    version: LocalVersionPage,
    override: str,
    content: RawSection,
    *,
    note: Note,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """Another text in a section that the clinic added."""
    content = _identified(content)
    return _edit(
        version,
        "articles.local_version.changed",
        lambda raw: edits.change_insert(raw, override, content, note=note),
        {"section": override, "reason": note.reason},
        user=user,
        publish=publish,
    )


def fill_slot(
    version: LocalVersionPage,
    slot: str,
    contents: Sequence[RawSection],
    *,
    note: Note,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """The clinic's sections in a slot."""
    base, new = base_number(version), edits.new_id()
    contents = [_identified(content) for content in contents]
    return _edit(
        version,
        "articles.local_version.filled",
        lambda raw: edits.fill_slot(raw, slot, contents, base=base, note=note, override=new),
        {"slot": slot, "reason": note.reason},
        user=user,
        publish=publish,
    )


def follow_again(
    version: LocalVersionPage, target: str, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """Follow the library again at a section, slot or added section; the text stays in history."""
    return _edit(
        version,
        "articles.local_version.reset",
        lambda raw: edits.follow_again(raw, target),
        {"section": target},
        user=user,
        publish=publish,
    )


def keep_mine(
    version: LocalVersionPage,
    target: str,
    *,
    place: Place | None = None,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """The clinic has seen what the library says now, and keeps its own text."""
    base = base_number(version)
    return _edit(
        version,
        "articles.local_version.accepted",
        lambda raw: edits.keep_mine(raw, target, base=base, place=place),
        {"section": target},
        user=user,
        publish=publish,
    )


def make_our_own(
    version: LocalVersionPage, override: str, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """A text whose shared section is gone becomes a section of the clinic's own, at the end."""
    base, order = base_number(version), _order(version)
    return _edit(
        version,
        "articles.local_version.added",
        lambda raw: edits.make_our_own(raw, override, base=base, neighbours=order),
        {"section": override},
        user=user,
        publish=publish,
    )


@transaction.atomic
def restore(
    version: LocalVersionPage, revision: Revision, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """What an earlier revision said, as a new one: "Undo" loses nothing either."""
    LocalVersionPage.objects.select_for_update(of=PAGE_ROW).get(pk=version.pk)
    earlier = version.revisions.get(pk=revision.pk).as_object()
    restored = earlier.save_revision(user=user, previous_revision=revision, log_action=False)
    if publish:
        earlier.publish(restored, user=user)
    log(instance=version, action="articles.local_version.undone", user=user)
    return LocalVersionPage.objects.get(pk=version.pk)


# The article as a whole


def hide_article(
    version: LocalVersionPage, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """The clinic does not show the article: 404, not listed, links to it become text."""

    def apply(page: LocalVersionPage) -> None:
        page.hides_article = True

    act = Act("articles.local_version.article_hidden", "", apply, {}, has_own_right=True)
    return do_act(version, act, user=user, publish=publish)


def show_article(
    version: LocalVersionPage, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """The clinic shows the article again, with the differences that it has."""

    def apply(page: LocalVersionPage) -> None:
        page.hides_article = False

    act = Act("articles.local_version.article_shown", "", apply, {}, has_own_right=True)
    return do_act(version, act, user=user, publish=publish)


def follow_library(
    version: LocalVersionPage, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """Nothing differs here any more, and the article is shown; the texts stay in history.

    Raises UnknownOverrideError when nothing differed.
    """

    def apply(page: LocalVersionPage) -> None:
        if not differs(page):
            raise edits.UnknownOverrideError(str(page))
        make_empty(page)

    act = Act("articles.local_version.reset", "", apply, {"section": ""})
    return do_act(version, act, user=user, publish=publish)


def take_shared_updates(
    version: LocalVersionPage, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """The shared text shows wherever an update waits; every other difference stays.

    Raises UnknownOverrideError when nothing waits.
    """

    def apply(page: LocalVersionPage) -> None:
        updates = updates_of(page)
        if not updates:
            raise edits.UnknownOverrideError(str(page))
        left = edits.drop_decisions(raw_stream(page.overrides), updates.overrides)
        page.overrides = page.overrides.stream_block.to_python(left)
        for name in updates.fields:
            follow_field(page, name)

    act = Act("articles.local_version.updates_taken", "", apply, {})
    return do_act(version, act, user=user, publish=publish)


# How an act is done


def _edit(
    version: LocalVersionPage,
    action: str,
    edit: OverridesEdit,
    data: Mapping[str, Any],
    *,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    def apply(page: LocalVersionPage) -> None:
        changed = edit(raw_stream(page.overrides))
        page.overrides = page.overrides.stream_block.to_python(changed)

    return do_act(version, Act(action, "", apply, data), user=user, publish=publish)


def _identified(content: RawSection) -> RawSection:
    """With its id fixed, so that live text and draft get the same section."""
    return {**content, "id": content.get("id") or edits.new_id()}


def _order(version: LocalVersionPage) -> list[str]:
    return [child.id for child in content_shown(version.article, version.clinic_id).body]
