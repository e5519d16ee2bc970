"""Takes a change of facts back, for whoever may make such a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from clinics.admin.saved_message import say_undone
from clinics.facts import FactsConflict, changed_names, undo_change
from clinics.facts_rights import rights_for
from clinics.facts_snapshot import HOURS
from clinics.roles.reach import changes_of, clinics_of
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse

    from clinics.models import ClinicPage, FactsChange


class UndoChange(View):
    """POST only; carries the version that the editor saw."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        changes = changes_of(request.user).select_related("page")
        change = get_object_or_404(changes, pk=kwargs["change_id"])
        if not may_undo(request.user, change):
            raise PermissionDenied
        try:
            undone = undo_change(change, user=request.user, base_version=_version(request))
        except FactsConflict:
            text = _("Not undone: these facts were changed again since. Look at the changes below.")
            messages.error(request, text)
        except ValidationError as error:
            reasons = " ".join(error.messages)
            messages.error(request, _("Not undone: %(reasons)s") % {"reasons": reasons})
        else:
            _tell(request, undone)
        return redirect("my_clinic:changes", _clinic_of(request.user, change).pk)


def may_undo(user: AbstractUser, change: FactsChange) -> bool:
    """True when the role gives every right that such a change needs."""
    rights = rights_for(changed_names(change), is_of_clinic=HOURS not in change.after)
    return all(right_at(user, right, change.page) == YES for right in rights)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("base_version", "")
    if not typed.isdecimal():
        raise Http404
    return int(typed)


def _tell(request: HttpRequest, undone: FactsChange | None) -> None:
    if undone is None:
        messages.info(request, _("There was nothing left to put back."))
    else:
        say_undone(request, undone)


def _clinic_of(user: AbstractUser, change: FactsChange) -> ClinicPage:
    return clinics_of(user).ancestor_of(change.page, inclusive=True).get()
