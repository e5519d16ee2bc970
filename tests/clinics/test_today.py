"""Today: what waits for each role, nothing of anybody else's, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.library_work import LibraryWork
from articles.choices import ChangeClass
from articles.models import ArticlePage, HeldArticle
from articles.offering import offer_section
from clinics import open_words, today
from clinics.choices import ClinicStatus, Role, TextStatus
from clinics.clinic import SpecialInterval
from clinics.facts import save_facts
from clinics.models import ClinicFacts, LocalPage, LocationFacts, Membership
from clinics.phones import parse_number
from clinics.suggesting.proposing import suggest
from clinics.today import Part, Scope, TodayItem, Urgency, register_today, today_of
from tests.articles.crowd import add_clinics, add_locations
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.clock import set_time
from tests.factories import World, make_staff
from tests.reading import page_of, words_of

type SignIn = Callable[[Any], Client]


def said_to(user: Any) -> dict[str, list[str]]:
    return {part.heading: [item.words for item in part.items] for part in today_of(user)}


def items_of(user: Any) -> dict[str, TodayItem]:
    return {item.words: item for part in today_of(user) for item in part.items}


def one(user: Any, start: str) -> TodayItem | None:
    found = [item for words, item in items_of(user).items() if words.startswith(start)]
    return found[0] if found else None


@pytest.fixture
def calm(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Nothing is waiting: facts and holidays are set, pages of locations may be listed."""
    monkeypatch.setattr("clinics.today_items.missing_for_listing", lambda page, place: [])
    monkeypatch.setattr("clinics.today_items.federal_holidays", lambda first, last: [])
    monkeypatch.setattr("clinics.today_items.undecided_holidays", lambda *args: [])
    ClinicFacts.objects.update(infusion_minutes=40, observation_minutes=30)
    Membership.objects.filter(user=world.hillside_editor).update(role=Role.CLINIC_EDITOR)
    return world


# A clinic


@pytest.mark.parametrize("name", ["hillside_editor", "hillside_publisher", "harbour_publisher"])
def test_nothing_is_waiting_at_a_calm_clinic(calm: World, client_for: SignIn, name: str) -> None:
    user = getattr(calm, name)

    html = client_for(user).get(reverse("wagtailadmin_home")).text

    assert list(said_to(user).values()) == [[]]
    assert words_of(page_of(html).select_one(".clinic-today")) == "Nothing is waiting."


def everything_at(home: Any, mark: str) -> None:
    """Something of each kind at one clinic, which names itself by `mark`."""
    article = make_article(f"a-{mark}", text(f"a-{mark}", "What"), title=f"About {mark}")
    version = make_local_version(
        article, home, override("replace", f"a-{mark}", text("own", f"Ours {mark}"),
                                review_date="2020-01-01")
    )  # fmt: skip
    change_article(article, [text(f"a-{mark}", "New", "<p>Very new.</p>")])
    draft = version.get_latest_revision_as_object()
    draft.summary_override = f"Draft {mark}"
    draft.save_revision()
    make_own_article(home, f"own-{mark}", publish=False)
    page = LocalPage.objects.child_of(home).get(slug="about")
    page.intro = f"Draft {mark}"
    page.save_revision()
    ClinicFacts.objects.filter(clinic=home).update(
        notice=f"Notice {mark}", infusion_minutes=None, observation_minutes=None
    )
    LocationFacts.objects.filter(clinic=home).update(text_status=TextStatus.PENDING)


def test_a_clinic_is_told_what_waits_there(calm: World) -> None:
    everything_at(calm.hillside, "hillside")

    words = said_to(calm.hillside_publisher)["Hillside Pain Clinic"]

    assert words == [
        "1 article has an update of the library waiting.",
        "1 text of yours is past its review date.",
        "2 articles have a draft that patients do not see yet.",
        "1 page of the site has a draft that patients do not see yet.",
        "Patients cannot text yet: the carriers have not approved the number.",
        "“Notice hillside” stands on every page, and has no end.",
        "2 facts are missing: articles say “40 to 60” and the like in their place.",
    ]


def test_each_item_leads_to_a_screen_with_that_very_count(calm: World, client_for: SignIn) -> None:
    everything_at(calm.hillside, "hillside")
    user = calm.hillside_publisher
    client = client_for(user)

    items = items_of(user)
    drafts = client.get(one(user, "2 articles have a draft").url)
    updates = client.get(one(user, "1 article has an update").url)
    pages = client.get(one(user, "1 page of the site").url)

    assert {client.get(item.url).status_code for item in items.values()} == {200}
    assert len(drafts.context["page_obj"].object_list) == 2
    assert len(updates.context["page_obj"].object_list) == 1
    assert [row.title for row in pages.context["rows"]] == ["About us"]


def test_nothing_of_another_clinic_is_counted(calm: World) -> None:
    """With drafts, updates, offers and numbers of Harbour there to leak."""
    everything_at(calm.harbour, "harbour")
    LocationFacts.objects.filter(page=calm.marina).update(main_phone="")
    ClinicFacts.objects.filter(clinic=calm.harbour).update(status=ClinicStatus.PREPARING)

    assert said_to(calm.hillside_publisher) == {"Hillside Pain Clinic": []}
    assert len(said_to(calm.harbour_publisher)["Harbour Infusion Center"]) > 5


def test_missing_and_shared_numbers_come_first(calm: World) -> None:
    LocationFacts.objects.filter(page=calm.plano).update(
        main_phone="", fax=parse_number("(561) 555-0168")
    )
    everything_at(calm.hillside, "hillside")

    items = list(items_of(calm.hillside_editor).values())

    assert [(item.words, item.urgency, item.names) for item in items[:2]] == [
        ("A location has no main number.", Urgency.PATIENTS, ("Plano",)),
        ("1 number is another clinic's as well.", Urgency.PATIENTS, ()),
    ]
    assert items[0].url.endswith(f"/my-numbers/{calm.hillside.pk}/?verdict=OPEN")


def test_fiction_is_said_where_it_is_not_allowed(calm: World, settings: Any) -> None:
    settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = False

    assert "Numbers of fiction ring nowhere." in items_of(calm.hillside_editor)
    assert one(calm.franchise_admin, "2 clinics have a number of fiction") is not None


def test_holidays_are_for_whoever_sets_the_hours(world: World) -> None:
    """H-05, as the list of the hours has it; the clock of the tests is in November."""
    editor, publisher = (
        [words for words in items_of(user) if words.startswith("Closed or open on")]
        for user in (world.hillside_editor, world.hillside_publisher)
    )

    assert editor == []
    assert publisher == ["Closed or open on Thanksgiving Day (November 26)? Nothing is set yet."]


def test_closed_days_of_the_week_ahead_are_a_reminder(calm: World) -> None:
    facts = LocationFacts.objects.get(page=calm.plano)
    day = open_words.current_time().date() + timedelta(days=2)
    rows = [
        SpecialInterval(day, day, label="Moving"),
        SpecialInterval(day + timedelta(days=30), day + timedelta(days=30)),
    ]
    save_facts(facts, {}, user=None, base_version=facts.version, special_hours=rows)

    (words,) = items_of(calm.hillside_editor)

    assert words.startswith("“Plano” is closed on ") and words.endswith("(Moving).")


def test_a_clinic_that_is_not_open_has_its_checklist_first(calm: World) -> None:
    ClinicFacts.objects.filter(clinic=calm.hillside).update(status=ClinicStatus.PREPARING)

    first = next(iter(items_of(calm.hillside_editor).values()))

    assert first.words.startswith("Patients do not see this site yet")
    assert first.url == reverse("my_clinic:launch", args=[calm.hillside.pk])


def test_safety_changes_have_a_deadline(calm: World) -> None:
    article = make_article("s", text("s", "What"))
    change_article(article, [text("s", "Danger")], change_class=ChangeClass.SAFETY)

    item = one(calm.hillside_publisher, "1 safety change")

    assert item and item.urgency == Urgency.DEADLINE


# A franchise


def test_a_franchise_is_told_of_its_clinics_by_name(calm: World, client_for: SignIn) -> None:
    ClinicFacts.objects.filter(clinic=calm.harbour).update(status=ClinicStatus.PREPARING)
    LocationFacts.objects.filter(page=calm.plano).update(main_phone="")
    Membership.objects.filter(user=calm.hillside_publisher).delete()
    client = client_for(calm.franchise_admin)

    items = items_of(calm.franchise_admin)

    assert [(item.words, item.names) for item in items.values()] == [
        (
            "1 clinic has a location without a main number, or no location.",
            ("Hillside Pain Clinic",),
        ),
        ("1 clinic has nobody who may publish there.", ("Hillside Pain Clinic",)),
        ("1 clinic is not open to patients yet.", ("Harbour Infusion Center",)),
    ]
    lists = [client.get(item.url) for item in items.values()]
    assert [[clinic.facts.name for clinic in each.context["object_list"]] for each in lists] == [
        [item.names[0]] for item in items.values()
    ]


def test_a_franchise_hears_of_a_holiday_two_weeks_before(
    world: World, client_for: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_time(monkeypatch, "2026-11-20T15:00+00:00")

    item = one(world.franchise_admin, "Thanksgiving Day (November 26)")

    assert item and item.words.endswith("2 clinics have not set their hours.")
    rows = client_for(world.franchise_admin).get(item.url).context["object_list"]
    assert len(rows) == 2


def test_a_clinic_that_does_not_look_at_updates_is_named(calm: World) -> None:
    article = make_article("old", text("old", "What"))
    article.releases.update(published_at=timezone.now() - timedelta(days=15))
    ClinicFacts.objects.filter(clinic=calm.hillside).update(review_first=True, library_as_of=None)

    item = one(calm.franchise_admin, "1 clinic has not looked")

    assert item and item.names == ("Hillside Pain Clinic",)


def test_suggestions_wait_for_whoever_decides(calm: World, client_for: SignIn) -> None:
    facts = LocationFacts.objects.get(page=calm.plano)
    changes = {"main_phone": parse_number("(972) 555-0199")}
    suggest(facts, changes, user=calm.hillside_editor, base_version=facts.version)

    item = one(calm.franchise_admin, "1 suggestion of a clinic waits")

    assert item and client_for(calm.franchise_admin).get(item.url).status_code == 200
    assert said_to(calm.hillside_editor) == {"Hillside Pain Clinic": []}


def test_a_franchise_hears_nothing_of_another_franchise(calm: World) -> None:
    from clinics.creating import create_franchise  # noqa: PLC0415 - beside its one use

    other = create_franchise("Other group")
    user = make_staff("other-admin", Role.FRANCHISE_ADMIN, other)
    LocationFacts.objects.update(main_phone="")
    ClinicFacts.objects.update(status=ClinicStatus.PREPARING)

    assert said_to(user) == {"Other group": []}


def test_counts_of_a_large_franchise_have_separators_and_three_names(
    calm: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ClinicFacts.objects.filter(clinic__in=[each.pk for each in add_clinics(calm, 5)]).update(
        status=ClinicStatus.PREPARING
    )

    item = one(calm.franchise_admin, "5 clinics are not open")

    assert item and len(item.names) == 3
    assert today.MOST_NAMES == 3


# The library


def test_the_library_is_told_of_offers_reviews_drafts_and_titles(
    calm: World, client_for: SignIn
) -> None:
    article = make_article("a", text("what", "What"))
    version = make_local_version(
        article, calm.hillside, override("replace", "what", text("own", "Ours"))
    )
    raw = next(iter(version.overrides.raw_data))
    offer_section(version, raw["id"], "Clearer", None)
    make_article("b", publish=False)
    make_article("c", publish=False, title="Title needed: c")
    due = make_article("d")
    day = timezone.localdate()
    ArticlePage.objects.filter(pk=due.pk).update(review_due_date=day - timedelta(days=1))
    soon = make_article("e")
    ArticlePage.objects.filter(pk=soon.pk).update(review_due_date=day + timedelta(days=20))

    items = items_of(calm.library_publisher)

    assert list(items) == [
        "1 article is past its review date.",
        "1 offer of a clinic waits for an answer.",
        "1 article is to be reviewed within 30 days.",
        "1 imported draft needs a title.",
        "1 article has a draft that is not published.",
    ]
    client = client_for(calm.library_publisher)
    titles = {
        str(response.context["view"].work): [row.slug for row in response.context["object_list"]]
        for item in items.values()
        if isinstance((response := client.get(item.url)).context["view"], LibraryWork)
    }
    assert titles == {"overdue": ["d"], "soon": ["e"], "titles": ["c"], "drafts": ["b"]}


def test_a_reviewer_hears_of_reviews_and_not_of_offers(calm: World, client_for: SignIn) -> None:
    user = make_staff("reviewer", Role.MEDICAL_REVIEWER, calm.library)
    due = make_article("d")
    ArticlePage.objects.filter(pk=due.pk).update(review_due_date=timezone.localdate())

    item = one(user, "1 article is to be reviewed")

    assert item and client_for(user).get(item.url).status_code == 200


@pytest.mark.parametrize(
    "name", ["hillside_publisher", "hillside_editor", "franchise_admin", "outsider"]
)
def test_work_of_the_library_is_not_there_for_others(
    calm: World, client_for: SignIn, name: str
) -> None:
    client = client_for(getattr(calm, name))
    urls = [reverse("articles_library_work"), reverse("articles_library_work_results")]

    assert [client.get(url).status_code for url in urls] == [404, 404]


# Everybody


def test_somebody_with_several_roles_gets_the_parts_of_each(calm: World) -> None:
    user = make_staff("many", Role.CLINIC_EDITOR, calm.hillside)
    Membership.objects.create(user=user, role=Role.CLINIC_PUBLISHER, page=calm.harbour.page_ptr)
    Membership.objects.create(user=user, role=Role.FRANCHISE_ADMIN, page=calm.franchise.page_ptr)
    Membership.objects.create(user=user, role=Role.LIBRARY_EDITOR, page=calm.library.page_ptr)

    assert list(said_to(user)) == [
        "Harbour Infusion Center", "Hillside Pain Clinic", "Group", "Library",
    ]  # fmt: skip


def test_an_outsider_and_a_disabled_person_get_no_panel(calm: World, client_for: SignIn) -> None:
    user = calm.hillside_editor
    user.is_active = False

    assert (today_of(calm.outsider), today_of(user)) == ([], [])
    html = client_for(calm.outsider).get(reverse("wagtailadmin_home")).text
    assert page_of(html).select(".clinic-today") == []


def test_a_superuser_gets_all_clinics_and_the_library(calm: World) -> None:
    assert list(said_to(calm.superuser)) == ["All clinics", "Library"]


def test_another_app_adds_its_own(calm: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(today.READERS, Part.CLINIC, [])

    @register_today(Part.CLINIC)
    def late(scope: Scope) -> list[TodayItem]:
        return [
            TodayItem("Later", "/l/", Urgency.LATER),
            TodayItem(f"Now at {scope.heading}", "/n/", Urgency.PATIENTS),
        ]

    assert said_to(calm.hillside_editor) == {
        "Hillside Pain Clinic": ["Now at Hillside Pain Clinic", "Later"]
    }


@pytest.mark.parametrize("name", ["hillside_publisher", "franchise_admin", "library_publisher"])
def test_queries_of_the_front_page_do_not_grow(world: World, client_for: SignIn, name: str) -> None:
    everything_at(world.hillside, "first")
    HeldArticle.objects.all().delete()
    client = client_for(getattr(world, name))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("wagtailadmin_home")).status_code == 200
        return len(found)

    add_locations(add_clinics(world, 1))
    queries()
    before = queries()
    add_locations(add_clinics(world, 5))
    for number in range(4):
        everything_more(world, number)

    assert queries() <= before


def everything_more(world: World, number: int) -> None:
    """More articles, drafts, updates and pages at the same clinic."""
    article = make_article(f"more-{number}", text(f"m-{number}", "What"))
    version = make_local_version(
        article, world.hillside, override("replace", f"m-{number}", text("own", "Ours"))
    )
    change_article(article, [text(f"m-{number}", "New")])
    version.get_latest_revision_as_object().save_revision()
    page = LocalPage(title="More", slug=f"page-{number}")
    world.hillside.add_child(instance=page)
    page.save_revision()
    make_own_article(world.hillside, f"own-{number}", publish=False)
