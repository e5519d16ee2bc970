"""What each role starts with; a misspelt one does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cms.databases import LONGEST_WAIT, databases_of
from cms.roles import middleware_of, role_of, urlconf_of
from tests.cms.test_uploads import Environment

PRIMARY, REPLICA = "postgres://web@primary/polyclinic", "postgres://web@replica/polyclinic"


def env_of(**values: str) -> Environment:
    env = Environment()
    env.ENVIRON = values
    return env


def test_installation_on_one_machine_is_the_default() -> None:
    assert role_of(env_of()) == "all"


@pytest.mark.parametrize("role", ["Web", "", "public"])
def test_role_that_is_none_is_refused(role: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="web, admin or all"):
        role_of(env_of(ROLE=role))


@pytest.mark.parametrize("role", ["admin", "all"])
def test_admin_is_whole_where_there_is_one(role: str) -> None:
    assert urlconf_of(role) == "cms.urls"
    assert middleware_of(role, settings.MIDDLEWARE) == settings.MIDDLEWARE


def test_web_node_reads_no_session() -> None:
    left = middleware_of("web", settings.MIDDLEWARE)

    assert set(settings.MIDDLEWARE) - set(left) == {
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "cms.sign_in.middleware.SignedInMiddleware",
        "clinics.gate.middleware.GateMiddleware",
        "articles.middleware.PublishRefusalMiddleware",
    }


def names(role: str, **values: str) -> dict[str, Any]:
    found = databases_of(env_of(**values), role, default="sqlite:///x")
    return {alias: database["HOST"] for alias, database in found.items()}


def test_only_web_nodes_read_from_the_replica() -> None:
    both = {"DATABASE_URL": PRIMARY, "DATABASE_REPLICA_URL": REPLICA}

    assert names("web", **both) == {"default": "primary", "replica": "replica"}
    assert names("admin", **both) == names("all", **both) == {"default": "primary"}
    assert names("web", DATABASE_URL=PRIMARY) == {"default": "primary"}


@pytest.mark.parametrize("role", ["web", "admin"])
def test_no_database_is_waited_for_long(role: str) -> None:
    database = databases_of(env_of(DATABASE_URL=PRIMARY), role, default="")["default"]

    assert database["OPTIONS"]["connect_timeout"] == 2
    assert database["CONN_HEALTH_CHECKS"] is True
    assert "pool" not in database["OPTIONS"]


def limits(role: str, **values: str) -> list[tuple[Any, Any]]:
    env = env_of(DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL=REPLICA, **values)
    found = databases_of(env, role, default="").values()
    return [(each["OPTIONS"].get("options"), each.get(LONGEST_WAIT)) for each in found]


def test_no_statement_of_a_web_node_takes_a_thread_for_long() -> None:
    assert limits("web") == [("-c statement_timeout=4s -c lock_timeout=2s", 4.5)] * 2
    assert (
        limits("web", DATABASE_STATEMENT_SECONDS="1")
        == [("-c statement_timeout=1s -c lock_timeout=1s", 1.5)] * 2
    )


@pytest.mark.parametrize(
    ("role", "values"), [("admin", {}), ("all", {}), ("web", {"DATABASE_STATEMENT_SECONDS": "0"})]
)
def test_statements_of_the_admin_take_as_long_as_they_take(
    role: str, values: dict[str, str]
) -> None:
    assert set(limits(role, **values)) == {(None, None)}


def test_sqlite_is_left_as_it_is() -> None:
    assert "OPTIONS" not in databases_of(env_of(), "all", default="sqlite:///x")["default"]


def test_web_node_does_not_load_what_only_the_admin_needs() -> None:
    """P17: passkeys and lists of holidays are twenty megabytes of each process."""
    program = (
        "import sys, cms.wsgi\n"
        "names = {'fido2', 'holidays', 'openpyxl'}\n"
        "print(sorted(names & sys.modules.keys()))\n"
        "import cms.urls\n"
        "print('fido2' in sys.modules)\n"
    )
    environment = {**os.environ, "ROLE": "web", "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[]", "True"]
