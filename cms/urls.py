"""What the admin's host answers: the admin, and the hub's public pages."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from clinics.gate import urls as gate_urls
from clinics.gate.table import add_routes
from cms import public_urls
from cms.sign_in import urls as sign_in_urls

# Here and not with the hooks: a web node, which has no admin, never loads what signing in needs.
add_routes(sign_in_urls.ROUTES)

handler404 = "clinics.views.not_found"
handler500 = "clinics.outage.server_error"
# allauth answers with it whoever tries too often.
handler429 = "cms.sign_in.views.too_many"

urlpatterns = [
    path("admin/", include(sign_in_urls)),
    path("admin/", include(gate_urls)),
    path("admin/", include(wagtailadmin_urls)),
    *public_urls.urlpatterns,
]
