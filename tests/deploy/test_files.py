"""The files of deploy/ that nothing starts in a test name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from django.core.management import get_commands

from clinics.campaigns import PARAMETER
from tests.contracts.source import ROOT, app_modules, name_of

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
# Comes with the worker that delivers purges.
EXPECTED = {"run_purges"}


def test_commands_of_units_and_containers_exist() -> None:
    written = [path.read_text() for path in UNITS]
    written += [_line(service.get("command", "")) for service in COMPOSE["services"].values()]
    named = set(re.findall(r"manage\.py (\w+)", "\n".join(written)))

    assert {"db_worker", "publish_scheduled", "decide_indexing"} <= named
    assert named - EXPECTED - set(get_commands()) == set()


def test_timers_have_their_service_and_services_end_in_time() -> None:
    names = {path.name for path in UNITS}

    assert {path.stem + ".service" for path in UNITS if path.suffix == ".timer"} <= names
    for path in UNITS:
        if path.suffix == ".service":
            assert "ROLE=" in path.read_text(), path.name
    web = (DEPLOY / "systemd/polyclinic-web.service").read_text()
    stops = int(re.search(r"TimeoutStopSec=(\d+)", web)[1])
    assert stops > int(re.search(r"graceful_timeout = (\d+)", _gunicorn())[1])


def test_files_that_compose_mounts_and_builds_exist() -> None:
    mounted = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./") and volume.split(":")[0] != "./tls"
    }
    targets = {
        service["build"]["target"] for service in COMPOSE["services"].values() if "build" in service
    }
    dockerfile = (DEPLOY / "Dockerfile").read_text()

    assert mounted
    assert [path for path in mounted if not (DEPLOY / path).exists()] == []
    assert targets == set(re.findall(r"^FROM .* AS (\w+)$", dockerfile, re.MULTILINE))
    assert [
        path
        for line in re.findall(r"^COPY (.*) \S+$", dockerfile, re.MULTILINE)
        for path in line.split()
        if not (ROOT / path).exists()
    ] == []


def test_every_node_knows_the_edge() -> None:
    """Without it pages of web nodes are kept for a minute only."""
    for name in ("web1", "web2", "admin", "worker", "purges"):
        assert "CLINICS_PURGE_BACKENDS" in COMPOSE["services"][name]["environment"], name


def test_nginx_template_is_given_what_it_names() -> None:
    named = set(re.findall(r"\$\{([A-Z_]+)\}", _nginx()))
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "nginx/nginx.env").read_text(), re.MULTILINE))
    in_compose = set(COMPOSE["services"]["nginx"]["environment"])

    assert named == given == in_compose


def test_edge_keeps_the_parameters_that_public_pages_read() -> None:
    vcl = (DEPLOY / "varnish/polyclinic.vcl").read_text()
    kept = set(re.search(r"\(\?!\(([a-z|]+)\)=\)", vcl)[1].split("|"))
    public = (
        path.read_text()
        for path in app_modules("clinics", "articles")
        if not re.search(r"/(admin|gate|forms|bulk|team|suggesting)/", name_of(path))
    )
    read = set(re.findall(r"request\.GET(?:\.get\(|\[)\"(\w+)\"", "\n".join(public)))

    assert kept == read | {PARAMETER}


def _line(command: str | list[str]) -> str:
    return command if isinstance(command, str) else " ".join(command)


def _gunicorn() -> str:
    return Path(DEPLOY / "gunicorn.conf.py").read_text()


def _nginx() -> str:
    return Path(DEPLOY / "nginx/polyclinic.conf.template").read_text()
