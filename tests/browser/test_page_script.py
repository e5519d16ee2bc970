"""The one script of public pages: a tap is told to the clinic, an address is copied."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Sites

pytestmark = pytest.mark.browser

ARTICLE = "/conditions/shingles/"
STAY = "document.addEventListener('click', event => event.preventDefault())"


def tapped(page: Page) -> list[Request]:
    """What a tap on every button in sight sends."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.evaluate(STAY)
    for link in page.locator("a[data-tap]:visible").all():
        link.click()
    page.wait_for_timeout(200)
    return sent


def test_tap_is_counted_by_action_block_and_page(sites: Sites) -> None:
    """P-04: nothing about whoever taps."""
    page = sites.open("hillside", ARTICLE, 390, 844)

    sent = tapped(page)

    assert {request.url for request in sent} == {sites.url("hillside", "/-/tap")}
    told = [parse_qs(request.post_data) for request in sent]
    assert {tuple(each) for each in told} == {("action", "block", "path")}
    assert {each["path"][0] for each in told} == {ARTICLE}
    assert {"bar", "panel"} <= {each["block"][0] for each in told}


def test_nobody_is_told_on_the_hub_or_of_who_asks_not_to_be_counted(sites: Sites) -> None:
    page = sites.open("hub", "/", 390, 844)
    assert page.locator("a[data-tap]:visible").count() > 0
    assert tapped(page) == []

    page = sites.open("hillside", "/nowhere/", 390, 844)
    page.context.add_init_script("navigator.__defineGetter__('globalPrivacyControl', () => true)")
    page.goto(sites.url("hillside", ARTICLE))
    assert tapped(page) == []


def test_address_of_an_article_is_copied(sites: Sites) -> None:
    """I-07. The clipboard is for pages that came over TLS, so a stand-in takes the address here."""
    page = sites.open("hillside", "/nowhere/", 390, 844)
    page.context.add_init_script(
        """window.copied = [];
           Object.defineProperty(navigator, "clipboard", {
             value: {writeText: async text => window.copied.push(text)}});"""
    )
    page.goto(sites.url("hillside", ARTICLE))
    page.locator(".share-toggle").click()
    assert page.locator("[data-share=native]").is_hidden()

    page.locator("[data-share=copy]").click()

    assert page.evaluate("window.copied") == [page.locator(".share-url").input_value()]
    assert page.locator(".share [role=status]").inner_text() == "The link is copied."
