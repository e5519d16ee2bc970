"""The clinic's newest articles as an Atom feed (RFC 4287), from the same lists as its pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from articles.queries import listed, mounts_of
from clinics.edge.shown import shows
from clinics.tokens import fill
from clinics.views import read_only

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_ENTRIES = 30
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    """What changed last on this site, the newest first."""
    clinic = request.clinic
    if clinic is None:
        raise Http404
    shows("rel")
    entries = [
        (each.changed or _LONG_AGO, f"{clinic.origin}/{mount.slug}/{each.content.slug}/", each)
        for mount in mounts_of(clinic)
        for each in listed(mount, clinic)
    ]
    entries.sort(key=lambda entry: (entry[0], entry[1]), reverse=True)
    atom = Atom1Feed(
        title=clinic.name,
        link=f"{clinic.origin}/",
        description="",
        feed_url=f"{clinic.origin}/feed.xml",
        language="en-us",
    )
    for changed, url, each in entries[:MOST_ENTRIES]:
        atom.add_item(
            title=fill(each.value("title"), clinic),
            link=url,
            unique_id=url,
            description=fill(each.value("summary"), clinic),
            pubdate=each.content.first_published_at,
            updateddate=changed,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml")
