"""What a new clinic gets from this app: the library's articles below its home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import ArticleMountPage
from articles.opening import mount_library, the_library
from clinics.launching import Check

if TYPE_CHECKING:
    from clinics.models import ClinicPage


def show_library(clinic: ClinicPage) -> None:
    """For `clinics.founding.AFTER_FOUNDING`; without a library there is nothing to show yet."""
    if library := the_library():
        mount_library(clinic, library)


def has_articles(clinic: ClinicPage) -> Check:
    """For the checklist."""
    mounts = ArticleMountPage.objects.child_of(clinic).live()
    remedy = _("Publish the lists of conditions and treatments.")
    url = reverse("wagtailadmin_explore", args=[clinic.pk])
    return Check(_("The library's articles"), mounts.exists(), remedy, url)
