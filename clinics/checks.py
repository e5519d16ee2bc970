"""What must hold before anybody is served: each check says what is missing and what to do.

Those that read the database run with `manage.py check --database default`, and after `migrate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.models import Model
from django.db.utils import DatabaseError
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

# Users and groups are nobody's but a superuser's: the gate lets no one else to their screens.
_WAGTAILS = ("wagtail.", "django.", "cms.users")
GATE = "clinics.gate.middleware.GateMiddleware"


@register(Tags.security)
def check_gate(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """clinics.E001: the gate is not installed. clinics.E002: nor are the views that it needs."""
    found: list[CheckMessage] = []
    if _is_public_only():
        return found
    if GATE not in settings.MIDDLEWARE:
        found.append(
            Error(
                "The gate is missing: members of one clinic could open another clinic's objects.",
                hint=f"Add {GATE!r} to MIDDLEWARE, after the authentication middleware.",
                id="clinics.E001",
            )
        )
    try:
        reverse("gate_choose_page")
    except NoReverseMatch:
        found.append(
            Error(
                "The admin's choosers show every clinic's pages and tags.",
                hint="Include `clinics.gate.urls` in the urlconf, before Wagtail's admin.",
                id="clinics.E002",
            )
        )
    return found


@register(Tags.security, Tags.urls)
def check_routes(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """clinics.E003: the gate's table names a route that the urlconf does not have."""
    from clinics.gate.table import ROUTES  # noqa: PLC0415 - models are not there yet

    if _is_public_only():
        return []
    known = set(_names(get_resolver().url_patterns))
    return [
        Error(
            f"The gate lets people through to “{name}”, which is no route.",
            hint="Take it out of the table, or correct the name.",
            id="clinics.E003",
        )
        for name in sorted(set(ROUTES) - known)
    ]


@register(Tags.security)
def check_policies(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """clinics.E004: a model is edited in the admin, and nobody says who may do it at which clinic.

    Wagtail's own policy asks only whether somebody may change rows of the model, whosever they are.
    """
    from wagtail.permission_policies import ModelPermissionPolicy  # noqa: PLC0415 - as above
    from wagtail.permissions import policy_registry  # noqa: PLC0415 - as above

    stock = (type(None), ModelPermissionPolicy)
    return [
        Error(
            f"{model._meta.label} has screens in the admin and no permission policy of its own.",
            hint="Call `register_permission_policy` for it, first thing in wagtail_hooks.py.",
            obj=model,
            id="clinics.E004",
        )
        for model in _models_with_screens()
        if type(policy_registry.get_by_type(model, fallback=False)) in stock
    ]


@register(Tags.database)
def check_sites(
    app_configs: Any = None, databases: Iterable[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """clinics.W005: a clinic has no site, so that nobody sees it. clinics.E006: a default site."""
    from wagtail.models import Site  # noqa: PLC0415 - models are not there yet

    from clinics.models import ClinicPage  # noqa: PLC0415 - as above

    if "default" not in (databases or ()):
        return []
    found: list[CheckMessage] = []
    try:
        with connections["default"].cursor() as cursor:
            if Site._meta.db_table not in connections["default"].introspection.table_names(cursor):
                return []
        lost = ClinicPage.objects.exclude(pk__in=Site.objects.values("root_page"))
        found += [
            Warning(
                f"“{clinic.title}” has no site: no host name leads to it.",
                hint="Add its host name, or delete the page.",
                id="clinics.W005",
            )
            for clinic in lost
        ]
        if Site.objects.filter(is_default_site=True).exists():
            found.append(
                Error(
                    "There is a default site: it is what Wagtail answers on unknown hosts.",
                    hint="Take the mark off: every host of ours is named.",
                    id="clinics.E006",
                )
            )
    except DatabaseError:
        # Not migrated yet: there is nothing to be found.
        return []
    return found


def _is_public_only() -> bool:
    """A process without the admin, and without a gate, has nothing to guard."""
    names = _names(get_resolver().url_patterns)
    return GATE not in settings.MIDDLEWARE and "wagtailadmin_home" not in names


def _models_with_screens() -> list[type[Model]]:
    from wagtail.admin.viewsets import viewsets  # noqa: PLC0415 - models are not there yet
    from wagtail.coreutils import resolve_model_string  # noqa: PLC0415 - as above

    named = {getattr(each, "model", None) for each in viewsets.viewsets} - {None}
    models = {resolve_model_string(model) for model in named}
    ours = [model for model in models if not model.__module__.startswith(_WAGTAILS)]
    return sorted(ours, key=lambda model: str(model._meta.label))


def _names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, below)
        elif pattern.name:
            yield f"{space}{pattern.name}"
