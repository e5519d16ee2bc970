"""When somebody leaves: what they hold, who takes over, and the end of their roles or account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from clinics.admin.edit import CONFLICT
from clinics.admin.team.screens import TeamScreen, home_of
from clinics.forms.team import LeavingForm
from clinics.team.changing import Refused, TeamConflict
from clinics.team.leaving import estates, leave, may_close
from clinics.team.members import Member, find_member

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Leave(TeamScreen):
    """All roles of a member, or the one that the address names."""

    template_name = "clinics/admin/team/leave.html"
    http_method_names = ["get", "head", "post", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.look_at(find_member(request.user, self.kwargs["member_id"]))

    def look_at(self, member: Member) -> None:
        """The member as they are now. Raises Http404 when the role that was named is gone."""
        wanted = self.kwargs.get("membership_id")
        self.member = member
        self.leaving = [m for m in member.memberships if wanted in (None, m.pk)]
        if not self.leaving:
            raise Http404
        self.estates = estates(member, {m.pk for m in self.leaving})

    @property
    def closes(self) -> bool:
        """The account as a whole is closed only by whoever ends all that it is for."""
        is_whole = len(self.leaving) == len(self.member.memberships)
        return is_whole and may_close(self.request.user, self.member)

    def get_page_subtitle(self) -> str:
        if self.member.is_waiting:
            return _("Withdraw the invitation")
        return _("Remove or hand over")

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        url = reverse("team:member", args=[self.member.user.pk])
        return [{"url": url, "label": self.member.name}, *super().own_breadcrumbs()]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        how = request.GET.get("how", LeavingForm.REMOVE)
        return self.show(self.form(initial={"base": self.member.base, "how": how}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        leaving = form.leaving(m.pk for m in self.leaving)
        try:
            leave(request.user, self.member.user.pk, leaving, base=form.cleaned_data["base"])
        except TeamConflict as conflict:
            return self.conflict(conflict.member)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.show(form)
        self.tell(leaving.deactivates)
        return redirect(self.next_url())

    def form(self, data: Any = None, **kwargs: Any) -> LeavingForm:
        return LeavingForm(data, estates=self.estates, closes=self.closes, **kwargs)

    def conflict(self, member: Member) -> HttpResponse:
        """What they hold now, with the successors that were chosen; a second click is on that."""
        self.look_at(member)
        chosen = self.request.POST.copy()
        chosen["base"] = member.base
        return self.show(self.form(initial=chosen.dict()), status=CONFLICT, conflict=True)

    def show(self, form: LeavingForm, *, status: int = 200, **context: Any) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            problems=form.problems(),
            member=self.member,
            leaving=self.leaving,
            parts=[(estate, form.successor_at(estate.place)) for estate in self.estates],
            leaderless=[e.place.title for e in self.estates if e.leaves_nobody],
            is_own=self.member.user == self.request.user,
            **context,
        )
        return self.render_to_response(context, status=status)

    def tell(self, was_closed: bool) -> None:
        name = {"name": self.member.name}
        if was_closed:
            text = _("%(name)s is deactivated and cannot sign in any more.")
        elif self.member.is_waiting:
            text = _("The invitation of %(name)s is withdrawn; the link in the letter is void.")
        else:
            text = _("%(name)s is removed. What they held was handed over.")
        messages.success(self.request, text % name)

    def next_url(self) -> str:
        if self.member.user == self.request.user:
            return reverse("wagtailadmin_home")
        places = {m.page_id: m.page for m in self.leaving}
        return home_of(*places.values()) if len(places) == 1 else self.home_url
