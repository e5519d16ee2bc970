"""The project's own user model, there from the first migration so that it can grow."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who signs in. What they may do follows from their memberships."""
