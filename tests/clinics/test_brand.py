"""A brand's colours as an editor types them, and as a signed address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from clinics.brand import Stylesheet, normalise_brand, stylesheet_of, stylesheet_urls
from clinics.clinic import Brand
from clinics.stylesheets import first_css, rest_css
from clinics.theme_css import TYPEFACES
from tests.factories import World


def test_colours_get_one_spelling() -> None:
    assert normalise_brand("0B4F6C", " #F2A541 ") == ("#0b4f6c", "#f2a541")


@pytest.mark.parametrize(
    ("primary", "accent", "fields"),
    [
        ("#ffee00", "#f2a541", {"primary"}),
        ("blue", "#f2a541", {"primary"}),
        ("#0b4f6c", "yellow", {"accent"}),
        ("", "", {"primary", "accent"}),
    ],
)
def test_fault_is_said_of_its_colour(primary: str, accent: str, fields: set[str]) -> None:
    """W-06."""
    with pytest.raises(ValidationError) as caught:
        normalise_brand(primary, accent)

    assert set(caught.value.message_dict) == fields


def test_fault_reaches_the_field_of_the_form(world: World) -> None:
    page = world.harbour
    page.brand_accent = "yellow"

    with pytest.raises(ValidationError) as caught:
        page.full_clean()

    assert set(caught.value.message_dict) == {"brand_accent"}


def test_addresses_give_the_looks_back() -> None:
    brand = Brand("#0b4f6c", "#f2a541", "humanist", "journal")
    names = [url.removeprefix("/styles/").removesuffix(".css") for url in stylesheet_urls(brand)]

    assert [stylesheet_of(name) for name in names] == [
        Stylesheet(first_css(brand), is_current=True),
        Stylesheet(rest_css("journal"), is_current=True),
    ]


@pytest.mark.parametrize(
    "name", ["comic.01234567", "journal", "journal.012345", "journal.01234567\n"]
)
def test_unknown_layout_has_no_stylesheet(name: str) -> None:
    assert stylesheet_of(name) is None


def test_typeface_that_is_gone_has_no_stylesheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed by us once, and asked for by a page that some cache still has."""
    url, _rest = stylesheet_urls(Brand("#0b4f6c", "#f2a541", "humanist"))
    monkeypatch.delitem(TYPEFACES, "humanist")  # type: ignore[arg-type]

    assert stylesheet_of(url.removeprefix("/styles/").removesuffix(".css")) is None
