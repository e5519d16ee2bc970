"""One member of a team: roles, state, history, and the acts that need no further question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from clinics.admin.edit import CONFLICT
from clinics.admin.team.screens import TeamScreen
from clinics.choices import Role
from clinics.forms.team import RoleForm
from clinics.models import Membership
from clinics.team.changing import (
    Refused,
    TeamConflict,
    change_role,
    reactivate,
    renew_invitation,
)
from clinics.team.history import history_of, lines_of
from clinics.team.joining import send_letter_again
from clinics.team.leaving import may_close
from clinics.team.lost_factor import may_reset_factor, reset_factor
from clinics.team.members import Member, find_member, is_all_of
from clinics.team.words import MAY_DO

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_LINES = 30


@dataclass(frozen=True)
class RoleRow:
    """A role of the member, with the form that changes it."""

    membership: Membership
    may_do: str
    form: RoleForm


class MemberScreen(TeamScreen):
    """What the reader may know of somebody, and do. Only roles within reach are shown."""

    template_name = "clinics/admin/team/member.html"
    http_method_names = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.member = find_member(request.user, self.kwargs["member_id"])

    def get_page_subtitle(self) -> str:
        return self.member.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, member = self.request.user, self.member
        entries = history_of(user).filter(data__member=member.user.pk)
        context = {
            "member": member,
            "rows": self.rows(),
            "is_own": member.user == user,
            "may_close": may_close(user, member),
            "may_reopen": member.is_deactivated and is_all_of(member),
            "may_reset_factor": may_reset_factor(user, member),
            "may_add": self.is_of_several and not member.is_deactivated and member.user != user,
            "lines": lines_of(entries[:MOST_LINES]),
            "has_places": self.is_of_several,
        }
        return super().get_context_data(**{**context, **kwargs})

    def rows(self) -> list[RoleRow]:
        found = []
        for membership in self.member.memberships:
            form = RoleForm(membership=membership, user=self.request.user, base=self.member.base)
            found.append(RoleRow(membership, str(MAY_DO[Role(membership.role)]), form))
        return found


class ActOnMember(MemberScreen):
    """POST only; the form says what it was opened on. A conflict shows the member as they are."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act(request.POST.get("base", ""))
        except TeamConflict as conflict:
            return self.conflict(conflict.member)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("team:member", self.kwargs["member_id"])
        return self.afterwards()

    def act(self, base: str) -> None:
        raise NotImplementedError

    def conflict(self, member: Member) -> HttpResponse:
        self.member = member
        context = self.get_context_data(conflict=self.in_vain())
        return self.render_to_response(context, status=CONFLICT)

    def in_vain(self) -> str:
        return _("Nothing was saved.")

    def afterwards(self) -> HttpResponse:
        """Whoever gave up their own role may not find this page any more."""
        return redirect(self.next_url())

    def next_url(self) -> str:
        return reverse("team:member", args=[self.kwargs["member_id"]])


class ChangeRole(ActOnMember):
    """Another role at the same place."""

    def act(self, base: str) -> None:
        pk = self.kwargs["membership_id"]
        membership = next((m for m in self.member.memberships if m.pk == pk), None)
        if membership is None:
            raise Http404
        form = RoleForm(self.request.POST, membership=membership, user=self.request.user, base=base)
        if not form.is_valid():
            raise Refused(_("Choose one of the roles that are offered."))
        role = Role(form.cleaned_data["role"])
        if role == membership.role and base == self.member.base:
            messages.info(self.request, _("Nothing was changed."))
            return
        change_role(self.request.user, self.member.user.pk, pk, role, base=base)
        words = {"name": self.member.name, "role": str(role.label).lower()}
        text = _("%(name)s is %(role)s from now on.") % {**words, "place": membership.page.title}
        messages.success(self.request, text)

    def in_vain(self) -> str:
        wanted = self.request.POST.get("role", "")
        if wanted not in Role.values:
            return super().in_vain()
        return _("You wanted to make them %(role)s. That was not saved.") % {
            "role": str(Role(wanted).label).lower()
        }

    def next_url(self) -> str:
        if self.member.user == self.request.user:
            return reverse("my_clinic:index")
        return super().next_url()


class Reactivate(ActOnMember):
    """Opens a deactivated account again."""

    def act(self, base: str) -> None:
        reactivate(self.request.user, self.kwargs["member_id"], base=base)
        text = _("%(name)s can sign in again.") % {"name": self.member.name}
        messages.success(self.request, text)


class ResetFactor(ActOnMember):
    """For whoever lost the phone and the recovery codes."""

    def act(self, base: str) -> None:
        member = reset_factor(self.request.user, self.kwargs["member_id"], base=base)
        text = _("%(name)s sets up a new second factor at the next sign-in.")
        messages.success(self.request, text % {"name": member.name})


class InviteAgain(ActOnMember):
    """A new letter; the link of the one before is void."""

    def act(self, base: str) -> None:
        user = self.request.user
        member = renew_invitation(user, self.kwargs["member_id"], base=base)
        words = {"name": member.name, "email": member.user.email}
        if send_letter_again(member, by=user):
            text = _("A new letter is on its way to %(email)s. The link of the old one is void.")
            messages.success(self.request, text % words)
        else:
            text = _("The letter to %(email)s could not be sent. Try again later.")
            messages.error(self.request, text % words)
