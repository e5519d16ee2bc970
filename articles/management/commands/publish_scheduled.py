"""Wagtail's `publish_scheduled`, which one page that may not be published would stop for good."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands.publish_scheduled import Command as PublishScheduledCommand
from wagtail.models import Revision

from articles.publishing import publish_problems


class Command(PublishScheduledCommand):
    help = (
        "Publishes and unpublishes what is due; a page with a problem is named and stays a draft."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            self._take_off_schedule()
        super().handle(*args, **options)

    def _take_off_schedule(self) -> None:
        """Names and clinics change between the day of planning and the day of publishing."""
        for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()):
            page = revision.as_object()
            problems = publish_problems(page)
            if not problems:
                continue
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            log(instance=page, action="wagtail.schedule.cancel", revision=revision)
            self.stderr.write(f"“{page}” was not published. {' '.join(problems)}")
