"""Previews: a draft as the patients of a named clinic would read it, on the admin's host only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from articles.choices import ChangeClass
from articles.models import ArticlePage, LocalVersionPage
from tests.articles.editing import open_form
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World
from tests.reading import hrefs_of, main_words, page_of

TOKENS = "<p>{{ clinic.name }} in {{ clinic.city }}, {{ clinic.state }}.</p>"
HILLSIDE = ["Hillside Pain Clinic", "Dallas", "Texas", "5550142", "555-0142"]
HARBOUR = ["Harbour Infusion Center", "Delray Beach", "Florida", "5550168", "555-0168"]


def preview(
    client: Client, page: Page, mode: str = "", **changes: str | list[dict[str, Any]]
) -> HttpResponse:
    """What the panel of the editor shows after these changes in the form."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    saved = client.post(url, open_form(client, page) | changes).json()
    assert saved == {"is_valid": True, "is_available": True}
    return client.get(url, {"mode": mode, "in_preview_panel": "true"})


def as_clinic(home: Page) -> str:
    return f"clinic-{home.pk}"


@pytest.fixture
def editor(world: World, client_for: Callable[[Any], Client]) -> Client:
    return client_for(world.library_editor)


# A shared article


def test_article_is_previewed_as_each_clinic(world: World, editor: Client) -> None:
    article = make_article("a", text("what", "What", TOKENS))

    hillside = preview(editor, article, as_clinic(world.hillside)).text
    harbour = preview(editor, article, as_clinic(world.harbour)).text

    assert "Hillside Pain Clinic in Dallas, Texas." in main_words(hillside)
    assert "Harbour Infusion Center in Delray Beach, Florida." in main_words(harbour)
    assert [word for word in HARBOUR if word in hillside] == []
    assert [word for word in HILLSIDE if word in harbour] == []


def test_article_is_previewed_as_the_hub_first(world: World, editor: Client) -> None:
    article = make_article("a", text("what", "What", TOKENS))

    html = preview(editor, article, article.default_preview_mode).text

    assert "Group Clinics in your area, your state." in main_words(html)
    assert [word for word in HILLSIDE + HARBOUR if word in html] == []


def test_preview_shows_what_was_not_saved(world: World, editor: Client) -> None:
    article = make_article("a")

    html = preview(editor, article, as_clinic(world.hillside), title="Not saved yet").text

    assert page_of(html).h1.get_text(strip=True) == "Not saved yet"
    assert ArticlePage.objects.get(pk=article.pk).latest_revision_id == article.live_revision_id


def test_preview_has_the_differences_of_its_clinic(world: World, editor: Client) -> None:
    article = make_article("a", text("what", "What", "<p>Shared.</p>"))
    own = override("replace", "what", text("own", "Ours", "<p>Harbour's.</p>"))
    make_local_version(article, world.harbour, own)

    hillside = main_words(preview(editor, article, as_clinic(world.hillside)).text)
    harbour = main_words(preview(editor, article, as_clinic(world.harbour)).text)

    assert ("Shared." in hillside, "Harbour's." in hillside) == (True, False)
    assert ("Shared." in harbour, "Harbour's." in harbour) == (False, True)


def test_preview_shows_no_draft_of_a_clinic(world: World, editor: Client) -> None:
    article = make_article("a", text("what", "What", "<p>Shared.</p>"))
    own = override("replace", "what", text("own", "Ours", "<p>Harbour's draft.</p>"))
    version = make_local_version(article, world.harbour, title_override="Live title")
    version.overrides = [own]
    version.save_revision()

    html = preview(editor, article, as_clinic(world.harbour)).text

    assert page_of(html).h1.get_text(strip=True) == "Live title"
    assert "Harbour's draft." not in html


def test_preview_of_a_safety_change_shows_it_over_a_clinics_words(
    world: World, editor: Client
) -> None:
    article = make_article("a", text("what", "What", "<p>Shared.</p>"))
    own = override("replace", "what", text("own", "Ours", "<p>Harbour's.</p>"))
    make_local_version(article, world.harbour, own)
    draft = article.get_latest_revision_as_object()
    draft.body = [text("what", "What", "<p>New danger.</p>")]
    draft.save_revision()

    wording = preview(editor, article, as_clinic(world.harbour)).text
    safety = preview(
        editor, article, as_clinic(world.harbour), change_class=ChangeClass.SAFETY
    ).text

    assert ("Harbour's." in wording, "New danger." in wording) == (True, False)
    assert ("Harbour's." in safety, "New danger." in safety) == (False, True)


def test_preview_keeps_an_earlier_safety_release_in_force(world: World, editor: Client) -> None:
    article = make_article("a", text("what", "What", "<p>Shared.</p>"))
    own = override("replace", "what", text("own", "Ours", "<p>Harbour's.</p>"))
    make_local_version(article, world.harbour, own)
    changed = [text("what", "What", "<p>Danger.</p>")]
    article = change_article(article, changed, change_class=ChangeClass.SAFETY)

    html = preview(editor, article, as_clinic(world.harbour), change_class="WORDING").text

    assert ("Harbour's." in html, "Danger." in html) == (False, True)


@pytest.mark.parametrize("mode", ["clinic-999999", "clinic-", "clinic-x", "nonsense"])
def test_unknown_mode_is_404(world: World, editor: Client, mode: str) -> None:
    assert preview(editor, make_article("a"), mode).status_code == 404


# What a clinic writes


def test_local_version_is_previewed_as_its_clinic(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article("a", text("what", "What", TOKENS))
    version = make_local_version(article, world.hillside, publish=False)
    client = client_for(world.hillside_editor)

    html = preview(client, version, title_override="Our own title").text

    assert page_of(html).h1.get_text(strip=True) == "Our own title"
    assert "Hillside Pain Clinic in Dallas, Texas." in main_words(html)
    assert [word for word in HARBOUR if word in html] == []


def test_own_article_is_previewed_as_its_clinic(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    page = make_own_article(world.hillside, "rooms", text("own", "Ours", TOKENS), publish=False)

    html = preview(client_for(world.hillside_editor), page).text

    assert "Hillside Pain Clinic in Dallas, Texas." in main_words(html)
    assert [word for word in HARBOUR if word in html] == []


def test_strangers_preview_nothing(world: World, client_for: Callable[[Any], Client]) -> None:
    article = make_article("a", text("what", "What", "<p>Secret draft.</p>"), publish=False)
    version = make_local_version(make_article("b"), world.hillside, title_override="Secret")
    own = make_own_article(world.hillside, publish=False)
    pages = {
        article: [world.hillside_publisher, world.harbour_publisher, world.franchise_admin],
        version: [world.harbour_publisher, world.library_publisher, world.outsider],
        own: [world.harbour_publisher, world.library_publisher, world.outsider],
    }

    for page, strangers in pages.items():
        for stranger in strangers:
            client = client_for(stranger)
            for name in ("preview_on_edit", "view_draft"):
                url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
                response = client.get(url, follow=True)
                assert "Secret" not in response.text, (page, stranger, name)
                assert client.get(url).status_code in {302, 403, 404}, (page, stranger, name)


# The response


@pytest.mark.parametrize("panel", ["true", "false"])
def test_preview_may_be_framed_by_the_admin_only(world: World, editor: Client, panel: str) -> None:
    article = make_article("a")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    response = editor.get(url, {"mode": as_clinic(world.hillside), "in_preview_panel": panel})

    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["frame-ancestors"] == "'self'"
    assert response.get("X-Frame-Options", "SAMEORIGIN") == "SAMEORIGIN"
    assert "private" in response["Cache-Control"]


def test_links_of_a_preview_are_those_of_the_clinics_site(world: World, editor: Client) -> None:
    other = make_article("other")
    link = text("what", "What", f'<p><a linktype="page" id="{other.pk}">Other</a></p>')
    article = make_article("a", link)

    html = preview(editor, article, as_clinic(world.hillside)).text

    links = hrefs_of(html)
    assert "/conditions/other/" in links
    assert "tel:+12145550142" in links
    canonical = page_of(html).find("link", rel="canonical")["href"]
    assert canonical == "http://hillside.test/conditions/a/"


def test_preview_of_a_hosts_site_is_no_page(world: World) -> None:
    """Previews exist on the admin's host; a clinic's host has no admin."""
    version = make_local_version(make_article("a"), world.hillside, title_override="T")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[version.pk])

    assert Client(HTTP_HOST="hillside.test").get(url).status_code == 404
    assert LocalVersionPage.objects.get().live
