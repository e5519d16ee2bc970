"""The demo: three clinics, their hub and a starting library, written for this project."""

from __future__ import annotations
