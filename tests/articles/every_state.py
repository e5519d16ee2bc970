"""An article of which a clinic has a section, or a field, in every state there is."""

from __future__ import annotations

from typing import Any

from articles.choices import ChangeClass
from articles.models import LocalVersionPage
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    slot,
    text,
)

SECTIONS = ("follows", "own", "waiting", "hidden", "gone", "safety", "lock", "beside")


def make_every_state(clinic: Any, slug: str = "every-state") -> LocalVersionPage:
    """The clinic's local version; the sections of the article are named after their states."""
    shared = {key: text(key, key.title()) for key in SECTIONS}
    slots = [slot("note", text("fallback", "Nearby")), slot("gone-slot", text("inner", "Inner"))]
    article = make_article(slug, *shared.values(), *slots, title="Every state", summary="Then.")
    ours = {key: text(f"ours-{key}", f"Our {key}") for key in (*SECTIONS, "note", "added")}
    make_local_version(
        article,
        clinic,
        *(override("replace", key, ours[key]) for key in ("own", "waiting", "gone")),
        *(override("replace", key, ours[key]) for key in ("safety", "lock")),
        override("hide", "hidden"),
        override("fill", "note", ours["note"]),
        override("fill", "gone-slot", text("ours-slot", "Our slot")),
        override("insert", "beside", ours["added"], position="after"),
        title_override="Our title",
        summary_override="Our summary.",
    )
    left = [shared[key] for key in SECTIONS if key not in {"gone", "beside"}]
    left[2] = text("waiting", "Waiting", "<p>Shared words of waiting, and newer ones.</p>")
    article = change_article(article, [*left, slots[0]], summary="Now.")
    left[4] = text("safety", "Safety", "<p>Never drive on the same day.</p>")
    left[5] = text("lock", "Lock", locked=True)
    change_article(
        article,
        [*left, slots[0]],
        change_class=ChangeClass.SAFETY,
        change_note="Driving",
    )
    return LocalVersionPage.objects.get(article=article, clinic=clinic)
