"""An article that is asked of a clinic for the first time: its statements, those for pictures, and
what is encoded (P5, P12, P13). The process has answered for other articles and clinics before.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from bench.measures.inside import (
    CLINIC,
    OTHERS,
    OWN,
    SHARED,
    WARM,
    Client,
    ask,
    ask_process,
    counted,
    keeping_nothing,
    path_of,
    undone,
)


def measure() -> dict[str, Any]:
    """`sql` where the process has shown the text for another clinic, as it has after a while, and
    `cold_sql` where it has to read the text too.
    """
    found: dict[str, Any] = {"sql": {}, "cold_sql": {}, "pictures": {}}
    process = keeping_nothing()
    for name, article in (("shared", SHARED), ("own", OWN)):
        _forget(process)
        found["cold_sql"][name] = len(_asked(process, article))
        _forget(process)
        # A clinic may have left the article out of what it offers.
        if any(_warm(process, host, article) for host in OTHERS):
            statements = _asked(process, article)
            found["sql"][name] = len(statements)
            found["pictures"][name] = sum(_is_about_pictures(each) for each in statements)
    found["bytes"] = len(ask_process(process, CLINIC.host, path_of(SHARED)))
    found["encodes"] = _encodes(Client(HTTP_HOST=CLINIC.host))
    return found


def _forget(process: Any) -> None:
    """As after a start, but for the clinic itself: its host, its looks, its lists."""
    from clinics.edge.memory import facts, texts  # noqa: PLC0415 - after the settings

    facts.clear()
    texts.clear()
    _warm(process, CLINIC.host, WARM)


def _asked(process: Any, article: int) -> list[str]:
    with counted() as statements:
        ask_process(process, CLINIC.host, path_of(article))
    return statements


def _warm(process: Any, host: str, article: int) -> bool:
    """False where the host has no such page."""
    with suppress(RuntimeError):
        return bool(ask_process(process, host, path_of(article)))
    return False


def _is_about_pictures(statement: str) -> bool:
    return "cms_clinicrendition" in statement or 'FROM "cms_clinicimage"' in statement


def _encodes(client: Client) -> int:
    """Renditions that a reader's request makes when all of them are missing."""
    from django.db.models.signals import post_save  # noqa: PLC0415 - after the settings

    from cms.images import ClinicRendition  # noqa: PLC0415

    made: list[int] = []

    def count(instance: Any, **_kwargs: Any) -> None:
        made.append(instance.pk)

    with undone():
        ClinicRendition.objects.all()._raw_delete(using="default")
        post_save.connect(count, sender=ClinicRendition)
        ask(client, path_of(SHARED))
        post_save.disconnect(count, sender=ClinicRendition)
    return len(made)


if __name__ == "__main__":
    print(json.dumps(measure()))
