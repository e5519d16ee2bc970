"""Somebody has lost the phone and the recovery codes: their password opens the set-up again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.sign_in.factors import forget_second_factor


class Command(BaseCommand):
    help = "Forget the authenticator app, passkeys and recovery codes of one account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        user = get_user_model()._default_manager.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”: check the user name.")
        if not forget_second_factor(user):
            self.stdout.write(f"{username} has no second factor: nothing to do.")
            return
        self.stdout.write(f"{username} sets up a new second factor at the next sign-in.")
