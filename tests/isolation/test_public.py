"""Security rule 13: on one clinic's host there is nothing of another, whatever is asked."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from clinics.models import HostAlias
from tests.factories import World
from tests.isolation.prober import Prober
from tests.isolation.probes import Probe, probes_at
from tests.isolation.routes import routes_of
from tests.isolation.tenant import mark, marks_of
from tests.isolation.walls import BOTH, EXEMPT, NEIGHBOUR, arguments, foreign_ids

HOSTS = ("hillside.test", "hub.test", "unknown.test")


def visitor(host: str, *, is_hub: bool = False) -> Prober:
    """A patient. The hub names its group's clinics, their places and numbers: that is its work."""
    client = Client(HTTP_HOST=host, raise_request_exception=False)
    shown = {"public", "number"} if is_hub else set()
    return Prober("patient", client, BOTH, marks_of(*BOTH), lambda _r, kind: kind in shown, False)


@pytest.mark.parametrize("host", HOSTS)
def test_every_public_route_keeps_to_its_host(tenants: None, world: World, host: str) -> None:
    ids, texts = foreign_ids(BOTH)[::3], arguments(world)
    prober = visitor(host, is_hub=host == "hub.test")
    findings = []
    for route in routes_of("cms.public_urls"):
        if route.name in EXEMPT or route.name == "wagtail_serve":
            continue
        probes = probes_at(route, ids, texts, full=False)
        assert probes, f"{route.name} is neither probed nor exempt with a reason"
        findings += prober.run(probes)

    assert not findings, "\n".join(map(str, findings))
    assert prober.count > 50


@pytest.mark.parametrize("host", HOSTS)
def test_addresses_of_another_clinics_pages_are_missing_pages(
    tenants: None, world: World, host: str
) -> None:
    home = Page.objects.get(slug=mark(NEIGHBOUR, "public"), depth=3)
    paths = {
        page.url_path.removeprefix(home.url_path)
        for page in Page.objects.descendant_of(home).exclude(slug__in=_slugs_of(world))
    }
    missing = Probe("wagtail_serve", "GET", "/no-such-page/")
    probes = [
        Probe("wagtail_serve", method, f"/{path}", {}, missing)
        for path in sorted(paths)
        for method in ("GET", "POST")
        if mark(NEIGHBOUR, "public") in path
    ]

    findings = visitor(host, is_hub=host == "hub.test").run(probes[::2])

    assert len(probes) >= 6
    assert not [str(f) for f in findings if "its text" not in f.kind], findings


def test_tap_for_another_clinics_page_counts_nothing_there(tenants: None, world: World) -> None:
    prober = visitor("hillside.test")
    data = {"path": f"/{mark(NEIGHBOUR, 'fact')}/", "block": "header", "action": "call"}

    assert not prober.run([Probe("clinics_tap", "POST", "/-/tap", data)])


@pytest.mark.parametrize("name", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED"])
def test_forwarded_host_opens_no_other_clinic(tenants: None, world: World, name: str) -> None:
    foreign = Site.objects.get(root_page__slug=mark(NEIGHBOUR, "public")).hostname
    prober = visitor("hillside.test")
    prober.client.defaults[name] = foreign

    assert not prober.run([Probe("wagtail_serve", "GET", "/")])


def test_prober_finds_what_the_neighbours_own_host_shows(tenants: None, world: World) -> None:
    """The marks are there to be found: on its own host a clinic says them."""
    foreign = Site.objects.get(root_page__slug=mark(NEIGHBOUR, "public")).hostname
    alias = HostAlias.objects.get(page__slug=mark(NEIGHBOUR, "public")).hostname

    kinds = {f.kind for f in visitor(foreign).run([Probe("wagtail_serve", "GET", "/")])}
    moved = {f.kind for f in visitor(alias).run([Probe("wagtail_serve", "GET", "/")])}

    assert {"reads public", "reads number"} <= kinds
    assert "reads public" in moved


def _slugs_of(world: World) -> list[str]:
    return list(Page.objects.descendant_of(world.hillside).values_list("slug", flat=True))
