"""One override beside the library: shared then, shared now, mine; and what to do about it.

Every act is a POST to a function of `articles.actions`. Somebody without the right to publish makes
a draft of it. A page that the user may not edit is a 404, as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Revision

from articles import actions
from articles.admin.outline import STATE_HELP, STATE_WORDS
from articles.merge import MergedSection, State
from articles.models import ArticleRelease, LocalVersionPage
from articles.override_edits import Place, UnknownOverrideError, find_override
from articles.plain_text import plain_text
from articles.queries import draft_effective
from articles.stream import raw_stream
from articles.word_diff import Run, marked_change
from clinics.resolve import clinic_of, root_page
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Comparison:
    """The three texts, and the word-level differences of the library's change and of ours."""

    then: str
    now: str
    mine: str
    library_change: tuple[Run, ...]
    our_change: tuple[Run, ...]


class SectionCompareView(View):
    """GET shows the texts; POST does what `act` says."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.version = editable_version(request, kwargs["pk"])
        self.draft = self.version.get_latest_revision_as_object()
        try:
            self.override = find_override(raw_stream(self.draft.overrides), kwargs["override"])
        except UnknownOverrideError as error:
            raise Http404 from error
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, override: str) -> HttpResponse:
        section = self._section()
        context = {
            "version": self.version,
            "title": self.version.get_admin_display_title(),
            "state": section.state if section else State.OWN,
            "state_words": STATE_WORDS[section.state if section else State.OWN],
            "help": STATE_HELP.get(section.state, "") if section else "",
            "comparison": comparison(self.version, self.override),
            "kind": self.override["type"],
            "is_orphan": bool(section and section.state == State.ORPHAN),
            "can_publish": self._can_publish(),
            "latest": self.version.latest_revision_id,
            "edit_url": self._edit_url(),
        }
        return TemplateResponse(request, "articles/admin/section_compare.html", context)

    def post(self, request: HttpRequest, pk: int, override: str) -> HttpResponse:
        if request.POST.get("latest") != str(self.version.latest_revision_id):
            messages.error(
                request,
                _("Somebody saved this page in the meantime. Here is what it says now; act again."),
            )
            return HttpResponseRedirect(request.path)
        before = self.version.live_revision_id or self.version.latest_revision_id
        message = self._act(request.POST.get("act", ""))
        say_done(request, message, self.version, before)
        return HttpResponseRedirect(self._edit_url())

    def _act(self, act: str) -> str:
        user, publish, id_ = self.request.user, self._can_publish(), self.override["id"]
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

    def _section(self) -> MergedSection | None:
        clinic = clinic_of(root_page(self.version.clinic_id))
        merged = draft_effective(self.draft, clinic).merged
        found = [*merged.sections, *merged.not_shown]
        return next((s for s in found if s.override == self.override["id"]), None)

    def _place(self) -> Place | None:
        """Where an added section stands now, for one whose neighbour is gone."""
        if self.override["type"] != "insert":
            return None
        clinic = clinic_of(root_page(self.version.clinic_id))
        return place_of(draft_effective(self.draft, clinic), self.override["id"])

    def _can_publish(self) -> bool:
        return self.version.permissions_for_user(self.request.user).can_publish()

    def _edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.version.pk])


def undo(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """POST: what the local version said before the last act, as a new revision."""
    version = editable_version(request, pk)
    if request.method != "POST":
        raise Http404
    earlier = get_object_or_404(Revision, pk=revision, object_id=str(version.pk))
    can_publish = version.permissions_for_user(request.user).can_publish()
    actions.restore(version, earlier, user=request.user, publish=can_publish and version.live)
    messages.success(request, _("Undone: the page says what it said before."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[version.pk]))


def editable_version(request: HttpRequest, pk: int) -> LocalVersionPage:
    """The local version, for a user who may edit it; Http404 for everybody else."""
    versions = LocalVersionPage.objects.select_related("article")
    version: LocalVersionPage = get_object_or_404(versions, pk=pk)
    if not version.permissions_for_user(request.user).can_edit():
        raise Http404
    return version


def comparison(version: LocalVersionPage, override: dict[str, Any]) -> Comparison:
    """Shared then is read from the release that the override was made on; nothing was copied."""
    value = override["value"]
    is_added = override["type"] == "insert"
    target = "" if is_added else value.get("section") or ""
    base = ArticleRelease.objects.filter(
        article_id=version.article_id, pk=value.get("base") or 0
    ).first()
    then = _section_text(base.revision.as_object(), target, value.get("slot")) if base else ""
    now = _section_text(version.article, target, value.get("slot"))
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


def say_done(
    request: HttpRequest, text: str, version: LocalVersionPage, before: int | None
) -> None:
    """A message with an "Undo" button, a form of its own since undoing is a POST."""
    if before is None:  # nothing to go back to
        messages.success(request, text)
        return
    context = {"text": text, "version": version, "before": before}
    template = "articles/admin/done_message.html"
    messages.success(request, render_to_string(template, context, request=request))


def _section_text(article: Any, section: str, slot: str | None) -> str:
    for child in article.body:
        is_slot = child.block_type == "slot"
        if child.id == section or (slot and is_slot and child.value["name"] == slot):
            raw = child.block.get_prep_value(child.value)
            return plain_text(raw.get("fallback") if is_slot else raw)
    return ""
