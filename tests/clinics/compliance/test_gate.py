"""A-02: no page about pain management goes live in Florida without a license in date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clinics.choices import ClinicStatus
from clinics.compliance.gate import license_url
from clinics.facts import save_facts
from clinics.launching import checklist
from clinics.models import LocalPage, LocationPage
from clinics.publish_guard import NotPublishableError
from tests.articles.editing import open_form, save_form
from tests.articles.factories import make_article, make_local_version, make_own_article
from tests.clinics.compliance.licensed import EXEMPT, pain_service, set_facts
from tests.clock import set_time
from tests.factories import World

type SignIn = Callable[[Any], Client]

STATUTE = "F.S. 458.3265"
NAME = "Harbour Pain  Management Institute"


def about(world: World) -> LocalPage:
    return LocalPage.objects.child_of(world.harbour).get(slug="about")


def publish(page: Any) -> None:
    page.save_revision().publish()


def test_name_with_the_words_counts_for_every_page(world: World) -> None:
    publish(about(world))
    set_facts(world, name=NAME)

    for page in (about(world), world.harbour, LocationPage.objects.get(slug="marina")):
        with pytest.raises(NotPublishableError, match=STATUTE) as refused:
            publish(page)
        assert refused.value.url.endswith("/law/#id_pain_license_kind")


def test_page_that_says_so_first_counts_and_a_word_in_passing_does_not(world: World) -> None:
    page = about(world)
    page.body = "<p>Your pain management doctor stays yours.</p>"
    publish(page)

    page.intro = "Pain-management for all of Delray Beach."

    with pytest.raises(NotPublishableError, match="neither a registration"):
        publish(page)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "neither a registration nor"),
        ({**EXEMPT, "pain_license_kind": ""}, "neither a registration nor"),
        ({**EXEMPT, "pain_license_until": None}, "last day of the license is not entered"),
        ({**EXEMPT, "pain_license_until": "2026-11-22"}, "ended on Nov. 22, 2026"),
        ({**EXEMPT, "pain_license_from": "2026-11-24"}, "begins on Nov. 24, 2026"),
    ],
)
def test_license_has_to_be_filled_and_in_date(
    world: World, facts: dict[str, Any], reason: str
) -> None:
    row = set_facts(world, name=NAME, **facts)
    row.full_clean()
    row.save()

    with pytest.raises(NotPublishableError, match=reason):
        publish(about(world))


@pytest.mark.parametrize("kind", ["EXEMPTION", "REGISTRATION"])
def test_license_in_date_lets_pages_through_until_its_last_day(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    set_facts(world, name=NAME, **EXEMPT | {"pain_license_kind": kind})

    set_time(monkeypatch, "2027-06-30T23:30-04:00")
    publish(about(world))
    set_time(monkeypatch, "2027-07-01T00:30-04:00")

    with pytest.raises(NotPublishableError, match=STATUTE):
        publish(about(world))


def test_notices_and_other_states_and_clinics_in_preparation_pass(world: World) -> None:
    set_facts(world, name=NAME)
    publish(LocalPage.objects.child_of(world.harbour).get(slug="privacy"))
    set_facts(world, state="MD")
    publish(about(world))
    set_facts(world, state="FL", status=ClinicStatus.PREPARING)

    publish(about(world))


def test_own_article_and_local_version_about_the_service_are_refused(world: World) -> None:
    service = pain_service()
    own = make_own_article(world.harbour, "our-rooms", publish=False)
    own.services.add(service)
    article = make_article("nerves", publish=False)
    article.services.add(service)
    article.save_revision().publish()
    version = make_local_version(article, world.harbour, publish=False)

    for page in (own, version):
        with pytest.raises(NotPublishableError, match=STATUTE):
            publish(page)
    set_facts(world, **EXEMPT)

    publish(own)


def test_what_is_live_stays_and_is_reported(world: World, client: Client) -> None:
    client.defaults["HTTP_HOST"] = "harbour.test"
    set_facts(world, name=NAME)

    assert client.get("/about/").status_code == 200
    (check,) = [each for each in checklist(world.harbour) if each.law == STATUTE]
    assert not check.holds
    assert check.url == license_url(world.harbour.facts)
    set_facts(world, **EXEMPT)
    world.harbour.facts.refresh_from_db()
    (check,) = [each for each in checklist(world.harbour) if each.law == STATUTE]
    assert check.holds


def test_service_is_not_offered_before_the_license(world: World) -> None:
    """To offer it shows the library's pages of it; what is offered already stays."""
    facts, service = world.harbour.facts, pain_service()
    offered = [*facts.services.all(), service]

    with pytest.raises(ValidationError, match=STATUTE):
        save_facts(facts, {"services": offered}, user=None, base_version=facts.version)
    facts.services.add(service)

    save_facts(facts, {"services": [service]}, user=None, base_version=facts.version)


def test_editor_reads_the_statute_and_the_way_to_the_field(
    world: World, client_for: SignIn
) -> None:
    set_facts(world, name=NAME)
    client, page = client_for(world.harbour_publisher), about(world)

    form = open_form(client, page)
    refused = save_form(client, page, form, "publish")

    assert STATUTE in refused.text
    assert f'href="{license_url(world.harbour.facts)}"' in refused.text


def test_bulk_publish_leads_to_the_field(world: World, client_for: SignIn) -> None:
    set_facts(world, name=NAME)
    page = about(world)
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = client_for(world.harbour_publisher).post(f"{url}?id={page.pk}", follow=True)

    assert STATUTE in answer.text
    assert license_url(world.harbour.facts) in answer.text
