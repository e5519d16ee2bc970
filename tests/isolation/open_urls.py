"""The admin without the views that the gate replaces, as on a site that forgot to include them."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import public_urls
from cms.sign_in import urls as sign_in_urls

handler404 = "clinics.views.not_found"

urlpatterns = [
    path("admin/", include(sign_in_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *public_urls.urlpatterns,
]
