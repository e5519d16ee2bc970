"""Worlds to measure in: a number of clinics in, the environment of a database with them out.

On PostgreSQL each world is a database of its own on the server of DATABASE_URL. All are gone with
the folder, or with the server.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.tls_site import ROOT

ARTICLES, VERSIONS = 12, 2
# An article that the first clinic reads as everybody does.
HOST, PATH = "clinic-00001.localhost", "/articles/world-article-00005/"
SECRET = "only-for-measuring-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH"  # noqa: S105


@dataclass(frozen=True)
class MadeWorld:
    """`environment` is that of production; `seconds` is how long it took to make."""

    clinics: int
    environment: dict[str, str]
    seconds: float


def make_world(folder: Path, clinics: int) -> MadeWorld:
    """A database with so many clinics; articles, pictures and static files are made only once."""
    base = folder / "base"
    if not base.exists():
        base.mkdir(parents=True)
        environment = _environment(base, _new_database("base", base))
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "make_world", "--clinics=0", f"--articles={ARTICLES}")
        manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    home = folder / f"world-{clinics}"
    home.mkdir()
    for name in ("media", "static"):
        (home / name).symlink_to(base / name)
    environment = _environment(home, _copy_of_base(folder, home, f"world_{clinics}"))
    started = time.perf_counter()
    manage(environment, "make_world", f"--clinics={clinics}", f"--articles={ARTICLES}",
           f"--overrides-per-clinic={VERSIONS}")  # fmt: skip
    return MadeWorld(clinics, environment, round(time.perf_counter() - started, 1))


def make_library(folder: Path, articles: int) -> dict[str, str]:
    """The environment of a database with so many articles and one clinic, which has changed two."""
    home = folder / f"library-{articles}"
    home.mkdir(parents=True)
    environment = _environment(home, _new_database(f"library_{articles}", home))
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "make_world", "--clinics=1", f"--articles={articles}", "--no-pictures",
           f"--overrides-per-clinic={VERSIONS}")  # fmt: skip
    return environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    run([sys.executable, "manage.py", *arguments], environment)


def measured(name: str, environment: Mapping[str, str]) -> Any:
    """What `bench.measures.<name>` finds in a world, in a process of its own."""
    found = run([sys.executable, "-m", f"bench.measures.{name}"], environment)
    return json.loads(found.splitlines()[-1])


def run(command: list[str], environment: Mapping[str, str]) -> str:
    """Its output. A RuntimeError has what it complained of."""
    done = subprocess.run(  # noqa: S603 - our own programs
        command, env={**os.environ, **environment}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def on_postgresql() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def _environment(home: Path, database: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": SECRET,
        "ADMIN_HOST": "localhost",
        "PORT": "80",
        "VAR_DIR": str(home),
        "DATABASE_URL": database,
        "SECURE_SSL_REDIRECT": "False",
        "SECOND_FACTOR_REQUIRED": "False",
        "CLINICS_ALLOW_FICTIONAL_NUMBERS": "True",
        # Nobody reviews invented words.
        "ARTICLES_REVIEW_REQUIRED": "False",
        "EMAIL_URL": "consolemail://",
        "PYTHONWARNINGS": "ignore",
    }


def _new_database(name: str, home: Path, template: str = "template1") -> str:
    """The address of a database that is there, or that SQLite makes when it is opened."""
    if not on_postgresql():
        return f"sqlite:///{home / 'db.sqlite3'}"
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _copy_of_base(folder: Path, home: Path, name: str) -> str:
    if not on_postgresql():
        with (
            closing(sqlite3.connect(folder / "base" / "db.sqlite3")) as base,
            closing(sqlite3.connect(home / "db.sqlite3")) as copy,
        ):
            base.backup(copy)
    return _new_database(name, home, template="base")
