"""Publishing a shared article: statements, seconds, rows, and what edges have to drop (P7, P9)."""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from typing import Any

from bench.measures.inside import SHARED, counted, texts

RUNS = 5
_QUEUES = ("clinics.purgeoutbox", "django_tasks_database.dbtaskresult")


def measure() -> dict[str, Any]:
    from clinics.models import PurgeOutbox  # noqa: PLC0415 - after the settings

    publish("warm")
    rows, purges = count_rows(), PurgeOutbox.objects.count()
    with counted() as statements:
        publish("counted")
    outbox = PurgeOutbox.objects.order_by("-pk").first()
    found = {
        "sql": len(statements),
        "rows": (count_rows() - rows).total(),
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


def count_rows() -> Counter[str]:
    """Rows of all tables but queues, which are drained."""
    from django.apps import apps  # noqa: PLC0415

    models = apps.get_models(include_auto_created=True)
    return Counter(
        {
            model._meta.label_lower: model._base_manager.count()
            for model in models
            if model._meta.managed and not model._meta.proxy
            if model._meta.label_lower not in _QUEUES
        }
    )


if __name__ == "__main__":
    print(json.dumps(measure()))
