"""The screens of the medical review (T-01, T-04, T-05): who sees them, and what they do."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.choices import ReviewAct
from articles.models import ArticlePage, LocalVersionPage, Review
from articles.review.acts import ask_for_changes, seen_of, send_to_review
from clinics.models import Person
from tests.articles.editing import edit_url
from tests.articles.factories import (
    approve,
    make_article,
    make_local_version,
    make_own_article,
    make_reviewed_article,
    make_reviewer,
    override,
    slot,
    text,
)
from tests.factories import World

OURS = override("replace", "what", text("ours", "Ours", "<p>Words of Hillside.</p>"))
LIST = "articles_reviews"

type SignIn = Callable[[Any], Client]


@pytest.fixture
def reviewer(world: World, settings: Any) -> Any:
    settings.ARTICLES_REVIEW_REQUIRED = True
    return make_reviewer(world)


@pytest.fixture
def article(reviewer: Any) -> ArticlePage:
    return make_reviewed_article(reviewer, "a", text("what", "What it is"), slot("visit-us"))


@pytest.fixture
def version(world: World, article: ArticlePage) -> LocalVersionPage:
    return make_local_version(article, world.hillside, OURS, publish=False)


def url(page: Any) -> str:
    return reverse("articles_review", args=[page.pk])


def words_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def seen(page: Any) -> str:
    return seen_of(page.get_latest_revision_as_object())


# The way of a text, with everybody who has a part in it


def test_matrix_of_two_clinics_a_library_editor_and_a_reviewer(
    world: World, client_for: SignIn, article: ArticlePage, version: LocalVersionPage, reviewer: Any
) -> None:
    """T-01, T-04: Hillside sends, the reviewer approves what was shown, Hillside publishes."""
    clinic, doctor = client_for(world.hillside_publisher), client_for(reviewer)
    assert "Send to medical review" in words_of(clinic.get(edit_url(version)))
    assert "I reviewed the whole page" not in words_of(clinic.get(url(version)))
    assert clinic.post(url(version), {"act": "approve", "whole_page": "on"}).status_code == 404

    clinic.post(url(version), {"act": "send", "comment": "As our doctors say it"})
    assert "In medical review" in words_of(clinic.get(edit_url(version)))
    waiting = words_of(doctor.get(reverse(LIST)))
    assert "A – Hillside Pain Clinic" in waiting
    assert "As our doctors say it" in waiting

    shown = doctor.get(url(version))
    assert "Words of Hillside." in words_of(shown)
    assert "New" in words_of(shown)
    data = {"act": "approve", "seen": seen(version), "whole_page": "on"}
    doctor.post(url(version), data)

    assert "Approved" in words_of(clinic.get(edit_url(version)))
    version.get_latest_revision().publish()
    assert LocalVersionPage.objects.get(pk=version.pk).live
    assert "No text waits" in words_of(doctor.get(reverse(LIST)))


def test_reviewer_reads_what_changed_since_the_last_review(
    client_for: SignIn, article: ArticlePage, reviewer: Any
) -> None:
    draft = article.get_latest_revision_as_object()
    draft.body = [text("what", "What it is", "<p>Other words of what.</p>"), slot("visit-us")]
    draft.save_revision()

    page = BeautifulSoup(client_for(reviewer).get(url(article)).content, "html.parser")

    changed = page.select_one(".review-text-changed")
    assert changed.find("del").get_text() == "Shared"
    assert changed.find("ins").get_text() == "Other"
    gone = page.select_one(".review-text-removed")
    assert "Taken out" in gone.get_text()
    assert "Title As reviewed" in " ".join(
        page.select_one(".review-text-approved h3").get_text(" ").split()
    )


def test_asking_for_changes_reaches_the_authors(
    world: World, client_for: SignIn, version: LocalVersionPage, reviewer: Any
) -> None:
    send_to_review(version, user=world.hillside_editor)
    data = {"act": "changes", "seen": seen(version), "comment": "Name a source."}
    client_for(reviewer).post(url(version), data)
    client = client_for(world.hillside_editor)
    assert "Changes asked for" in words_of(client.get(edit_url(version)))
    assert "Name a source." in words_of(client.get(edit_url(version)))
    today = client.get("/admin/").text
    assert "A medical reviewer asked for changes of 1 text of yours." in today


def test_a_reviewer_has_to_say_that_it_was_the_whole_page(
    client_for: SignIn, version: LocalVersionPage, reviewer: Any
) -> None:
    """T-03: typed words stay when it is refused."""
    data = {"act": "approve", "seen": seen(version), "comment": "Fine by me"}
    response = client_for(reviewer).post(url(version), data)
    assert "Tick “I reviewed the whole page” when you have." in words_of(response)
    assert "Fine by me" in response.text
    assert not Review.objects.filter(page=version.pk).exists()


@pytest.mark.parametrize("due", ["2026-13-45", "tomorrow", "2099-01-01"])
def test_a_day_that_cannot_be_is_refused_with_words(
    client_for: SignIn, version: LocalVersionPage, reviewer: Any, due: str
) -> None:
    data = {"act": "approve", "seen": seen(version), "whole_page": "on", "due": due}
    response = client_for(reviewer).post(url(version), data)
    assert "next review" in words_of(response)
    assert not Review.objects.filter(page=version.pk).exists()


def test_a_text_that_was_saved_meanwhile_is_shown_again(
    world: World, client_for: SignIn, article: ArticlePage, version: LocalVersionPage, reviewer: Any
) -> None:
    before = seen(version)
    other = override("replace", "what", text("ours", "Ours", "<p>Cured in a day.</p>"))
    make_local_version(article, world.hillside, other, publish=False)
    data = {"act": "approve", "seen": before, "whole_page": "on"}
    response = client_for(reviewer).post(url(version), data)
    assert "saved again meanwhile" in words_of(response)
    assert "Cured in a day." in words_of(response)
    assert not Review.objects.filter(page=version.pk).exists()


def test_expired_license_is_told_before_anything_is_tried(
    world: World, client_for: SignIn, version: LocalVersionPage, reviewer: Any
) -> None:
    """T-06: reason and remedy on the list and on the page."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Person.objects.filter(account=reviewer).update(license_end_date=yesterday)
    client = client_for(reviewer)
    for address in (url(version), reverse(LIST)):
        said = words_of(client.get(address))
        assert "You cannot approve now." in said
        assert "is not verified, or was changed since" in said
    data = {"act": "approve", "seen": seen(version), "whole_page": "on"}
    assert "is not verified" in words_of(client.post(url(version), data))
    assert not Review.objects.filter(page=version.pk).exists()


def test_reviewer_sees_the_whole_page_as_patients_would(
    client_for: SignIn, article: ArticlePage, version: LocalVersionPage, reviewer: Any
) -> None:
    client = client_for(reviewer)
    for page, words in ((article, "Shared words of what."), (version, "Words of Hillside.")):
        response = client.get(reverse("articles_review_draft", args=[page.pk]))
        assert response.status_code == 200
        assert words in response.content.decode()


@pytest.mark.parametrize(
    ("name", "shared", "local"),
    [
        ("library_editor", 200, 404),
        ("library_publisher", 200, 404),
        ("franchise_admin", 404, 404),
        ("hillside_publisher", 404, 200),
        ("hillside_editor", 404, 200),
        ("harbour_publisher", 404, 404),
        ("outsider", 404, 404),
        ("superuser", 200, 200),
    ],
)
def test_who_opens_a_review(
    world: World,
    client_for: SignIn,
    article: ArticlePage,
    version: LocalVersionPage,
    name: str,
    shared: int,
    local: int,
) -> None:
    """Another clinic's editor gets a 404 on all of it, and changes nothing."""
    client = client_for(getattr(world, name))
    for page, status in ((article, shared), (version, local)):
        assert client.get(url(page)).status_code == status
        draft = reverse("articles_review_draft", args=[page.pk])
        assert client.get(draft).status_code == status
        if status == 404:
            data = {"act": "send", "seen": seen(page), "whole_page": "on"}
            assert client.post(url(page), data).status_code == 404
        assert client.post(url(page), {"act": "approve", "whole_page": "on"}).status_code == 404
    assert client.put(url(version)).status_code in {404, 405}
    assert not Review.objects.filter(page=version.pk).exists()


def test_pages_without_reviews_are_missing(world: World, client_for: SignIn) -> None:
    client = client_for(world.superuser)
    assert client.get(url(world.hillside)).status_code == 404
    assert client.get(reverse("articles_review", args=[10**8])).status_code == 404


# Lists, reports, today


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("library_editor", 200),
        ("superuser", 200),
        ("hillside_publisher", 404),
        ("franchise_admin", 404),
        ("outsider", 404),
    ],
)
def test_who_sees_the_list(world: World, client_for: SignIn, name: str, status: int) -> None:
    assert client_for(getattr(world, name)).get(reverse(LIST)).status_code == status


def test_library_editors_see_no_texts_of_clinics_on_the_list(
    world: World, client_for: SignIn, article: ArticlePage, version: LocalVersionPage, reviewer: Any
) -> None:
    draft = make_article("b", publish=False)
    send_to_review(draft, user=world.library_editor)
    send_to_review(version, user=world.hillside_editor)
    shown = words_of(client_for(world.library_editor).get(reverse(LIST)))
    assert "sent by library-editor" in shown
    assert "Hillside" not in shown
    ask_for_changes(draft, seen=seen(draft), user=reviewer, comment="Shorter.")
    client = client_for(world.library_editor)
    assert "Shorter." in words_of(client.get(reverse(LIST) + "?what=changes"))
    assert "A medical reviewer asked for changes of 1 text." in client.get("/admin/").text


def test_own_articles_of_clinics_wait_on_the_list_too(
    world: World, client_for: SignIn, reviewer: Any
) -> None:
    own = make_own_article(world.harbour, "our-way", publish=False)
    send_to_review(own, user=world.harbour_publisher)
    shown = words_of(client_for(reviewer).get(reverse(LIST)))
    assert "Our way" in shown
    assert "Harbour Infusion Center · sent by" in shown


def test_list_asks_no_more_for_more_pages(
    world: World, client_for: SignIn, reviewer: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_for(reviewer)
    send_to_review(make_article("a", publish=False), user=world.library_editor)
    client.get(reverse(LIST))
    from django.db import connection  # noqa: PLC0415 - of this test alone
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - of this test alone

    with CaptureQueriesContext(connection) as one:
        client.get(reverse(LIST))
    for slug in ("b", "c", "d"):
        send_to_review(make_article(slug, publish=False), user=world.library_editor)
    with CaptureQueriesContext(connection) as four:
        client.get(reverse(LIST))
    assert len(four) == len(one)


def test_reviews_fall_due_on_today_on_the_list_and_in_the_reports(
    world: World,
    client_for: SignIn,
    article: ArticlePage,
    version: LocalVersionPage,
    reviewer: Any,
    time_machine: Any,
) -> None:
    """T-05: time travel over two years; what is overdue is said to everybody who can act."""
    approve(version, reviewer)
    version.get_latest_revision().publish()
    doctor = client_for(reviewer)
    assert "No review is due" in words_of(doctor.get(reverse(LIST) + "?what=due"))
    time_machine.move_to(timezone.now() + timedelta(days=740))
    cache.clear()

    doctor, library = client_for(reviewer), client_for(world.library_editor)
    clinic = client_for(world.hillside_publisher)
    assert "1 article is past its review date." in doctor.get("/admin/").text
    assert "A Review overdue" in words_of(doctor.get(reverse(LIST) + "?what=due"))
    assert "Review overdue" in words_of(library.get(edit_url(article)))
    assert "The medical review of 1 text of yours is overdue." in clinic.get("/admin/").text
    mine = words_of(clinic.get(reverse("my_articles:reviews", args=[world.hillside.pk])))
    assert mine.count("Review overdue") == 2
    report = reverse("articles_report_reviews")
    assert words_of(library.get(report)).count("Review overdue") == 2

    rows = list(csv.DictReader(io.StringIO(_csv(library.get(f"{report}?export=csv")))))
    assert [(row["Article"], row["Clinic"], row["Review"], row["Reviewed by"]) for row in rows] == [
        ("A", "", "Review overdue", "Ada Hill, MD"),
        ("A", "Hillside Pain Clinic", "Review overdue", "Ada Hill, MD"),
    ]
    assert {row["Days overdue"] for row in rows} < {"9", "10"}
    of_clinic = reverse("my_articles:reviews", args=[world.hillside.pk])
    assert "Hillside Pain Clinic" in _csv(clinic.get(f"{of_clinic}?export=csv"))


def test_report_keeps_to_the_clinics_that_are_asked_for(
    world: World, client_for: SignIn, article: ArticlePage, version: LocalVersionPage, reviewer: Any
) -> None:
    approve(version, reviewer)
    version.get_latest_revision().publish()
    report, client = reverse("articles_report_reviews"), client_for(world.library_editor)
    assert "Hillside" in words_of(client.get(f"{report}?clinic=hill"))
    assert "Hillside" not in words_of(client.get(f"{report}?clinic=harbour"))
    assert "Hillside" not in words_of(client.get(f"{report}?article=zzz"))


@pytest.mark.parametrize(
    ("name", "status"), [("hillside_editor", 200), ("harbour_publisher", 404), ("outsider", 404)]
)
def test_a_clinics_report_is_that_clinics(
    world: World, client_for: SignIn, name: str, status: int
) -> None:
    address = reverse("my_articles:reviews", args=[world.hillside.pk])
    client = client_for(getattr(world, name))
    assert client.get(address).status_code == status
    assert client.get(f"{address}?export=csv").status_code == status


def test_today_tells_a_reviewer_what_waits(
    world: World, client_for: SignIn, version: LocalVersionPage, reviewer: Any
) -> None:
    send_to_review(version, user=world.hillside_editor)
    assert "1 text waits for your medical review." in client_for(reviewer).get("/admin/").text


def test_editor_without_a_clinical_change_says_that_nothing_is_to_be_reviewed(
    world: World, client_for: SignIn, article: ArticlePage
) -> None:
    free = make_local_version(article, world.hillside, override("fill", "visit-us", text("v")))
    client = client_for(world.hillside_publisher)
    assert "there is nothing to review" in words_of(client.get(edit_url(free)))
    assert "there is nothing to review" in words_of(client.get(url(free)))


def test_history_of_the_page_names_the_acts(
    world: World, client_for: SignIn, article: ArticlePage
) -> None:
    address = reverse("wagtailadmin_pages:history", args=[article.pk])
    assert "Whole page reviewed" in client_for(world.library_editor).get(address).text
    assert Review.objects.get(page=article.pk).act == ReviewAct.APPROVED


def _csv(response: Any) -> str:
    return b"".join(response.streaming_content).decode()
