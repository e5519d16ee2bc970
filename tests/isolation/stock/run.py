"""Probes the stock project and prints JSON: `python -m tests.isolation.stock.run ROLE [ROUTE…]`.

A process of its own, since its apps are others than ours. Without names, every route is probed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.isolation.stock.settings"

ROLES = {"editor": "auser-editor", "clinic admin": "auser-admin", "anonymous": None}


def main(role: str, *names: str) -> None:
    import django  # noqa: PLC0415 - the settings are chosen above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - app ready
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - app ready

    setup_test_environment()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from tests.isolation.stock import tenants  # noqa: PLC0415 - app ready

    tenants.build()
    print(json.dumps(_leaks(role, names)))


def _leaks(role: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Routes by the name with what leaks there, and the number of requests."""
    from tests.isolation.probes import Arguments, probes_at  # noqa: PLC0415 - app ready
    from tests.isolation.routes import routes_of  # noqa: PLC0415 - app ready
    from tests.isolation.stock import tenants  # noqa: PLC0415 - app ready

    prober, ids = _prober(role), tenants.foreign_ids()
    arguments = Arguments(texts=list(_texts()), own=tenants.own_ids(), search="zqb")
    found: dict[str, set[str]] = {}
    count = 0
    for route in routes_of("tests.isolation.stock.urls"):
        if route.name in _LEFT_OUT or (names and route.name not in names):
            continue
        if role == "anonymous" and route.template.startswith("admin/"):
            continue
        count += 1
        # Whether a foreign id can be told from a missing one is not asked here.
        probes = [replace(each, twin=None) for each in probes_at(route, ids, arguments, full=False)]
        for finding in prober.run(probes):
            if finding.kind.startswith(("reads", "writes: changed", "writes: gone")):
                found.setdefault(route.name, set()).add(finding.kind)
    leaks = {name: sorted(kinds) for name, kinds in sorted(found.items())}
    return {"leaks": leaks, "requests": prober.count, "routes": count}


_LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test", "wagtail_serve"}


def _prober(role: str) -> Any:
    from django.contrib.auth.models import User  # noqa: PLC0415 - app ready
    from django.test import Client  # noqa: PLC0415 - app ready

    from tests.isolation.prober import Prober  # noqa: PLC0415 - app ready
    from tests.isolation.stock import tenants  # noqa: PLC0415 - app ready

    client = Client(HTTP_HOST="a.test", raise_request_exception=False)
    if username := ROLES[role]:
        client.force_login(User.objects.get(username=username))
    return Prober(
        role,
        client,
        frozenset({tenants.OTHER}),
        tenants.MARKS,
        # Only what is read or written is counted here, and an id says less than a text.
        allowed=lambda _route, kind: kind in {"ids", "exists", "error"},
        gives_404=False,
    )


def _texts() -> Iterator[dict[str, str]]:
    for label in ("wagtailcore.page", "wagtailimages.image", "wagtaildocs.document", "stock.badge"):
        app, model = label.split(".")
        for action in ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"):
            yield {"app_label": app, "model_name": model, "action": action}
        yield {"app_name": app, "model_name": model}
    yield {"app_name": "stock", "model_name": "words"}
    yield {"app_name": "taggit", "model_name": "tag"}
    yield {"content_type_app_name": "stock", "content_type_model_name": "stockpage"}
    for action in ("delete", "publish", "copy", "move", "unpublish", "approve", "reject"):
        yield {"action_name": action}
    yield {"filter_spec": "max-165x165"}
    yield {"uidb64": "MjAwMDAwMQ", "token": "set-password"}
    yield {"revision_id_a": "live", "revision_id_b": "latest"}


if __name__ == "__main__":
    main(*sys.argv[1:])
