"""Publishing a shared article: statements, seconds, rows, and what edges have to drop (P7, P9)."""

from __future__ import annotations

import json
import statistics
import time
from typing import Any

from bench.measures.inside import SHARED, counted, texts

RUNS = 5


def measure() -> dict[str, Any]:
    from clinics.models import PurgeOutbox  # noqa: PLC0415 - after the settings

    publish("warm")
    rows, purges = count_rows(), PurgeOutbox.objects.count()
    with counted() as statements:
        publish("counted")
    outbox = PurgeOutbox.objects.order_by("-pk").first()
    found = {
        "sql": len(statements),
        "rows": count_rows() - rows,
        "purges": PurgeOutbox.objects.count() - purges,
        "tags": len(outbox.tags) if outbox else 0,
    }
    times = []
    for run in range(RUNS):
        started = time.perf_counter()
        publish(f"run {run}")
        times.append(time.perf_counter() - started)
    return found | {"ms": round(statistics.median(times) * 1000, 1)}


def publish(words: str) -> str:
    """A new summary; returns what nothing else says."""
    from articles.models import ArticlePage  # noqa: PLC0415

    unique = f"{words}, {time.perf_counter_ns()}"
    article = ArticlePage.objects.get(slug=texts.slug(SHARED))
    draft = article.get_latest_revision_as_object()
    draft.summary = f"{texts.summary(SHARED)} ({unique})"
    draft.save_revision().publish()
    return unique


def count_rows() -> int:
    """Rows of all tables."""
    from django.apps import apps  # noqa: PLC0415

    models = apps.get_models(include_auto_created=True)
    return sum(m._base_manager.count() for m in models if m._meta.managed and not m._meta.proxy)


if __name__ == "__main__":
    print(json.dumps(measure()))
