"""The log of changes: what each made stale, for the processes that keep pages and for edges."""

from __future__ import annotations

from django.db import models


class PurgeOutbox(models.Model):
    """Surrogate keys that are stale, written in the transaction of the change.

    Every process reads the new rows a few times a second, and each edge is told to drop them.
    `transaction_id` is PostgreSQL's: rows are not committed in the order of their ids.
    """

    tags = models.JSONField()
    transaction_id = models.BigIntegerField(null=True, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return " ".join(self.tags)
