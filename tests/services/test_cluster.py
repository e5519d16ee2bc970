"""The whole installation of deploy/: what patients get through it, and while nodes come and go.

The tests run in order: each leaves everything running that it stopped.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import psycopg
import pytest

from tests.services.cluster import ADMIN_HOST, Cluster
from tests.services.programs import ask, eventually
from tests.services.purges import SETTLED

HILLSIDE, HARBOUR = "hillside.test", "harbour.test"
ARTICLE, OTHER = "/conditions/fibromyalgia/", "/conditions/migraine/"
SESSION = """
import django; django.setup()
from django.test import Client
from cms.users import User
client = Client()
client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
print(client.cookies["sessionid"].value)
"""
WITHDRAWN = """
import django; django.setup()
from django.urls import reverse
from articles.models import ArticlePage
print(reverse("articles_withdraw", args=[ArticlePage.objects.get(slug="migraine").pk]))
"""


def words(answer: Any) -> str:
    assert answer.status == 200, (answer.status, answer.text[:500])
    return str(answer.text)


# Pages come through


@pytest.mark.parametrize("host", [HILLSIDE, HARBOUR, "hub.test"])
def test_pages_come_through(host: str, cluster: Cluster) -> None:
    first, second = cluster.get(host), cluster.get(host)

    assert (first.status, first.body) == (200, second.body)
    assert second.headers["cache-status"].startswith("edge; hit")
    assert "set-cookie" not in first.headers
    assert first.headers["strict-transport-security"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_compressed_pages_come_through(encoding: str, cluster: Cluster) -> None:
    plain = cluster.get(HILLSIDE, ARTICLE)
    packed = cluster.get(HILLSIDE, ARTICLE, headers={"Accept-Encoding": encoding})

    assert (packed.status, packed.headers["content-encoding"]) == (200, encoding)
    assert len(packed.body) < len(plain.body) / 2


def test_plain_http_leads_to_https(cluster: Cluster) -> None:
    answer = ask(cluster.ports["http"], HILLSIDE, "/about/?src=ads")

    assert (answer.status, answer.headers["location"]) == (
        301, f"https://{HILLSIDE}/about/?src=ads",
    )  # fmt: skip


def test_static_files_are_nginxs_own_and_kept_for_good(cluster: Cluster) -> None:
    name = next((cluster.var / "static").rglob("*.????????????.css"))
    path = f"/static/{name.relative_to(cluster.var / 'static')}"

    answer = cluster.get(HILLSIDE, path, headers={"Accept-Encoding": "br"})

    assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "cache-status" not in answer.headers


def test_pictures_are_handed_out_and_originals_are_not(cluster: Cluster) -> None:
    for folder in ("images", "original_images"):
        (cluster.var / "media" / folder).mkdir(parents=True, exist_ok=True)
        (cluster.var / "media" / folder / "a.webp").write_bytes(b"picture")

    assert cluster.get(HILLSIDE, "/media/images/a.webp").body == b"picture"
    for path in ("original_images/a.webp", "images/../original_images/a.webp"):
        assert cluster.get(HILLSIDE, f"/media/{path}").status == 404


def test_log_says_nothing_of_people(cluster: Cluster) -> None:
    cluster.get(HILLSIDE, "/search/?q=secret", headers={"User-Agent": "Somebody/1"})

    file = cluster.folder / "polyclinic.log"
    eventually(lambda: "/search/" in file.read_text(), "the line of the request")
    log = file.read_text()

    assert f'{HILLSIDE} "GET /search/"' in log and "127.0.0.0 [" in log
    assert not [word for word in ("secret", "Somebody", "127.0.0.1") if word in log]


# The admin


@pytest.mark.parametrize("host", [ADMIN_HOST, HILLSIDE])
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/"])
def test_web_nodes_have_no_admin(host: str, path: str, cluster: Cluster) -> None:
    for node in ("web1", "web2"):
        assert cluster.ask_node(node, host, path).status == 404


def test_admin_is_on_its_host_and_in_no_cache(cluster: Cluster) -> None:
    answer = cluster.get(ADMIN_HOST, "/admin/login/")

    assert answer.status in (200, 302)
    assert "cache-status" not in answer.headers
    assert cluster.get(HILLSIDE, "/admin/login/").status == 404


def test_purge_from_outside_is_refused(cluster: Cluster) -> None:
    for host in (HILLSIDE, ADMIN_HOST):
        answer = cluster.get(host, method="PURGE", headers={"xkey-purge": "everything"})
        assert answer.status in (403, 404, 405)
    assert cluster.get(HILLSIDE).status == 200


# Changes


def test_page_read_while_the_replica_is_behind_is_kept_by_nobody(cluster: Cluster) -> None:
    pause, resume = "SELECT pg_wal_replay_pause()", "SELECT pg_wal_replay_resume()"
    replica = cluster.databases.replica
    old = words(cluster.get(HARBOUR, ARTICLE))
    replica.execute(pause)
    try:
        cluster.admin.change("publish of text")
        cluster.purges.wait_for(SETTLED)
        behind = cluster.get(HARBOUR, ARTICLE)
    finally:
        replica.execute(resume)
    eventually(cluster.databases.is_even, "the replica has caught up")

    assert words(behind) == old
    assert behind.headers["cache-control"] == "no-store"
    # Without any further purge.
    eventually(lambda: words(cluster.get(HARBOUR, ARTICLE)) != old, "the new words")


def test_withdrawing_in_the_admin_takes_the_page_from_readers(cluster: Cluster) -> None:
    assert cluster.get(HARBOUR, OTHER).status == 200
    cookie = f"sessionid={cluster.manage(SESSION).strip()}"
    path = cluster.manage(WITHDRAWN).strip()
    form = cluster.get(ADMIN_HOST, path, headers={"Cookie": cookie})
    token = words(form).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    csrf = form.headers["set-cookie"].partition(";")[0]

    done = cluster.get(
        ADMIN_HOST, path, method="POST", body=f"csrfmiddlewaretoken={token}&leads=gone".encode(),
        headers={"Cookie": f"{cookie}; {csrf}", "Referer": f"https://{ADMIN_HOST}{path}",
                 "Origin": f"https://{ADMIN_HOST}",
                 "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    cluster.purges.wait_for(SETTLED)

    assert done.status == 302
    assert [cluster.get(host, OTHER).status for host in (HILLSIDE, HARBOUR)] == [410, 410]


# Rights


def test_tap_is_counted_through_everything(cluster: Cluster) -> None:
    body = b"action=call&block=panel&path=/locations/uptown/"
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = cluster.get(HILLSIDE, "/-/tap", method="POST", body=body, headers=form)

    count = "SELECT coalesce(sum(count), 0) FROM clinics_tapcount"
    assert answer.status == 204
    assert cluster.databases.primary.execute(count, database="polyclinic").strip() == "1"


def test_web_user_writes_neither_to_the_primary_nor_to_the_replica(cluster: Cluster) -> None:
    databases = cluster.databases
    for server in (databases.primary, databases.replica):
        with psycopg.connect(databases.url("polyclinic_web", server)) as connection:
            assert connection.execute("SELECT count(*) FROM wagtailcore_page").fetchone()[0] > 3
            with pytest.raises(psycopg.Error, match=r"permission denied|read-only"):
                connection.execute("UPDATE wagtailcore_page SET title = 'x'")


def test_web_user_reads_releases_and_no_drafts(cluster: Cluster) -> None:
    every = "SELECT array_agg(id ORDER BY id) FROM wagtailcore_revision"
    released = "SELECT array_agg(revision_id ORDER BY revision_id) FROM articles_articlerelease"

    def read(user: str, query: str) -> list[int]:
        with psycopg.connect(cluster.databases.url(user, cluster.databases.replica)) as connection:
            return connection.execute(query).fetchone()[0]

    seen = read("polyclinic_web", every)
    assert seen == read("polyclinic", released)
    assert len(seen) < len(read("polyclinic", every))


# Nodes that come and go


def test_one_web_node_serves_when_the_other_is_killed(cluster: Cluster) -> None:
    cluster.programs["web1"].kill()
    cluster.drop("everything")

    answers = [cluster.get(HILLSIDE, f"/?q={number}").status for number in range(10)]
    cluster.start_node("web1")

    assert set(answers) == {200}


def restart(cluster: Cluster, node: str) -> None:
    """As the unit in deploy/systemd does it."""
    cluster.drain_file(node).touch()
    eventually(lambda: cluster.health(node, "ready") == 503, f"{node} is drained")
    time.sleep(4)
    cluster.programs[node].stop()
    cluster.drain_file(node).unlink()
    cluster.start_node(node)


def test_restarts_lose_no_request(cluster: Cluster) -> None:
    """New code on one node after the other, while patients read."""
    over = Event()

    def read(number: int) -> list[int]:
        statuses = []
        while not over.is_set():
            # Each is another page to Varnish, so that every request reaches a node.
            path = f"/search/?q={number}-{len(statuses)}"
            statuses.append(cluster.get(HILLSIDE, path).status)
        return statuses

    with ThreadPoolExecutor(3) as readers:
        reading = [readers.submit(read, number) for number in range(3)]
        try:
            for node in ("web1", "web2"):
                restart(cluster, node)
        finally:
            over.set()
    statuses = [status for each in reading for status in each.result()]

    assert len(statuses) > 10
    assert set(statuses) == {200}


def test_worker_finishes_its_task_before_it_stops(cluster: Cluster) -> None:
    queue = """
import django; django.setup()
from tests.services.slow_task import slow
print(slow.enqueue({mark!r}).id)
"""
    from tests.services.programs import start  # noqa: PLC0415 - beside its only use

    mark = cluster.folder / "task"
    task = cluster.manage(queue.format(mark=str(mark))).strip()
    worker = start(
        cluster.folder / "worker.log", ".venv/bin/python", "manage.py", "db_worker", "--no-reload",
        env=cluster.environment("admin"),
    )  # fmt: skip
    eventually(lambda: mark.exists(), "the task has begun", seconds=60)
    worker.stop()

    found = cluster.databases.primary.execute(
        "SELECT id, status FROM django_tasks_database_dbtaskresult", database="polyclinic"
    )
    assert f"{task}|SUCCESSFUL" in found.splitlines()
    assert mark.read_text() == "done"
