"""Row 95: a clinic closes into its neighbour, and nothing of it is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from articles.impact import publish_impact
from articles.shown_by import shown_by
from clinics.choices import ClinicStatus, LocationStatus
from clinics.closing import (
    CLOSE_CLINIC,
    LocationClosing,
    close_clinic,
    close_location,
    reopen_clinic,
    reopen_location,
)
from clinics.creating import create_clinic, create_franchise, create_location
from clinics.facts import FactsConflict, facts_of, facts_snapshot, undo_change
from clinics.models import ClinicFacts, FactsChange, HostAlias, PurgeOutbox
from tests.articles.factories import make_article, make_local_version, make_own_article, text
from tests.clinics.test_structured_data import graph, node
from tests.factories import HARBOUR, HILLSIDE_PLANO, World
from tests.isolation.rows import all_rows
from tests.reading import crawl

NUMBERS = ("555-0168", "555-0169", "+15615550168", "5615550169")


def close(clinic: Any, neighbour: Any = None) -> Any:
    version = facts_of(clinic.pk).version
    return close_clinic(clinic, neighbour, user=None, base_version=version)


def reopen(clinic: Any) -> Any:
    return reopen_clinic(clinic, user=None, base_version=facts_of(clinic.pk).version)


def ask(host: str, path: str = "/", **extra: Any) -> Any:
    return Client(HTTP_HOST=host).get(path, **extra)


@pytest.fixture
def third(world: World) -> Any:
    """A clinic of the same group without a location."""
    new = HARBOUR.__class__(
        name="Pine Clinic", slug="pine", host="pine.test", brand=HARBOUR.brand, facts=HARBOUR.facts
    )
    return create_clinic(world.franchise, new)


# Its hosts


PATHS = {
    "/": "/",
    "/about/?x=1": "/about/?x=1",
    "/conditions/shared/": "/conditions/shared/",
    "/conditions/before/": "/conditions/shared/",  # in one step, also where an article has moved
    "/conditions/ours/": "/",
    "/conditions/blocks/": "/",
    "/locations/": "/locations/",
    "/locations/uptown/": "/",
    "/nowhere/": "/",
    "/no-slash": "/",
    "/search/?q=pain": "/search/?q=pain",
    "/sitemap.xml": "/sitemap.xml",
    "/robots.txt": "/robots.txt",
    "/admin/login/": "/",
}


def test_every_path_leads_to_its_like_at_the_neighbour(world: World) -> None:
    article = make_article("before")
    article.slug = "shared"
    article.save_revision().publish()
    make_own_article(world.hillside, "ours")
    only_hillside = make_article("blocks")
    only_hillside.services.set([world.hillside.facts.services.get(slug="nerve-blocks")])
    only_hillside.save_revision().publish()
    assert ask("hillside.test", "/conditions/blocks/").status_code == 200
    close(world.hillside, world.harbour)

    answers = {path: ask("hillside.test", path) for path in PATHS}

    assert {path: answer["Location"] for path, answer in answers.items()} == {
        path: f"http://harbour.test{to}" for path, to in PATHS.items()
    }
    assert {answer.status_code for answer in answers.values()} == {301}
    said = {answer["Cache-Control"] for answer in answers.values()}
    assert said == {"max-age=0, must-revalidate"}


def test_redirect_leads_only_to_our_own_hosts_and_writes_nothing(world: World) -> None:
    close(world.hillside, world.harbour)
    client = Client(HTTP_HOST="hillside.test")

    for path in ("//evil.test/", "/\\evil.test/", "///evil.test"):
        location = client.get("/", PATH_INFO=path)["Location"]
        assert location == "http://harbour.test/"
    assert client.post("/-/tap", {}).status_code == 405


def test_aliases_and_chains_lead_on_in_one_step(world: World, third: Any) -> None:
    HostAlias.objects.create(page=world.hillside, hostname="old-hillside.test")
    close(world.hillside, world.harbour)
    close(world.harbour, third)

    for host in ("hillside.test", "old-hillside.test", "harbour.test"):
        response = ask(host, "/about/")
        assert (response.status_code, response["Location"]) == (301, "http://pine.test/about/")


def test_closed_clinic_without_a_neighbour_says_so(world: World) -> None:
    close(world.harbour)

    response = ask("harbour.test", "/about/")

    assert response.status_code == 410
    assert "Harbour Infusion Center has closed" in response.text
    assert 'href="http://hub.test/locations/"' in response.text
    assert [number for number in NUMBERS if number in response.text] == []
    assert "tel:" not in response.text


def test_chain_that_ends_nowhere_is_a_closed_clinic(world: World) -> None:
    close(world.hillside, world.harbour)
    close(world.harbour)

    assert ask("hillside.test").status_code == 410


def test_nothing_public_shows_the_closed_clinics_numbers(world: World) -> None:
    """L-01, B-03: its host, the hub, its neighbour, sitemaps, locator and structured data."""
    make_local_version(make_article("shared", text("what")), world.harbour, title_override="Ours")
    before = crawl(Client(HTTP_HOST="hub.test"))
    assert any("0168" in html or "harbour.test" in html for html in before.values())
    close(world.harbour, world.hillside)

    pages = {
        (host, path): html
        for host in ("hub.test", "hillside.test")
        for path, html in crawl(Client(HTTP_HOST=host)).items()
    }
    for host in ("hub.test", "hillside.test"):
        for path in ("/sitemap.xml", "/feed.xml", "/locations/?near=33483", "/search/?q=ours"):
            pages[host, path] = ask(host, path).text

    words = (*NUMBERS, "harbour.test", "Pelican Way")
    assert len(pages) > 20
    assert [(at, word) for at, html in pages.items() for word in words if word in html] == []
    clinic = node(graph(ask("hillside.test").text), "#clinic")
    assert clinic["telephone"] == "+1-214-555-0142"


def test_open_clinics_pay_nothing_for_closed_ones(world: World, third: Any) -> None:
    make_article("shared")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert ask("hillside.test", "/conditions/shared/").status_code == 200
        return len(found)

    queries()
    before = queries()
    close(world.harbour, world.hillside)
    close(third, world.hillside)

    assert queries() == before


# There and back


def test_reopening_restores_every_row(world: World) -> None:
    make_local_version(make_article("shared", text("what")), world.harbour, title_override="Ours")
    pages = crawl(Client(HTTP_HOST="harbour.test"))
    before = _rows()

    close(world.harbour, world.hillside)
    closed = _rows()
    reopen(world.harbour)

    assert _rows() == before != closed
    assert crawl(Client(HTTP_HOST="harbour.test")) == pages
    log = PageLogEntry.objects.filter(page=world.harbour.pk, action__startswith="clinics.")
    assert {"clinics.close", "clinics.reopen"} <= set(log.values_list("action", flat=True))


def _rows() -> Any:
    """All rows but the logs and the counter of versions."""
    left_out = ("logentry", "factschange", "purgeoutbox", "clinicfacts")
    rows = {name: rows for name, rows in all_rows().items() if not name.endswith(left_out)}
    return rows, [facts_snapshot(facts) for facts in ClinicFacts.objects.order_by("pk")]


def test_undo_of_the_change_opens_the_clinic_again(world: World) -> None:
    change = close(world.harbour, world.hillside)

    undo_change(change, user=None, base_version=facts_of(world.harbour.pk).version)

    assert ask("harbour.test").status_code == 200
    assert facts_of(world.harbour.pk).neighbour is None


def test_closing_is_logged_and_purged(world: World) -> None:
    PurgeOutbox.objects.all().delete()
    close(world.harbour, world.hillside)

    entry = PageLogEntry.objects.get(page=world.harbour.pk, action=CLOSE_CLINIC)
    assert "Hillside Pain Clinic takes its patients" in str(
        registry.get_formatter(entry).format_message(entry)
    )
    tags = {tag for row in PurgeOutbox.objects.all() for tag in row.tags}
    assert {f"c{world.harbour.pk}", f"f{world.franchise.pk}"} <= tags
    change = FactsChange.objects.filter(page=world.harbour.pk).first()
    assert (change.after["status"], change.after["neighbour"]) == ("CLOSED", world.hillside.pk)


# What is refused


def test_circle_is_refused(world: World, third: Any) -> None:
    change = close(world.hillside, world.harbour)
    undo_change(change, user=None, base_version=2)
    close(world.harbour, world.hillside)
    again = FactsChange.objects.filter(page=world.hillside.pk).first()

    with pytest.raises(ValidationError, match="circle"):
        undo_change(again, user=None, base_version=3)
    with pytest.raises(ValidationError, match="not open to patients"):
        close(world.hillside, world.harbour)
    with pytest.raises(ValidationError, match="circle"):
        close(third, third)


def test_circle_in_the_rows_leads_nowhere(world: World) -> None:
    """Rows that no act of ours writes."""
    for clinic, neighbour in ((world.hillside, world.harbour), (world.harbour, world.hillside)):
        rows = ClinicFacts.objects.filter(clinic=clinic)
        rows.update(status=ClinicStatus.CLOSED, neighbour=neighbour)

    assert ask("hillside.test").status_code == 410


def test_clinic_of_another_group_takes_nobody(world: World) -> None:
    apart = create_clinic(
        create_franchise("Apart"),
        HARBOUR.__class__(
            name="Far", slug="far", host="far.test", brand=HARBOUR.brand, facts=HARBOUR.facts
        ),
    )

    with pytest.raises(ValidationError, match="same group"):
        close(world.hillside, apart)
    assert ask("hillside.test").status_code == 200


def test_old_version_is_a_conflict(world: World) -> None:
    with pytest.raises(FactsConflict):
        close_clinic(world.harbour, None, user=None, base_version=7)
    assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


@pytest.mark.parametrize("status", [ClinicStatus.PREPARING, ClinicStatus.CLOSED])
def test_only_a_live_clinic_closes_and_only_a_closed_one_opens(world: World, status: str) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=status)

    with pytest.raises(ValidationError, match="Only a clinic that is open"):
        close(world.harbour)
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.PREPARING)
    with pytest.raises(ValidationError, match="has not closed"):
        reopen(world.harbour)


# Locations


def closing(status: str = LocationStatus.CLOSED, *places: Any) -> LocationClosing:
    return LocationClosing(status, *places)


def test_main_location_hands_over_when_it_closes(world: World) -> None:
    how = closing(LocationStatus.CLOSED, world.plano, world.plano)
    close_location(world.uptown, how, user=None, base_version=1)

    assert facts_of(world.plano.pk).is_primary and not facts_of(world.uptown.pk).is_primary
    pages = crawl(Client(HTTP_HOST="hillside.test"))
    assert [path for path, html in pages.items() if "555-0142" in html or "555-0143" in html] == []
    assert "410 Legacy Row" in ask("hillside.test", "/locations/uptown/").text


def test_main_location_does_not_close_without_another(world: World) -> None:
    with pytest.raises(ValidationError, match="becomes the main one"):
        close_location(world.uptown, closing(), user=None, base_version=1)
    assert facts_of(world.uptown.pk).status == LocationStatus.OPEN


def test_last_location_leads_to_closing_the_clinic(world: World) -> None:
    with pytest.raises(ValidationError, match="close the clinic instead"):
        close_location(world.marina, closing(), user=None, base_version=1)


def test_location_comes_back_as_it_was(world: World) -> None:
    paths = ("/", "/locations/", "/locations/plano/", "/contact/", "/sitemap.xml")
    before = [ask("hillside.test", path).text for path in paths]
    how = closing(LocationStatus.CLOSED_FOR_NOW, world.uptown)
    close_location(world.plano, how, user=None, base_version=1)
    assert "410 Legacy Row" not in ask("hillside.test", "/locations/plano/").text

    reopen_location(world.plano, user=None, base_version=2)

    assert [ask("hillside.test", path).text for path in paths] == before


def test_neighbour_of_a_location_is_its_clinics_own(world: World) -> None:
    with pytest.raises(ValidationError, match="is not open"):
        how = closing(LocationStatus.CLOSED, world.marina)
        close_location(world.plano, how, user=None, base_version=1)


def test_chain_of_closed_locations_leads_to_the_last(world: World) -> None:
    allen = create_location(
        world.hillside, {**HILLSIDE_PLANO, "name": "Allen", "street": "7 Allen Road"}
    )
    close_location(world.plano, closing(LocationStatus.CLOSED, allen), user=None, base_version=1)
    close_location(allen, closing(LocationStatus.CLOSED, world.uptown), user=None, base_version=1)

    html = ask("hillside.test", "/locations/plano/").text
    assert "2900 Hillside Ave" in html
    assert "410 Legacy Row" not in html and "7 Allen Road" not in html


def test_owner_for_search_engines_is_the_neighbour(world: World) -> None:
    """L-05: the copy that search engines list is not on a closed host."""
    article = make_article("owned")
    article.owner_clinic = world.harbour
    article.save_revision().publish()
    close(world.harbour, world.hillside)

    html = ask("hillside.test", "/conditions/owned/").text
    assert '<link rel="canonical" href="http://hillside.test/conditions/owned/">' in html
    assert "noindex" not in html
    assert "/conditions/owned/" in ask("hillside.test", "/sitemap.xml").text


def test_library_is_told_of_clinics_that_have_patients(world: World) -> None:
    article = make_article("shared")
    names = {each.name for each in shown_by(article)}
    close(world.harbour, world.hillside)

    assert names - {each.name for each in shown_by(article)} == {"Harbour Infusion Center"}
    assert {each.name for each in publish_impact(article)} == {"Hillside Pain Clinic"}


def test_closed_page_has_the_clinics_looks(world: World) -> None:
    close(world.harbour)

    styles = re.search(r'href="(/styles/[^"]+)"', ask("harbour.test").text)[1]
    assert ask("harbour.test", styles).status_code == 200
