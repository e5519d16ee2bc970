"""A web node, as `ROLE=web` makes it, in this process."""

from __future__ import annotations

from typing import Any

import pytest

from cms.roles import WEB, middleware_of, urlconf_of


@pytest.fixture
def web_node(settings: Any) -> None:
    """No admin, nobody signed in."""
    settings.ROOT_URLCONF = urlconf_of(WEB)
    settings.MIDDLEWARE = middleware_of(WEB, settings.MIDDLEWARE)
