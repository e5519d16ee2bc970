"""Keeps autosave from writing into a revision that readers, reviewers or a schedule rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import TaskState

if TYPE_CHECKING:
    from wagtail.models import Revision


class KeptRevisionsMixin(models.Model):
    """`save_revision` starts a new revision instead of overwriting one that is in use.

    Wagtail's autosave overwrites the latest revision of the same user even when it was published in
    the meantime by bulk action, workflow or schedule: a draft would be written into the live one.
    """

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        overwrite = kwargs.get("overwrite_revision")
        if overwrite is not None and self.is_revision_in_use(overwrite):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def is_revision_in_use(self, revision: Revision) -> bool:
        """True for a revision that is live, scheduled, or in a workflow."""
        live_revision_id = (
            type(self)._base_manager.values_list("live_revision_id", flat=True).get(pk=self.pk)
        )
        return (
            revision.pk == live_revision_id
            or revision.approved_go_live_at is not None
            or TaskState.objects.filter(revision=revision).exists()
        )
