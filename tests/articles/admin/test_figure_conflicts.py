"""The report on figures that differ (T-08): who sees it, what it says, and the scraped texts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.articles.factories import figures, make_article, make_figure, make_reviewer, text
from tests.factories import World

type SignIn = Callable[[Any], Client]

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
# Drafts: a number that differs from what is known cannot be published.
SHARE = "<p>Fibromyalgia affects {} of Americans.</p>"


def report(client: Client, query: str = "") -> Any:
    return client.get(reverse("articles_figure_conflicts") + query)


def test_articles_that_differ_stand_side_by_side_with_sentence_and_editor(
    world: World, client_for: SignIn
) -> None:
    one = make_article(
        "one", text("what", "How common", SHARE.format("2-4%")), title="One", publish=False
    )
    two = make_article(
        "two", text("what", "In short", SHARE.format("2%")), title="Two", publish=False
    )
    make_article("else", text("what", "W", SHARE.format("9%").replace("Fibro", "Poly")))

    answer = report(client_for(world.library_editor))

    (group,) = answer.context["groups"]
    assert (group.subject, group.is_conflict) == ("fibromyalgia", True)
    assert [(row.article, row.section, row.says) for row in group.rows] == [
        ("One", "How common", "2-4%"),
        ("Two", "In short", "2%"),
    ]
    assert group.rows[0].sentence == "Fibromyalgia affects 2-4% of Americans."
    for article in (one, two):
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[article.pk])}"' in answer.text


def test_what_is_kept_and_typed_by_hand_is_to_be_inserted(world: World, client_for: SignIn) -> None:
    figure = make_figure()
    make_article("typed", text("what", "W", "<p>Fibromyalgia affects 4 million adults.</p>"))
    make_article("kept", figures({"kept": figure.pk}), text("t", "T", "<p>{{ figure.adults }}</p>"))

    (group,) = report(client_for(world.library_publisher)).context["groups"]

    assert not group.is_conflict
    (row,) = group.rows
    assert row.article == "Typed"
    assert "insert the figure “about 4 million adults”" in row.advice


def test_a_draft_and_a_typed_figure_count_too(world: World, client_for: SignIn) -> None:
    make_figure()
    label = "American adults have fibromyalgia"
    make_article("draft", figures({"value": "9 million", "label": label}), publish=False)

    (group,) = report(client_for(world.library_editor)).context["groups"]

    assert group.is_conflict
    assert "Differs from the kept figure" in group.rows[0].advice


def test_the_spreadsheet_has_the_same_rows(world: World, client_for: SignIn) -> None:
    for slug, share in (("one", "6%"), ("two", "7%")):
        make_article(slug, text("what", "=How", SHARE.format(share)), publish=False)

    answer = report(client_for(world.library_editor), "?export=csv")

    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert [(row["Article"], row["Says"]) for row in rows] == [("One", "6%"), ("Two", "7%")]
    assert {row["Section"] for row in rows} == {"'=How"}


@pytest.mark.parametrize(
    "name", ["hillside_editor", "hillside_publisher", "franchise_admin", "outsider"]
)
def test_nobody_else_gets_it(world: World, client_for: SignIn, name: str) -> None:
    assert report(client_for(getattr(world, name))).status_code == 404


def test_a_reviewer_reads_it_without_the_way_into_the_editor(
    world: World, client_for: SignIn
) -> None:
    make_article("one", text("what", "W", SHARE.format("6%")), publish=False)

    (group,) = report(client_for(make_reviewer(world))).context["groups"]

    assert [row.url for row in group.rows] == [""]


def test_it_asks_no_more_for_more_articles(world: World, client_for: SignIn) -> None:
    client = client_for(world.library_editor)
    counts = []
    for numbers in (range(2), range(2, 6)):
        for number in numbers:
            make_article(f"a{number}", text("what", "W", SHARE.format(f"{number}%")), publish=False)
        report(client)
        with CaptureQueriesContext(connection) as queries:
            report(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the scraped texts are not here: {SEEDS}")
def test_the_scraped_texts_have_one_conflict_about_prevalence(
    world: World, client_for: SignIn
) -> None:
    """T-08: 2-4% in one of them, 4 million in the two others."""
    files = sorted(SEEDS.glob("*.txt"))
    for number, path in enumerate(files):
        call_command(
            *("import_articles", str(path), "--kind", "condition", "--title", f"Seed {number}"),
            stdout=StringIO(),
        )

    groups = report(client_for(world.library_editor)).context["groups"]

    (conflict,) = [group for group in groups if group.is_conflict]
    assert conflict.subject == "fibromyalgia"
    assert [(row.article, row.says) for row in conflict.rows] == [
        ("Seed 0", "2-4%"),
        ("Seed 1", "4 million"),
        ("Seed 2", "4 million"),
    ]
    assert [path.name[:3] for path in files] == ["000", "003", "004"]
