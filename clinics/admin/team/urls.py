"""The addresses of the team screens, below the admin's own; the tab is among those of My clinic."""

from __future__ import annotations

from django.urls import path

from clinics.admin.team.invite import InviteToTeam
from clinics.admin.team.leave import Leave
from clinics.admin.team.lists import TeamHistory, TeamList
from clinics.admin.team.member import ChangeRole, InviteAgain, MemberScreen, Reactivate, ResetFactor

app_name = "team"

urlpatterns = [
    path("", TeamList.as_view(), name="list"),
    path("invite/", InviteToTeam.as_view(), name="invite"),
    path("history/", TeamHistory.as_view(), name="history"),
    path("<int:member_id>/", MemberScreen.as_view(), name="member"),
    path("<int:member_id>/role/<int:membership_id>/", ChangeRole.as_view(), name="role"),
    path("<int:member_id>/invite-again/", InviteAgain.as_view(), name="invite_again"),
    path("<int:member_id>/reactivate/", Reactivate.as_view(), name="reactivate"),
    path("<int:member_id>/second-factor/", ResetFactor.as_view(), name="reset_factor"),
    path("<int:member_id>/leave/", Leave.as_view(), name="leave"),
    path("<int:member_id>/leave/<int:membership_id>/", Leave.as_view(), name="leave_one"),
]
