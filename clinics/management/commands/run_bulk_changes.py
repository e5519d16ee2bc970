"""`manage.py run_bulk_changes`, every minute: planned changes begin and end, killed ones go on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from clinics.bulk.due import run_due


class Command(BaseCommand):
    help = "Begins and ends planned changes of locations, and resumes those that were interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        ended, began = run_due(timezone.now())
        self.stdout.write(f"{began} changes begun, {ended} rows ended")
