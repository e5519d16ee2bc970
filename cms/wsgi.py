"""The WSGI application that servers run: the page cache, and Django behind it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django_application = get_wsgi_application()

from clinics.edge.page_cache import PageCache  # noqa: E402 - apps have to be ready

application = PageCache(django_application)
