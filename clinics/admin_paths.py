"""Which addresses of the admin's host are the admin: one answer for whoever has to know."""

from __future__ import annotations

ADMIN_PATHS = ("/admin/",)


def is_admin_path(path: str) -> bool:
    """True for the path of a request to the admin, on the admin's host."""
    return path.startswith(ADMIN_PATHS)
