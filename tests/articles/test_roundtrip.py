"""Opening and saving an article unchanged changes nothing: no digest, no id, no stored text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from articles.blocks.rich_text import canonical
from articles.blocks.sections import SECTION_BLOCKS
from articles.digest import section_digests
from articles.models import ArticlePage
from articles.stream import raw_stream
from cms.demo.content_files import Sections, read, read_articles
from tests.articles.editing import open_form, save_form
from tests.articles.every_section import (
    RICH,
    every_section,
    make_image,
    make_source,
    make_statement,
)
from tests.articles.factories import (
    make_article,
    make_figure,
    make_local_version,
    override,
    section_id,
    text,
)
from tests.factories import World

# What importers, other editors and people write; the editor would rewrite most of it.
SAMPLES = [
    "",
    "Bare words",
    "<p></p>",
    "<p>One</p>",
    "<p>One</p>\n<p>Two</p>\n",
    "  <p> Spaces  inside </p>  ",
    "<p>A &amp; B &lt; C “quoted” – dash&nbsp;here</p>",
    "<p>Line<br>break<br/>twice</p>",
    "<p><strong>Strong</strong> and <em>emphasis</em></p>",
    "<p><b><i>Nested</i></b> <i><b>other way</b></i></p>",
    "<p><b>Over<i>lap</i></b><i>ping</i></p>",
    "<h2>Not allowed</h2><p>x</p>",
    "<h3>Heading</h3><h4>Smaller</h4>",
    "<ul><li>One</li><li><p>Two</p></li></ul>",
    "<ul><li>One<ul><li>Nested</li></ul></li></ul>",
    "<ol><li>First</li></ol><p>after</p>",
    "<div>Div</div><section><p>inside</p></section>",
    "<p>x<sup>2</sup> and H<sub>2</sub>O</p>",
    '<p><a href="https://example.org/?a=1&amp;b=2">link</a></p>',
    '<p><a href="mailto:a@example.org">mail</a></p>',
    '<p><a linktype="page" id="7">page</a></p>',
    '<p><a linktype="page" id="7"><b>bold page</b></a> tail</p>',
    '<p><a href="javascript:alert(1)">bad</a></p>',
    '<p class="lead" style="color:red" onclick="x()">attributes</p>',
    "<p>{{ clinic.name }} and {{ clinic.service_areas }}</p>",
    "<p>{{ <b>clinic.name</b> }}</p>",
    "<table><tr><td>cell</td></tr></table>",
    "<p>one<p>two",
    "<script>alert(1)</script><p>x</p>",
    RICH % 7,
]
WORDS = st.sampled_from(
    ["word", " ", "\n", "&amp;", "–", "{{ clinic.name }}", "é", "<br>", "<br/>"]
)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from("b i em strong sup sub span".split()), inner
    ),
    max_leaves=4,
)
LINKS = st.builds('<a href="{}">{}</a>'.format, st.sampled_from(["https://e.org/", "x:y"]), WORDS)
LINES = st.lists(INLINE | LINKS, max_size=5).map("".join)
BLOCKS = st.builds("<{0}>{1}</{0}>".format, st.sampled_from("p h2 h3 h4 div".split()), LINES)
LISTS = st.builds(
    "<{0}><li>{1}</li><li>{2}</li></{0}>".format, st.sampled_from(["ul", "ol"]), LINES, LINES
)
TEXTS = st.lists(BLOCKS | LISTS | LINES, max_size=4).map("\n".join)


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Live, with every type of section, and all of them twice in a row of canonical text."""
    other = make_article("other")
    return make_article("every-section", *every_section(other), hero_image=make_image("Hero"))


@pytest.mark.parametrize("kept", ["library_editor", "library_publisher"])
def test_saving_unchanged_keeps_digests_and_ids(
    world: World, client_for: Any, article: ArticlePage, kept: str
) -> None:
    client = client_for(getattr(world, kept))
    before = raw_stream(article.body)

    response = save_form(client, article, open_form(client, article))

    assert response.status_code == 302
    after = _latest_body(article)
    assert [child["type"] for child in after] == [*SECTION_BLOCKS, "slot"]
    assert section_digests(after) == section_digests(before)
    assert _ids(after) == _ids(before)
    assert _rich_texts(after) == _rich_texts(before)


def test_publishing_unchanged_releases_the_same_digests(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)

    save_form(client, article, open_form(client, article), "publish")

    new, old = article.releases.all()
    assert new.digests == old.digests
    assert new.field_digests == old.field_digests


def test_saving_twice_stores_the_same(world: World, client_for: Any, article: ArticlePage) -> None:
    client = client_for(world.library_editor)

    save_form(client, article, open_form(client, article))
    once = _latest_body(article)
    save_form(client, article, open_form(client, article))

    assert _latest_body(article) == once


def test_saving_a_local_version_unchanged_keeps_its_overrides(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    sections = every_section_again(article)
    version = make_local_version(
        article,
        world.hillside,
        override("replace", "question", sections[0]),
        override("hide", "quote"),
        override("insert", "risks", sections[1], position="before"),
        override("fill", "local-note", *sections),
    )
    client = client_for(world.hillside_publisher)
    before = raw_stream(version.overrides)

    response = save_form(client, version, open_form(client, version))

    assert response.status_code == 302
    latest = version.get_latest_revision().content
    assert section_digests(json.loads(latest["overrides"])) == section_digests(before)
    assert _ids(json.loads(latest["overrides"])) == _ids(before)
    assert latest["bases"] == version.bases


@pytest.mark.parametrize("html", SAMPLES)
def test_canonical_text_is_canonical(db: None, html: str) -> None:
    once = canonical(html)

    assert canonical(once) == once


@given(TEXTS)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_canonical_is_idempotent(html: str) -> None:
    once = canonical(html)

    assert canonical(once) == once


def test_text_set_by_code_is_stored_in_canonical_form(world: World) -> None:
    html = "<p>Strong <strong>words</strong></p>\n\n<h3>Then</h3><ul><li><p>One</p></li></ul>"

    article = make_article("a", text("what", "What", html))

    stored = raw_stream(article.body)[0]["value"]["text"]
    assert stored == canonical(stored)
    assert "<b>words</b>" in stored


def test_demo_sections_are_canonical(world: World) -> None:
    rows = _demo_rows()

    for content in read_articles():
        sections = Sections(content["slug"], rows).stream(content["section"])
        article = make_article(content["slug"], *sections, publish=False)

        stored = raw_stream(article.get_latest_revision_as_object().body)
        assert section_digests(stored) == section_digests(sections), content["slug"]
        assert _rich_texts(stored) == _rich_texts(sections), content["slug"]


def every_section_again(linked: ArticlePage) -> list[dict[str, Any]]:
    """A clinic's own sections; their rich text links to the article."""
    return [
        text("own-text", "Ours", RICH % linked.pk),
        {
            "type": "question",
            "id": section_id("own-question"),
            "value": {
                "question": "Where?",
                "answer": RICH % linked.pk,
                "role": "local",
            },
        },
    ]


def _demo_rows() -> dict[str, dict[str, int]]:
    """Stand-ins for the rows that the demo's sections refer to, by key."""
    image, source = make_image().pk, make_source().pk
    page = Page.objects.get(slug="library").pk
    return {
        "images": dict.fromkeys(read("images"), image),
        "sources": dict.fromkeys(read("sources"), source),
        "figures": {slug: make_figure(slug).pk for slug in read("figures")},
        "statements": dict.fromkeys(read("statements"), make_statement().pk),
        "articles": {each["slug"]: page for each in read_articles()},
    }


def _latest_body(article: ArticlePage) -> list[dict[str, Any]]:
    return json.loads(article.get_latest_revision().content["body"])


def _ids(value: Any) -> list[str]:
    """All ids of sections, nested ones too, in order."""
    if isinstance(value, list):
        return [id_ for each in value for id_ in _ids(each)]
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value and "type" in value else []
        return own + [id_ for each in value.values() for id_ in _ids(each)]
    return []


def _rich_texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [html for each in value for html in _rich_texts(each)]
    if isinstance(value, dict):
        return [html for each in value.values() for html in _rich_texts(each)]
    return [value] if isinstance(value, str) and value.startswith("<") else []
