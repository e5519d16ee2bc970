"""What a phone has to fetch for a page (P15), by an article like the one of the yardstick."""

from __future__ import annotations

import gzip
import re
from typing import Any

import brotli
import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

from clinics.models import ClinicPage
from cms.demo.content_files import read_articles
from tests.articles.every_section import make_image, section
from tests.articles.factories import make_article, text
from tests.factories import World

WORDS, HEADINGS = 1_026, 5
KILOBYTE = 1024


def _paragraphs() -> list[str]:
    """Sentences of the demo's articles: made-up words would be compressed better or worse."""
    found: list[str] = []
    for article in read_articles():
        for each in article["section"]:
            found += re.findall(r"<p>(.*?)</p>", str(each.get("text", "")))
    plain = (re.sub(r"<[^>]+>|\{\{[^}]+\}\}", "", paragraph) for paragraph in found)
    # What says 911, or tells of a study, has to stand in a section of its kind.
    return [each for each in plain if not re.search(r"911|988|trial|review|study|studies", each)]


@pytest.fixture
def article(world: World) -> str:
    """1,026 words, 5 headings, 2 pictures and a call to action, on a clinic with logo and brand."""
    words = " ".join(_paragraphs()).split()[:WORDS]
    assert len(words) == WORDS
    share = WORDS // HEADINGS + 1
    parts = [" ".join(words[at : at + share]) for at in range(0, WORDS, share)]
    sections = [text(f"part-{number}", f"Part {number}", f"<p>{part}</p>")
                for number, part in enumerate(parts)]  # fmt: skip
    picture = section("image", "picture", image=make_image("Room").pk, alt="", decorative=True)
    call = section("cta", "cta", action="call_text", heading="Ask us", message="Any question.")
    make_article("pain", *sections, picture, call, title="Pain", hero_image=make_image("Pain"))
    ClinicPage.objects.filter(pk=world.hillside.pk).update(logo=make_image("Logo"))
    return "/conditions/pain/"


def _asked(path: str, encoding: str) -> Any:
    return Client(HTTP_HOST="hillside.test", headers={"accept-encoding": encoding}).get(path)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_article_is_small_on_the_wire(article: str, encoding: str) -> None:
    """HTML and styles 8 KB each, scripts 2 KB, six requests in all; the first stylesheet is half of
    the styles (clinics/stylesheets.py says why they are two). No browser of today asks for gzip
    alone: it packs styles a tenth worse."""
    page = _asked(article, encoding)
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    tree = BeautifulSoup(unpack(page.content), "html.parser")
    styles = [link["href"] for link in tree.find_all("link", rel="stylesheet")]
    scripts = [script["src"] for script in tree.find_all("script", src=True)]

    assert page["Content-Encoding"] == encoding
    assert len(page.content) <= 8 * KILOBYTE
    sizes = [len(_asked(url, encoding).content) for url in styles]
    assert len(styles) == 2
    assert sum(sizes) <= (8 if encoding == "br" else 9) * KILOBYTE
    assert sizes[0] < 4 * KILOBYTE
    assert 0 < sum(map(_script_size, scripts)) <= 2 * KILOBYTE
    assert len([article, *styles, *scripts]) <= 6
    assert len(tree.find_all("link", rel="preload")) <= 2
    assert tree.find_all("style") == []


def _script_size(address: str) -> int:
    file = finders.find(address.removeprefix("/static/"))
    assert file is not None
    with open(str(file), "rb") as content:
        return len(gzip.compress(content.read(), 6))
