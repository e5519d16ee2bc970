"""How people who work in the admin are called where others read it."""

from __future__ import annotations

from typing import Any


def name_of(user: Any) -> str:
    """The full name of an account, else its user name; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""
