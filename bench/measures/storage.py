"""What one override of a clinic takes in the database: rows, and bytes beyond its own text (P8)."""

from __future__ import annotations

import json
from typing import Any

from bench.measures.inside import connection, undone
from bench.measures.publish import count_rows

VERSIONS = 60


def measure() -> dict[str, Any]:
    from wagtail.models import ReferenceIndex  # noqa: PLC0415 - after the settings
    from wagtail.search import index  # noqa: PLC0415

    from clinics.models import ClinicPage  # noqa: PLC0415
    from cms.world import library, texts  # noqa: PLC0415
    from cms.world.example import make_version  # noqa: PLC0415

    articles = library.articles()
    pages = list(ClinicPage.objects.order_by("pk")[:VERSIONS])
    with undone():
        rows, size = count_rows(), _size()
        text, made = 0, 0
        for page in pages:
            number = int(page.slug.removeprefix("clinic-"))
            taken = {(number * 2 + n) % len(articles) for n in range(2)}
            for article in [a for a in articles if a.number not in taken][: VERSIONS // len(pages)]:
                words = texts.own_words(number, article.number)
                version = make_version(page, article, words)
                # What the worker writes afterwards is stored as well.
                ReferenceIndex.create_or_update_for_object(version)
                index.insert_or_update_object(version)
                text, made = text + len(words), made + 1
        new = count_rows() - rows
        return {
            "rows": round(new.total() / made, 1),
            "by_table": {label: round(count / made, 1) for label, count in new.most_common()},
            "bytes": round((_size() - size - text) / made),
            "made": made,
        }


def _size() -> int:
    """Bytes of all tables and indexes; a page of 4 or 8 KB counts whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    print(json.dumps(measure()))
