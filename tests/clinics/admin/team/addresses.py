"""The addresses of a team and its members, and what their forms are posted with."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from clinics.choices import Role
from clinics.models import Membership
from clinics.team.members import find_member

EDITOR, PUBLISHER = Role.CLINIC_EDITOR.value, Role.CLINIC_PUBLISHER.value
INVITE, LIST = "team:invite", "team:list"


def tab(clinic: Any) -> str:
    return reverse("my_clinic:team", args=[clinic.pk])


def member_urls(user: Any) -> dict[str, str]:
    """Every address that names a member."""
    membership = Membership.objects.filter(user=user).first()
    one = membership.pk if membership else 8_888_888
    names = ("member", "leave", "invite_again", "reactivate", "reset_factor")
    urls = {name: reverse(f"team:{name}", args=[user.pk]) for name in names}
    two = {name: reverse(f"team:{name}", args=[user.pk, one]) for name in ("role", "leave_one")}
    return urls | two


def base(reader: Any, user: Any) -> str:
    return find_member(reader, user.pk).base


def invitation(**changes: Any) -> dict[str, Any]:
    return {"email": "ann@hill.example", "name": "Ann Hill", "role": EDITOR, **changes}
