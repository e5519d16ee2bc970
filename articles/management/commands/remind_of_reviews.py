"""Reminds people of medical reviews that are due, and of licenses that end. Run it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.review.letters import send_reminders


class Command(BaseCommand):
    help = "Writes to reviewers, editors and clinics about medical reviews that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_reminders(timezone.localdate())} letters sent.")
