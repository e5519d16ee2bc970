"""The screens of offers: a clinic's own, and the library's (row 88)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.choices import OfferStatus
from articles.models import ArticlePage, LocalVersionPage, SectionOffer
from articles.offering import offer_section
from articles.stream import raw_stream
from tests.articles.editing import edit_url
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World

OWN = override("replace", "what", text("own", "Ours", "<p>Better words of ours.</p>"))


@pytest.fixture
def version(world: World) -> LocalVersionPage:
    return make_local_version(make_article(), world.harbour, OWN)


@pytest.fixture
def offer(world: World, version: LocalVersionPage) -> SectionOffer:
    return offer_section(version, OWN["id"], "Clearer", world.harbour_publisher)


def own_url(version: LocalVersionPage) -> str:
    return reverse("articles_own_offer", args=[version.pk, OWN["id"]])


def url(offer: SectionOffer) -> str:
    return reverse("articles_offer", args=[offer.pk])


def words_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


# At the clinic


def test_clinic_offers_from_the_outline_and_takes_back(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    client = client_for(world.harbour_publisher)
    assert own_url(version) in client.get(edit_url(version)).text
    client.post(own_url(version), {"act": "offer", "message": "Patients ask for it"})
    offer = SectionOffer.objects.get()
    assert (offer.status, offer.message) == (OfferStatus.OPEN, "Patients ask for it")
    assert "waits for an answer" in client.get(edit_url(version)).text
    client.post(own_url(version), {"act": "take_back"})
    offer.refresh_from_db()
    assert offer.status == OfferStatus.WITHDRAWN


def test_what_cannot_be_offered_says_why_and_keeps_what_was_typed(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    response = client_for(world.harbour_publisher).post(
        own_url(version), {"act": "offer", "message": "x" * 501}
    )
    assert "at most 500 characters" in words_of(response)
    assert "x" * 501 in response.text
    assert not SectionOffer.objects.exists()


def test_clinic_reads_the_comment_of_a_declined_offer(
    world: World, client_for: Any, version: LocalVersionPage, offer: SectionOffer
) -> None:
    client_for(world.library_editor).post(url(offer), {"act": "decline", "comment": "Too long"})
    client = client_for(world.harbour_publisher)
    assert "Too long" in words_of(client.get(own_url(version)))
    assert "Too long" in client.get(edit_url(version)).text


def test_clinic_hears_that_its_words_were_adopted(
    world: World, client_for: Any, version: LocalVersionPage, offer: SectionOffer
) -> None:
    """Its override is gone by then: the front page and the list of offers say where it went."""
    library, clinic = client_for(world.library_publisher), client_for(world.harbour_publisher)
    library.post(url(offer), {"act": "take"})
    ArticlePage.objects.get(pk=offer.article_id).get_latest_revision().publish()

    assert "The library answered 1 offer" in clinic.get(reverse("wagtailadmin_home")).text
    page = words_of(clinic.get(reverse("my_articles:checks", args=[world.harbour.pk])))
    assert "Adopted by the library" in page
    assert "Your clinic is credited in release" in page
    assert clinic.get(own_url(version)).status_code == 200
    other = client_for(world.hillside_publisher).get(reverse("wagtailadmin_home")).text
    assert "The library answered" not in other


@pytest.mark.parametrize("who", ["hillside_publisher", "library_editor", "outsider"])
def test_offer_page_of_a_clinic_is_a_404_elsewhere(
    world: World, client_for: Any, version: LocalVersionPage, who: str
) -> None:
    client = client_for(getattr(world, who))
    assert client.get(own_url(version)).status_code == 404
    assert client.post(own_url(version), {"act": "offer"}).status_code == 404
    assert not SectionOffer.objects.exists()


def test_unknown_override_is_a_404(
    world: World, client_for: Any, version: LocalVersionPage
) -> None:
    address = reverse("articles_own_offer", args=[version.pk, "nothing"])
    assert client_for(world.harbour_publisher).get(address).status_code == 404


# In the library


def test_library_sees_the_offer_beside_the_shared_text_and_takes_it(
    world: World, client_for: Any, offer: SectionOffer
) -> None:
    client = client_for(world.library_editor)
    assert "1 offer of a clinic waits" in client.get(reverse("wagtailadmin_home")).text
    assert url(offer) in client.get(reverse("articles_offers")).text
    page = words_of(client.get(url(offer)))
    assert world.harbour.title in page
    assert "Shared words of what." in page
    assert "Better words" in page
    client.post(url(offer), {"act": "take"})
    draft = ArticlePage.objects.get(pk=offer.article_id).get_latest_revision_as_object()
    assert "Better words of ours" in str(raw_stream(draft.body)[0])
    assert ArticlePage.objects.get(pk=offer.article_id).releases.count() == 1


def test_offer_of_an_account_that_is_gone_is_still_shown(
    world: World, client_for: Any, offer: SectionOffer
) -> None:
    world.harbour_publisher.delete()
    client = client_for(world.library_editor)
    for address in (url(offer), reverse("articles_offers")):
        assert "Offered by somebody of the clinic" in words_of(client.get(address))


def test_release_credits_the_clinic(world: World, client_for: Any, offer: SectionOffer) -> None:
    client = client_for(world.library_publisher)
    client.post(url(offer), {"act": "take"})
    ArticlePage.objects.get(pk=offer.article_id).get_latest_revision().publish()
    releases = words_of(client.get(reverse("articles_releases", args=[offer.article_id])))
    assert f"With words of {world.harbour.title}." in releases
    decided = words_of(client.get(reverse("articles_offers"), {"state": "decided"}))
    assert "Adopted by the library" in decided


def test_decline_without_a_comment_is_refused(
    world: World, client_for: Any, offer: SectionOffer
) -> None:
    response = client_for(world.library_editor).post(url(offer), {"act": "decline"})
    assert "tell the clinic why" in words_of(response)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.OPEN


@pytest.mark.parametrize("who", ["harbour_publisher", "franchise_admin", "outsider"])
def test_whoever_does_not_write_the_library_gets_404(
    world: World, client_for: Any, offer: SectionOffer, who: str
) -> None:
    client = client_for(getattr(world, who))
    for address in (url(offer), reverse("articles_offers")):
        assert client.get(address).status_code == 404
    assert client.post(url(offer), {"act": "take"}).status_code == 404
    assert "library-offers" not in client.get(reverse("wagtailadmin_home")).text
