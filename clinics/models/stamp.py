"""Version stamps of what pages are made of, and the purges that follow from them."""

from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """`scope` is "all", "g", "lib", "f:1", "a:77", "c:5", "p:3", "i:4" (a picture) or "s:9"; a
    change counts it up.
    """

    scope = models.CharField(max_length=40, unique=True)
    version = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.scope} {self.version}"


class PurgeOutbox(models.Model):
    """Surrogate keys that edges have to drop, written in the transaction of the change."""

    tags = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return " ".join(self.tags)
