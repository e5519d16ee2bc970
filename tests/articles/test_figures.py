"""Figures are kept once and inserted by reference (T-08): in text, and in sections of figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.blocks.figures import FigureBlock
from articles.figures import slugs_in
from articles.models import Figure
from articles.publishing import publish_problems
from articles.search_text import words_of
from articles.section_values import SectionValueError, section_from
from articles.stream import raw_stream
from clinics.resolve import clinic_of, root_page
from clinics.rich_text import compile_text, fill_text
from clinics.tokens import fill, readable, token_problems
from tests.articles.factories import (
    figures,
    make_article,
    make_figure,
    make_local_version,
    override,
    sources,
    text,
)
from tests.edge import Process
from tests.factories import World

TOKEN = "{{ figure.adults }}"
PATH = "/conditions/fibromyalgia/"


@pytest.fixture
def figure(world: World) -> Figure:
    return make_figure()


def at_hillside(world: World) -> Any:
    return clinic_of(root_page(world.hillside.pk))


# In text


def test_a_token_says_the_words_of_the_figure_in_plain_text(world: World, figure: Figure) -> None:
    said = fill(f"Here {TOKEN} live with it: {{{{ figure.adults.name }}}}.", at_hillside(world))
    assert said == f"Here about 4 million adults live with it: {figure.name}."


def test_a_token_is_escaped_in_rich_text_and_never_twice(world: World) -> None:
    make_figure("few-2", text="fewer than <b>2</b> & more")
    filled = fill_text(compile_text("<p>{{ figure.few-2 }}</p>"), at_hillside(world))
    assert filled == "<p>fewer than &lt;b&gt;2&lt;/b&gt; &amp; more</p>"


def test_words_of_a_figure_are_never_read_as_tokens_again(world: World) -> None:
    make_figure("braces", text="{{ clinic.name }}")
    assert "{{ clinic.name }}" not in fill("{{ figure.adults }}", at_hillside(world))
    assert fill("{{ figure.braces }}", at_hillside(world)) == " clinic.name "


def test_unknown_figures_vanish_and_stop_a_publish(world: World, figure: Figure) -> None:
    assert fill("Here {{ figure.adult }}.", at_hillside(world)) == "Here ."
    assert token_problems(f"{TOKEN} {{{{ figure.adult }}}}") == ("{{ figure.adult }}",)
    article = make_article(
        "a", text("what", "What", "<p>{{ figure.none-such }}</p>"), publish=False
    )
    problems = publish_problems(article.get_latest_revision_as_object())
    assert any("“{{ figure.none-such }}” is not a known token" in each for each in problems)


def test_lists_of_the_admin_show_the_words(world: World, figure: Figure) -> None:
    shown = readable(f"{TOKEN} at {{{{ clinic.name }}}}")
    assert shown == "about 4 million adults at [clinic name]"
    assert readable("{{ figure.none }}") == "{{ figure.none }}"


def test_slugs_are_found_with_and_without_name() -> None:
    found = slugs_in(["{{ figure.a-1 }} {{figure.b.name}}", "{{ clinic.name }}", "figure.c"])
    assert found == {"a-1", "b"}


# In a section of figures


def test_a_chosen_figure_brings_value_label_and_source(
    world: World, figure: Figure, process: Process
) -> None:
    make_article("fibromyalgia", figures({"kept": figure.pk}), sources())

    page = process.get("hillside.test", PATH).text

    assert f'<dt class="figures-label">{figure.name}</dt>' in page
    assert "about 4 million adults" in page
    assert 'href="#source-1"' in page and 'id="source-1"' in page


def test_its_source_is_added_to_the_list_of_the_page(
    world: World, figure: Figure, process: Process
) -> None:
    other = type(figure.source).objects.create(slug="other", title="Other", publisher="X")
    figure.source = type(figure.source).objects.create(slug="s", title="A survey", publisher="Y")
    figure.save()
    make_article("fibromyalgia", figures({"kept": figure.pk}), sources(other))

    page = process.get("hillside.test", PATH).text

    assert page.index("Other") < page.index("A survey")
    assert 'href="#source-2"' in page and 'id="source-2"' in page
    assert page.count('"CreativeWork"') == 2


def test_stored_are_its_tokens_so_that_search_and_gates_read_them(
    world: World, figure: Figure
) -> None:
    article = make_article("a", figures({"kept": figure.pk, "value": "9", "label": "typed"}))
    (section,) = raw_stream(article.body)
    assert words_of([section]) == ("In numbers\n{{ figure.adults }}\n{{ figure.adults.name }}")


@pytest.mark.parametrize(
    ("item", "missing"),
    [
        ({"value": "2%"}, {"label"}),
        ({"label": "have it"}, {"value"}),
        ({}, {"label", "value"}),
    ],
    ids=["label", "value", "both"],
)
def test_neither_chosen_nor_written_is_refused_with_both_ways(
    db: None, item: dict[str, Any], missing: set[str]
) -> None:
    block = FigureBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(item))
    assert refused.value.block_errors.keys() == missing
    assert "Choose a kept figure above, or write it here." in str(refused.value.block_errors)


def test_a_program_writes_a_kept_figure_by_its_number(world: World, figure: Figure) -> None:
    written = section_from("figures", {"figures": [{"kept": figure.pk}]})
    assert written["value"]["figures"][0]["value"]["value"] == TOKEN
    with pytest.raises(SectionValueError, match=r"value\.figures"):
        section_from("figures", {"figures": [{"value": "2%"}]})


# What it costs, and when pages are stale


def test_a_page_of_a_process_that_knows_its_figures_asks_no_more(
    world: World, figure: Figure, process: Process
) -> None:
    make_article("first", text("what", "What"))
    make_article("plain", text("what", "What"))
    make_article("fibromyalgia", text("what", "What", f"<p>{TOKEN}</p>"))
    for slug in ("first", "plain", "fibromyalgia"):
        process.get("hillside.test", f"/conditions/{slug}/")
    process.get("harbour.test", "/conditions/first/")

    plain = process.get("harbour.test", "/conditions/plain/")
    shown = process.get("harbour.test", PATH)

    assert "about 4 million adults" in shown.text
    assert len(shown.queries) == len(plain.queries) <= 3


@pytest.mark.parametrize("count", [1, 12])
def test_figures_of_a_page_are_asked_for_together(world: World, count: int) -> None:
    for number in range(count):
        make_figure(f"n-{number}")
    sections = [text(f"t-{n}", "T", f"<p>{{{{ figure.n-{n} }}}}</p>") for n in range(count)]
    make_article("fibromyalgia", *sections)
    client = Client(HTTP_HOST="hillside.test")
    client.get(PATH)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(PATH).text.count("about 4 million adults") == count

    assert sum("articles_figure" in query["sql"] for query in queries) == 1


def test_a_changed_figure_makes_stale_exactly_the_pages_that_show_it(
    world: World, figure: Figure, process: Process
) -> None:
    other = make_figure("children", text="few children")
    make_article("fibromyalgia", text("what", "What", f"<p>{TOKEN}</p>"))
    make_article("chosen", figures({"kept": figure.pk}))
    make_article("other", text("what", "What", "<p>{{ figure.children }}</p>"))
    paths = [f"/conditions/{slug}/" for slug in ("fibromyalgia", "chosen", "other")]
    for path in paths:
        process.get("hillside.test", path)

    figure.text = "some 5 million adults"
    figure.save()
    after = [process.get("hillside.test", path) for path in paths]

    assert [page.is_hit for page in after] == [False, False, True]
    assert all("some 5 million adults" in page.text for page in after[:2])
    assert other.text in after[2].text


def test_a_figure_that_comes_later_is_shown_at_once(world: World, process: Process) -> None:
    early = make_figure()
    make_article("fibromyalgia", text("what", "What", f"<p>Here {TOKEN}.</p>"))
    early.delete()
    assert "Here ." in process.get("hillside.test", PATH).text

    make_figure()

    assert "Here about 4 million adults." in process.get("hillside.test", PATH).text


def test_a_clinic_inserts_figures_in_its_own_text(
    world: World, figure: Figure, process: Process
) -> None:
    article = make_article("fibromyalgia", text("what", "What"))
    own = text("own", "Ours", f"<p>Among them {TOKEN}.</p>")
    version = make_local_version(article, world.hillside, override("replace", "what", own))
    assert publish_problems(version) == []
    assert "Among them about 4 million adults." in process.get("hillside.test", PATH).text
    assert "about 4 million" not in process.get("harbour.test", PATH).text


# The row itself


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"low": 5, "high": 4}, "high"),
        ({"about": " , "}, "about"),
        ({"text": "{{ clinic.name }}"}, "text"),
        ({"name": "Call (972) 555-0123"}, "name"),
        ({"slug": "A_b"}, "slug"),
    ],
    ids=["low above high", "no words", "braces", "phone number", "slug"],
)
def test_a_figure_that_cannot_be_is_refused_with_its_field(
    world: World, figure: Figure, fields: dict[str, Any], field: str
) -> None:
    for name, value in fields.items():
        setattr(figure, name, value)
    with pytest.raises(ValidationError) as refused:
        figure.full_clean()
    assert field in refused.value.message_dict


def test_a_code_is_for_good(world: World, figure: Figure) -> None:
    figure.slug = "grown-ups"
    with pytest.raises(ValidationError, match="keep it, or add a new figure"):
        figure.full_clean()
