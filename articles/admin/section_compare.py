"""One override of a section or a slot, or an added section, beside the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions
from articles.admin.compare import CompareView, Comparison, Decision, Shown
from articles.admin.outline import outline_of
from articles.admin.state_words import state_words
from articles.merge import State
from articles.models import ArticleRelease, LocalVersionPage
from articles.override_edits import Place, UnknownOverrideError, find_override
from articles.plain_text import plain_text
from articles.section_names import section_names
from articles.stream import raw_stream
from articles.word_diff import marked_change
from clinics.resolve import clinic_of, root_page
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.admin.outline import OutlineRow


_LABELS = {
    "insert": (gettext_lazy("Keep it here"), gettext_lazy("Remove our section")),
    "hide": (gettext_lazy("Keep it hidden"), gettext_lazy("Show it again")),
}


class SectionCompareView(CompareView):
    """`target` is the id of the override."""

    def shown(self) -> Shown:
        row = self._row
        state = row.state if row else State.OWN
        names = section_names(self.effective.content.body)
        value = self.override["value"]
        is_added = self.override["type"] == "insert"
        name = names.get(value.get("section") or value.get("slot") or "", "")
        return Shown(
            name=row.heading if row and (is_added or not name) else name,
            state=state,
            words=row.state_words if row else state_words(state),
            help=row.help if row else "",
            comparison=comparison(self.effective.content, self.version, self.override),
            decisions=self._decisions(state, is_locked=bool(row and row.is_locked)),
            has_shared=not is_added,
            mine_note=_("Hidden here") if self.override["type"] == "hide" else "",
        )

    def act(self, act: str) -> str:
        user, publish, id_ = self.request.user, self.can_publish, self.override["id"]
        if act == "keep":
            actions.keep_mine(self.version, id_, place=self._place(), user=user, publish=publish)
            return _("Your text stays, and counts as up to date with the library.")
        if act == "follow":
            actions.follow_again(self.version, id_, user=user, publish=publish)
            return _("Follows the library again. Your text is kept in the history.")
        if act == "own":
            actions.make_our_own(self.version, id_, user=user, publish=publish)
            return _("It is a section of your own now, at the end of the article.")
        raise Http404

    @cached_property
    def override(self) -> dict[str, Any]:
        try:
            return find_override(raw_stream(self.draft.overrides), self.target)
        except UnknownOverrideError as error:
            raise Http404 from error

    @cached_property
    def _row(self) -> OutlineRow | None:
        clinic = clinic_of(root_page(self.version.clinic_id))
        rows = outline_of(self.effective, clinic).rows
        return next((row for row in rows if row.override == self.override["id"]), None)

    def _decisions(self, state: State, *, is_locked: bool) -> tuple[Decision, ...]:
        kind = self.override["type"]
        if state is State.ORPHAN:
            own = Decision("own", _("Make it a section of our own"))
            drop = Decision("follow", _("Drop it"))
            return (drop,) if kind == "hide" else (own, drop)
        waits = state in {State.WAITING, State.SUSPENDED}
        keeps, follows = _LABELS.get(kind, (_("Keep mine"), _("Take shared")))
        if not waits and kind not in _LABELS:
            follows = _("Follow the library again")
        keep, follow = Decision("keep", str(keeps)), Decision("follow", str(follows))
        return (keep, follow) if waits and not is_locked else (follow,)

    def _place(self) -> Place | None:
        """Where an added section stands now, for one whose neighbour is gone."""
        if self.override["type"] != "insert":
            return None
        return place_of(self.effective, self.override["id"])


def comparison(content: Any, version: LocalVersionPage, override: dict[str, Any]) -> Comparison:
    """`content` is the article as of the release that the clinic shows.

    Shared then is read from the release that the override was made on; nothing was copied.
    """
    value = override["value"]
    is_added = override["type"] == "insert"
    target = "" if is_added else value.get("section") or ""
    base = ArticleRelease.objects.filter(
        article_id=version.article_id, pk=value.get("base") or 0
    ).first()
    then = _section_text(base.revision.as_object(), target, value.get("slot")) if base else ""
    now = _section_text(content, target, value.get("slot"))
    mine = "\n\n".join(plain_text(each["value"]) for each in value.get("content") or [])
    then, now, mine = readable(then), readable(now), readable(mine)
    return Comparison(then, now, mine, marked_change(then, now), marked_change(now, mine))


def place_of(effective: Any, override: str) -> Place | None:
    """The place of an added section, by the shared section that stands before it."""
    shared = [child.id for child in effective.content.body]
    before = ""
    for section in effective.merged.sections:
        if section.override == override:
            break
        if section.id in shared:
            before = section.id
    neighbours = tuple(shared)
    return Place("after", before, neighbours) if before else Place("start", "", neighbours)


def _section_text(article: Any, section: str, slot: str | None) -> str:
    for child in article.body:
        is_slot = child.block_type == "slot"
        if child.id == section or (slot and is_slot and child.value["name"] == slot):
            raw = child.block.get_prep_value(child.value)
            return plain_text(raw.get("fallback") if is_slot else raw)
    return ""
