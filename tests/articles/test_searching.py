"""A clinic's search finds what its patients read, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.models import ReleaseText
from articles.searching import search
from clinics.models import ClinicPage
from clinics.resolve import clinic_of, root_page
from tests.articles.factories import (
    change_article,
    figures,
    make_article,
    make_figure,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World


def urls(home: Any, query: str) -> list[str]:
    return [each.url for each in search(query, clinic_of(root_page(home.pk))).results]


def test_text_of_a_shared_article_is_found_at_every_clinic(world: World) -> None:
    make_article("a", text("what", html="<p>It may tingle at night.</p>"))
    for home in (world.hillside, world.harbour, world.hub):
        assert urls(home, "tingling") == []
        assert urls(home, "tingle night") == ["/conditions/a/"]


def test_local_text_wins(world: World) -> None:
    article = make_article("a", text("what", html="<p>Shared zinnia.</p>"), text("care"))
    own = text("own", html="<p>Ours is a marigold.</p>")
    make_local_version(article, world.harbour, override("replace", "what", own))
    assert urls(world.hillside, "zinnia") == ["/conditions/a/"]
    assert urls(world.hillside, "marigold") == []
    assert urls(world.harbour, "zinnia") == []
    assert urls(world.harbour, "marigold") == ["/conditions/a/"]


def test_local_title_is_found_and_shown(world: World) -> None:
    article = make_article("a", title="Neuralgia")
    make_local_version(article, world.harbour, title_override="Nerve trouble")
    (result,) = search("trouble", clinic_of(root_page(world.harbour.pk))).results
    assert result.title == "Nerve trouble"
    assert urls(world.harbour, "neuralgia") == []


def test_what_is_hidden_or_a_draft_is_not_found(world: World) -> None:
    article = make_article(
        "a", text("what", html="<p>zinnia</p>"), text("more", html="<p>aster</p>")
    )
    make_local_version(article, world.harbour, override("hide", "what"))
    make_article("draft", text("what", html="<p>zinnia</p>"), publish=False)
    assert urls(world.harbour, "zinnia") == []
    assert urls(world.harbour, "aster") == ["/conditions/a/"]
    hidden = make_article("b", text("what", html="<p>dahlia</p>"))
    make_local_version(hidden, world.harbour, hides_article=True)
    assert urls(world.harbour, "dahlia") == []
    assert urls(world.hillside, "dahlia") == ["/conditions/b/"]


def test_clinic_that_holds_an_update_finds_what_it_shows(world: World) -> None:
    article = make_article("a", text("what", html="<p>Older zinnia.</p>"))
    facts = world.harbour.facts
    facts.review_first, facts.library_as_of = True, article.releases.first().number
    facts.save()
    change_article(article, [text("what", html="<p>Newer marigold.</p>")])
    assert urls(world.harbour, "zinnia") == ["/conditions/a/"]
    assert urls(world.harbour, "marigold") == []
    assert urls(world.hillside, "zinnia") == []
    assert urls(world.hillside, "marigold") == ["/conditions/a/"]


def test_section_for_clinics_is_not_found_at_the_hub(world: World) -> None:
    make_article("a", text("what", html="<p>zinnia</p>", clinics_only=True), text("care"))
    assert urls(world.hub, "zinnia") == []
    assert urls(world.hillside, "zinnia") == ["/conditions/a/"]


def test_value_of_a_token_is_found_and_its_name_is_not(world: World) -> None:
    make_article("a", text("what", html="<p>We are {{ clinic.name }}.</p>"))
    assert "/conditions/a/" in urls(world.hillside, "hillside")
    assert "/conditions/a/" not in urls(world.harbour, "hillside")
    assert "{{" not in str(search("hillside", clinic_of(root_page(world.hillside.pk))))


def test_words_of_a_kept_figure_are_found_chosen_or_named(world: World) -> None:
    """T-08."""
    figure = make_figure(text="about 4 million zebras", name="Zebras in the country")
    make_article("a", text("what", html="<p>Here {{ figure.adults }}.</p>"))
    make_article("b", figures({"kept": figure.pk}))
    assert sorted(urls(world.hillside, "zebras")) == ["/conditions/a/", "/conditions/b/"]
    assert urls(world.hillside, "zebras country") == ["/conditions/b/"]
    for result in search("zebras", clinic_of(root_page(world.hillside.pk))).results:
        assert "about 4 million zebras" in "".join(piece.text for piece in result.excerpt)


def test_own_articles_locations_and_pages_are_found_at_their_clinic_only(world: World) -> None:
    make_own_article(world.hillside, "parking", text("where", html="<p>Behind the zinnia.</p>"))
    assert urls(world.hillside, "zinnia") == ["/conditions/parking/"]
    assert urls(world.harbour, "zinnia") == []
    assert "/locations/plano/" in urls(world.hillside, "frisco")
    assert urls(world.harbour, "frisco") == []
    assert "/privacy/" in urls(world.hillside, "privacy")


def test_articles_about_a_service_that_the_clinic_lacks_are_not_found(world: World) -> None:
    article = make_article("blocks", text("what", html="<p>zinnia</p>"))
    article.services.set(
        [s for s in world.hillside.facts.services.all() if s.slug == "nerve-blocks"]
    )
    article.save_revision().publish()
    assert urls(world.hillside, "zinnia") == ["/conditions/blocks/"]
    assert urls(world.harbour, "zinnia") == []


def test_title_comes_first_and_a_mistyped_word_is_understood(world: World) -> None:
    make_article("a", text("what", html="<p>Like fibromyalgia.</p>"), title="Migraine")
    make_article("b", title="Fibromyalgia")
    assert urls(world.hillside, "fibromyalgia") == ["/conditions/b/", "/conditions/a/"]
    found = search("fybromyalgia", clinic_of(root_page(world.hillside.pk)))
    assert found.instead == "fibromyalgia"
    assert [each.url for each in found.results] == ["/conditions/b/", "/conditions/a/"]


def test_queries_do_not_grow(world: World, django_assert_max_num_queries: Any) -> None:
    def ask() -> int:
        with django_assert_max_num_queries(60) as asked:
            search("words", clinic_of(root_page(world.harbour.pk)))
        return len(asked)

    for number in range(3):
        article = make_article(f"a{number}")
        make_local_version(article, world.harbour, override("hide", "what"))
        make_article(f"b{number}")
    few = ask()
    for number in range(3, 12):
        article = make_article(f"a{number}")
        make_local_version(article, world.harbour, override("hide", "what"))
        make_article(f"b{number}")
    assert ask() == few


def test_each_release_has_its_words_for_clinics_and_hub(world: World) -> None:
    article = make_article("a", text("what", clinics_only=True), text("care"))
    texts = ReleaseText.objects.filter(release__article=article)
    assert {row.is_hub: row.words for row in texts} == {
        False: "Shared words of what.\nShared words of care.",
        True: "Shared words of care.",
    }


@pytest.mark.parametrize("query", ["", "zzzz", "fibro", "<b>", "\0", "x" * 500, "' OR 1=1 --"])
def test_page_answers_anything(world: World, query: str) -> None:
    make_article()
    response = Client(HTTP_HOST="hillside.test").get("/search/", {"q": query})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    page = BeautifulSoup(response.text, "html.parser")
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, follow"
    assert page.find("link", rel="canonical")["href"] == "http://hillside.test/search/"
    assert "<b>" not in response.text
    assert not response.cookies


def test_what_was_found_is_marked_and_counted(world: World) -> None:
    make_article("a", text("what", html="<p>A zinnia & more.</p>"), title="Flowers")
    page = BeautifulSoup(
        Client(HTTP_HOST="hillside.test").get("/search/?q=zinnias").text, "html.parser"
    )
    assert page.find("mark").get_text() == "zinnia"
    assert "1 page about zinnias" in " ".join(page.find(role="status").get_text(" ").split())


def test_clinic_that_is_not_live_has_no_search(world: World) -> None:
    ClinicPage.objects.filter(pk=world.harbour.pk).update(live=False)
    assert Client(HTTP_HOST="harbour.test").get("/search/?q=a").status_code == 404
