"""Fills a database to measure with: `manage.py make_world --clinics N --articles M`.

Rows are written past the gate of a publish: nobody has reviewed the texts or checked their claims.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.world.make import World, WorldExistsError, make_world


class Command(BaseCommand):
    help = "Makes many invented clinics and articles at once, to measure and to try things out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinics", type=int, required=True, metavar="N")
        parser.add_argument("--articles", type=int, required=True, metavar="M")
        parser.add_argument(
            "--overrides-per-clinic",
            type=int,
            default=0,
            metavar="K",
            help="local versions of each clinic, with an override each",
        )
        parser.add_argument("--domain", default="localhost", help="what every host ends with")
        parser.add_argument("--no-pictures", action="store_true", help="articles without pictures")
        parser.add_argument(
            "--index", action="store_true", help="also fill the indexes of search and references"
        )
        parser.add_argument("--add", action="store_true", help="where there are clinics already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clinics"] < 0 or options["articles"] < 0:
            raise CommandError("Numbers of clinics and articles are 0 or more.")
        world = World(
            clinics=options["clinics"],
            articles=options["articles"],
            versions=options["overrides_per_clinic"],
            domain=options["domain"],
            pictures=not options["no_pictures"],
            searchable=options["index"],
            add=options["add"],
        )
        try:
            make_world(world, self.stdout.write)
        except WorldExistsError as error:
            raise CommandError(str(error)) from error
