"""Makes the sizes that pictures lack: after an upgrade, or where a task was lost."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model

from clinics.picture_sizes import make_sizes


class Command(BaseCommand):
    help = "Makes every size of every picture that is not made yet."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for image in get_image_model().objects.order_by("pk").iterator():
            problem = make_sizes(image)
            if problem:
                failed += 1
                self.stderr.write(f"{image.title} ({image.file.name}): {problem.label}")
        if failed:
            self.stderr.write(f"{failed} pictures lack sizes: upload them again.")
