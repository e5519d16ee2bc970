from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinics.management.commands.join_styles import STYLES, joined_styles


def _folder(path: Path, **styles: str) -> Path:
    for name, text in styles.items():
        (path / f"{name}.css").write_text(text)
    (path / "manifest.txt").write_text("".join(f"{name}.css\n" for name in styles))
    return path


def test_joined_styles_follow_the_order_of_the_manifest(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path, tokens="/* why */\n:root { --a: 1; }\n", cta=".cta {\n  color: red;\n}"
    )

    styles = joined_styles(folder)

    assert styles == (
        "/* Made by manage.py join_styles: edit the components. */\n:root{--a:1}\n.cta{color:red}\n"
    )


def test_joined_styles_refuse_a_stylesheet_that_the_manifest_forgets(tmp_path: Path) -> None:
    folder = _folder(tmp_path, tokens="")
    (folder / "stray.css").write_text("")

    with pytest.raises(CommandError, match=r"stray\.css"):
        joined_styles(folder)


def test_site_css_is_what_the_components_say() -> None:
    call_command("join_styles", "--check")


def test_site_css_stays_within_its_share_of_the_wire() -> None:
    """P15: 8 KB for site.css and a theme (about half a kilobyte) together."""
    assert len(gzip.compress((STYLES / "site.css").read_bytes(), 9)) <= 7_500


def test_only_tokens_hold_colours() -> None:
    coloured = {
        path.name
        for path in STYLES.glob("*.css")
        if re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
    }

    assert coloured == {"tokens.css", "site.css"}
