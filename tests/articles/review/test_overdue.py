"""Reviews fall due (T-05): lines, letters, and what search engines may list, with time travel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from articles.models import ArticlePage
from articles.review.letters import is_reminded_on
from articles.review.overdue import Due, clinic_lines, due_of, library_lines
from clinics.models import ClinicFacts
from tests.articles.factories import (
    approve,
    make_article,
    make_local_version,
    make_reviewed_article,
    override,
    text,
)
from tests.clock import set_time
from tests.edge import Process
from tests.factories import World

DAY = date(2026, 11, 30)
type GoTo = Callable[[datetime], None]
OURS = override("replace", "what", text("o", "Ours", "<p>Words of Hillside.</p>"))


@pytest.fixture
def go_to(time_machine: Any, monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """All clocks at once: that of rows, and that of pages and their cache."""

    def go(moment: datetime) -> None:
        time_machine.move_to(moment)
        set_time(monkeypatch, moment.isoformat())

    return go


@pytest.mark.parametrize(
    ("days", "due"),
    [(-1, Due.OVERDUE), (0, Due.SOON), (30, Due.SOON), (31, Due.IN_TIME)],
)
def test_a_text_counts_as_reviewed_through_its_day(days: int, due: Due) -> None:
    assert due_of(DAY + timedelta(days=days), DAY) is due
    assert due_of(None, DAY) is Due.UNREVIEWED


def test_the_most_urgent_texts_come_first(world: World, reviewer: Any, settings: Any) -> None:
    overdue = make_reviewed_article(reviewer, "b")
    ArticlePage.objects.filter(pk=overdue.pk).update(review_due_date=DAY - timedelta(days=3))
    make_reviewed_article(reviewer, "c")
    settings.ARTICLES_REVIEW_REQUIRED = False
    make_article("a")
    make_article("general", kind="ARTICLE")

    lines = library_lines(ArticlePage.objects.all(), DAY)

    assert [(line.title, line.due) for line in lines] == [
        ("A", Due.UNREVIEWED),
        ("B", Due.OVERDUE),
        ("C", Due.IN_TIME),
    ]
    assert [line.days_overdue(DAY) for line in lines] == [0, 3, 0]


def test_a_clinics_own_texts_fall_due_by_themselves(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    article = make_reviewed_article(reviewer)
    version = make_local_version(article, world.hillside, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    make_local_version(article, world.harbour, seo_title="Free")
    time_machine.move_to(timezone.now() + timedelta(days=800))
    approve(article, reviewer)

    facts = ClinicFacts.objects.select_related("clinic")
    lines = clinic_lines(facts, timezone.localdate())

    assert [(line.clinic, line.due, line.reviewer) for line in lines] == [
        ("Hillside Pain Clinic", Due.OVERDUE, "Ada Hill, MD")
    ]


def test_lines_of_more_clinics_ask_no_more(
    world: World, reviewer: Any, django_assert_num_queries: Any
) -> None:
    facts = list(ClinicFacts.objects.select_related("clinic"))
    for slug in ("a", "b", "c"):
        version = make_local_version(
            make_reviewed_article(reviewer, slug), world.hillside, OURS, publish=False
        )
        approve(version, reviewer)
        version.get_latest_revision().publish()
    with django_assert_num_queries(4):
        assert len(clinic_lines(facts, DAY)) == 3


# Letters


@pytest.mark.parametrize(
    ("days", "is_reminded"),
    [(31, False), (30, True), (8, False), (7, True), (0, False), (-1, True), (-2, False),
     (-31, True), (-61, True)],
)  # fmt: skip
def test_reminders_come_on_a_few_days_only(days: int, is_reminded: bool) -> None:
    assert is_reminded_on(DAY, DAY + timedelta(days=days)) is is_reminded


def test_reminders_go_to_whoever_can_do_something(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    article = make_reviewed_article(reviewer, "a")
    version = make_local_version(article, world.hillside, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    assert ArticlePage.objects.get().review_due_date is not None
    time_machine.move_to(timezone.now() + timedelta(days=_days_to_due(article) + 1))

    call_command("remind_of_reviews")

    bodies = {letter.to[0].split("@")[0]: letter.body for letter in mail.outbox}
    assert set(bodies) == {
        "reviewer", "library-editor", "library-publisher", "hillside-publisher"
    }  # fmt: skip
    assert "A: the review was due on" in bodies["library-editor"]
    assert "Hillside" not in bodies["library-editor"]
    assert "A (Hillside Pain Clinic): the review was due on" in bodies["hillside-publisher"]
    assert "\n- A:" not in bodies["hillside-publisher"]


def test_a_reviewer_hears_that_the_license_ends(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    """T-06."""
    time_machine.move_to(timezone.now() + timedelta(days=3650 - 30))
    call_command("remind_of_reviews")
    (letter,) = mail.outbox
    assert letter.to == ["reviewer@example.com"]
    assert "The license of Ada Hill ends on" in letter.body


# Search engines


def test_a_page_leaves_search_engines_on_the_day_and_comes_back_with_a_review(
    world: World, reviewer: Any, settings: Any, process: Process, go_to: GoTo
) -> None:
    """T-05: a page that was kept from before is stale on that very day."""
    settings.ARTICLES_NOINDEX_OVERDUE_DAYS = 10
    article = make_reviewed_article(reviewer, "a", owner_clinic=world.hillside)
    address, sitemap = ("hillside.test", "/conditions/a/"), ("hillside.test", "/sitemap.xml")
    last = article.review_due_date + timedelta(days=10)
    go_to(datetime.combine(last, time(23, 50), UTC))
    assert "noindex" not in process.get(*address).text
    assert "/conditions/a/" in process.get(*sitemap).text
    assert process.get(*address).is_hit

    go_to(datetime.combine(last + timedelta(days=1), time(0, 5), UTC))
    assert "noindex" in process.get(*address).text
    assert "/conditions/a/" not in process.get(*sitemap).text

    approve(article, reviewer)
    assert "noindex" not in process.get(*address).text


def test_the_last_hour_before_that_day_is_shown_no_longer(
    world: World, reviewer: Any, settings: Any, time_machine: Any
) -> None:
    from articles.index_policy import decide  # noqa: PLC0415 - of this test alone
    from articles.queries import effective_for  # noqa: PLC0415 - of this test alone
    from clinics.edge.shown import noting  # noqa: PLC0415 - of this test alone
    from clinics.resolve import clinic_of, root_page  # noqa: PLC0415 - of this test alone

    settings.ARTICLES_NOINDEX_OVERDUE_DAYS = 0
    article = make_reviewed_article(reviewer, "a")
    clinic = clinic_of(root_page(world.hillside.pk))
    with noting() as page:
        decide(effective_for(article, clinic), clinic)
    assert page.until.date() == article.review_due_date + timedelta(days=1)


def test_without_a_limit_an_overdue_page_stays_listed(
    world: World, reviewer: Any, site_client: Any, time_machine: Any
) -> None:
    make_reviewed_article(reviewer, "a", owner_clinic=world.hillside)
    time_machine.move_to(timezone.now() + timedelta(days=2000))
    assert "noindex" not in site_client(world.hillside).get("/conditions/a/").text


def _days_to_due(article: ArticlePage) -> int:
    return (article.review_due_date - timezone.localdate()).days
