"""An article that no cache has: its statements, those for pictures, and what is encoded (P5, P12,
P13).
"""

from __future__ import annotations

import json
from typing import Any

from bench.measures.inside import CLINIC, OWN, SHARED, Client, ask, counted, path_of, undone


def measure() -> dict[str, Any]:
    client = Client(HTTP_HOST=CLINIC.host)
    found: dict[str, Any] = {"sql": {}, "pictures": {}}
    for name, article in (("shared", SHARED), ("own", OWN)):
        for _warm in range(2):
            response = ask(client, path_of(article))
        with counted() as statements:
            response = ask(client, path_of(article))
        found["sql"][name] = len(statements)
        found["pictures"][name] = sum(_is_about_pictures(each) for each in statements)
        found["bytes"] = len(response.content)
    found["encodes"] = _encodes(client)
    return found


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
