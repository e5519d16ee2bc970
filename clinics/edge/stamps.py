"""Counts versions of what pages are made of, and queues the purge of what a change makes stale."""

from __future__ import annotations

from django.db.models import F

from clinics.models.stamp import PurgeOutbox, Stamp

# Bumped with every other scope: one row tells a process whether anything changed at all.
ALL = "all"


def bump(*scopes: str) -> None:
    """Count the scopes up, in sorted order so that two writers cannot lock each other out.

    Call it in the transaction of the change; the purge row is part of the same transaction.
    """
    for scope in sorted({*scopes, ALL}):
        if not Stamp.objects.filter(scope=scope).update(version=F("version") + 1):
            _create(scope)
    PurgeOutbox.objects.create(tags=[surrogate_key(scope) for scope in sorted(scopes)])


def surrogate_key(scope: str) -> str:
    """A scope as it is written in `Surrogate-Key` headers: "a:77" is "a77"."""
    return scope.replace(":", "")


def _create(scope: str) -> None:
    _stamp, created = Stamp.objects.get_or_create(scope=scope)
    if not created:
        Stamp.objects.filter(scope=scope).update(version=F("version") + 1)
