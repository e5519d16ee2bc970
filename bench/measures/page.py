"""An article that is asked of a clinic for the first time: its statements, those for pictures, and
what is encoded (P5, P12, P13). The process has answered for other articles and clinics before.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from bench.measures.inside import (
    CLINIC,
    OTHER,
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
    found: dict[str, Any] = {"sql": {}, "pictures": {}}
    process = keeping_nothing()
    # Another clinic's page, so that the process knows the text and not this clinic's.
    for host in (OTHER.host, CLINIC.host):
        _warm(process, host, WARM)
    for name, article in (("shared", SHARED), ("own", OWN)):
        _warm(process, OTHER.host, article)
        with counted() as statements:
            body = ask_process(process, CLINIC.host, path_of(article))
        found["sql"][name] = len(statements)
        found["pictures"][name] = sum(_is_about_pictures(each) for each in statements)
        found["bytes"] = len(body)
    found["encodes"] = _encodes(Client(HTTP_HOST=CLINIC.host))
    return found


def _warm(process: Any, host: str, article: int) -> None:
    """Nothing for a clinic whose services leave the article out."""
    with suppress(RuntimeError):
        ask_process(process, host, path_of(article))


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
