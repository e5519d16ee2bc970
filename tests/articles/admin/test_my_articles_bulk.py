"""One act on many articles: first what would happen, then what did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from articles.merge import State
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import effective_for
from clinics.resolve import clinic_of, root_page
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

OWN = text("own", "Ours")
ACTS = ["hide", "follow", "take"]


def bulk_url(world: World, act: str) -> str:
    return reverse("my_articles:bulk", args=[world.hillside.pk, act])


def plan(client: Client, world: World, act: str, *pages: Any) -> Any:
    return client.get(bulk_url(world, act), {"article": [page.pk for page in pages]})


def outcomes(response: Any) -> list[tuple[str, bool, str]]:
    return [
        (line.row.title, line.plan.can_run, line.plan.words) for line in response.context["planned"]
    ]


def confirm(client: Client, world: World, act: str, response: Any) -> Any:
    """Posts what the first page holds."""
    fields = BeautifulSoup(response.content, "html.parser").select('input[name="article"]')
    return client.post(bulk_url(world, act), {"article": [field["value"] for field in fields]})


def state(world: World, article: ArticlePage) -> State:
    page = ArticlePage.objects.get(pk=article.pk)
    return effective_for(page, clinic_of(root_page(world.hillside.pk))).state


def waiting_article(world: World, slug: str) -> ArticlePage:
    """One section of ours waits, one of ours does not."""
    article = make_article(slug)
    make_local_version(
        article, world.hillside, override("replace", "what", OWN), override("hide", "care")
    )
    return change_article(article, [text("what", "New"), text("care", "Care")])


@pytest.fixture
def publisher(world: World, client_for: SignIn) -> Client:
    return client_for(world.hillside_publisher)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["harbour_publisher", "library_editor", "outsider"])
def test_bulk_is_not_there_for_strangers(
    world: World, client_for: SignIn, name: str, act: str
) -> None:
    article = waiting_article(world, "a")
    version = LocalVersionPage.objects.get()
    client = client_for(getattr(world, name))
    token = f"{article.pk}:{version.latest_revision_id}"

    answers = [
        plan(client, world, act, article).status_code,
        client.post(bulk_url(world, act), {"article": [token]}).status_code,
    ]

    assert answers == [404, 404]
    assert state(world, article) == State.WAITING


def test_unknown_act_is_404(world: World, publisher: Client) -> None:
    assert plan(publisher, world, "delete", make_article()).status_code == 404


def test_nothing_ticked_leads_back(world: World, publisher: Client) -> None:
    response = publisher.get(bulk_url(world, "hide"))

    assert response.url == reverse("my_articles:list", args=[world.hillside.pk])


def test_articles_of_others_are_passed_over(world: World, publisher: Client) -> None:
    theirs = make_own_article(world.harbour)

    planned = publisher.get(bulk_url(world, "hide"), {"article": [theirs.pk, "x"]})
    done = publisher.post(bulk_url(world, "hide"), {"article": [f"{theirs.pk}:0", "x:y", ""]})

    assert planned.status_code == 302
    assert (done.context["done"], done.context["failed"]) == ([], [])


def test_plan_says_each_outcome_and_does_nothing(world: World, publisher: Client) -> None:
    plain, waiting = make_article("a"), waiting_article(world, "b")
    hidden = make_article("c")
    make_local_version(hidden, world.hillside, hides_article=True)
    own = make_own_article(world.hillside, "d")
    pages = (plain, waiting, hidden, own)
    unpublish = "Your own article: there is no shared one. Unpublish it in its editor."

    found = {act: outcomes(plan(publisher, world, act, *pages)) for act in ACTS}

    assert found == {
        "hide": [
            ("A", True, "Patients no longer find it on this site."),
            ("B", True, "Patients no longer find it on this site."),
            ("C", False, "It is hidden here already."),
            ("D", False, unpublish),
        ],
        "follow": [
            ("A", False, "It follows the library already."),
            ("B", True, "2 differences are dropped; they stay in the history."),
            ("C", True, "The article is shown again."),
            ("D", False, unpublish),
        ],
        "take": [
            ("A", False, "No shared update waits here."),
            (
                "B",
                True,
                "1 text gives way to the library's and stays in the history. 1 difference stays.",
            ),
            ("C", False, "No shared update waits here."),
            ("D", False, unpublish),
        ],
    }
    assert [state(world, page) for page in (plain, waiting, hidden)] == [
        State.FOLLOWS, State.WAITING, State.HIDDEN,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "expected"),
    [("hide", State.HIDDEN), ("follow", State.FOLLOWS), ("take", State.OWN)],
)
def test_confirmed_act_is_done_for_all(
    world: World, publisher: Client, act: str, expected: State
) -> None:
    articles = [waiting_article(world, slug) for slug in "ab"]

    response = confirm(publisher, world, act, plan(publisher, world, act, *articles))

    assert [line.row.title for line in response.context["done"]] == ["A", "B"]
    assert response.context["failed"] == []
    assert [state(world, article) for article in articles] == [expected, expected]


def test_hide_of_an_article_without_local_version_makes_one(
    world: World, publisher: Client
) -> None:
    article = make_article()

    confirm(publisher, world, "hide", plan(publisher, world, "hide", article))

    version = LocalVersionPage.objects.get()
    assert (version.live, version.hides_article) == (True, True)
    assert Client(HTTP_HOST="harbour.test").get("/conditions/fibromyalgia/").status_code == 200


def test_one_that_fails_takes_no_other_with_it(world: World, publisher: Client) -> None:
    good, changed, unpublishable = (waiting_article(world, slug) for slug in "abc")
    planned = plan(publisher, world, "hide", good, changed, unpublishable)
    LocalVersionPage.objects.get(article=changed).save_revision()
    LocalVersionPage.objects.filter(article=unpublishable).update(title_override="{{ nonsense }}")

    response = confirm(publisher, world, "hide", planned)

    failed = {line.row.pk: line.words for line in response.context["failed"]}
    assert [line.row.pk for line in response.context["done"]] == [good.pk]
    assert failed[changed.pk].startswith("Somebody saved it in the meantime.")
    assert "nonsense" in failed[unpublishable.pk]
    assert [state(world, each) for each in (good, changed)] == [State.HIDDEN, State.WAITING]
    assert "2 articles were left as they are" in response.text


def test_second_post_of_the_same_page_does_nothing(world: World, publisher: Client) -> None:
    article = waiting_article(world, "a")
    planned = plan(publisher, world, "follow", article)
    confirm(publisher, world, "follow", planned)
    count = LocalVersionPage.objects.get().revisions.count()

    response = confirm(publisher, world, "follow", planned)

    assert len(response.context["failed"]) == 1
    assert LocalVersionPage.objects.get().revisions.count() == count


def test_local_version_started_meanwhile_is_left_alone(world: World, publisher: Client) -> None:
    article = make_article()
    planned = plan(publisher, world, "hide", article)
    make_local_version(article, world.hillside, override("hide", "care"))

    response = confirm(publisher, world, "hide", planned)

    assert (len(response.context["failed"]), state(world, article)) == (1, State.OWN)


@pytest.mark.parametrize("act", ACTS)
def test_editor_makes_drafts_and_is_told_so(world: World, client_for: SignIn, act: str) -> None:
    article = waiting_article(world, "a")
    client = client_for(world.hillside_editor)

    planned = plan(client, world, act, article)
    response = confirm(client, world, act, planned)

    version = LocalVersionPage.objects.get()
    assert "1 of them becomes a draft" in planned.text
    assert len(response.context["done"]) == 1
    assert (state(world, article), version.has_unpublished_changes) == (State.WAITING, True)


def test_franchise_admin_may_hide_and_not_write(world: World, client_for: SignIn) -> None:
    article = waiting_article(world, "a")
    client = client_for(world.franchise_admin)

    found = {act: outcomes(plan(client, world, act, article))[0][1] for act in ACTS}
    confirm(client, world, "hide", plan(client, world, "hide", article))

    assert found == {"hide": True, "follow": False, "take": False}
    assert state(world, article) == State.HIDDEN


def test_locked_page_is_left_as_it_is(world: World, publisher: Client) -> None:
    article = waiting_article(world, "a")
    LocalVersionPage.objects.update(locked=True, locked_by=world.hillside_editor)

    found = {act: outcomes(plan(publisher, world, act, article)) for act in ACTS}

    assert found == {act: [("A", False, "The page is locked.")] for act in ACTS}


def test_draft_is_what_an_act_is_for_where_nothing_is_live(world: World, publisher: Client) -> None:
    article = make_article()
    make_local_version(article, world.hillside, override("hide", "care"), publish=False)

    planned = plan(publisher, world, "follow", article)
    confirm(publisher, world, "follow", planned)

    words = "As a draft: 1 difference is dropped; it stays in the history."
    assert outcomes(planned) == [("Fibromyalgia", True, words)]
    version = LocalVersionPage.objects.get()
    assert not version.live
    assert len(version.get_latest_revision_as_object().overrides) == 0
