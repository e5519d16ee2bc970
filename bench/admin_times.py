"""Times what must stay quick in the admin, beside a baseline in the same run.

Milliseconds are medians; what counts are the ratios and the numbers of queries.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

ARTICLES, CLINICS, LOCAL_VERSIONS = 300, 50, 200
RUNS = 5


def results() -> dict[str, Any]:
    """Measured in a test database of its own, which is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    from django.test.utils import (  # noqa: PLC0415 - after the settings are known
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return measure()
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def measure() -> dict[str, Any]:
    from tests.factories import build_world  # noqa: PLC0415 - needs the settings

    world = build_world()
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "processors": os.cpu_count(),
        "measures": [*publish_measures(world), *list_measures(world)],
    }


def publish_measures(world: Any) -> list[dict[str, Any]]:
    """A publish of an article with 0 and with 200 local versions."""
    from tests.articles.crowd import add_clinics, add_local_versions  # noqa: PLC0415
    from tests.articles.factories import make_article, override, text  # noqa: PLC0415

    article = make_article("published", *_body())

    def publish() -> None:
        draft = article.get_latest_revision_as_object()
        draft.summary = f"Changed at {time.perf_counter_ns()}"
        draft.save_revision().publish()

    baseline = timed(publish)
    clinics = add_clinics(world, LOCAL_VERSIONS)
    add_local_versions(article, clinics, override("replace", "s0", text("own", "Ours")))
    found = [row("publish with 200 local versions", timed(publish), "with none", baseline)]
    for clinic in clinics:
        clinic.delete()
    return found


def list_measures(world: Any) -> list[dict[str, Any]]:
    """The list of one clinic, and the matrix, with 30 and 10 times as many articles."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from articles.article_states import article_states  # noqa: PLC0415
    from articles.models import ArticlePage  # noqa: PLC0415
    from articles.states_by_clinic import states_by_clinic  # noqa: PLC0415
    from clinics.models import ClinicFacts  # noqa: PLC0415
    from tests.articles.crowd import add_clinics, add_local_versions  # noqa: PLC0415
    from tests.articles.factories import make_article, override, text  # noqa: PLC0415

    ours = override("replace", "s0", text("own", "Ours"))
    clinics = add_clinics(world, CLINICS - 2)
    clients = {}
    for name in ("hillside_publisher", "library_publisher"):
        clients[name] = Client(HTTP_HOST=settings.ADMIN_HOST)
        clients[name].force_login(getattr(world, name))
    my_articles = reverse("my_articles:list", args=[world.hillside.pk])
    matrix = reverse("articles_report_matrix")

    def add_articles(first: int, last: int) -> None:
        for number in range(first, last):
            article = make_article(f"article-{number}", *_body())
            add_local_versions(article, [world.hillside, *clinics[number % 20 :: 20]], ours)

    def open_list() -> None:
        _ask(clients["hillside_publisher"], my_articles)

    def open_matrix() -> None:
        _ask(clients["library_publisher"], matrix)

    def export() -> None:
        _ask(clients["library_publisher"], f"{matrix}?export=csv")

    def articles() -> list[Any]:
        return list(ArticlePage.objects.live().select_related("hero_image"))

    def all_at_once() -> None:
        facts = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
        states_by_clinic(articles(), list(facts))

    def clinic_by_clinic() -> None:
        for facts in ClinicFacts.objects.all():
            article_states(articles(), facts.clinic_id)

    add_articles(0, ARTICLES // 10)
    few = {name: timed(each) for name, each in (("list", open_list), ("matrix", open_matrix))}
    add_articles(ARTICLES // 10, ARTICLES)
    return [
        row("list of 300 articles", timed(open_list), "of 30", few["list"]),
        row("matrix of 300 × 50, a page", timed(open_matrix), "of 30 × 50", few["matrix"]),
        row("spreadsheet of 300 × 50", timed(export), "a page", timed(open_matrix)),
        row(
            "states of 300 × 50 at once",
            timed(all_at_once),
            "clinic by clinic",
            timed(clinic_by_clinic, runs=1),
        ),
    ]


def timed(act: Callable[[], Any], runs: int = RUNS) -> tuple[float, int]:
    """Milliseconds (the median) and queries of an act; it is done twice before."""
    from django.db import connection  # noqa: PLC0415

    queries: list[str] = []

    def count(execute: Any, sql: str, *args: Any) -> Any:
        queries.append(sql)
        return execute(sql, *args)

    act()  # fills caches that are no part of it
    with connection.execute_wrapper(count):
        act()
    times = []
    for _run in range(runs):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), len(queries)


def row(
    name: str, found: tuple[float, int], baseline_name: str, baseline: tuple[float, int]
) -> dict[str, Any]:
    return {
        "name": name,
        "ms": round(found[0], 1),
        "queries": found[1],
        "baseline": baseline_name,
        "baseline_ms": round(baseline[0], 1),
        "baseline_queries": baseline[1],
        "ratio": round(found[0] / baseline[0], 2),
    }


def report(results: dict[str, Any]) -> None:
    """Print a line for each measure."""
    line = "{:<34} {:>9} {:>8}   {:<18} {:>9} {:>8} {:>7}"
    print(line.format("", "ms", "queries", "baseline", "ms", "queries", "ratio"))
    for each in results["measures"]:
        print(
            line.format(
                each["name"],
                each["ms"],
                each["queries"],
                each["baseline"],
                each["baseline_ms"],
                each["baseline_queries"],
                each["ratio"],
            )
        )


def _ask(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    if response.streaming:
        list(response.streaming_content)


def _body() -> list[dict[str, Any]]:
    from tests.articles.factories import text  # noqa: PLC0415

    return [text(f"s{number}", f"Section {number}") for number in range(8)]
