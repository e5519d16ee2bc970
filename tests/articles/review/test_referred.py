"""Words that a text shows by reference belong to its review (T-04, T-08)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.digest import field_digest, section_digest
from articles.models import ArticlePage
from articles.review.changed import changed_since_review
from articles.review.pages import state_of
from articles.review.states import PageState, TextState
from articles.review.texts import clinical_texts
from articles.stream import raw_stream
from clinics.models import Statement
from tests.articles.factories import (
    approve,
    figures,
    make_article,
    make_figure,
    make_local_version,
    make_reviewed_article,
    override,
    section_id,
    slot,
    text,
)
from tests.factories import World

type SignIn = Callable[[Any], Client]

COUNT = text("count", "How many", "<p>Here {{ figure.adults }} at {{ clinic.name }}.</p>")


def statement(pk: int) -> dict[str, Any]:
    value = {"statement": pk, "role": "clinical"}
    return {"type": "statement", "id": section_id("label"), "value": value}


def make_statement() -> Statement:
    return Statement.objects.create(slug="label", title="Label", text="<p>Not approved.</p>")


def test_texts_that_refer_to_nothing_keep_their_digests(world: World) -> None:
    """Reviews from before hold: the digest is that of the stored section alone."""
    article = make_article("a", text("what", "What", "<p>At {{ clinic.name }}</p>"), slot("dose"))

    digests = {each.key: each.digest for each in clinical_texts(article)}

    stored = raw_stream(article.body)[0]
    assert digests == {
        "title": field_digest("A"),
        "summary": field_digest(""),
        stored["id"]: section_digest(stored["type"], stored["value"]),
    }


@pytest.mark.parametrize("way", ["text", "section", "name", "title", "statement", "in a slot"])
def test_another_wording_changes_exactly_the_text_that_shows_it(world: World, way: str) -> None:
    figure, label = make_figure(), make_statement()
    slotted = slot("dose", COUNT)
    slotted["value"]["role"] = "clinical"
    shown: dict[str, tuple[dict[str, Any], str]] = {
        "text": (COUNT, section_id("count")),
        "section": (figures({"kept": figure.pk}), section_id("figures")),
        "name": (text("n", "N", "<p>{{ figure.adults.name }}</p>"), section_id("n")),
        "title": (text("n", "N"), "title"),
        "statement": (statement(label.pk), section_id("label")),
        "in a slot": (slotted, section_id("dose")),
    }
    section, key = shown[way]
    title = "{{ figure.adults }}" if way == "title" else "A"
    article = make_article("a", text("what", "What"), section, title=title)
    before = {each.key: each for each in clinical_texts(article)}

    figure.text, figure.name = "some 5 million adults", "Grown-ups"
    figure.save()
    label.text = "<p>Not approved for this.</p>"
    label.save()
    after = {each.key: each for each in clinical_texts(ArticlePage.objects.get(pk=article.pk))}

    assert [each for each in before if before[each].digest != after[each].digest] == [key]
    assert before[key].words != after[key].words
    assert "{{ figure" not in before[key].words


def test_what_is_referred_to_is_read_in_two_queries(
    world: World, django_assert_num_queries: Any
) -> None:
    for slug in ("adults", "b"):
        make_figure(slug)
    more = [text(f"t{n}", "T", "<p>{{ figure.adults }} {{ figure.b }}</p>") for n in range(5)]
    article = make_article("a", *more, statement(make_statement().pk))
    clinical_texts(article)
    with django_assert_num_queries(2):
        assert len(clinical_texts(article)) == 8


def test_a_changed_figure_is_a_change_since_the_review_where_it_is_shown(
    world: World, reviewer: Any, client_for: SignIn
) -> None:
    figure = make_figure()
    shows = make_reviewed_article(reviewer, "shows", text("what", "What"), COUNT)
    plain = make_reviewed_article(reviewer, "plain")
    own = override("replace", "what", text("own", "Ours", "<p>{{ figure.adults }}</p>"))
    here = make_local_version(plain, world.hillside, own, publish=False)
    other = make_local_version(plain, world.harbour, override("hide", "care"), publish=False)
    for version in (here, other):
        approve(version, reviewer)
        version.get_latest_revision().publish()
    pages = [shows.pk, plain.pk, here.pk, other.pk]
    assert changed_since_review(pages) == frozenset()

    figure.text = "some 5 million adults"
    figure.save()

    assert changed_since_review(pages) == {shows.pk, here.pk}
    state = state_of(ArticlePage.objects.get(pk=shows.pk))
    assert state.page is PageState.DRAFT
    assert [key for key, each in state.texts.items() if each is TextState.CHANGED] == [
        section_id("count")
    ]
    assert state_of(ArticlePage.objects.get(pk=plain.pk)).is_approved
    report = client_for(world.library_publisher).get(reverse("articles_report_reviews"))
    lines = report.context["page_obj"].object_list
    changed = [row.line.page.pk for row in lines if row.state == "Changed since the review"]
    assert changed == [shows.pk, here.pk]
    assert report.text.count("Changed since the review") == 2


def test_back_to_the_reviewed_words_is_no_change(world: World, reviewer: Any) -> None:
    figure = make_figure()
    article = make_reviewed_article(reviewer, "shows", COUNT)
    for words in ("some 5 million adults", "about 4 million adults"):
        figure.text = words
        figure.save()
    assert changed_since_review([article.pk]) == frozenset()


@pytest.mark.parametrize("count", [1, 4])
def test_more_pages_ask_no_more(
    world: World, reviewer: Any, count: int, django_assert_num_queries: Any
) -> None:
    make_figure()
    label = statement(make_statement().pk)
    pages = [make_reviewed_article(reviewer, f"a{n}", COUNT, label).pk for n in range(count)]
    with django_assert_num_queries(6):
        changed_since_review(pages)
