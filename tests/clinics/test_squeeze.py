"""Squeezed rules say the same."""

from __future__ import annotations

import pytest

from clinics.squeeze import squeezed


@pytest.mark.parametrize(
    ("written", "squeezed_"),
    [
        ("/* why */\n.a {\n  color: red;\n}\n", ".a{color:red}"),
        (".a > .b, .c { margin: 0 auto }", ".a>.b,.c{margin:0 auto}"),
        (".a :hover { width: calc(1px + 2px) }", ".a :hover{width:calc(1px + 2px)}"),
        (
            "@media (min-width: 2rem) { :root { --a: 1; } }",
            "@media (min-width: 2rem){:root{--a:1}}",
        ),
        ('.a::after { content: "/" / ""; }', '.a::after{content:"/" / ""}'),
        (
            "@supports selector(::a) { .b { & .c { top: 0; } } }",
            "@supports selector(::a){.b{& .c{top:0}}}",
        ),
    ],
)
def test_spaces_and_comments_go(written: str, squeezed_: str) -> None:
    assert squeezed(written) == squeezed_
