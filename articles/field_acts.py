"""What an editor does to the fields of a local version: title, summary, texts for search, picture.

Each act is one function, in one transaction; `actions.py` has those on sections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.acting import FIELD_COLUMNS, Act, do_act, follow_field
from articles.choices import HeroChoice
from articles.effective import own_values
from articles.models import LocalVersionPage
from articles.override_edits import UnknownOverrideError
from articles.queries import base_number

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def set_field(
    version: LocalVersionPage, name: str, value: str, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """The clinic's own title, summary, SEO title or description; "" follows the library again."""
    column, base = FIELD_COLUMNS[name], base_number(version)

    def apply(page: LocalVersionPage) -> None:
        setattr(page, column, value)
        page.bases = {**page.bases, name: base}

    action = "articles.local_version.changed" if value else "articles.local_version.reset"
    return do_act(version, Act(action, name, apply, {"field": name}), user=user, publish=publish)


def set_hero(
    version: LocalVersionPage,
    choice: HeroChoice,
    image: Any = None,
    *,
    user: AbstractUser | None,
    publish: bool,
) -> LocalVersionPage:
    """The library's picture, the clinic's own, or none."""
    base = base_number(version)

    def apply(page: LocalVersionPage) -> None:
        page.hero_choice, page.hero_image = choice, image
        page.bases = {**page.bases, "hero_image": base}

    act = Act("articles.local_version.changed", "hero_image", apply, {"field": "hero_image"})
    return do_act(version, act, user=user, publish=publish)


def follow_field_again(
    version: LocalVersionPage, name: str, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """A field follows the library again. Raises UnknownOverrideError when it did already."""

    def apply(page: LocalVersionPage) -> None:
        _require_own(page, name)
        follow_field(page, name)

    act = Act("articles.local_version.reset", name, apply, {"field": name})
    return do_act(version, act, user=user, publish=publish)


def keep_field(
    version: LocalVersionPage, name: str, *, user: AbstractUser | None, publish: bool
) -> LocalVersionPage:
    """The clinic has seen what the library says now in a field, and keeps its own.

    Raises UnknownOverrideError when the field follows the library.
    """
    base = base_number(version)

    def apply(page: LocalVersionPage) -> None:
        _require_own(page, name)
        page.bases = {**page.bases, name: base}

    act = Act("articles.local_version.accepted", name, apply, {"field": name})
    return do_act(version, act, user=user, publish=publish)


def _require_own(page: LocalVersionPage, name: str) -> None:
    if name not in own_values(page):
        raise UnknownOverrideError(name)
