"""Articles of my clinic: who reaches it, what it lists, and what a line of it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.choices import ArticleKind
from articles.merge import State
from articles.models import LocalVersionPage
from clinics.models import ClinicFacts, Service
from tests.articles.every_section import every_section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World

type SignIn = Callable[[Any], Client]

STRANGERS = ["harbour_publisher", "library_editor", "library_publisher", "outsider"]
OWN = text("own", "Ours")
QUERIES = 35


def list_url(world: World) -> str:
    return reverse("my_articles:list", args=[world.hillside.pk])


def act_url(world: World, act: str, article: Any) -> str:
    return reverse(f"my_articles:{act}", args=[world.hillside.pk, article.pk])


def listed(client: Client, world: World, **query: str) -> list[Any]:
    response = client.get(list_url(world), query)
    assert response.status_code == 200
    return list(response.context["page_obj"])


def titles(client: Client, world: World, **query: str) -> list[str]:
    return [row.title for row in listed(client, world, **query)]


@pytest.fixture
def publisher(world: World, client_for: SignIn) -> Client:
    return client_for(world.hillside_publisher)


# Who


@pytest.mark.parametrize("name", STRANGERS)
def test_list_is_not_there_for_strangers(world: World, client_for: SignIn, name: str) -> None:
    article = make_article()
    client = client_for(getattr(world, name))

    urls = [act_url(world, act, article) for act in ("customise", "hide", "show")]
    answers = [client.get(list_url(world)).status_code]
    answers += [client.post(url).status_code for url in urls]

    assert answers == [404] * 4
    assert LocalVersionPage.objects.count() == 0


@pytest.mark.parametrize("act", ["customise", "hide", "show"])
def test_acts_refuse_get(world: World, publisher: Client, act: str) -> None:
    article = make_article()

    assert publisher.get(act_url(world, act, article)).status_code == 405


def test_index_leads_to_the_articles_of_the_one_clinic(world: World, publisher: Client) -> None:
    response = publisher.get(reverse("my_articles:index"))

    assert (response.status_code, response.url) == (302, list_url(world))


def test_index_lists_the_clinics_of_a_franchise_admin(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).get(reverse("my_articles:index"))

    assert list_url(world) in response.text


def test_index_is_not_there_for_the_library(world: World, client_for: SignIn) -> None:
    assert client_for(world.library_editor).get(reverse("my_articles:index")).status_code == 404


def test_franchise_admin_may_hide_and_not_write(world: World, client_for: SignIn) -> None:
    article = make_article()
    client = client_for(world.franchise_admin)

    customised = client.post(act_url(world, "customise", article)).status_code
    hidden = client.post(act_url(world, "hide", article)).status_code

    assert (customised, hidden) == (404, 302)
    assert Client(HTTP_HOST="hillside.test").get("/conditions/fibromyalgia/").status_code == 404


# What


def test_list_has_every_article_of_every_mount(world: World, publisher: Client) -> None:
    make_article("b", title="About {{ clinic.name }}")
    make_article("c", kind=ArticleKind.TREATMENT)
    make_article("not-live", publish=False)
    nerve = make_article("d")
    nerve.services.add(Service.objects.get(slug="nerve-blocks"))
    nerve.save()
    make_own_article(world.hillside, "ours")
    make_own_article(world.hillside, "our-draft", publish=False)
    make_own_article(world.harbour, "theirs")

    assert titles(publisher, world) == [
        "About Hillside Pain Clinic", "C", "D", "Our draft", "Ours",
    ]  # fmt: skip


def test_list_leaves_out_what_the_clinics_services_exclude(
    world: World, client_for: SignIn
) -> None:
    article = make_article()
    article.services.add(Service.objects.get(slug="nerve-blocks"))
    article.save()
    harbour = reverse("my_articles:list", args=[world.harbour.pk])

    response = client_for(world.harbour_publisher).get(harbour)

    assert list(response.context["page_obj"]) == []


def test_list_says_states_in_words(world: World, publisher: Client) -> None:
    follows, own, waiting, hidden = (make_article(slug) for slug in "abcd")
    make_local_version(own, world.hillside, override("replace", "what", OWN))
    make_local_version(waiting, world.hillside, override("replace", "what", OWN))
    change_article(waiting, [text("what", "New"), text("care", "Care")])
    make_local_version(hidden, world.hillside, hides_article=True)

    rows = listed(publisher, world)

    words = ["Follows library", "Own version", "Update waiting", "Hidden here"]
    assert [str(row.state_words) for row in rows] == words
    assert [bool(row.live_url) for row in rows] == [True, True, True, False]
    assert rows[0].live_url == f"{_origin(world)}/conditions/a/"
    assert follows.title == rows[0].title


def test_list_says_who_changed_what_and_that_a_draft_waits(world: World, publisher: Client) -> None:
    article = make_article()
    version = make_local_version(article, world.hillside, override("hide", "care"))
    version.title_override = "Ours"
    version.save_revision(user=world.hillside_editor)

    (row,) = listed(publisher, world)

    assert (row.changed_by, row.is_draft_waiting) == ("hillside-editor", True)
    assert row.title == "Fibromyalgia"
    assert "Draft waiting" in publisher.get(list_url(world)).text


def test_started_and_empty_local_version_is_no_waiting_draft(
    world: World, publisher: Client
) -> None:
    publisher.post(act_url(world, "customise", make_article()))

    (row,) = listed(publisher, world)

    assert (row.state, row.is_draft_waiting) == (State.FOLLOWS, False)


def test_list_shows_what_a_clinic_has_not_accepted_yet_as_held(
    world: World, publisher: Client
) -> None:
    make_article()
    ClinicFacts.objects.filter(clinic=world.hillside).update(review_first=True)

    (row,) = listed(publisher, world)

    assert (row.state, row.is_live, row.live_url) == (State.HELD, False, "")


# Filters, order, pages


def test_filters_keep_what_is_asked_for(world: World, publisher: Client) -> None:
    service = Service.objects.get(slug="ketamine-infusion")
    infusion = make_article("infusion", kind=ArticleKind.TREATMENT, summary="How it is given.")
    infusion.services.add(service)
    infusion.tags.add("pain")
    infusion.save()
    waiting = make_article("migraine")
    make_local_version(waiting, world.hillside, override("hide", "what"))
    change_article(waiting, [text("what", "New"), text("care", "Care")])
    drafted = make_article("neuropathy")
    make_local_version(drafted, world.hillside, override("hide", "what"), publish=False)

    found = {
        f"{name}={value}": titles(publisher, world, **{name: value})
        for name, value in [
            ("q", "GIVEN how"),
            ("kind", "TREATMENT"),
            ("state", "WAITING"),
            ("state", "ATTENTION"),
            ("state", "DRAFT"),
            ("state", "OWN"),
            ("service", str(service.pk)),
            ("topic", "pain"),
        ]
    }

    assert found == {
        "q=GIVEN how": ["Infusion"],
        "kind=TREATMENT": ["Infusion"],
        "state=WAITING": ["Migraine"],
        "state=ATTENTION": ["Migraine"],
        "state=DRAFT": ["Neuropathy"],
        "state=OWN": [],
        f"service={service.pk}": ["Infusion"],
        "topic=pain": ["Infusion"],
    }


@pytest.mark.parametrize("query", [{"state": "?"}, {"service": "x"}, {"order": "?"}, {"p": "x"}])
def test_nonsense_in_the_address_filters_nothing(
    world: World, publisher: Client, query: dict[str, str]
) -> None:
    make_article()

    assert titles(publisher, world, **query) == ["Fibromyalgia"]


def test_list_is_ordered_by_title_state_or_change(world: World, publisher: Client) -> None:
    make_article("a")
    make_local_version(make_article("b"), world.hillside, override("hide", "what"))
    make_local_version(make_article("c"), world.hillside, hides_article=True)

    orders = ("-title", "state", "-changed")
    found = {order: titles(publisher, world, order=order) for order in orders}

    assert found == {
        "-title": ["C", "B", "A"],
        "state": ["B", "C", "A"],
        "-changed": ["C", "B", "A"],
    }


def test_headings_keep_the_filters_and_say_the_order(world: World, publisher: Client) -> None:
    make_article()

    response = publisher.get(list_url(world), {"kind": "CONDITION", "p": "1"})

    column = response.context["columns"]["title"]
    assert (column.url, column.direction) == ("?kind=CONDITION&order=-title", "ascending")
    assert 'aria-sort="ascending"' in response.text


def test_list_has_pages_of_fifty(world: World, publisher: Client) -> None:
    for number in range(51):
        make_article(f"a-{number:02}", text("what"))

    assert len(listed(publisher, world)) == 50
    assert titles(publisher, world, p="2") == ["A 50"]


def test_list_takes_the_same_queries_for_3_articles_and_30(world: World, publisher: Client) -> None:
    linked = make_article("linked")
    body = every_section(linked)
    publisher.get(list_url(world))
    counts = []
    for many in (range(3), range(3, 30)):
        for number in many:
            article = make_article(f"a-{number}", *body)
            version = override("hide", "", section=body[1]["id"])
            make_local_version(article, world.hillside, version)
            make_own_article(world.hillside, f"own-{number}")
        with CaptureQueriesContext(connection) as queries:
            publisher.get(list_url(world))
        counts.append(len(queries))

    assert counts == [QUERIES, QUERIES]


# Acts


def test_customise_leads_to_the_editor_of_one_local_version(
    world: World, publisher: Client
) -> None:
    article = make_article()

    first = publisher.post(act_url(world, "customise", article))
    again = publisher.post(act_url(world, "customise", article))

    version = LocalVersionPage.objects.get(clinic=world.hillside.pk, article=article)
    assert first.url == again.url == reverse("wagtailadmin_pages:edit", args=[version.pk])
    assert version.owner == world.hillside_publisher
    assert publisher.get(first.url).status_code == 200


def test_hide_and_show_again_come_back_to_the_filtered_list(
    world: World, publisher: Client
) -> None:
    article = make_article()

    hidden = publisher.post(act_url(world, "hide", article), {"query": "state=HIDDEN"})
    (row,) = listed(publisher, world, state="HIDDEN")
    publisher.post(act_url(world, "show", article))

    assert hidden.url == f"{list_url(world)}?state=HIDDEN"
    assert row.title == "Fibromyalgia"
    assert [row.state for row in listed(publisher, world)] == [State.FOLLOWS]


def test_undo_of_hide_shows_it_again(world: World, publisher: Client) -> None:
    article = make_article()
    response = publisher.post(act_url(world, "hide", article), follow=True)
    url = response.text.partition('action="/admin/local-versions/')[2].partition('"')[0]

    publisher.post(f"/admin/local-versions/{url}")

    assert Client(HTTP_HOST="hillside.test").get("/conditions/fibromyalgia/").status_code == 200


def test_editor_hides_as_a_draft(world: World, client_for: SignIn) -> None:
    article = make_article()

    response = client_for(world.hillside_editor).post(act_url(world, "hide", article), follow=True)

    assert "until somebody publishes the draft" in response.text
    assert [(row.state, row.is_draft_waiting) for row in response.context["page_obj"]] == [
        (State.FOLLOWS, True)
    ]


def test_locked_local_version_is_not_hidden(world: World, client_for: SignIn) -> None:
    article = make_article()
    make_local_version(article, world.hillside)
    LocalVersionPage.objects.update(locked=True, locked_by=world.hillside_publisher)

    response = client_for(world.hillside_editor).post(act_url(world, "hide", article), follow=True)

    assert "is locked" in response.text
    assert not LocalVersionPage.objects.get().get_latest_revision_as_object().hides_article


@pytest.mark.parametrize("act", ["customise", "hide", "show"])
def test_article_that_is_not_offered_is_404(world: World, publisher: Client, act: str) -> None:
    draft = make_article("draft", publish=False)
    theirs = make_own_article(world.harbour)

    answers = [publisher.post(act_url(world, act, page)).status_code for page in (draft, theirs)]

    assert answers == [404, 404]


# Front page


def test_front_page_counts_the_updates_that_wait(world: World, publisher: Client) -> None:
    article = make_article()
    make_local_version(article, world.hillside, override("replace", "what", OWN))
    change_article(article, [text("what", "New"), text("care", "Care")])

    html = publisher.get(reverse("wagtailadmin_home")).text

    assert "1 article has an update of the library waiting." in html
    assert f'href="{list_url(world)}?state=ATTENTION"' in html


@pytest.mark.parametrize("name", ["franchise_admin", "library_editor", "outsider", "superuser"])
def test_front_page_of_others_does_not_count_them(
    world: World, client_for: SignIn, name: str
) -> None:
    article = make_article()
    make_local_version(article, world.hillside, override("replace", "what", OWN))
    change_article(article, [text("what", "New"), text("care", "Care")])

    html = client_for(getattr(world, name)).get(reverse("wagtailadmin_home")).text

    assert "of the library waiting" not in html


def _origin(world: World) -> str:
    return world.hillside.get_site().root_url
