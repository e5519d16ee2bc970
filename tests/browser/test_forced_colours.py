"""Pages in the colours that the system forces on them: what fills said, lines must say (W-07)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Sites
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

# In forced colours every fill turns into the colour of the page: a button needs an edge or a line.
SHAPELESS = """() => [...document.querySelectorAll(
    ".action, .contact-bar-action, button, summary, input, .callout, .cta, .notice, mark")]
  .filter(each => each.checkVisibility())
  .filter(each => {
    const style = getComputedStyle(each);
    const hasEdge = ["Top", "Right", "Bottom", "Left"].some(side =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
    const hasLine = style.textDecorationLine.includes("underline") ||
      style.outlineStyle !== "none";
    const isFilled = style.backgroundColor !== getComputedStyle(document.body).backgroundColor &&
      style.backgroundColor !== "rgba(0, 0, 0, 0)";
    return !hasEdge && !hasLine && !isFilled && !each.querySelector("svg");
  }).map(each => each.outerHTML.slice(0, 120))"""
UNSEEN_ICONS = """() => [...document.querySelectorAll("svg.icon")]
  .filter(each => each.checkVisibility())
  .filter(each => {
    const parent = getComputedStyle(each.parentElement);
    return getComputedStyle(each).stroke === parent.backgroundColor;
  }).map(each => each.parentElement.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
# One clinic stands for all: what makes clinics differ is what the system takes away here.
@pytest.mark.parametrize("site", ["hillside", "hub"])
def test_pages_keep_their_shapes_in_forced_colours(site: str, scheme: str, sites: Sites) -> None:
    screen = {"width": 390, "forced_colors": "active", "color_scheme": scheme}
    found = {
        path: [*page.evaluate(SHAPELESS), *page.evaluate(UNSEEN_ICONS), *violations(page)]
        for path, page in sites.each(site, **screen)
    }

    assert {path: lines for path, lines in found.items() if lines} == {}


def test_lost_shapes_are_seen(sites: Sites) -> None:
    """What the test above relies on."""
    page = sites.open("hillside", "/", forced_colors="active")
    assert page.evaluate(SHAPELESS) == []
    page.evaluate(
        """document.querySelectorAll(".cta").forEach(each => {
             each.style.border = "none"; each.querySelectorAll("svg").forEach(svg => svg.remove());
           })"""
    )

    assert len(page.evaluate(SHAPELESS)) == page.locator(".cta").count() > 0
