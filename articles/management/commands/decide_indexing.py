"""Decides which copies of shared articles search engines may list. Run it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import ArticlePage
from articles.own_copies import decide_copies


class Command(BaseCommand):
    help = "Compares the clinics' copies of shared articles and decides which may be listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="Only these articles.")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = ArticlePage.objects.live().order_by("path")
        if options["slugs"]:
            articles = articles.filter(slug__in=options["slugs"])
            missing = sorted(set(options["slugs"]) - {article.slug for article in articles})
            if missing:
                raise CommandError(f"No live article: {', '.join(missing)}")
        decisions = [each for article in articles for each in decide_copies(article)]
        own = sum(decision.is_own for decision in decisions)
        self.stdout.write(f"{len(decisions)} local versions compared, {own} with words enough.")
