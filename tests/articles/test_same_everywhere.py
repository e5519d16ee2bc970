"""HTML, JSON-LD, lists, feed, search and sitemap read the same effective article (row 102)."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client

from clinics.choices import IndexPolicy
from clinics.models import ClinicFacts
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    text,
)
from tests.clinics.test_structured_data import graph, node
from tests.factories import World

PATH = "/conditions/a/"


def seen(host: str) -> dict[str, Any]:
    """Title and summary of the article as each way of reading a site has them."""
    client = Client(HTTP_HOST=f"{host}.test")
    html = client.get(PATH).text
    page = BeautifulSoup(html, "html.parser")
    card = BeautifulSoup(client.get("/conditions/").text, "html.parser")
    card = card.find("a", href=PATH).find_parent("li")
    result = BeautifulSoup(client.get("/search/?q=marker").text, "html.parser")
    (entry,) = re.findall(r"<entry>.*?</entry>", client.get("/feed.xml").text, re.DOTALL)
    data = node(graph(html), "#webpage")
    return {
        "page": (page.h1.get_text(), page.select_one(".page-intro").get_text()),
        "data": (data["name"], data["description"]),
        "list": (card.find("a").get_text(), card.select_one(".teaser-summary").get_text()),
        "home": tuple(
            each.get_text()
            for each in BeautifulSoup(client.get("/").text, "html.parser")
            .find("a", href=PATH)
            .find_parent("li")
            .select(".teaser-link, .teaser-summary")
        ),
        "feed": (
            unescape(re.search(r"<title>(.*?)</title>", entry)[1]),
            unescape(re.search(r"<summary[^>]*>(.*?)</summary>", entry)[1]),
        ),
        "search": (
            result.find("a", href=PATH).get_text(),
            result.select_one(".search-excerpt").get_text().partition(".")[0] + ".",
        ),
        "shared": (
            page.find("meta", property="og:title")["content"].partition(" | ")[0],
            page.find("meta", property="og:description")["content"],
        ),
    }


def dates(host: str) -> set[str]:
    client = Client(HTTP_HOST=f"{host}.test")
    html = client.get(PATH).text
    (entry,) = re.findall(r"<entry>.*?</entry>", client.get("/feed.xml").text, re.DOTALL)
    (listed,) = re.findall(rf"{PATH}</loc><lastmod>(.*?)<", client.get("/sitemap.xml").text)
    return {
        node(graph(html), "#webpage")["dateModified"],
        re.search(r"<updated>(.*?)</updated>", entry)[1][:10],
        listed[:10],
    }


@pytest.fixture
def article(world: World) -> Any:
    ClinicFacts.objects.update(index_policy=IndexPolicy.OWN)
    return make_article(
        "a",
        text("what", html="<p>Marker of the library.</p>"),
        title="Shared title at {{ clinic.city }}",
        summary="Shared summary of {{ clinic.name }}.",
    )


def expect(host: str, title: str, summary: str) -> None:
    assert seen(host) == dict.fromkeys(seen(host), (title, summary))
    assert len(dates(host)) == 1


def test_follower_reads_the_shared_article_everywhere(world: World, article: Any) -> None:
    expect("hillside", "Shared title at Dallas", "Shared summary of Hillside Pain Clinic.")
    expect("harbour", "Shared title at Delray Beach", "Shared summary of Harbour Infusion Center.")


def test_local_version_is_read_everywhere(world: World, article: Any) -> None:
    own = text("own", html="<p>Marker of ours.</p>")
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", own),
        title_override="Ours & only ours",
        summary_override="Our own summary.",
    )
    expect("harbour", "Ours & only ours", "Our own summary.")
    expect("hillside", "Shared title at Dallas", "Shared summary of Hillside Pain Clinic.")


def test_held_release_is_read_everywhere(world: World, article: Any) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(
        review_first=True, library_as_of=article.releases.first().number
    )
    change_article(article, title="Newer title", summary="Newer summary.")
    expect("harbour", "Shared title at Delray Beach", "Shared summary of Harbour Infusion Center.")
    expect("hillside", "Newer title", "Newer summary.")


def test_hidden_article_is_read_nowhere(world: World, article: Any) -> None:
    make_local_version(article, world.harbour, hides_article=True)
    call_command("decide_indexing", verbosity=0)
    client = Client(HTTP_HOST="harbour.test")
    assert client.get(PATH).status_code == 404
    for path in ("/", "/conditions/", "/feed.xml", "/sitemap.xml", "/search/?q=marker"):
        assert PATH not in client.get(path).text, path


def test_page_is_shared_without_anybody_else(world: World, article: Any) -> None:
    """I-07 and P-05: by its own address, which leaves the page only by the reader's own hand."""
    page = BeautifulSoup(Client(HTTP_HOST="hillside.test").get(PATH).text, "html.parser")
    share = page.select_one("details.share")
    assert share.select_one(".share-url")["value"] == f"http://hillside.test{PATH}"
    assert all(button.has_attr("hidden") for button in share.find_all("button"))
    assert share.find("a") is None
