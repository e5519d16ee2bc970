"""What an editor is told about a field of a local version: whose value shows, and the library's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from articles.admin.field_compare import field_text
from articles.admin.state_words import NEEDS_SOMEBODY, STATE_ICONS, state_words
from articles.merge import State
from articles.queries import draft_effective
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.models import LocalVersionPage


@dataclass(frozen=True)
class OwnField:
    """`compare_url` is "" where the field follows the library."""

    name: str
    state: State
    words: str
    icon: str
    shared: str
    image: Any
    compare_url: str
    needs_somebody: bool


def own_field(version: LocalVersionPage, name: str) -> OwnField:
    """The state of a field in the version as it is edited."""
    field = _effective(version).fields[name]
    is_locked = field.state is State.SUSPENDED
    is_ours = field.origin == "local"
    shared = field.shared if is_ours else field.value
    follows = field.state is State.FOLLOWS
    return OwnField(
        name=name,
        state=field.state,
        words=state_words(field.state, is_locked=is_locked),
        icon=STATE_ICONS[field.state],
        shared=field_text(shared),
        image=shared if name == "hero_image" else None,
        compare_url="" if follows else reverse("articles_field_compare", args=[version.pk, name]),
        needs_somebody=field.state in NEEDS_SOMEBODY,
    )


def _effective(version: LocalVersionPage) -> EffectiveArticle:
    """Read once for all the fields of a form, which share one page object."""
    found: EffectiveArticle | None = getattr(version, "_effective_in_editor", None)
    if found is None:
        found = draft_effective(version, clinic_of(root_page(version.clinic_id)))
        version._effective_in_editor = found
    return found
