"""Read receipts for safety changes (rows 83 and 100)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.acknowledging import Receipt, acknowledge, due_receipts, receipts
from articles.choices import ChangeClass
from articles.models import ArticlePage, ArticleRelease, SafetyAcknowledgement
from articles.release_acts import undo_release
from clinics.models import ClinicFacts, ClinicPage, Service
from tests.articles.crowd import add_clinics
from tests.articles.factories import change_article, make_article, text
from tests.factories import World


@pytest.fixture
def release(world: World) -> ArticleRelease:
    article = make_article("a")
    warned = change_article(
        article, [text("what", "New")], change_class=ChangeClass.SAFETY, change_note="Dose"
    )
    return warned.releases.first()


def facts(*clinics: ClinicPage) -> list[ClinicFacts]:
    rows = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
    return list(rows.filter(clinic__in=[c.pk for c in clinics]) if clinics else rows)


def found(*clinics: ClinicPage) -> list[Receipt]:
    return receipts(list(ArticlePage.objects.all()), facts(*clinics))


def test_safety_release_asks_every_clinic(world: World, release: ArticleRelease) -> None:
    assert {(each.release.pk, each.clinic_id, each.given) for each in found()} == {
        (release.pk, world.hillside.pk, None),
        (release.pk, world.harbour.pk, None),
    }


def test_other_releases_ask_nobody(world: World) -> None:
    change_article(make_article("a"), title="New", change_class=ChangeClass.FACTS)
    assert found() == []


def test_undone_release_asks_nobody(world: World, release: ArticleRelease) -> None:
    undo_release(release, user=world.library_publisher)
    assert found() == []


def test_clinic_without_the_service_is_not_asked(world: World) -> None:
    blocks = Service.objects.get(slug="nerve-blocks")
    change_article(make_article("a", services=[blocks]), change_class=ChangeClass.SAFETY)
    assert {each.clinic_id for each in found()} == {world.hillside.pk}


def test_clinic_that_was_opened_later_is_not_asked(world: World, release: ArticleRelease) -> None:
    later = timezone.now() + timedelta(days=1)
    ClinicPage.objects.filter(pk=world.harbour.pk).update(first_published_at=later)
    assert {each.clinic_id for each in found()} == {world.hillside.pk}


def test_receipt_names_its_reader_for_good(world: World, release: ArticleRelease) -> None:
    acknowledge(world.harbour, release, user=world.harbour_publisher)
    world.harbour_publisher.delete()

    (receipt,) = found(world.harbour)
    assert receipt.given.user_name == "harbour-publisher"
    assert due_receipts(list(ArticlePage.objects.all()), facts(world.harbour)[0]) == []
    assert len(due_receipts(list(ArticlePage.objects.all()), facts(world.hillside)[0])) == 1
    assert PageLogEntry.objects.filter(action="articles.following.acknowledged").count() == 1


def test_first_receipt_stays(world: World, release: ArticleRelease) -> None:
    acknowledge(world.harbour, release, user=world.harbour_publisher)
    acknowledge(world.harbour, release, user=world.superuser)
    assert SafetyAcknowledgement.objects.get().user == world.harbour_publisher


def test_only_a_publisher_of_the_clinic_acknowledges(world: World, release: ArticleRelease) -> None:
    for user in (world.hillside_publisher, world.library_publisher, world.outsider):
        with pytest.raises(PermissionDenied):
            acknowledge(world.harbour, release, user=user)
    assert not SafetyAcknowledgement.objects.exists()


def test_release_that_is_no_safety_change_is_not_acknowledged(world: World) -> None:
    release = make_article("a").releases.get()
    with pytest.raises(ValueError, match="asks for no acknowledgement"):
        acknowledge(world.harbour, release, user=world.harbour_publisher)


def test_receipt_is_overdue_after_the_days_of_the_setting(
    world: World, release: ArticleRelease, settings: object
) -> None:
    settings.ARTICLES_ACKNOWLEDGE_DAYS = 3
    (receipt,) = found(world.harbour)
    with time_machine.travel(release.published_at + timedelta(days=2)):
        assert not receipt.is_overdue
    with time_machine.travel(release.published_at + timedelta(days=4)):
        assert receipt.is_overdue


def test_publishing_a_safety_change_writes_no_receipt(
    world: World, release: ArticleRelease
) -> None:
    assert not SafetyAcknowledgement.objects.exists()


def test_receipts_take_the_same_queries_for_any_number(world: World) -> None:
    counts = []
    for number in range(2):
        add_clinics(world, 20 * number)
        for each in range(1 + 4 * number):
            change_article(make_article(f"a-{number}-{each}"), change_class=ChangeClass.SAFETY)
        articles, clinics = list(ArticlePage.objects.all()), facts()
        with CaptureQueriesContext(connection) as queries:
            rows = receipts(articles, clinics)
        counts.append(len(queries))
    assert (counts, len(rows)) == ([3, 3], 6 * 22)
