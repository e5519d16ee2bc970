"""Fingers hit what they aim at, by the boxes as they are drawn (WCAG 2.5.8, B-07).

axe lets a target of 22 by 14 pixels pass when it stands alone, so the boxes are measured here.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

# Links within a sentence are as high as its lines (the exception "Inline" of WCAG 2.5.8).
TARGETS = """() => {
  const said = new Set(["P", "SPAN", "LI", "DD", "SUP", "FIGCAPTION", "STRONG", "EM", "TIME"]);
  const isInline = each => getComputedStyle(each).display === "inline" &&
    said.has(each.parentElement.tagName) &&
    each.parentElement.textContent.trim().length > each.textContent.trim().length + 1;
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .filter(each => !each.matches(".skip-link, [type=hidden]") && !isInline(each))
    .map(each => {
      // A card is hit all over where its link is stretched across it.
      const isStretched = getComputedStyle(each, "::after").position === "absolute";
      const box = (isStretched ? each.offsetParent : each).getBoundingClientRect();
      return {
        name: each.outerHTML.slice(0, 100),
        width: box.width, height: box.height, left: box.left, top: box.top + scrollY,
        isCall: each.matches(".action, .contact-bar-action"),
        liesAlone: !isStretched && !each.closest(".contact-bar"),
      };
    });
}"""


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """True where both are drawn; edges may touch by less than a pixel."""
    return all(
        min(one[start] + one[size], other[start] + other[size]) - max(one[start], other[start]) > 1
        for start, size in (("left", "width"), ("top", "height"))
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("site", SITES)
def test_targets_are_large_enough_and_apart(site: str, width: int, sites: Sites) -> None:
    """24 by 24 pixels for everything, 44 for what calls, texts or books."""
    small: dict[str, list[str]] = {}
    for path, page in sites.each(site, width=width, height=800):
        free = [target for target in page.evaluate(TARGETS) if target["liesAlone"]]
        # What opens lies above the page, so only its sizes are looked at.
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        targets = page.evaluate(TARGETS)
        assert len(targets) > 9, path
        found = [
            f"{target['name']} {target['width']:.0f} x {target['height']:.0f}"
            for target in targets
            if min(target["width"], target["height"]) < (44 if target["isCall"] else 24) - 0.01
        ]
        found += [
            f"{one['name']} under {other['name']}"
            for number, one in enumerate(free)
            for other in free[number + 1 :]
            if overlap(one, other)
        ]
        if found:
            small[path] = found

    assert small == {}


def test_small_target_is_seen(sites: Sites) -> None:
    """What the test above relies on."""
    page = sites.open("hillside", "/", 390)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"/x/\">x</a>')"
    )

    added = [each for each in page.evaluate(TARGETS) if "/x/" in each["name"]]

    assert [each["height"] < 24 for each in added] == [True]
