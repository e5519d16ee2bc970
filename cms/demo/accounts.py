"""The demo's accounts: one for each role, with passwords that are made once."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import Page

from articles.models import ArticleLibraryPage
from clinics.choices import Role
from clinics.inviting import staff_group
from clinics.models import ClinicPage, FranchisePage, Membership, Person


@dataclass(frozen=True)
class Account:
    username: str
    role: Role | None
    at: str
    note: str


ACCOUNTS = (
    Account("admin", None, "", "superuser"),
    Account("library", Role.LIBRARY_PUBLISHER, "library", "writes and publishes the library"),
    Account("franchise", Role.FRANCHISE_ADMIN, "franchise", "clinics, locations and numbers"),
    Account("dallas", Role.CLINIC_PUBLISHER, "dallas", "publishes for the Dallas clinic"),
    Account("delray", Role.CLINIC_PUBLISHER, "delray-beach", "publishes for Delray Beach"),
    Account("dallas-editor", Role.CLINIC_EDITOR, "dallas", "writes for the Dallas clinic"),
    Account("reviewer", Role.MEDICAL_REVIEWER, "library", "reviews articles"),
)


# In whose name the account of the medical reviewer approves.
REVIEWER = "dana-whitlow"


def make_accounts(passwords_file: Path) -> dict[str, str]:
    """Create the accounts that are missing; returns the password of each by user name.

    DEMO_PASSWORD gives all accounts one password; otherwise they are random and kept in the file.
    """
    passwords = _passwords(passwords_file)
    group = staff_group()
    for account in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(
            username=account.username,
            defaults={
                "email": f"{account.username}@example.com",
                "is_superuser": account.role is None,
            },
        )
        if created or not user.check_password(passwords[account.username]):
            user.set_password(passwords[account.username])
            user.save()
        if account.role:
            user.groups.add(group)
            Membership.objects.get_or_create(user=user, role=account.role, page=_page(account.at))
        if account.role == Role.MEDICAL_REVIEWER:
            Person.objects.filter(slug=REVIEWER, account=None).update(account=user)
    return passwords


def _page(at: str) -> Page:
    if at == "library":
        return ArticleLibraryPage.objects.get().page_ptr
    if at == "franchise":
        return FranchisePage.objects.get().page_ptr
    return ClinicPage.objects.get(slug=at).page_ptr


def _passwords(path: Path) -> dict[str, str]:
    kept = json.loads(path.read_text()) if path.exists() else {}
    chosen = settings.DEMO_PASSWORD
    passwords = {
        account.username: chosen or kept.get(account.username) or secrets.token_urlsafe(9)
        for account in ACCOUNTS
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords, indent=2))
    return passwords
