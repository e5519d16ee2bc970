"""Squeezed rules say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from clinics.squeeze import squeezed, squeezed_page
from tests.factories import World


@pytest.mark.parametrize(
    ("written", "squeezed_"),
    [
        ("/* why */\n.a {\n  color: red;\n}\n", ".a{color:red}"),
        (".a > .b, .c { margin: 0 auto }", ".a>.b,.c{margin:0 auto}"),
        (".a :hover { width: calc(1px + 2px) }", ".a :hover{width:calc(1px + 2px)}"),
        (
            "@media (min-width: 2rem) { :root { --a: 1; } }",
            "@media (min-width:2rem){:root{--a:1}}",
        ),
        (".a { margin: 0.5em -0.5em 10.5em }", ".a{margin:.5em -0.5em 10.5em}"),
        ('.a::after { content: "/" / ""; }', '.a::after{content:"/" / ""}'),
        (
            "@supports selector(::a) { .b { & .c { top: 0; } } }",
            "@supports selector(::a){.b{& .c{top:0}}}",
        ),
    ],
)
def test_spaces_and_comments_go(written: str, squeezed_: str) -> None:
    assert squeezed(written) == squeezed_


def test_indents_and_empty_lines_of_a_page_go() -> None:
    assert squeezed_page(b"\n\n<p>\n  One<br/><b>word</b>\n\n  more\n</p>\n") == (
        b"<p>\nOne<br><b>word</b>\nmore\n</p>"
    )


@pytest.mark.parametrize("tag", ["pre", "textarea"])
def test_spaces_that_are_read_stay(tag: str) -> None:
    html = f"<{tag} class='a'>\n  one\n\n  two</{tag}>".encode()

    assert squeezed_page(html) == html


def test_page_for_a_client_that_takes_no_compression_says_its_length(
    world: World, site_client: Callable[[Page], Client]
) -> None:
    response = site_client(world.hillside).get("/")

    assert not response.has_header("Content-Encoding")
    assert response["Content-Length"] == str(len(response.content))
