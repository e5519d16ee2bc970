"""Start-up checks: what is missing for the walls is said before anybody is served."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from wagtail.models import Site

from articles.models import Source
from clinics import checks
from clinics.gate import table
from tests.factories import World


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found if message.id.startswith("clinics.")]


def test_the_site_of_the_tests_has_all_that_is_needed(world: World) -> None:
    assert ids(run_checks(databases=["default"])) == []


def test_site_without_the_gate_is_told(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Gate" not in name]

    assert ids(checks.check_gate()) == ["clinics.E001"]


def test_urlconf_without_the_replaced_views_is_told(settings: Any) -> None:
    settings.ROOT_URLCONF = "cms.public_urls"

    assert ids(checks.check_gate()) == ["clinics.E002"]


def test_rule_for_a_route_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table.ROUTES, "people:gone", table.anyone)

    (message,) = checks.check_routes()

    assert message.id == "clinics.E003"
    assert "people:gone" in message.msg


def test_model_with_screens_and_wagtails_own_policy_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from wagtail.permission_policies import ModelPermissionPolicy  # noqa: PLC0415
    from wagtail.permissions import policy_registry  # noqa: PLC0415

    stock = ModelPermissionPolicy(Source)
    found = policy_registry.get_by_type
    monkeypatch.setattr(
        policy_registry,
        "get_by_type",
        lambda model, **options: stock if model is Source else found(model, **options),
    )

    (message,) = checks.check_policies()

    assert message.id == "clinics.E004"
    assert "articles.Source" in message.msg


def test_clinic_without_a_site_and_a_default_site_are_told(world: World) -> None:
    Site.objects.get(root_page=world.hillside).delete()
    Site.objects.filter(root_page=world.hub).update(is_default_site=True)

    found = checks.check_sites(databases=["default"])

    assert ids(found) == ["clinics.W005", "clinics.E006"]
    assert "Hillside" in found[0].msg
