"""`manage.py check_claims`: files before import, articles, everything of a clinic."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.articles.factories import make_article, make_figure, make_local_version, override, text
from tests.factories import World

CLAIM = "Results are guaranteed.\n"
BEST = "<p>You get the best care in town.</p>"


def run(*arguments: str, **options: Any) -> tuple[str, str]:
    out, errors = StringIO(), StringIO()
    call_command("check_claims", *arguments, stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


def rows(*arguments: str) -> list[dict[str, str]]:
    return json.loads(run(*arguments, "--json")[0])


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(f"About us\n\n{CLAIM}\nSkip to content\n", encoding="utf-8")
    return path


def test_file_prints_rule_severity_words_section_advice_and_source(file: Path) -> None:
    printed, said = run(str(file))

    first = printed.splitlines()[0].split("\t")
    assert first[:3] == ["OUTCOME", "block", "guaranteed"]
    assert len(first) == 6
    assert "ELEM\tinfo\tSkip to content" in printed
    assert said == "2 findings, 1 of them block.\n"


def test_json_has_the_sentence_too(file: Path) -> None:
    (first, _chrome) = rows(str(file))

    assert first["sentence"] == "Results are guaranteed."
    assert first["page"] == str(file)


def test_state_and_day_choose_the_rules(db: None, tmp_path: Path) -> None:
    """A-05."""
    path = tmp_path / "page.txt"
    path.write_text("Our doctor\n\nDr. Lee is board eligible in pain care.\n", encoding="utf-8")

    assert rows(str(path)) == []
    assert [row["state"] for row in rows(str(path), "--state", "tx")] == ["TX"]
    assert rows(str(path), "--state", "tx", "--day", "2025-01-08") == []


def test_article_is_checked_as_its_newest_draft(world: World) -> None:
    article = make_article("a")
    draft = article.get_latest_revision_as_object()
    draft.body = [text("us", "Us", BEST)]
    draft.save_revision()

    assert [(row["rule"], row["section"]) for row in rows("--article", "a")] == [("SUPER", "Us")]


def test_article_of_a_clinic_has_its_overrides(world: World) -> None:
    article = make_article("a")
    own = text("own", "Ours", BEST)
    make_local_version(article, world.hillside, override("replace", "care", own))

    here = rows("--article", "a", "--clinic", "hillside")

    assert [(row["rule"], row["section"]) for row in here] == [("SUPER", "Ours")]
    assert rows("--article", "a", "--clinic", "harbour") == []


def test_everything_of_a_clinic_is_checked(world: World) -> None:
    make_article("a", text("us", "Us", BEST))
    world.hillside.intro = "The best clinic in town."
    world.hillside.save_revision().publish()

    printed, said = run("--clinic", "hillside", "--json")

    found = {(row["page"], row["rule"]) for row in json.loads(printed)}
    assert ("/conditions/a/", "SUPER") in found
    assert "/conditions/a/: 1" in said
    assert "2 " in said


def test_files_are_compared_with_the_figures_of_the_library(world: World, tmp_path: Path) -> None:
    """T-08."""
    page = tmp_path / "page.txt"
    page.write_text("Migraine affects 9 million adults.\n", encoding="utf-8")
    assert "STAT\tblock" not in run(str(page))[0]

    make_figure(about="migraine")

    assert "STAT\tblock\t9 million" in run(str(page))[0]


def test_files_are_checked_where_there_is_no_database_yet(file: Path) -> None:
    def no_table(*_args: Any) -> None:
        raise OperationalError("no such table: articles_figure")

    with connection.execute_wrapper(no_table):
        assert "OUTCOME\tblock" in run(str(file))[0]


def test_work_grows_with_the_articles_and_no_faster(world: World) -> None:
    for number in range(2):
        make_article(f"a{number}")
    run("--clinic", "hillside")
    with CaptureQueriesContext(
        connection,
    ) as two:
        run("--clinic", "hillside")
    for number in range(2, 6):
        make_article(f"a{number}")
    with CaptureQueriesContext(connection) as six:
        run("--clinic", "hillside")

    assert len(six) - len(two) <= 4 * 8


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say what to check"),
        (("--clinic", "nowhere"), "There is no clinic"),
        (("--article", "nothing"), "There is no article"),
        (("missing.txt",), "There is no such file"),
        (("missing.txt", "--article", "a"), "not both"),
        (("--article", "a", "--day", "soon"), "is no day"),
    ],
)
def test_bad_input_is_named(world: World, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)
