"""Security rule 14: whatever is asked, nobody is shown or made to be shown another host's page.

Thousands of odd requests, at random but the same each time (PROBE_ATTACKS says how many), of a
process that keeps the pages of clinics whose words differ.
"""

from __future__ import annotations

import gzip
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.db import reset_queries
from django.test import Client
from wagtail.models import Page, Site

from clinics.closing import close_clinic
from clinics.compression import small_page
from clinics.edge import page_cache
from clinics.edge.answers import MadeAnswer
from clinics.edge.page_key import PageKey, page_key
from clinics.edge.page_store import KeptPage
from clinics.edge.shown import Shown
from clinics.facts import save_facts
from clinics.models import LocalPage, LocationPage
from tests.clinics.edge.attacks import ADMIN_HOST, Attack, Targets, attacks
from tests.edge import Answer, Process, fresh_process
from tests.factories import World, build_world
from tests.isolation.rows import leave_bands
from tests.isolation.tenant import mark, marks_of
from tests.isolation.walls import NEIGHBOUR, STRANGER, build
from tests.kept_database import kept_database

COUNT = int(os.environ.get("PROBE_ATTACKS", "5000"))
# Every so many requests the process is a new one, that has kept nothing yet: whoever asks first is
# the one who may poison it.
FIRST_OF_ALL = 100
HILLSIDE, HUB = "hillside.test", "hub.test"
THEIRS, CLOSED = (f"{mark(number, 'public')}.test" for number in (NEIGHBOUR, STRANGER))
CLOSED_ALIAS = f"{mark(STRANGER, 'fact')}.test"
HOSTS = (HILLSIDE, HUB, THEIRS)
FILES = ("/sitemap.xml", "/feed.xml", "/robots.txt")
OF_HILLSIDE = re.compile(r"hillside|uptown|214\)? ?555.?01(4|7)|plano", re.IGNORECASE)
OF_ADMIN = re.compile(
    r"csrfmiddlewaretoken|wagtailadmin|data-wagtail|name=.password", re.IGNORECASE
)
# What nobody may read without a session, on any host.
SECRET = ("file", "tag", "user", "note")
UNPUBLISHED = "zqunpublished"


@pytest.fixture(autouse=True)
def _no_lines_about_missing_pages(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of answers are a 404, as they should; the findings would drown in them."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[Targets]:
    """Beside the world a clinic of the same group, and one of another group, which has closed.
    Hillside and the neighbour each have a campaign, and drafts of their pages.
    """
    with kept_database(django_db_blocker):
        leave_bands()
        if not Page.objects.filter(slug="hillside").exists():
            build_world()
        world = World()
        build(world)
        stranger = Page.objects.get(slug=mark(STRANGER, "public"), depth=3).specific
        stranger.facts.refresh_from_db()
        close_clinic(stranger, None, user=None, base_version=stranger.facts.version)
        theirs = LocationPage.objects.filter(url_path__contains=f"/{mark(2, 'public')}/").first()
        for place, line in (
            (world.uptown.facts, "ads (214) 555-0177"),
            (theirs.facts, "theirs (561) 555-0178"),
        ):
            changed = {"campaign_numbers": [line]}
            save_facts(place, changed, user=None, base_version=place.version)
        for page in (world.hillside, *LocalPage.objects.live()):
            page.title = page.seo_title = UNPUBLISHED
            page.save_revision()
        # Django closes connections at the end of a request, in a test too.
        with fresh_process():
            targets = _targets(world)
        yield targets


def _targets(world: World) -> Targets:
    """Every page of both hosts, the hub's, and a session of somebody who is signed in."""
    found = {
        HILLSIDE: _pages(world.hillside),
        HUB: ["/", "/locations/", "/conditions/shared/", *FILES],
    }
    found[THEIRS] = _pages(Page.objects.get(slug=mark(2, "public"), depth=3))
    return Targets(
        paths=found,
        aliases={f"{mark(2, 'fact')}.test": THEIRS},
        closed=[CLOSED, CLOSED_ALIAS],
        session=_session_of(world.hillside_editor),
        admin_paths=[f"/admin/pages/{world.hillside.pk}/edit/", "/admin/people/", "/admin/"],
    )


@pytest.fixture
def targets(planted: Targets, world: World) -> Targets:
    return planted


@dataclass
class Watch:
    """Looks at what comes back. `honest` is what each host says to whoever asks it plainly."""

    process: Process
    honest: dict[tuple[str, str], bytes]
    findings: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _clean: set[tuple[str, bytes]] = field(default_factory=set)

    def run(self, attacks: Iterable[Attack], first_of_all: int = FIRST_OF_ALL) -> None:
        for number, attack in enumerate(attacks):
            if number % first_of_all == 0:
                cold = Process(self.process.cache.application)
                self.look(attack, cold)
                self.look_again(cold, attack)
            else:
                self.look(attack, self.process)

    def look(self, attack: Attack, process: Process) -> None:
        reset_queries()  # Django warns of so many
        answer = process.get(attack.host, attack.target, attack.method, **attack.environ)
        is_kept = "Cache-Status" in answer.headers
        self.counts["kept" if is_kept else "past"] += 1
        self.counts[f"status {answer.status}"] += 1
        self.findings += [f"{kind}: {attack}" for kind in self._seen(attack, answer, is_kept)]

    def look_again(self, process: Process, attack: Attack) -> None:
        """What those see who ask each host for the same page after the attack."""
        for host, path in self.honest:
            is_same = path.partition("?")[0] == attack.base
            if is_same and process.get(host, path).body != self.honest[host, path]:
                self.findings.append(f"poisoned {host}{path}: {attack}")

    def _seen(self, attack: Attack, answer: Answer, is_kept: bool) -> Iterator[str]:
        if answer.status >= 500:
            yield "an error of ours"
        if is_kept:
            if "Set-Cookie" in answer.headers:
                yield "a cookie is kept"
            if answer.status not in (200, 304):
                yield "an error or redirect is kept"
            if attack.owner not in HOSTS:
                yield "a page of no clinic is kept"
        elif _is_signed_in(attack):
            return
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        yield from _foreign(attack, _but_for_what_was_asked(attack, headers))
        key = attack.owner, answer.body
        if key in self._clean:
            return
        text = _plain(answer)
        if any(_foreign(attack, text)):
            yield from _foreign(attack, _but_for_what_was_asked(attack, text))
        else:
            self._clean.add(key)


def _is_signed_in(attack: Attack) -> bool:
    """On the admin's host a session may see what its owner may."""
    host = attack.host.lower().partition(":")[0].removesuffix(".")
    return host == ADMIN_HOST and "session" in attack.environ.get("HTTP_COOKIE", "")


def _but_for_what_was_asked(attack: Attack, text: str) -> str:
    """A redirect takes the query along, and a form shows what was looked for."""
    for sent in (attack.target, attack.query, attack.path):
        text = text.replace(sent, "") if len(sent) > 1 else text
    return text


def _foreign(attack: Attack, text: str) -> Iterator[str]:
    """What is said that is not the host's own."""
    for kind, pattern in _rules(attack.owner).items():
        if found := pattern.search(text):
            yield f"{kind} ({found[0]})"


@cache
def _rules(owner: str) -> dict[str, re.Pattern[str]]:
    """What a host must not say, by what it gives away."""
    theirs, closed = marks_of(NEIGHBOUR), marks_of(STRANGER)
    secret = {f"secret {kind}": marks_of(NEIGHBOUR, STRANGER)[kind] for kind in SECRET}
    found = secret | {"admin": OF_ADMIN, "draft": re.compile(UNPUBLISHED)}
    if owner not in (THEIRS, HUB):
        found |= {f"their {kind}": pattern for kind, pattern in theirs.items()}
    if owner not in (HILLSIDE, HUB):
        found["Hillside's"] = OF_HILLSIDE
    if owner not in (CLOSED, CLOSED_ALIAS):
        found |= {f"the closed {kind}": pattern for kind, pattern in closed.items()}
    return found


def _plain(answer: Answer) -> str:
    coding, body = answer.headers.get("Content-Encoding"), answer.body
    if body and coding:
        body = brotli.decompress(body) if coding == "br" else gzip.decompress(body)
    return body.decode("utf-8", "replace")


def _pages(home: Page) -> list[str]:
    """Addresses of a clinic that answer, restricted ones left out; and its page of an article."""
    below = Page.objects.descendant_of(home, inclusive=True).live().public()
    paths = [f"/{page.url_path.removeprefix(home.url_path)}" for page in below]
    host = Site.objects.get(root_page_id=home.pk).hostname
    process = Process(most=0)
    wanted = [*paths, "/conditions/shared/", *FILES]
    return [path for path in wanted if process.get(host, path).status == 200]


def _session_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@cache
def _honest(targets: Targets) -> dict[tuple[str, str], bytes]:
    process = Process(most=0)
    asked = [(host, path) for host, paths in targets.paths.items() for path in paths]
    asked += [(HILLSIDE, "/?src=ads"), (THEIRS, "/?src=theirs")]
    return {(host, path): process.get(host, path).body for host, path in asked}


@pytest.fixture
def watch(targets: Targets, process: Process, settings: Any) -> Watch:
    """A process that keeps every page of every host, behind a proxy that it trusts."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    honest = _honest(targets)
    for _time in range(2):
        warm = {at: process.get(*at) for at in honest}
    assert {at: page.body for at, page in warm.items()} == honest
    assert all(page.is_hit for page in warm.values())
    return Watch(process, honest)


def test_no_request_shows_or_keeps_what_is_another_hosts(watch: Watch, targets: Targets) -> None:
    watch.run(attacks(targets, COUNT, seed=6))

    assert watch.findings[:10] == []
    # There was something to find: most were of pages that are kept, and the rest were answered.
    assert watch.counts["kept"] > COUNT / 4
    assert watch.counts["past"] > COUNT / 10
    after = {at: watch.process.get(*at) for at in watch.honest}
    assert {at: page.body for at, page in after.items()} == watch.honest
    assert all(page.is_hit for page in after.values())
    # Of each page one over HTTPS as well, and of both those with the clinic's one campaign.
    kept = set(watch.process.cache.store._pages)
    assert {key.host for key in kept} <= set(HOSTS)
    assert len(kept) <= 4 * len(watch.honest)
    assert set(watch.process.cache._campaigns) <= set(HOSTS)


# The same checks find what they are there for


def _of_one_host(environ: Any) -> PageKey | None:
    key = page_key(environ)
    return key and key._replace(host=HILLSIDE)


def _of_one_campaign(environ: Any) -> PageKey | None:
    key = page_key(environ)
    return key and key._replace(campaign="")


def _as_it_came(environ: Any, key: PageKey) -> Any:
    return environ | {"REQUEST_METHOD": "GET"}


def _whatever_it_is(made: MadeAnswer, shown: Shown) -> KeptPage:
    return KeptPage(made.status, made.headers, "x", frozenset(), 0, 2**40, {"br": small_page(b"x")})


@pytest.mark.parametrize(
    ("part", "broken", "finding"),
    [
        ("page_key", _of_one_host, "Hillside's"),
        ("page_key", _of_one_campaign, "poisoned"),
        ("kept_page", _whatever_it_is, "an error or redirect is kept"),
    ],
)
def test_broken_cache_is_found(
    watch: Watch, targets: Targets, monkeypatch: pytest.MonkeyPatch, part: str, broken: Any,
    finding: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(page_cache, part, broken)
    # New ones all along: what is kept from before is sound.
    watch.run(attacks(targets, 30, seed=7), first_of_all=1)

    assert any(each.startswith(finding) for each in watch.findings)


def test_application_that_repeats_a_header_is_made_to_repeat_it_to_nobody(
    watch: Watch, targets: Targets, monkeypatch: pytest.MonkeyPatch
) -> None:
    django = watch.process.cache.application

    def repeating(environ: Any, start_response: Any) -> Iterator[bytes]:
        with closing(django(environ, start_response)) as answer:
            yield from answer
        yield environ.get("HTTP_X_FORWARDED_HOST", "").encode()

    attack = Attack(
        HILLSIDE, "/", HILLSIDE, "/", environ={"HTTP_X_FORWARDED_HOST": f"{THEIRS}, x"}
    )  # fmt: skip
    watch.process.cache.application = repeating
    watch.run([attack])
    assert watch.findings == []

    monkeypatch.setattr(page_cache, "plain_environ", _as_it_came)
    watch.run([attack])
    assert any(each.startswith("poisoned") for each in watch.findings)


def test_admins_pages_are_for_their_session_only(watch: Watch, targets: Targets) -> None:
    before = len(watch.process.cache.store)
    cookie = {"HTTP_COOKIE": f"sessionid={targets.session}"}
    path = targets.admin_paths[0]

    own = watch.process.get(ADMIN_HOST, path, **cookie)
    others = [
        watch.process.get(ADMIN_HOST, path),
        watch.process.get(HILLSIDE, path, **cookie),
        watch.process.get(ADMIN_HOST, path + "x.css"),
    ]

    assert own.status == 200
    assert OF_ADMIN.search(own.text)
    assert OF_HILLSIDE.search(own.text)
    assert {each.status for each in others} <= {301, 302, 404}
    assert not any(OF_ADMIN.search(each.text) for each in others)
    assert len(watch.process.cache.store) == before
