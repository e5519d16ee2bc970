"""A difference beside the library: shared then, shared now, mine; and what to do about it.

Every act is a POST to a function of the articles app, and holds only for the very texts that were
shown: when the page or the library moved on meanwhile, nothing is done and the texts are shown
again. Somebody without the right to publish makes a draft of it. A page that the user may not edit
is a 404, as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Revision

from articles import actions
from articles.admin.state_words import STATE_ICONS
from articles.merge import State
from articles.models import LocalVersionPage
from articles.queries import base_number, draft_effective
from articles.word_diff import Run
from clinics.publish_guard import NotPublishableError
from clinics.resolve import clinic_of, root_page
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.effective import EffectiveArticle


@dataclass(frozen=True)
class Comparison:
    """The three texts, and the word-level differences of the library's change and of ours."""

    then: str
    now: str
    mine: str
    library_change: tuple[Run, ...]
    our_change: tuple[Run, ...]


@dataclass(frozen=True)
class Decision:
    """A button: what it does (`act`), and what it says."""

    act: str
    label: str


@dataclass(frozen=True)
class Shown:
    """What a compare page shows of a difference. `name` is the section's or the field's."""

    name: str
    state: State
    words: str
    help: str
    comparison: Comparison
    decisions: tuple[Decision, ...]
    has_shared: bool = True
    mine_note: str = ""


class CompareView(View):
    """GET shows the texts; POST does what `act` says. Subclasses find the difference."""

    template_name = "articles/admin/compare.html"
    target: str
    edit_anchor: ClassVar[str] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.target = kwargs["target"]
        self.version = editable_version(request, kwargs["pk"])
        self.draft = self.version.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def shown(self) -> Shown:
        """The difference; Http404 when there is none, any more."""
        raise NotImplementedError

    def act(self, act: str) -> str:
        """Do it, and say what was done; Http404 for an unknown act."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int, target: str) -> HttpResponse:
        shown = self.shown()
        context = {
            "version": self.version,
            "title": self.version.get_admin_display_title(),
            "shown": shown,
            "icon": STATE_ICONS[shown.state],
            "can_publish": self.can_publish,
            "seen": self._seen(self.version),
            "edit_url": f"{self.edit_url}{self.edit_anchor}",
        }
        return TemplateResponse(request, self.template_name, context)

    def post(self, request: HttpRequest, pk: int, target: str) -> HttpResponse:
        with transaction.atomic():
            row = LocalVersionPage.objects.select_for_update(of=PAGE_ROW).get(pk=self.version.pk)
            if request.POST.get("seen") != self._seen(row):
                messages.error(
                    request,
                    _(
                        "Nothing was done: this page or the shared text was saved in the meantime. "
                        "Here is what they say now; choose again."
                    ),
                )
                return HttpResponseRedirect(request.path)
            before = row.live_revision_id or row.latest_revision_id
            message = self._act_or_draft(request.POST.get("act", ""))
        say_done(request, message, self.version, before)
        return HttpResponseRedirect(self.edit_url)

    def _act_or_draft(self, act: str) -> str:
        """What may not be published becomes a draft, which can be sent to medical review."""
        try:
            with transaction.atomic():
                return self.act(act)
        except NotPublishableError as error:
            self.can_publish = False
            message = self.act(act)
            text = _("It is a draft for now, and patients do not see it yet. %(reasons)s")
            messages.warning(self.request, text % {"reasons": " ".join(error.messages)})
            return message

    @cached_property
    def effective(self) -> EffectiveArticle:
        """The article as it would be with the newest draft live."""
        return draft_effective(self.draft, clinic_of(root_page(self.version.clinic_id)))

    @cached_property
    def can_publish(self) -> bool:
        permissions = self.version.permissions_for_user(self.request.user)
        return bool(permissions.can_publish())

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.version.pk])

    def _seen(self, version: LocalVersionPage) -> str:
        """Names both texts that a decision is about: our newest revision, the shown release."""
        return f"{version.latest_revision_id}/{base_number(version)}"


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
