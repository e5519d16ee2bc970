"""What the admin's host answers: the admin, and the hub's public pages."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from clinics.gate import urls as gate_urls
from cms import public_urls

handler404 = "clinics.views.not_found"

urlpatterns = [
    path("admin/", include(gate_urls)),
    path("admin/", include(wagtailadmin_urls)),
    *public_urls.urlpatterns,
]
