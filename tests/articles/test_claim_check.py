"""The check of all texts of a clinic: in steps, with progress, and what makes it out of date."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import claim_check
from articles.claim_check import check_now, is_current, is_running, run_check, start_check
from articles.claim_standing import allow_claim, standing_of
from articles.claims.required import Block
from articles.claims.rulebook import RuleBook, the_rulebook
from articles.models import ClaimCheck
from clinics.facts import save_facts
from clinics.models import Statement
from tests.articles.balanced import balanced
from tests.articles.factories import (
    change_article,
    make_article,
    make_figure,
    make_local_version,
    make_own_article,
    make_reviewed_article,
    make_reviewer,
    override,
    section_id,
    text,
)
from tests.factories import World

CURE = "<p>Ketamine cures migraine for good.</p>"


def words(check: ClaimCheck) -> list[tuple[str, str, str]]:
    return [(row["what"], row["path"], row["words"]) for row in check.found]


@pytest.fixture
def without_rules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Publishes meet no rule while it is entered, as what went live before there were any."""
    from contextlib import contextmanager  # noqa: PLC0415 - of this fixture alone

    @contextmanager
    def entered() -> Any:
        with monkeypatch.context() as patch:
            patch.setattr("articles.publishing.claim_problems", lambda page, **_: ())
            yield

    return entered


def test_claims_of_articles_versions_and_pages_are_found(world: World, without_rules: Any) -> None:
    """C-02: with page and section, the local version's own in its editor."""
    with without_rules():
        make_article("a", text("us", "Us", CURE))
        b = make_article("b")
        ours = override("replace", "care", text("ours", "Ours", CURE))
        version = make_local_version(b, world.hillside, ours)
        own = make_own_article(world.hillside, "own", text("own", "Own", CURE))
    world.hillside.hero_text = "Results are guaranteed."
    world.hillside.save_revision().publish()

    check = check_now(world.hillside)

    found = {(row["path"], row["section"], row["page"], row["anchor"]) for row in check.found}
    assert ("/conditions/b/", "Ours", version.pk, ours["id"]) in found
    assert ("/conditions/own/", "Own", own.pk, section_id("own")) in found
    assert {path for path, *_rest in found} == {
        *("/", "/conditions/a/", "/conditions/b/", "/conditions/own/")
    }
    assert "/conditions/b/" not in {row["path"] for row in check_now(world.harbour).found}


def test_allowed_claim_is_none(world: World) -> None:
    reviewer = make_reviewer(world)
    article = make_article("a", text("us", "Us", "<p>Results are guaranteed.</p>"), publish=False)
    for each in standing_of(article.get_latest_revision_as_object()):
        if each.blocks:
            draft = article.get_latest_revision_as_object()
            allow_claim(draft, each.code, "A quote", user=reviewer)
    article.get_latest_revision().publish()

    assert check_now(world.hillside).found == []


def test_missing_blocks_and_text_without_a_review_are_found(world: World, settings: Any) -> None:
    """T-09, T-04: of what was live before the gate."""
    make_article("migraine", *balanced(Block.RISKS))
    make_article("general", text("what", "What"), kind="ARTICLE")
    settings.ARTICLES_REVIEW_REQUIRED = True

    check = check_now(world.hillside)

    assert words(check) == [
        ("review", "/conditions/migraine/", "Not reviewed"),
        ("block", "/conditions/migraine/", "Risks"),
    ]


def test_reviewed_page_with_all_blocks_has_nothing_against_it(world: World, settings: Any) -> None:
    settings.ARTICLES_REVIEW_REQUIRED = True
    make_reviewed_article(make_reviewer(world), "migraine", *balanced())

    assert check_now(world.hillside).found == []


# Steps


def test_steps_are_written_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_article(f"a{number}")
    monkeypatch.setattr(claim_check, "PAGES_A_STEP", 2)
    monkeypatch.setattr(claim_check, "STEPS_A_TASK", 1)
    queued: list[Any] = []
    run = run_check.func
    queue = SimpleNamespace(enqueue=lambda *arguments: queued.append(arguments))
    monkeypatch.setattr(claim_check, "run_check", queue)

    check = start_check(world.hillside)
    run(check.pk, str(check.run))

    row = ClaimCheck.objects.get()
    assert (row.done, row.finished_at, is_running(row)) == (2, None, True)
    assert 0 < row.percent < 100
    while queued:
        run(*queued.pop())
    row.refresh_from_db()
    assert (row.done, row.percent, is_running(row)) == (len(row.places), 100, False)
    assert is_current(row)


def test_newer_check_takes_the_place_of_one_that_runs(world: World) -> None:
    make_article("a")
    first = start_check(world.hillside)

    second = start_check(world.hillside)
    run_check.func(first.pk, str(first.run))

    row = ClaimCheck.objects.get()
    assert (row.run, row.done) == (second.run, 0)


def test_check_that_a_worker_left_lying_is_not_running(world: World) -> None:
    check = start_check(world.hillside)
    past = timezone.now() - timedelta(minutes=3)
    ClaimCheck.objects.update(touched_at=past)
    check.refresh_from_db()

    assert not is_running(check)
    assert not is_current(check)


def test_page_that_is_gone_meanwhile_is_passed_over(world: World) -> None:
    article = make_article("a")
    check = start_check(world.hillside)
    article.unpublish()

    run_check.func(check.pk, str(check.run))

    check.refresh_from_db()
    assert check.finished_at is not None


def test_work_of_a_step_does_not_grow_with_the_clinic(world: World) -> None:
    """Linear: a page costs what it costs, however many there are."""
    for number in range(3):
        make_article(f"a{number}")
    check_now(world.hillside)
    with CaptureQueriesContext(connection) as three:
        check_now(world.hillside)
    for number in range(3, 9):
        make_article(f"a{number}")
    with CaptureQueriesContext(connection) as nine:
        check_now(world.hillside)

    pages = len(ClaimCheck.objects.get().places)
    assert (len(nine) - len(three)) / 6 <= len(three) / (pages - 6) + 4


# What makes it out of date


@pytest.mark.parametrize(
    ("change", "is_ours"),
    [
        (lambda world: change_article(world.article, summary="Another."), True),
        (lambda world: make_article("new"), True),
        (
            lambda world: make_local_version(world.article, world.hillside, summary_override="O"),
            True,
        ),
        (
            lambda world: make_local_version(world.article, world.harbour, summary_override="O"),
            False,
        ),
        (lambda world: _save(world.hillside, state="FL"), True),
        (lambda world: _save(world.harbour, legal_name="H"), False),
        (
            lambda world: Statement.objects.create(title="S", slug="s", text="T", kind="OFF_LABEL"),
            True,
        ),
        (lambda world: world.figure.save(), True),
    ],
    ids=[
        "article",
        "new article",
        "version",
        "other clinic's",
        "state",
        "other's facts",
        "statement",
        "figure",
    ],
)
def test_change_of_what_patients_read_asks_for_a_new_check(
    world: World, change: Any, is_ours: bool
) -> None:
    world.article, world.figure = make_article("a"), make_figure()
    check = check_now(world.hillside)
    assert is_current(_again(check))

    change(world)

    assert is_current(_again(check)) is not is_ours


def test_rule_that_begins_asks_for_a_new_check(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time travel: rules take effect on their dates."""
    check = check_now(world.hillside)
    book = the_rulebook()
    fewer = RuleBook(book.rules[1:], book.figures, book.words)
    monkeypatch.setattr(claim_check, "the_rulebook", lambda: fewer)

    assert not is_current(_again(check))


def test_check_holds_for_as_long_as_changes_are_kept(world: World) -> None:
    check = check_now(world.hillside)
    ClaimCheck.objects.update(started_at=timezone.now() - claim_check.HOLDS_FOR)

    assert not is_current(_again(check))


def _save(clinic: Any, **facts: Any) -> None:
    save_facts(clinic.facts, facts, user=None, base_version=clinic.facts.version)


def _again(check: ClaimCheck) -> ClaimCheck:
    return ClaimCheck.objects.get(pk=check.pk)
