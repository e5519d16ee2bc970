"""Pages about mood, trauma and suicide name the 988 Lifeline beside every CTA (B-10)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.crisis import names_the_lifeline
from tests.articles.every_section import section
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


def page(path: str = "/conditions/a/", host: str = "hillside") -> BeautifulSoup:
    return BeautifulSoup(Client(HTTP_HOST=f"{host}.test").get(path).text, "html.parser")


def lifelines(found: BeautifulSoup) -> int:
    calls, texts = (len(found.select(f'a[href="{href}"]')) for href in ("tel:988", "sms:988"))
    assert calls == texts
    return calls


@pytest.mark.parametrize(
    ("about", "words", "is_named"),
    [
        ("Treatment-resistant depression", "", True),
        ("Post-traumatic stress disorder", "", True),
        ("Ketamine for mood", "", True),
        ("Living with PTSD", "", True),
        ("Fibromyalgia", "", False),
        ("A depression in the road is no matter", "", True),
        ("Migraine", "Some people also feel depressed.", False),
        ("Migraine", "Ask for help at once if you think of suicide.", True),
        ("Fibromyalgia", "Moody weather", False),
    ],
)
def test_subject_decides(about: str, words: str, is_named: bool) -> None:
    assert names_the_lifeline([about], words) is is_named


def test_every_call_to_action_of_such_a_page_names_it(world: World) -> None:
    cta = section("cta", "ask", heading="Ask", message="", action="call")
    make_article("a", text("what"), cta, title="Depression")
    make_article("b", text("what"), cta, title="Fibromyalgia")
    found = page()
    assert lifelines(found) == len(found.select(".cta")) + len(found.select(".contact-bar-sheet"))
    assert len(found.select(".cta")) == 2
    assert "988 Suicide & Crisis Lifeline" in found.get_text()
    assert lifelines(page("/conditions/b/")) == 0
    assert lifelines(page("/")) == 0


def test_words_of_the_clinic_decide_at_that_clinic(world: World) -> None:
    article = make_article("a", text("what"), title="Long pain")
    own = text("own", html="<p>Some think of suicide.</p>")
    make_local_version(article, world.harbour, override("replace", "what", own))
    assert lifelines(page(host="hillside")) == 0
    assert lifelines(page(host="harbour")) > 0
