"""Terms are explained where an article uses them first (T-13)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from articles.glossary import the_glossary
from articles.models import Term
from clinics.rich_text import mark_words
from tests.articles.every_section import every_section
from tests.articles.factories import (
    make_article,
    make_local_version,
    make_own_article,
    override,
    section_id,
    sources,
    text,
)
from tests.edge import Process
from tests.factories import World
from tests.reading import main_of, main_words

PATH = "/conditions/fibromyalgia/"


def make_term(name: str, explanation: str = "In plain words.", **fields: Any) -> Term:
    slug = name.lower().replace(" ", "-")
    return Term.objects.create(slug=slug, name=name, explanation=explanation, **fields)


def words(html: str) -> list[tuple[str, str]]:
    """Each word that is linked, with where it leads."""
    return [(tag.get_text(), tag["href"]) for tag in main_of(html).select("a.term")]


def marked(html: str, *names: str) -> str:
    """HTML with its terms in brackets."""
    for name in names:
        make_term(name)
    pattern = the_glossary().words
    assert pattern is not None
    return mark_words(SafeString(html), pattern, lambda word: f"[{word}]")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A placebo.</p>", "<p>A [placebo].</p>"),
        ("<p>PLACEBO or Placebo</p>", "<p>[PLACEBO] or [Placebo]</p>"),
        ("<p>placebos, placebo-like, non-placebo</p>", None),
        ("<p>An NMDA receptor, a receptor</p>", "<p>An [NMDA receptor], a [receptor]</p>"),
        ('<p><a href="https://a.example/">A placebo</a></p>', None),
        ("<h3>Placebo</h3><p>x</p>", None),
        ("<p>Fish &amp; chips</p>", None),
        ("<p>A <b>placebo</b></p>", "<p>A <b>[placebo]</b></p>"),
    ],
)
def test_whole_words_of_running_text_are_marked_the_longest_first(
    world: World, html: str, expected: str | None
) -> None:
    assert marked(html, "placebo", "receptor", "NMDA receptor", "amp") == (expected or html)


def test_plain_text_is_escaped_when_a_word_in_it_is_marked(world: World) -> None:
    make_term("placebo")
    pattern = the_glossary().words
    assert pattern is not None
    assert mark_words("1 < 2 placebo", pattern, lambda w: f"[{w}]") == "1 &lt; 2 [placebo]"
    assert mark_words("1 < 2", pattern, lambda w: f"[{w}]") == "1 < 2"


def test_the_first_use_on_the_page_leads_to_the_explanation_and_back(
    world: World, process: Process
) -> None:
    make_term("Placebo", "A medicine without an active part.", also="placebos, sham")
    make_article(
        "fibromyalgia",
        text("one", "A placebo", "<p>Some get placebos.</p>"),
        text("two", "Two", "<p>A placebo, a sham.</p>"),
    )

    main = main_of(process.get("hillside.test", PATH).text)

    (link,) = main.select("a.term")
    assert (link.get_text(), link["href"], link["role"]) == (
        *("placebos", "#term-placebo", "doc-glossref"),
    )
    (entry,) = main.select("#term-placebo")
    assert entry.select_one("dt").get_text() == "Placebo"
    assert "A medicine without an active part." in entry.get_text()
    assert [tag["href"] for tag in entry.select("a")] == [f"#{link['id']}"]


def test_a_page_without_terms_has_no_list(world: World, process: Process) -> None:
    make_term("Placebo")
    make_article("fibromyalgia")
    assert "Words used on this page" not in process.get("hillside.test", PATH).text


def test_lists_answers_and_introductions_are_running_text_and_headings_are_not(
    world: World, process: Process
) -> None:
    for name in ("nausea", "rarely", "pump"):
        make_term(name)
    risks = {
        "heading": "Nausea",
        "intro": "Rarely:",
        "items": [{"type": "item", "id": "1", "value": "Nausea & more"}],
        "role": "clinical",
    }
    make_article(
        "fibromyalgia",
        {"type": "risks", "id": section_id("risks"), "value": risks},
        {
            "type": "question",
            "id": section_id("q"),
            "value": {"question": "A pump?", "answer": "<p>A pump [1].</p>", "role": "clinical"},
        },
        sources(),
    )

    html = process.get("hillside.test", PATH).text

    assert [word for word, _to in words(html)] == ["Rarely", "Nausea", "pump"]
    assert 'href="#source-1"' in html


def test_structured_data_and_descriptions_stay_plain(world: World, process: Process) -> None:
    make_term("nausea")
    items = [{"type": "item", "id": "1", "value": "Nausea & pain"}]
    value = {"kind": "symptoms", "items": items, "role": "clinical"}
    make_article(
        "fibromyalgia",
        {"type": "list", "id": section_id("l"), "value": value},
        summary="About nausea.",
    )

    page = BeautifulSoup(process.get("hillside.test", PATH).text, "html.parser")

    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    (symptoms,) = [node["signOrSymptom"] for node in graph if "signOrSymptom" in node]
    assert [each["name"] for each in symptoms] == ["Nausea & pain"]
    assert page.find("meta", {"name": "description"})["content"] == "About nausea."


def test_clinics_own_words_are_explained_too(world: World, process: Process) -> None:
    make_term("lidocaine")
    article = make_article("fibromyalgia")
    own = text("own", "Ours", "<p>We use lidocaine.</p>")
    make_local_version(article, world.hillside, override("replace", "what", own))
    make_own_article(world.harbour, "rooms", text("r", "R", "<p>No lidocaine here.</p>"))

    assert words(process.get("hillside.test", PATH).text) == [("lidocaine", "#term-lidocaine")]
    assert words(process.get("harbour.test", PATH).text) == []
    assert words(process.get("harbour.test", "/conditions/rooms/").text) != []


def test_an_article_about_the_term_is_linked_where_the_clinic_shows_it(
    world: World, process: Process
) -> None:
    about = make_article("nerves", text("n", "N", "<p>About a nerve.</p>"))
    make_term("nerve", article=about)
    make_article("fibromyalgia", text("t", "T", "<p>A nerve.</p>"))
    make_local_version(about, world.harbour, hides_article=True)

    def links(host: str, path: str) -> list[str]:
        html = process.get(host, path).text
        return [tag["href"] for tag in main_of(html).select("#term-nerve a")]

    assert links("hillside.test", PATH) == ["/conditions/nerves/", "#use-of-nerve"]
    assert links("harbour.test", PATH) == ["#use-of-nerve"]
    assert links("hillside.test", "/conditions/nerves/") == ["#use-of-nerve"]


def test_words_of_the_text_stay_what_they_were(world: World, process: Process) -> None:
    make_article("fibromyalgia", *every_section(make_article("other")))
    before = main_words(process.get("hillside.test", PATH).text)

    make_term("stiffness", "Hard to move.")
    after = main_words(process.get("hillside.test", PATH).text)

    explained = "Words used on this page stiffness Hard to move. Back to the text: stiffness"
    assert explained in after
    assert after.replace(f"{explained} ", "") == before


def test_a_page_is_stale_when_a_term_comes_changes_or_goes(world: World, process: Process) -> None:
    make_article("fibromyalgia", text("t", "T", "<p>A nerve.</p>"))
    assert words(process.get("hillside.test", PATH).text) == []

    term = make_term("nerve")
    assert words(process.get("hillside.test", PATH).text) != []
    term.explanation = "It carries signals."
    term.save()
    assert "It carries signals." in process.get("hillside.test", PATH).text
    term.delete()
    assert words(process.get("hillside.test", PATH).text) == []
    assert process.get("hillside.test", PATH).is_hit


def test_a_process_that_knows_the_terms_asks_no_more(world: World, process: Process) -> None:
    make_term("nerve")
    make_article("first")
    make_article("fibromyalgia", text("t", "T", "<p>A nerve.</p>"))
    for path in ("/conditions/first/", PATH):
        process.get("hillside.test", path)
    process.get("harbour.test", "/conditions/first/")

    page = process.get("harbour.test", PATH)

    assert words(page.text) != []
    assert len(page.queries) <= 3


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"also": "sham, placebo"}, "also"),
        ({"explanation": "x" * 301}, "explanation"),
        ({"explanation": "Call (972) 555-0123."}, "explanation"),
    ],
    ids=["taken", "long", "number"],
)
def test_a_term_that_cannot_be_is_refused_with_its_field(
    world: World, fields: dict[str, str], field: str
) -> None:
    make_term("Placebo")
    values = {"slug": "dummy", "name": "Dummy", "explanation": "X", **fields}
    with pytest.raises(ValidationError) as refused:
        Term(**values).full_clean()
    assert field in refused.value.message_dict
