"""P-08: the notices that a clinic owes stand in its footer, and keep it closed when they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.compliance.notices import draft_notice, owed_notices, template_of
from clinics.compliance.rules import RuleKind, rules_for
from clinics.launching import checklist
from clinics.models import LocalPage
from clinics.publish_guard import number_problems
from clinics.tokens import token_problems
from tests.factories import World
from tests.reading import page_of

type SignIn = Callable[[Any], Client]

ALWAYS = [
    "notice-of-privacy-practices",
    "privacy",
    "sms-terms",
    "accessibility",
    "medical-disclaimer",
]
FLAGS = {
    "receives_hhs_funds": ["nondiscrimination", "language-assistance"],
    "bills_health_plans": ["surprise-bills"],
    "sees_self_payers": ["good-faith-estimate"],
    "owes_health_data_notice": ["consumer-health-data"],
}


def set_flag(world: World, name: str) -> None:
    setattr(world.hillside.facts, name, True)
    world.hillside.facts.save()


def notice_check(world: World) -> Any:
    checks = [check for check in checklist(world.hillside) if check.url.endswith("#notices")]
    (check,) = checks
    return check


def test_new_clinic_has_what_everybody_owes(world: World) -> None:
    owed = owed_notices(world.hillside)

    assert [each.slug for each in owed] == ALWAYS
    assert all(each.is_shown for each in owed)


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_asks_for_its_notices_and_stops_the_launch(world: World, flag: str) -> None:
    assert notice_check(world).holds

    set_flag(world, flag)

    assert [each.slug for each in owed_notices(world.hillside)] == [*ALWAYS, *FLAGS[flag]]
    check = notice_check(world)
    assert not check.holds
    assert all(template_of(slug)["title"] in check.remedy for slug in FLAGS[flag])


@pytest.mark.parametrize("act", ["unpublish", "leave the footer", "delete"])
def test_removing_one_is_noticed(world: World, act: str) -> None:
    page = LocalPage.objects.child_of(world.hillside).get(slug="sms-terms")
    if act == "unpublish":
        page.unpublish()
    elif act == "delete":
        page.delete()
    else:
        page.in_footer = False
        page.save_revision().publish()

    assert not notice_check(world).holds


def test_draft_of_a_missing_notice_is_seen_by_nobody_until_it_is_published(world: World) -> None:
    set_flag(world, "sees_self_payers")
    patient = Client(HTTP_HOST="hillside.test")

    page = draft_notice(world.hillside, "good-faith-estimate", user=world.hillside_editor)
    again = draft_notice(world.hillside, "good-faith-estimate", user=world.hillside_editor)

    assert again.pk == page.pk
    assert patient.get("/good-faith-estimate/").status_code == 404
    page.get_latest_revision().publish()
    assert notice_check(world).holds
    for path in ("/", "/locations/plano/", "/conditions/", "/privacy/"):
        links = page_of(patient.get(path).content).select("footer nav a")
        found = {link["href"] for link in links}
        assert {f"/{slug}/" for slug in [*ALWAYS, "good-faith-estimate"]} <= found
        assert all(patient.get(f"/{slug}/").status_code == 200 for slug in ALWAYS)


def test_every_template_can_be_published_as_it_is() -> None:
    for rule in rules_for("", RuleKind.NOTICE):
        text = template_of(rule.page)
        page = LocalPage(title=text["title"], intro=text["intro"], body=text["body"])
        assert list(number_problems(page)) == [], rule.page
        assert not token_problems(text["body"]), rule.page
        assert text["kind"] == "notice"
        assert text["in_footer"]


# The screen


def test_one_click_makes_the_draft_and_opens_its_editor(world: World, client_for: SignIn) -> None:
    set_flag(world, "bills_health_plans")
    client = client_for(world.hillside_editor)
    url = reverse("my_clinic:launch", args=[world.hillside.pk])
    assert 'value="surprise-bills"' in client.get(url).text

    answer = client.post(
        reverse("my_clinic:notice_draft", args=[world.hillside.pk]), {"notice": "surprise-bills"}
    )

    page = LocalPage.objects.child_of(world.hillside).get(slug="surprise-bills")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert 'value="surprise-bills"' not in client.get(url).text


def test_draft_is_refused_to_strangers_and_for_what_is_not_owed(
    world: World, client_for: SignIn
) -> None:
    set_flag(world, "bills_health_plans")
    url = reverse("my_clinic:notice_draft", args=[world.hillside.pk])
    wanted = {"notice": "surprise-bills"}

    assert client_for(world.harbour_publisher).post(url, wanted).status_code == 404
    assert client_for(world.hillside_editor).get(url).status_code == 405
    assert client_for(world.hillside_editor).post(url, {"notice": "costs"}).status_code == 404
    assert client_for(world.franchise_admin).post(url, wanted).status_code in (302, 403)
    assert client_for(world.outsider).post(url, wanted).status_code in (302, 403, 404)
    assert not LocalPage.objects.child_of(world.hillside).filter(slug="surprise-bills").exists()
