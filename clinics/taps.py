"""Counts a tap on a button: clinic, page, place and action in, one counter up (P-04, B-13).

The link works without it: no script, a blocked request or a browser that asks not to be counted
change nothing for the patient.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clinics import open_words
from clinics.cta import BOOK, CALL, DIRECTIONS, FIND, TEXT
from clinics.models import TapCount

ACTIONS = (CALL, TEXT, BOOK, DIRECTIONS, FIND)
BLOCKS = ("header", "hero", "text", "panel", "bar", "place")
LONGEST_PATH = 200
HOURS = 6
# A clinic's buttons are tapped a few times a minute at most; more is somebody's program.
MOST_A_MINUTE = 60


@csrf_exempt
@require_POST
def tap(request: HttpRequest) -> HttpResponse:
    """204 whatever happens: the browser does not wait for it, and learns nothing from it."""
    response = HttpResponse(status=204)
    clinic = request.clinic
    if clinic is None or clinic.is_hub or not _may_count(request):
        return response
    action, block = request.POST.get("action", ""), request.POST.get("block", "")
    path = request.POST.get("path", "")
    if action in ACTIONS and block in BLOCKS and _is_page(request, path):
        now = open_words.current_time().astimezone(ZoneInfo(clinic.time_zone))
        line = open_words.open_line(clinic.primary)
        _count_up(
            clinic_id=clinic.page_id,
            path=path,
            block=block,
            action=action,
            day=now.date(),
            hours=now.hour // HOURS * HOURS,
            was_open=bool(line and line.is_open),
        )
    return response


def _may_count(request: HttpRequest) -> bool:
    """Not for a browser that asks not to be tracked, another site's page, or too many at once."""
    if request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1":
        return False
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    minute = int(open_words.current_time().timestamp() // 60)
    key = f"clinics.taps.{request.clinic.page_id}.{minute}"
    cache.add(key, 0, timeout=120)
    return bool(cache.incr(key) <= MOST_A_MINUTE)


def _is_page(request: HttpRequest, path: str) -> bool:
    """Whether the clinic has a page there: nobody fills the table with made-up addresses."""
    if len(path) > LONGEST_PATH or not path.startswith("/") or not path.endswith("/"):
        return False
    try:
        request.home_page.route(request, [part for part in path.split("/") if part])
    except Http404:
        return False
    return True


@transaction.atomic
def _count_up(**row: Any) -> None:
    found = TapCount.objects.filter(**row)
    if not found.update(count=F("count") + 1):
        TapCount.objects.get_or_create(**row)
        found.update(count=F("count") + 1)
