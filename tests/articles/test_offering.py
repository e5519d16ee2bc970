"""Offers of clinics to the library (row 88)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.choices import OfferStatus
from articles.models import ArticlePage, LocalVersionPage, SectionOffer
from articles.offering import (
    NotOfferableError,
    decline_offer,
    offer_section,
    take_offer,
    withdraw_offer,
)
from articles.release_acts import undo_release
from articles.stream import raw_stream
from clinics.models import ClinicFacts
from tests.articles.factories import make_article, make_local_version, override, section_id, text
from tests.factories import World


def offered(world: World, html: str = "<p>Better words.</p>") -> SectionOffer:
    own = override("replace", "what", text("own", "Ours", html))
    version = make_local_version(make_article(), world.harbour, own)
    return offer_section(version, own["id"], "Clearer", world.harbour_publisher)


def publish_draft(article: ArticlePage, body: list[dict[str, Any]] | None = None) -> Any:
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    if body is not None:
        draft.body = body
        draft.save_revision()
    draft.get_latest_revision().publish()
    return article.releases.first()


def test_adopted_text_credits_the_clinic_which_follows_again(world: World) -> None:
    offer = take_offer(offered(world), world.library_editor)
    assert offer.status == OfferStatus.TAKEN
    release = publish_draft(offer.article)

    offer.refresh_from_db()
    version = LocalVersionPage.objects.get(pk=offer.version_id)
    article = ArticlePage.objects.get(pk=offer.article_id)
    assert release.credits == [{"clinic": world.harbour.title, "section": section_id("what")}]
    assert offer.status == OfferStatus.ADOPTED
    assert raw_stream(version.overrides) == []
    assert "Better words" in str(raw_stream(article.body)[0])
    assert article.adopted_offers == []


def test_text_taken_out_again_is_not_adopted(world: World) -> None:
    offer = take_offer(offered(world), world.library_editor)
    release = publish_draft(offer.article, [text("what", "Other"), text("care")])

    offer.refresh_from_db()
    assert (release.credits, offer.status) == ([], OfferStatus.OPEN)
    assert len(raw_stream(LocalVersionPage.objects.get(pk=offer.version_id).overrides)) == 1


def test_library_may_edit_a_little_and_the_clinic_decides_then(world: World) -> None:
    """Credit stays; what the clinic publishes is not changed without its word."""
    offer = take_offer(
        offered(world, "<p>Better words for every patient.</p>"), world.library_editor
    )
    release = publish_draft(
        offer.article, [text("what", "Ours", "<p>Better words for each patient.</p>"), text("care")]
    )

    offer.refresh_from_db()
    assert len(release.credits) == 1
    assert offer.status == OfferStatus.ADOPTED
    assert len(raw_stream(LocalVersionPage.objects.get(pk=offer.version_id).overrides)) == 1


def test_added_section_comes_where_the_clinic_has_it(world: World) -> None:
    own = override("insert", "care", text("own", "Ours"), position="before")
    version = make_local_version(make_article(), world.harbour, own)
    take_offer(offer_section(version, own["id"], "", world.harbour_publisher), world.library_editor)
    draft = ArticlePage.objects.get(pk=version.article_id).get_latest_revision_as_object()
    assert [child.id for child in draft.body] == [
        section_id(key) for key in ("what", "own", "care")
    ]


def test_offer_of_a_draft_that_was_given_up_is_taken_again_or_declined(world: World) -> None:
    offer = take_offer(offered(world), world.library_editor)
    article = ArticlePage.objects.get(pk=offer.article_id)
    with pytest.raises(NotOfferableError):
        take_offer(offer, world.library_editor)
    article.live_revision.as_object().save_revision()  # as "Replace with this version" does

    assert take_offer(offer, world.library_editor).status == OfferStatus.TAKEN
    assert decline_offer(offer, "After all not", world.library_editor).status == "DECLINED"


def test_undo_of_the_release_gives_the_clinic_its_words_back(world: World) -> None:
    offer = take_offer(offered(world), world.library_editor)
    before = raw_stream(LocalVersionPage.objects.get(pk=offer.version_id).overrides)
    release = publish_draft(offer.article)
    assert raw_stream(LocalVersionPage.objects.get(pk=offer.version_id).overrides) == []

    undo_release(release, user=world.library_publisher)

    offer.refresh_from_db()
    version = LocalVersionPage.objects.get(pk=offer.version_id)
    assert raw_stream(version.overrides) == before
    assert (offer.status, version.has_unpublished_changes) == (OfferStatus.OPEN, False)


def test_clinic_that_says_something_else_by_now_keeps_it(world: World) -> None:
    offer = take_offer(offered(world), world.library_editor)
    version = LocalVersionPage.objects.get(pk=offer.version_id)
    version.overrides = [override("replace", "what", text("own", "Newer"))]
    version.save_revision().publish()
    release = publish_draft(offer.article)

    assert len(release.credits) == 1
    assert "Newer" in str(raw_stream(LocalVersionPage.objects.get(pk=version.pk).overrides))


def test_library_never_gets_the_name_of_a_clinic(world: World) -> None:
    """The clinic itself may publish its own name."""
    name = ClinicFacts.objects.get(clinic=world.harbour.pk).name
    with pytest.raises(NotOfferableError, match="name of one clinic"):
        offered(world, f"<p>Come to {name}.</p>")
    assert not SectionOffer.objects.exists()


def test_one_undecided_offer_for_a_section(world: World) -> None:
    offer = offered(world)
    with pytest.raises(NotOfferableError):
        offer_section(offer.version, offer.override, "", world.harbour_publisher)
    withdraw_offer(offer, world.harbour_publisher)
    offer_section(offer.version, offer.override, "", world.harbour_publisher)


def test_decline_needs_a_comment(world: World) -> None:
    offer = offered(world)
    with pytest.raises(NotOfferableError):
        decline_offer(offer, " ", world.library_editor)
    assert decline_offer(offer, "Too long", world.library_editor).status == OfferStatus.DECLINED
    with pytest.raises(NotOfferableError):
        take_offer(offer, world.library_editor)


def test_only_the_clinic_offers_and_only_the_library_decides(world: World) -> None:
    offer = offered(world)
    with pytest.raises(PermissionDenied):
        offer_section(offer.version, offer.override, "", world.hillside_editor)
    with pytest.raises(PermissionDenied):
        withdraw_offer(offer, world.hillside_editor)
    with pytest.raises(PermissionDenied):
        take_offer(offer, world.harbour_publisher)
    with pytest.raises(PermissionDenied):
        decline_offer(offer, "No", world.harbour_publisher)
