"""The real editor in Chromium: an article that is opened and saved stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright

from articles.digest import section_digests
from articles.models import ArticlePage
from articles.stream import raw_stream
from tests.articles.editing import edit_url
from tests.articles.every_section import every_section, make_image
from tests.articles.factories import make_article
from tests.factories import World

pytestmark = pytest.mark.browser


@pytest.fixture
def library_editor(
    live_server: Any, world: World, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrowserPage]:
    """A browser that is signed in as the library's editor."""
    # Playwright runs a loop of its own in this thread; nothing of Django runs in it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    session = client_for(world.library_editor).cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=settings.TEST_BROWSER or None, args=["--no-sandbox"]
        )
        context = browser.new_context(base_url=live_server.url)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        yield context.new_page()
        browser.close()


def test_saving_unchanged_in_the_browser_keeps_digests_and_ids(
    world: World, library_editor: BrowserPage
) -> None:
    article = make_article("every", *every_section(make_article()), hero_image=make_image("Hero"))
    before = raw_stream(article.body)

    library_editor.goto(edit_url(article))
    library_editor.get_by_role("button", name="Save draft").click()
    library_editor.get_by_text("has been updated").wait_for()

    revision = ArticlePage.objects.get(pk=article.pk).latest_revision
    after = raw_stream(revision.as_object().body)
    assert revision.pk != article.live_revision_id
    assert revision.user == world.library_editor
    assert section_digests(after) == section_digests(before)
    assert [child["id"] for child in after] == [child["id"] for child in before]


def test_opening_the_editor_changes_nothing(world: World, library_editor: BrowserPage) -> None:
    """Autosave waits for a change: a text that the editor rewrites on loading would be one."""
    article = make_article("every", *every_section(make_article()))

    library_editor.goto(edit_url(article))
    library_editor.wait_for_timeout(settings.WAGTAIL_AUTOSAVE_INTERVAL * 2)

    assert ArticlePage.objects.get(pk=article.pk).latest_revision_id == article.live_revision_id
