"""The process of an admin that changes content: names of changes in, a line for each done out.

`{"change": name}` does it and says when it was committed; `{"pages": [...]}` says what each page is
now, made without any cache; `{"keep": true}` and `{"put_back": tags}` are for `kept_content.py`.
Speaks JSON over its standard input and output, a line at a time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import django
from django.db import close_old_connections, reset_queries

django.setup()

from clinics.models import PurgeOutbox  # noqa: E402 - apps have to be ready
from tests.changes import newest_change, tags_since  # noqa: E402 - as above
from tests.edge import Process  # noqa: E402 - as above
from tests.factories import World  # noqa: E402 - as above
from tests.freshness.changes import CHANGES  # noqa: E402 - as above
from tests.freshness.kept_content import keep, put_back  # noqa: E402 - as above
from tests.freshness.site import digest, fill  # noqa: E402 - as above

# What production asks for; elsewhere nobody reads it.
THROUGH_TLS = {"HTTP_X_FORWARDED_PROTO": "https"}


def main() -> None:
    content = fill(World())
    acts = {change.name: change.act for change in CHANGES}
    say({"ready": PurgeOutbox.objects.count()})
    for asked in requests():
        if "change" in asked:
            before = newest_change()
            acts[asked["change"]](World(), content.read_again())
            say({"tags": sorted(tags_since(before))})
        elif "keep" in asked:
            keep()
            say({})
        elif "put_back" in asked:
            put_back(asked["put_back"])
            say({})
        else:
            now = Process(plain=True)
            answers = [now.get(host, path, **THROUGH_TLS) for host, path in asked["pages"]]
            say({"pages": [[each.status, digest(each.body)] for each in answers]})


def requests() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        # As at every request: a database may have been away meanwhile.
        close_old_connections()
        reset_queries()
        yield json.loads(line)


def say(said: dict[str, Any]) -> None:
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
