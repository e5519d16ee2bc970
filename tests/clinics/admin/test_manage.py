"""The tab "Manage": closing, moving and renaming on screens that say first what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from clinics.choices import ClinicStatus, LocationStatus
from clinics.creating import create_clinic, create_franchise, create_location
from clinics.facts import facts_of, save_facts
from clinics.models import ClinicFacts, HostAlias, LocationPage
from tests.articles.factories import make_article, make_local_version, make_own_article, text
from tests.factories import HARBOUR, HARBOUR_MARINA, HILLSIDE_PLANO, World

type SignIn = Callable[[Any], Client]

CLINIC_SCREENS = ("manage", "close_clinic", "reopen_clinic", "rename_clinic")
LOCATION_SCREENS = ("close_location", "reopen_location", "rename_location", "move_location")


def url(name: str, page: Any) -> str:
    return reverse(f"my_clinic:{name}", args=[page.pk])


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def form_values(response: Any) -> dict[str, str]:
    """What a browser sends for the form as it stands, without the button that confirms."""
    values = {}
    for each in page_of(response).select("form.act [name]"):
        kind = each.get("type", "")
        if each.name == "button" or (
            kind in ("radio", "checkbox") and not each.has_attr("checked")
        ):
            continue
        chosen = each.select_one("option[selected]") if each.name == "select" else None
        values[each["name"]] = (
            str(chosen["value"] if chosen else "")
            if each.name == "select"
            else str(each.get("value", "") or each.get_text().strip("\n"))
        )
    return values


def look(client: Client, address: str, **typed: Any) -> tuple[Any, dict[str, str]]:
    """The answer with the consequences, and what confirming it sends."""
    opened = client.get(address)
    data = form_values(opened) | {name: str(value) for name, value in typed.items()}
    shown = client.post(address, data)
    button = page_of(shown).select_one("button[name=seen]")
    return shown, data | ({"seen": str(button["value"])} if button else {})


def does(response: Any) -> list[str]:
    """The consequences, each on one line with its items."""
    items = page_of(response).select(".act-item .act-words")
    return [" ".join(each.get_text(" ").split()) for each in items]


def confirm(client: Client, address: str, **typed: Any) -> Any:
    _shown, data = look(client, address, **typed)
    return client.post(address, data, follow=True)


def messages_of(response: Any) -> list[str]:
    return [" ".join(str(message).split()) for message in response.context["messages"]]


# Who


@pytest.mark.parametrize(
    "who", ["hillside_publisher", "hillside_editor", "harbour_publisher", "library_publisher",
            "outsider"],
)  # fmt: skip
def test_screens_are_a_franchise_admins(world: World, client_for: SignIn, who: str) -> None:
    """For everybody else they are as missing as those of a clinic that is not there."""
    client = client_for(getattr(world, who))
    missing = 8_888_888
    for name in CLINIC_SCREENS + LOCATION_SCREENS:
        page = world.hillside if name in CLINIC_SCREENS else world.plano
        twin = client.get(reverse(f"my_clinic:{name}", args=[missing]))
        for answer in (client.get(url(name, page)), client.post(url(name, page))):
            assert answer.status_code == twin.status_code == 404, name


def test_tab_is_shown_to_whom_it_opens(world: World, client_for: SignIn) -> None:
    contact, link = url("contact", world.hillside), url("manage", world.hillside)

    assert link in client_for(world.franchise_admin).get(contact).text
    assert link not in client_for(world.hillside_publisher).get(contact).text


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_verb_is_refused(world: World, client_for: SignIn, method: str) -> None:
    client = client_for(world.franchise_admin)
    assert getattr(client, method)(url("close_clinic", world.hillside)).status_code == 405


def test_overview_asks_no_more_for_more_locations(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("manage", world.hillside)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    queries()
    before = queries()
    for name in ("Allen", "Frisco"):
        create_location(world.hillside, {**HILLSIDE_PLANO, "name": name})

    assert queries() == before


# Closing a clinic


def test_closing_says_first_what_follows(world: World, client_for: SignIn) -> None:
    article = make_article("shared", text("what"))
    make_local_version(article, world.harbour, title_override="Ours")
    make_own_article(world.harbour, "theirs", title="Only at the harbour")
    about = world.harbour.get_children().get(slug="about").specific
    about.title = "A draft of theirs"
    about.save_revision()
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")

    shown, _data = look(
        client_for(world.franchise_admin),
        url("close_clinic", world.harbour),
        neighbour=world.hillside.pk,
    )

    found = does(shown)
    assert found[0] == (
        "These hosts lead to Hillside Pain Clinic for good (301). "
        "harbour.test → hillside.test marina.test → hillside.test"
    )
    assert found[1].startswith("1 location is shown to nobody any more")
    assert "Marina Delray Beach, (561) 555-0168" in found[1]
    words = " | ".join(found)
    for part in (
        "1 page has no like there and leads to the front page. /locations/marina/",
        "1 article leads to the same article of Hillside Pain Clinic.",
        "1 article is not there, and leads to the front page. Only at the harbour",
        "1 local version of a shared article is kept.",
        "1 article that the clinic wrote is kept. Only at the harbour",
        "1 draft is kept and can be worked on. A draft of theirs",
        "1 person keeps the account and the access. harbour-publisher Clinic publisher",
    ):
        assert part in words
    assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


def test_clinic_closes_and_opens_again(world: World, client_for: SignIn) -> None:
    client, site = client_for(world.franchise_admin), Client(HTTP_HOST="harbour.test")

    done = confirm(client, url("close_clinic", world.harbour), neighbour=world.hillside.pk)
    assert done.redirect_chain == [(url("manage", world.harbour), 302)]
    assert "Nothing was deleted" in messages_of(done)[0]
    assert site.get("/")["Location"] == "http://hillside.test/"
    for name in ("contact", "hours", "edit_clinic"):
        assert "This clinic is closed to patients." in client.get(url(name, world.harbour)).text
    assert client.get(url("launch", world.harbour)).status_code == 404

    address = url("reopen_clinic", world.harbour)
    opened = client.get(address)
    assert "harbour.test shows the clinic again" in does(opened)[0]
    seen = str(page_of(opened).select_one("button[name=seen]")["value"])
    done = client.post(address, form_values(opened) | {"seen": seen}, follow=True)
    assert messages_of(done) == ["Harbour Infusion Center is open to patients again."]
    assert site.get("/").status_code == 200


def test_people_of_a_closed_clinic_still_read_and_write(world: World, client_for: SignIn) -> None:
    confirm(
        client_for(world.franchise_admin),
        url("close_clinic", world.harbour),
        neighbour=world.hillside.pk,
    )
    client = client_for(world.harbour_publisher)

    contact = client.get(url("contact", world.harbour))
    assert contact.status_code == 200
    assert url("reopen_clinic", world.harbour) not in contact.text
    editor = reverse("wagtailadmin_pages:edit", args=[world.harbour.pk])
    assert client.get(editor).status_code == 200


def test_undo_of_closing_is_not_a_publishers(world: World, client_for: SignIn) -> None:
    admin = client_for(world.franchise_admin)
    confirm(admin, url("close_clinic", world.harbour), neighbour=world.hillside.pk)
    change = facts_of(world.harbour.pk).page.facts_changes.first()
    undo, version = reverse("my_clinic:undo", args=[change.pk]), {"base_version": change.version}

    client_for(world.harbour_publisher).post(undo, version)
    assert facts_of(world.harbour.pk).status == ClinicStatus.CLOSED
    changes = admin.get(url("changes", world.harbour)).text
    assert "Closed" in changes and "Hillside Pain Clinic" in changes
    admin.post(undo, version)
    assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


def test_foreign_neighbour_is_refused_like_a_missing_one(world: World, client_for: SignIn) -> None:
    apart = create_clinic(
        create_franchise("Apart"),
        HARBOUR.__class__(
            name="Far", slug="far", host="far.test", brand=HARBOUR.brand, facts=HARBOUR.facts
        ),
    )
    client, address = client_for(world.franchise_admin), url("close_clinic", world.harbour)
    opened = form_values(client.get(address))

    answers = [
        client.post(address, opened | {"neighbour": str(pk), "seen": "x"})
        for pk in (apart.pk, 8_888_888, world.harbour.pk, world.marina.pk)
    ]

    problems = [page_of(answer).select_one(".clinic-problems").get_text() for answer in answers]
    assert len(set(problems)) == 1 and "valid choice" in problems[0]
    assert "Far" not in answers[0].text.replace("Farther", "")
    assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


# What was seen is what is done


def test_nothing_happens_unseen(world: World, client_for: SignIn) -> None:
    """Neither without having looked, nor when another choice was looked at."""
    client, address = client_for(world.franchise_admin), url("close_clinic", world.harbour)
    _shown, data = look(client, address, neighbour=world.hillside.pk)

    for other in ({"seen": ""}, {"seen": "made up"}, {"neighbour": ""}):
        answer = client.post(address, data | other)
        assert does(answer)
        assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


def test_consequences_that_have_changed_are_shown_again(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("close_clinic", world.harbour)
    _shown, data = look(client, address, neighbour=world.hillside.pk)
    make_own_article(world.harbour, "late", title="Written meanwhile")

    answer = client.post(address, data)

    assert answer.status_code == 409
    assert "Nothing was done" in answer.text and "Written meanwhile" in answer.text
    assert form_values(answer)["neighbour"] == str(world.hillside.pk)
    assert facts_of(world.harbour.pk).status == ClinicStatus.LIVE


def test_facts_that_have_changed_are_a_conflict_and_nothing_typed_is_lost(
    world: World, client_for: SignIn
) -> None:
    client, address = client_for(world.franchise_admin), url("rename_clinic", world.harbour)
    _shown, data = look(client, address, name="Harbour Light", host="light.test")
    save_facts(
        facts_of(world.harbour.pk), {"name": "Harbour East"}, user=world.superuser, base_version=1
    )

    answer = client.post(address, data)

    assert answer.status_code == 409
    row = " ".join(page_of(answer).select_one(".clinic-conflict__table").get_text(" ").split())
    assert "Harbour East Harbour Light" in row and "harbour.test light.test" in row
    again = form_values(answer)
    assert (again["name"], again["host"], again["base_version"]) == (
        "Harbour Light", "light.test", "2",
    )  # fmt: skip
    assert Site.objects.get(root_page=world.harbour.pk).hostname == "harbour.test"


def test_host_that_has_changed_is_a_conflict(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("rename_clinic", world.harbour)
    _shown, data = look(client, address, host="light.test")
    Site.objects.filter(root_page=world.harbour.pk).update(hostname="east.test")

    answer = client.post(address, data)
    assert answer.status_code == 409
    assert Site.objects.get(root_page=world.harbour.pk).hostname == "east.test"


def test_done_in_the_meantime_is_said(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("close_clinic", world.harbour)
    _shown, data = look(client, address, neighbour=world.hillside.pk)
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.CLOSED)

    done = client.post(address, data, follow=True)
    assert messages_of(done) == ["This has been done in the meantime."]


# Locations


def test_main_location_closes_and_hands_over(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("close_location", world.uptown)

    refused, _data = look(client, address, status="CLOSED", neighbour=world.plano.pk)
    assert "Choose the location that becomes the main one." in refused.text
    shown, data = look(
        client, address, status="CLOSED", neighbour=world.plano.pk, new_main=world.plano.pk
    )
    words = " | ".join(does(shown))
    assert "show address, hours and numbers of Plano. /locations/uptown/ → Plano" in words
    assert "No page shows its numbers any more. (214) 555-0142 (214) 555-0143" in words
    assert "Plano becomes the main location" in words
    client.post(address, data)

    assert facts_of(world.uptown.pk).status == LocationStatus.CLOSED
    assert facts_of(world.plano.pk).is_primary
    address = url("reopen_location", world.uptown)
    opened = client.get(address)
    seen = str(page_of(opened).select_one("button[name=seen]")["value"])
    client.post(address, form_values(opened) | {"seen": seen})
    assert facts_of(world.uptown.pk).status == LocationStatus.OPEN


def test_last_location_leads_to_closing_the_clinic(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("close_location", world.marina)

    assert url("close_clinic", world.harbour) in client.get(address).text
    refused, data = look(client, address, status="CLOSED")
    assert "becomes the main one" in refused.text and "seen" not in data
    assert facts_of(world.marina.pk).status == LocationStatus.OPEN


def test_location_takes_no_neighbour_of_another_clinic(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("close_location", world.plano)

    answers = [
        look(client, address, status="CLOSED", neighbour=pk)[0]
        for pk in (world.marina.pk, 8_888_888)
    ]
    problems = [page_of(answer).select_one(".clinic-problems").get_text() for answer in answers]
    assert problems[0] == problems[1] and "valid choice" in problems[0]


def test_rename_of_a_location_moves_its_page(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("rename_location", world.plano)

    taken, _data = look(client, address, slug="uptown")
    assert "Another location has this address" in taken.text
    shown, data = look(client, address, name="Legacy West", slug="legacy-west")
    assert "/locations/plano/ → /locations/legacy-west/" in " ".join(does(shown))
    client.post(address, data)

    site = Client(HTTP_HOST="hillside.test")
    moved = site.get("/locations/plano/?src=ads")
    assert (moved.status_code, moved["Location"]) == (301, "/locations/legacy-west/?src=ads")
    assert page_of(site.get("/locations/legacy-west/")).h1.get_text() == "Legacy West"
    assert LocationPage.objects.get(pk=world.plano.pk).title == "Legacy West"


def test_move_of_a_location_says_how_far(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("move_location", world.uptown)
    place = {"street": "12 Pear Tree Way", "zip_code": "75024", "latitude": "33.0768",
             "longitude": "-96.7969", "main_phone": "(214) 555-0151"}  # fmt: skip

    shown, data = look(client, address, **place)
    words = " | ".join(does(shown))
    assert "Suite 120, Dallas, TX 75204 → 12 Pear Tree Way, Dallas, TX 75024" in words
    assert "Its position on the map moves by 19 miles." in words
    assert "Main number (214) 555-0142 → (214) 555-0151" in words
    client.post(address, data)

    html = Client(HTTP_HOST="hillside.test").get("/locations/uptown/").text
    assert "12 Pear Tree Way" in html and "(214) 555-0151" in html
    assert "Hillside Ave" not in html and "555-0142" not in html


def test_move_tells_patients_and_overwrites_no_notice(world: World, client_for: SignIn) -> None:
    client, address = client_for(world.franchise_admin), url("move_location", world.uptown)
    notice = {"notice": "Closed on Friday."}
    save_facts(facts_of(world.hillside.pk), notice, user=None, base_version=1)

    refused, _data = look(client, address, street="12 Pear Tree Way", tell="We have moved.")
    assert "Another notice is shown" in refused.text
    typed = {"street": "12 Pear Tree Way", "tell": "We have moved.", "replaces": "on"}
    shown, data = look(client, address, **typed)
    assert "The notice that patients read now is replaced. Closed on Friday." in does(shown)
    client.post(address, data)

    home = Client(HTTP_HOST="hillside.test").get("/").text
    assert "We have moved." in home and "Closed on Friday." not in home


def test_slip_of_the_finger_on_the_map_is_seen(world: World, client_for: SignIn) -> None:
    shown, _data = look(
        client_for(world.franchise_admin),
        url("move_location", world.marina),
        latitude="-26.4615",
    )
    words = " | ".join(does(shown))
    assert "from ZIP code 33483: check latitude and longitude." in words
    assert HARBOUR_MARINA["street"] in facts_of(world.marina.pk).street
