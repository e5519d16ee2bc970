"""The pages of a clinic in the admin, as its own editor opens them (P11)."""

from __future__ import annotations

import json
from typing import Any

from bench.measures.inside import CLINIC, Client, ask, counted, milliseconds, undone

RUNS = 5


def measure() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 - after the settings
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from clinics.choices import Role  # noqa: PLC0415
    from clinics.inviting import staff_group  # noqa: PLC0415
    from clinics.models import ClinicPage, Membership  # noqa: PLC0415

    page = ClinicPage.objects.get(slug=CLINIC.slug)
    with undone():
        user = get_user_model().objects.create_user("bench", "bench@example.com")
        user.groups.add(staff_group())
        Membership.objects.create(user=user, role=Role.CLINIC_EDITOR, page=page.page_ptr)
        client = Client(HTTP_HOST=settings.ADMIN_HOST)
        client.force_login(user)
        address = reverse("wagtailadmin_explore", args=[page.pk])
        took = milliseconds(lambda: ask(client, address), RUNS)
        with counted() as statements:
            ask(client, address)
    return {"ms": took, "sql": len(statements)}


if __name__ == "__main__":
    print(json.dumps(measure()))
