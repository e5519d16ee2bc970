"""Invites somebody to a team: a form, a letter with a link, and a role at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from clinics.admin.team.screens import TeamScreen, home_of
from clinics.choices import Role
from clinics.forms.team import InviteForm
from clinics.team.changing import Refused
from clinics.team.granting import places_led_by, roles_given_at, roles_given_by
from clinics.team.joining import Joined, join_team, send_letter
from clinics.team.members import name_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class InviteToTeam(TeamScreen):
    """`?place=` is chosen already, where the reader invites to it; the same goes for `?email=`."""

    template_name = "clinics/admin/team/invite.html"
    http_method_names = ["get", "head", "post", "options"]
    page_subtitle = gettext_lazy("Invite somebody")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        roles = self.roles()
        first = roles[0].value if len(roles) == 1 else None
        initial = {"email": request.GET.get("email", "")[:150], "role": first}
        if self.place:
            initial["places"] = [self.place.pk]
        return self.show(self.form(initial=initial))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            joined = join_team(request.user, form.new_member(), form.place_ids())
        except Refused as refused:
            form.add_error("email", str(refused))
            return self.show(form)
        self.tell(joined, is_sent=send_letter(joined, by=request.user))
        place = self.place or joined.places[0]
        return redirect(home_of(place) if len(joined.places) == 1 else self.home_url)

    def form(self, data: Any = None, **kwargs: Any) -> InviteForm:
        return InviteForm(data, user=self.request.user, roles=self.roles(), **kwargs)

    def roles(self) -> list[Role]:
        """Those of the place that was come from, where that is the only one."""
        user = self.request.user
        return roles_given_at(user, self.only_clinic) if self.only_clinic else roles_given_by(user)

    @property
    def place(self) -> Page | None:
        asked = self.request.GET.get("place", "")
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
            return None
        return places_led_by(self.request.user).filter(pk=asked).first()

    def show(self, form: InviteForm) -> HttpResponse:
        context = self.get_context_data(
            form=form, problems=form.problems(), home_url=self.home_url, where=form.only_place
        )
        return self.render_to_response(context)

    def tell(self, joined: Joined, *, is_sent: bool) -> None:
        name = {"name": name_of(joined.user), "email": joined.user.email}
        if not is_sent:
            text = _(
                "%(name)s is in the team, but the letter could not be sent. Send it again from"
                " their page."
            )
            messages.warning(self.request, text % name)
        elif joined.is_waiting:
            text = _("%(name)s is invited: a letter with a link is on its way to %(email)s.")
            messages.success(self.request, text % name)
        else:
            text = _("%(name)s is in the team and signs in with the account that is there already.")
            messages.success(self.request, text % name)
