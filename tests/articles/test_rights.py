"""Who may do what with articles: the role table, on the pages and in the views of the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from articles.models import ArticleMountPage, ArticlePage, LocalArticlePage
from clinics.models import LocalPage
from tests.articles.editing import open_form, save_form, stream_data
from tests.articles.factories import (
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World

ACTIONS = "edit publish delete unpublish copy move lock add_subpage publish_subpage".split()

# What each role may do, by page of Hillside or of the library; a page that is not named: nothing.
ALL_OF_OWN_TEXT = "edit publish delete unpublish copy move lock"
TABLE = {
    "hillside_publisher": {
        "local version": "edit publish unpublish lock",
        "own article": ALL_OF_OWN_TEXT,
        "home": "edit publish lock add_subpage publish_subpage",
        "list": "edit publish lock add_subpage publish_subpage",
        "about": ALL_OF_OWN_TEXT,
        "location": "edit publish unpublish lock",
    },
    "hillside_editor": {
        "local version": "edit",
        "own article": "edit copy",
        "home": "edit add_subpage",
        "list": "edit publish add_subpage",
        "about": "edit publish delete unpublish copy move",
        "location": "edit publish unpublish",
    },
    "library_publisher": {
        "article": ALL_OF_OWN_TEXT,
        "library": "edit publish lock add_subpage publish_subpage",
    },
    "library_editor": {"article": "edit copy", "library": "edit add_subpage"},
    "franchise_admin": {
        "home": "edit publish add_subpage",
        "location": "edit publish unpublish",
        "franchise": "edit publish",
        "hub": "edit publish add_subpage",
    },
    "harbour_publisher": {},
    "outsider": {},
}


@pytest.fixture
def pages(world: World) -> dict[str, Page]:
    """Pages of each kind at Hillside, with drafts, and of what is above it."""
    article = make_article("shared", text("what", "What", "<p>Unseen words.</p>"))
    article.title = "Unseen draft of the library"
    article.save_revision()
    own = make_own_article(world.hillside, title="Unseen article")
    own.title = "Unseen draft of the clinic"
    own.save_revision()
    version = make_local_version(article, world.hillside, title_override="Unseen title")
    version.title_override = "Unseen draft title"
    version.save_revision()
    return {
        "article": article,
        "library": world.library,
        "franchise": world.franchise,
        "hub": world.hub,
        "home": world.hillside,
        "list": own.get_parent().specific,
        "about": LocalPage.objects.child_of(world.hillside).get(slug="about"),
        "location": world.uptown,
        "own article": own,
        "local version": version,
    }


@pytest.mark.parametrize("user", TABLE)
def test_permissions_on_pages_follow_the_role_table(
    world: World, pages: dict[str, Page], user: str
) -> None:
    found = {}
    for name, page in pages.items():
        tester = page.permissions_for_user(getattr(world, user))
        found[name] = [action for action in ACTIONS if getattr(tester, f"can_{action}")()]

    assert found == {name: TABLE[user].get(name, "").split() for name in pages}


# The views

VIEWS = [
    *("edit", "preview_on_edit", "view_draft", "history", "revisions_index", "workflow_history"),
    *("copy", "move", "delete", "unpublish", "usage", "set_privacy", "add_subpage"),
]
POSTS = ["edit", "copy", "move", "delete", "unpublish", "lock", "unlock", "set_privacy"]
STRANGERS = {
    "harbour_publisher": ["article", "home", "list", "about", "location", "own article"],
    "outsider": ["article", "library", "hub", "home", "own article", "local version"],
    "library_publisher": ["home", "list", "about", "location", "own article", "local version"],
    "franchise_admin": ["article", "library", "own article", "local version", "about"],
    "hillside_publisher": ["article", "library", "hub"],
}


@pytest.mark.parametrize("user", STRANGERS)
def test_stranger_reads_and_changes_nothing(
    world: World, client_for: Callable[[Any], Client], pages: dict[str, Page], user: str
) -> None:
    client = client_for(getattr(world, user))
    names = {*STRANGERS[user], *({"local version"} if user == "harbour_publisher" else ())}
    before = _everything()

    for name in names:
        page = pages[name]
        urls = [_url(view, page) for view in VIEWS] + _revision_urls(page)
        for url in urls:
            response = client.get(url)
            assert response.status_code in {302, 403, 404}, (name, url)
            assert "Unseen" not in response.text, (name, url)
        for view in POSTS:
            data = {"title": "Taken over", "slug": "taken-over", "new_title": "Taken over"}
            response = client.post(_url(view, page), data | {"action-publish": "1"})
            assert response.status_code in {302, 403, 404}, (name, view)

    assert _everything() == before


@pytest.mark.parametrize("user", ["harbour_publisher", "outsider"])
def test_stranger_finds_nothing_in_explorer_and_search(
    world: World, client_for: Callable[[Any], Client], pages: dict[str, Page], user: str
) -> None:
    client = client_for(getattr(world, user))
    urls = [
        *(reverse("wagtailadmin_explore", args=[page.pk]) for page in pages.values()),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:locked_pages"),
        *(reverse("wagtailadmin_pages:search") + f"?q={word}" for word in ("Uptown", "unseen")),
    ]

    for url in urls:
        response = client.get(url, follow=True)
        assert "Unseen" not in response.text, url
        for name in ("home", "location", "own article", "local version"):
            assert _url("edit", pages[name]) not in response.text, (url, name)


@pytest.mark.parametrize(
    ("user", "names"),
    [
        ("hillside_publisher", ["own article", "local version", "about", "home", "list"]),
        ("hillside_editor", ["own article", "local version", "about", "home", "list"]),
        ("library_publisher", ["article", "library"]),
        ("library_editor", ["article", "library"]),
        ("franchise_admin", ["home", "location", "hub"]),
    ],
)
def test_member_opens_the_editor_history_and_comparison(
    world: World,
    client_for: Callable[[Any], Client],
    pages: dict[str, Page],
    user: str,
    names: list[str],
) -> None:
    client = client_for(getattr(world, user))

    for name in names:
        page = pages[name]
        urls = [_url("edit", page), _url("history", page), *_revision_urls(page)[:1]]
        assert [client.get(url).status_code for url in urls] == [200] * len(urls), name


# Publishing


@pytest.mark.parametrize(
    ("user", "name", "publishes"),
    [
        ("hillside_publisher", "local version", True),
        ("hillside_publisher", "own article", True),
        ("hillside_editor", "local version", False),
        ("hillside_editor", "own article", False),
        ("hillside_editor", "about", True),
        ("library_publisher", "article", True),
        ("library_editor", "article", False),
    ],
)
def test_publish_by_who_may_not_publish_saves_a_draft(
    world: World,
    client_for: Callable[[Any], Client],
    pages: dict[str, Page],
    user: str,
    name: str,
    publishes: bool,
) -> None:
    client, page = client_for(getattr(world, user)), pages[name]
    data = open_form(client, page) | {"search_description": "New words."}

    save_form(client, page, data, "publish")

    page = Page.objects.get(pk=page.pk).specific
    assert page.get_latest_revision_as_object().search_description == "New words."
    assert (page.search_description == "New words.") == publishes


@pytest.mark.parametrize(
    ("user", "made", "live"),
    [
        ("hillside_publisher", True, True),
        ("hillside_editor", True, False),
        ("harbour_publisher", False, False),
        ("franchise_admin", False, False),
        ("library_publisher", False, False),
    ],
)
def test_own_article_is_made_and_published_by_the_clinics_own_people(
    world: World, client_for: Callable[[Any], Client], user: str, made: bool, live: bool
) -> None:
    mount = ArticleMountPage.objects.child_of(world.hillside).get(kind="CONDITION")
    url = reverse("wagtailadmin_pages:add", args=["articles", "localarticlepage", mount.pk])
    body = LocalArticlePage.body.field.stream_block.to_python([text("rooms")])
    data = {"title": "Rooms", "slug": "rooms", "summary": "", "seo_title": "", "services": []}
    comments = nested_form_data({"comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}})
    data |= stream_data(body, "body") | comments | {"search_description": "", "hero_image": ""}

    client_for(getattr(world, user)).post(url, data | {"action-publish": "1"})

    article = LocalArticlePage.objects.filter(slug="rooms").first()
    assert (article is not None, bool(article and article.live)) == (made, live)


@pytest.mark.parametrize(
    ("user", "parent", "model"),
    [
        ("hillside_publisher", "home", "clinics/locationindexpage"),
        ("hillside_publisher", "location list", "clinics/locationpage"),
        ("hillside_publisher", "list", "articles/localversionpage"),
        ("hillside_publisher", "library", "articles/articlepage"),
        ("franchise_admin", "home", "clinics/localpage"),
        ("franchise_admin", "franchise", "clinics/clinicpage"),
        ("library_publisher", "list", "articles/localarticlepage"),
    ],
)
def test_page_that_a_role_may_not_make_has_no_form(
    world: World,
    client_for: Callable[[Any], Client],
    pages: dict[str, Page],
    user: str,
    parent: str,
    model: str,
) -> None:
    place = pages.get(parent) or world.uptown.get_parent()
    url = reverse("wagtailadmin_pages:add", args=[*model.split("/"), place.pk])

    assert client_for(getattr(world, user)).get(url).status_code in {302, 403, 404}


def test_bulk_actions_reach_no_other_clinic(
    world: World, client_for: Callable[[Any], Client], pages: dict[str, Page]
) -> None:
    client = client_for(world.harbour_publisher)
    names = ("own article", "local version", "about", "home", "article")
    ids = "&".join(f"id={pages[name].pk}" for name in names)
    before = _everything()

    for action in ("publish", "unpublish", "delete", "move"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?{ids}", {"chooser": world.harbour.pk})

    assert _everything() == before


def test_article_that_clinics_change_is_not_deleted(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article()
    make_local_version(article, world.hillside, override("hide", "care"))
    client = client_for(world.library_publisher)

    response = client.post(_url("delete", article), follow=True)

    assert response.status_code == 200
    assert ArticlePage.objects.filter(pk=article.pk).exists()


def _url(view: str, page: Page) -> str:
    return reverse(f"wagtailadmin_pages:{view}", args=[page.pk])


def _revision_urls(page: Page) -> list[str]:
    """Comparison of the first and the last revision, and each way to open the first one."""
    ids = list(page.revisions.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    name = "wagtailadmin_pages:revisions_{}"
    compare = reverse(name.format("compare"), args=[page.pk, ids[0], ids[-1]])
    single = [reverse(name.format(view), args=[page.pk, ids[0]]) for view in ("view", "revert")]
    return [compare, *single]


def _everything() -> list[tuple[Any, ...]]:
    """What a page that somebody else touched would differ in."""
    columns = ("pk", "path", "title", "slug", "live", "latest_revision_id", "locked", "draft_title")
    return list(Page.objects.order_by("pk").values_list(*columns))
