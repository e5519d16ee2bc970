"""Signing in to the admin: accounts by allauth, a second factor, and the end of a session."""

from __future__ import annotations
