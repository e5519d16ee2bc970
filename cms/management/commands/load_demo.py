"""Loads the demo and prints where it is: `manage.py load_demo`. Safe to run again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Site

from cms.demo.accounts import ACCOUNTS, make_accounts
from cms.demo.load import load_demo


class Command(BaseCommand):
    help = "Loads the demo: a hub, three clinics, a starting library and an account for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bare", action="store_true", help="Hub and clinics only, no articles and pictures."
        )

    def handle(self, *args: Any, bare: bool, **options: Any) -> None:
        load_demo(lambda step: self.stdout.write(f"  {step}"), bare=bare)
        passwords = make_accounts(settings.VAR_DIR / "demo_accounts.json")
        self.stdout.write("\nSites")
        for site in Site.objects.order_by("pk"):
            self.stdout.write(f"  {site.root_url:<40} {site.site_name}")
        self.stdout.write(f"\nAdmin\n  {settings.WAGTAILADMIN_BASE_URL}/admin/")
        self.stdout.write("\nAccounts (user name, password)")
        for account in ACCOUNTS:
            line = f"  {account.username:<14} {passwords[account.username]:<16} {account.note}"
            self.stdout.write(line)
