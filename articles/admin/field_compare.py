"""One field of a local version beside the library: title, summary, texts for search, picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import field_acts
from articles.admin.compare import CompareView, Comparison, Decision, Shown
from articles.admin.state_words import state_words
from articles.merge import State
from articles.models import ArticleRelease
from articles.word_diff import marked_change
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.effective import EffectiveField

FIELD_LABELS = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "seo_title": gettext_lazy("title for search engines"),
    "search_description": gettext_lazy("description for search engines"),
    "hero_image": gettext_lazy("picture"),
}
_HELP = {
    State.WAITING: gettext_lazy(
        "The library has changed this since you wrote yours. Compare, then keep yours or take the "
        "shared one."
    ),
    State.SUSPENDED: gettext_lazy(
        "The library has locked this, so patients see the shared one. Copy what you need from "
        "yours and drop it."
    ),
}


class FieldCompareView(CompareView):
    """`target` is the name of the field."""

    edit_anchor = "#tab-title_and_summary"

    def shown(self) -> Shown:
        field = self._field()
        is_locked = field.state is State.SUSPENDED
        follow = Decision("follow", _("Take shared"))
        keep = Decision("keep", _("Keep mine"))
        return Shown(
            name=capfirst(str(FIELD_LABELS[self.target])),
            state=field.state,
            words=state_words(field.state, is_locked=is_locked),
            help=str(_HELP.get(field.state, "")),
            comparison=self._comparison(field),
            decisions=(keep, follow) if field.state is State.WAITING else (follow,),
        )

    def act(self, act: str) -> str:
        self._field()
        user, publish = self.request.user, self.can_publish
        if act == "keep":
            field_acts.keep_field(self.version, self.target, user=user, publish=publish)
            return _("Yours stays, and counts as up to date with the library.")
        if act == "follow":
            field_acts.follow_field_again(self.version, self.target, user=user, publish=publish)
            return _("Follows the library again. Yours is kept in the history.")
        raise Http404

    def _field(self) -> EffectiveField:
        field = self.effective.fields.get(self.target)
        if field is None or field.state is State.FOLLOWS:
            raise Http404
        return field

    def _comparison(self, field: EffectiveField) -> Comparison:
        is_locked = field.state is State.SUSPENDED
        mine, now = (field.shared, field.value) if is_locked else (field.value, field.shared)
        base = ArticleRelease.objects.filter(
            article_id=self.version.article_id, pk=self.draft.bases.get(self.target) or 0
        ).first()
        then = getattr(base.revision.as_object(), self.target) if base else ""
        then, now, mine = field_text(then), field_text(now), field_text(mine)
        return Comparison(then, now, mine, marked_change(then, now), marked_change(now, mine))


def field_text(value: Any) -> str:
    """A field's value as an editor reads it; a picture by its title."""
    return readable(str(value)) if value else ""
