"""The log of changes: what each made stale, for the processes that keep pages and for edges."""

from __future__ import annotations

from django.db import models


class PurgeOutbox(models.Model):
    """Surrogate keys that are stale, written in the transaction of the change.

    Every process reads the new rows a few times a second, and each edge is told to drop them:
    `spread_at` is when its deliveries were made, `done_at` when the last of them was done.
    `transaction_id` is PostgreSQL's: rows are not committed in the order of their ids.
    """

    tags = models.JSONField()
    transaction_id = models.BigIntegerField(null=True, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    spread_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(done_at=None), name="purges_not_done"
            ),
            models.Index(fields=["done_at"], name="purges_done"),
        ]

    def __str__(self) -> str:
        return " ".join(map(str, self.tags))


class PurgeDelivery(models.Model):
    """One purge that one node still has to be told; it is deleted when the node was.

    The last time it is told is `settles_at` or later.
    """

    purge = models.ForeignKey(PurgeOutbox, on_delete=models.CASCADE, related_name="deliveries")
    node = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    settles_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["node", "due_at"], name="purges_due")]
        constraints = [
            models.UniqueConstraint(fields=["purge", "node"], name="one_delivery_per_node")
        ]

    def __str__(self) -> str:
        return f"{self.purge_id} {self.node}"


class PurgeNode(models.Model):
    """How a node of the edge is: whether it answers, and who is telling it something right now.

    `wakes_at` is the moment for which a task is queued already.
    """

    name = models.CharField(max_length=60, unique=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    wakes_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
