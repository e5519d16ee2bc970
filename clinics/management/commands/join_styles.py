"""The component stylesheets named in manifest.txt in; `site.css`, the one that pages ask for, out.

`site.css` is kept beside them, so nothing has to be built to run the site; `--check` tells whether
it is what the components say. It must never be edited by hand. Their comments and white space stay
behind: they are a fifth of what a phone would have to fetch.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinics.stylesheets import squeezed

STYLES = Path(__file__).resolve().parents[2] / "static" / "clinics" / "css"


def joined_styles(folder: Path) -> str:
    """A missing file is a CommandError, and so is a stylesheet that the manifest forgets."""
    names = (folder / "manifest.txt").read_text().split()
    present = {path.name for path in folder.glob("*.css")} - {"site.css"}
    if set(names) != present:
        odd = ", ".join(sorted(set(names) ^ present))
        raise CommandError(f"manifest.txt and the stylesheets beside it differ: {odd}")
    parts = [f"{squeezed((folder / name).read_text())}\n" for name in names]
    return "/* Made by manage.py join_styles: edit the components. */\n" + "".join(parts)


class Command(BaseCommand):
    help = "Joins the component stylesheets into site.css."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; exit 1 when site.css is out of date.",
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        site, styles = STYLES / "site.css", joined_styles(STYLES)
        if site.exists() and site.read_text() == styles:
            self.stdout.write("site.css is up to date.")
        elif check:
            raise CommandError("site.css is out of date: run manage.py join_styles.", returncode=1)
        else:
            site.write_text(styles)
            self.stdout.write(f"site.css written, {len(styles)} characters.")
