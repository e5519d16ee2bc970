"""Somebody at Hillside who holds a page, and leaves."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from clinics.choices import Role
from tests.factories import World, make_staff

NAME = "Lee Leaver"


def make_leaver(world: World) -> None:
    """They have signed in before, and own the page "About us"."""
    user = make_staff("leaver", Role.CLINIC_EDITOR, world.hillside)
    names = {"first_name": "Lee", "last_name": "Leaver", "last_login": timezone.now()}
    get_user_model().objects.filter(pk=user.pk).update(**names)
    pages = Page.objects.filter(path__startswith=world.hillside.path, slug="about")
    pages.update(owner=user)
