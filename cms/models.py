"""The models that every other app refers to by setting: who signs in, and pictures."""

from __future__ import annotations

from cms.images import ClinicImage, ClinicRendition
from cms.users import User

__all__ = ["ClinicImage", "ClinicRendition", "User"]
