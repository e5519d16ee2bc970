"""Every change of a model has its migration, and a migration says what it does."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from tests.contracts.source import APPS, ROOT


@pytest.mark.django_db
def test_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_for_what_they_do():
    names = [path.stem for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]

    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name)] == []
    assert [name for name in names if "_auto" in name] == []
