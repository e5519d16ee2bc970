"""A shared article leaves every site, and its readers go where the library says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from articles.handing_over import HandOverError
from articles.merge import State
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage
from articles.queries import effective_for
from articles.stream import raw_stream
from articles.withdrawing import NotWithdrawableError, withdraw_article
from clinics.models import Service
from clinics.resolve import clinic_of, root_page
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    slot,
    text,
)
from tests.factories import World

PATH = "/conditions/fibromyalgia/"


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Harbour has replaced a section and filled the slot."""
    article = make_article(
        "fibromyalgia", text("what", "What"), slot("nearby", text("near")), text("care", "Care")
    )
    ours = override("replace", "what", text("own", "Ours", "<p>Harbour's words.</p>"))
    rooms = override("fill", "nearby", text("rooms", "Our rooms"))
    make_local_version(article, world.harbour, ours, rooms, summary_override="Our summary.")
    return article


def ask(path: str = PATH) -> dict[str, tuple[int, str]]:
    """Status and target at each host."""
    answers = {}
    for host in ("hub.test", "hillside.test", "harbour.test"):
        response = Client(HTTP_HOST=host).get(path)
        answers[host.split(".")[0]] = (response.status_code, response.get("Location", ""))
    return answers


def everywhere(status: int, target: str = "") -> dict[str, tuple[int, str]]:
    return dict.fromkeys(("hub", "hillside", "harbour"), (status, target))


def withdraw(article: ArticlePage, world: World, **choice: Any) -> Any:
    return withdraw_article(article, user=world.library_publisher, **choice)


def test_readers_are_led_to_the_list(world: World, article: ArticlePage) -> None:
    withdraw(article, world)
    assert ask() == everywhere(301, "/conditions/")


def test_readers_are_led_to_another_article(world: World, article: ArticlePage) -> None:
    other = make_article("nerve-pain")
    withdraw(article, world, leads_to=other)
    assert ask() == everywhere(301, "/conditions/nerve-pain/")


def test_readers_are_led_to_the_list_where_a_clinic_lacks_the_other_article(
    world: World, article: ArticlePage
) -> None:
    blocks = Service.objects.filter(slug="nerve-blocks")
    withdraw(article, world, leads_to=make_article("nerve-pain", services=list(blocks)))
    assert ask()["hillside"] == (301, "/conditions/nerve-pain/")
    assert ask()["harbour"] == (301, "/conditions/")


def test_readers_are_told_that_it_is_gone(world: World, article: ArticlePage) -> None:
    withdraw(article, world, is_gone=True)
    assert ask() == everywhere(410)


def test_former_addresses_lead_on(world: World, article: ArticlePage) -> None:
    """A chain of withdrawals and renames ends at what there is; a circle ends as a 404."""
    renamed = change_article(article, slug="fibro")
    second = make_article("second")
    withdraw(renamed, world, leads_to=second)
    third = make_article("third")
    withdraw(second, world, leads_to=third)
    assert ask() == everywhere(301, "/conditions/third/")
    withdraw(third, world, is_gone=True)
    assert ask("/conditions/fibro/") == everywhere(410)


def test_two_that_lead_to_each_other_are_a_404(world: World, article: ArticlePage) -> None:
    other = make_article("other")
    withdraw(article, world, leads_to=other)
    ArticlePage.objects.filter(pk=article.pk).update(live=True)
    withdraw(other, world, leads_to=ArticlePage.objects.get(pk=article.pk))
    ArticlePage.objects.filter(pk=article.pk).update(live=False)
    assert ask() == everywhere(404)


def test_publishing_again_brings_it_back(world: World, article: ArticlePage) -> None:
    withdraw(article, world, is_gone=True)
    change_article(ArticlePage.objects.get(pk=article.pk), change_note="Back")
    assert ask() == everywhere(200)
    assert "Our summary." in Client(HTTP_HOST="harbour.test").get(PATH).text


# Handing over


def test_clinic_keeps_what_its_patients_read_at_the_same_address(
    world: World, article: ArticlePage
) -> None:
    before = Client(HTTP_HOST="harbour.test").get(PATH).text
    own = withdraw(article, world, is_gone=True, hand_to=[world.harbour]).own

    answers = ask()
    assert (answers["hillside"], answers["harbour"]) == ((410, ""), (200, ""))
    after = Client(HTTP_HOST="harbour.test").get(PATH).text
    for words in ("Harbour", "Our rooms", "Our summary.", "Shared words of care."):
        assert words in before
        assert words in after
    (page,) = own
    assert (page.live, page.summary) == (True, "Our summary.")
    assert LocalArticlePage.objects.get(pk=page.pk).revisions.count() == 1
    assert "fibromyalgia" in Client(HTTP_HOST="harbour.test").get("/conditions/").text


def test_local_version_stays_with_its_history_and_hides_the_librarys(
    world: World, article: ArticlePage
) -> None:
    version = LocalVersionPage.objects.get(article=article)
    before = raw_stream(version.overrides)
    withdraw(article, world, hand_to=[world.harbour])
    change_article(ArticlePage.objects.get(pk=article.pk))

    version.refresh_from_db()
    assert raw_stream(version.overrides) == before
    effective = effective_for(
        ArticlePage.objects.get(pk=article.pk), clinic_of(root_page(world.harbour.pk))
    )
    assert effective.state == State.HIDDEN
    listed = Client(HTTP_HOST="harbour.test").get("/conditions/").text
    assert listed.count(f'href="{PATH}"') == 1


def test_clinic_that_cannot_keep_it_stops_the_withdrawal(
    world: World, article: ArticlePage
) -> None:
    make_own_article(world.harbour, "fibromyalgia", publish=False)
    with pytest.raises(HandOverError, match="has a page with the address"):
        withdraw(article, world, hand_to=[world.hillside, world.harbour])
    assert ArticlePage.objects.get(pk=article.pk).live
    assert LocalArticlePage.objects.count() == 1


def test_locked_section_is_the_clinics_own_to_change_afterwards(world: World) -> None:
    article = make_article("a", text("what", "What", locked=True))
    (page,) = withdraw(article, world, hand_to=[world.harbour]).own
    assert [child.value["locked"] for child in page.body] == [False]


# What stops it


def test_only_a_publisher_of_the_library_withdraws(world: World, article: ArticlePage) -> None:
    for user in (world.library_editor, world.harbour_publisher, world.franchise_admin):
        with pytest.raises(PermissionDenied):
            withdraw_article(article, user=user)
    assert ask()["hub"][0] == 200


def test_article_on_no_site_is_not_withdrawn(world: World) -> None:
    with pytest.raises(NotWithdrawableError):
        withdraw(make_article("a", publish=False), world)


def test_readers_are_led_only_to_a_live_article_of_the_library(
    world: World, article: ArticlePage
) -> None:
    for target in (article, make_article("draft", publish=False)):
        with pytest.raises(NotWithdrawableError):
            withdraw(article, world, leads_to=target)
