"""The version of the product, as the project file beside the code has it."""

from __future__ import annotations

import tomllib

from django.conf import settings


def product_version() -> str:
    text = (settings.BASE_DIR / "pyproject.toml").read_text("utf-8")
    return str(tomllib.loads(text)["project"]["version"])
