"""Content of a PostgreSQL database, remembered beside it and put back row by row.

Other processes read the database all the while, so nothing is locked and nothing is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from clinics.edge.changes import bump
from clinics.models import PurgeDelivery, PurgeNode, PurgeOutbox

SCHEMA = "kept"
# The log goes on: processes remember how far they have read it.
_LOG = {model._meta.db_table for model in (PurgeOutbox, PurgeDelivery, PurgeNode)}


@transaction.atomic
def keep() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in _tables():
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE public."{table}"')


@transaction.atomic
def put_back(tags: Iterable[str]) -> None:
    """Pages with these tags are stale then, and no edge is told.

    Foreign keys are checked at the end, so that tables come in any order.
    """
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DELETE FROM public."{table}"')  # noqa: S608 - as below
        for table in _tables():
            kept = f'SELECT * FROM {SCHEMA}."{table}"'  # noqa: S608 - our own tables
            cursor.execute(f'INSERT INTO public."{table}" {kept}')
    bump(*tags)
    PurgeOutbox.objects.filter(done_at=None).update(done_at=timezone.now())
    # Wagtail's list of sites is in it.
    transaction.on_commit(cache.clear)


def _tables() -> list[str]:
    found = set(connection.introspection.table_names())
    return sorted(found - _LOG - {"django_migrations"})
