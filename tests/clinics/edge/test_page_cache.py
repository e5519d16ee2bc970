"""P2, rule 14: what is kept, for whom, and when it is no longer shown."""

from __future__ import annotations

import gzip
from typing import Any

import brotli
import pytest
from django.db import OperationalError
from wagtail.models import PageViewRestriction

from articles.blocks.rich_text import canonical
from clinics.edge.repacking import repacker
from clinics.facts import save_facts
from clinics.models import LocalPage
from tests.articles.every_section import every_section, make_image
from tests.articles.factories import make_article, make_local_version
from tests.changes import written_tags
from tests.clock import set_time
from tests.edge import Process
from tests.factories import World

HILLSIDE, HARBOUR = "hillside.test", "harbour.test"


def tell(world: World, notice: str) -> None:
    facts = world.hillside.facts
    facts.refresh_from_db()
    save_facts(facts, {"notice": notice}, user=None, base_version=facts.version)


def test_hit_asks_the_database_nothing_but_the_log(process: Process) -> None:
    first, second = process.get(HILLSIDE), process.get(HILLSIDE)

    assert (first.status, first.is_stored, second.is_hit) == (200, True, True)
    assert first.body == second.body
    # The log alone, which a thread reads in a real process.
    assert len(second.queries) == 1
    assert "purgeoutbox" in second.queries[0]


def test_change_is_shown_at_once_and_other_pages_stay(process: Process, world: World) -> None:
    for host in (HILLSIDE, HARBOUR):
        process.get(host)

    tell(world, "Closed today, storm")

    page = process.get(HILLSIDE)
    assert not page.is_hit
    assert "Closed today, storm" in page.text
    assert process.get(HILLSIDE).is_hit
    assert process.get(HARBOUR).is_hit


def test_page_ends_when_its_words_turn_false(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H-03: the state line and the end of what caches keep are one boundary."""
    set_time(monkeypatch, "2026-11-23T22:59:30+00:00")  # half a minute before Uptown closes
    before = process.get(HILLSIDE)
    assert "Open today until" in before.text
    assert "s-maxage=30" in before.headers["Cache-Control"]

    set_time(monkeypatch, "2026-11-23T22:59:59+00:00")
    assert process.get(HILLSIDE).is_hit
    set_time(monkeypatch, "2026-11-23T23:00:00+00:00")

    after = process.get(HILLSIDE)
    assert not after.is_hit
    assert "Open today until" not in after.text


@pytest.mark.parametrize("path", ["/", "/locations/", "/sitemap.xml", "/robots.txt"])
def test_etag_is_of_the_body_and_answers_304(process: Process, path: str) -> None:
    first = process.get(HILLSIDE, path)

    again = process.get(HILLSIDE, path, HTTP_IF_NONE_MATCH=f'"x", {first.headers["ETag"]}')
    other = process.get(HILLSIDE, path, HTTP_IF_NONE_MATCH='"x"')

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status == 200
    assert process.get(HARBOUR, path).headers["ETag"] != first.headers["ETag"]


def test_codings_are_the_same_page_and_kept(process: Process) -> None:
    plain = process.get(HILLSIDE)
    packed = {
        coding: process.get(HILLSIDE, HTTP_ACCEPT_ENCODING=coding) for coding in ("gzip", "br")
    }

    assert gzip.decompress(packed["gzip"].body) == plain.body
    assert brotli.decompress(packed["br"].body) == plain.body
    assert all(each.headers["Content-Encoding"] == name for name, each in packed.items())
    refused = process.get(HILLSIDE, HTTP_ACCEPT_ENCODING="br;q=0, gzip;q=0")
    assert "Content-Encoding" not in refused.headers
    assert process.cache.store.bytes >= sum(len(each.body) for each in packed.values())


def test_head_has_the_headers_and_no_body(process: Process) -> None:
    page, head = process.get(HILLSIDE), process.get(HILLSIDE, method="HEAD")

    assert (head.status, head.body, head.is_hit) == (200, b"", True)
    assert head.headers["Content-Length"] == str(len(page.body))
    assert process.get(HILLSIDE, method="HEAD").body == b""


@pytest.mark.parametrize("query", ["utm_source=ads", "src=nobody", "src=", "a=1&a=2", "%00", "x"])
def test_queries_that_decide_nothing_are_one_page(process: Process, query: str) -> None:
    process.get(HILLSIDE)

    assert process.get(HILLSIDE, f"/?{query}").is_hit
    assert len(process.cache.store) == 1


def test_campaign_with_a_number_has_a_page_of_its_own(process: Process, world: World) -> None:
    """B-09: the number of a campaign shows to its visitors only."""
    place = world.uptown.facts
    save_facts(
        place, {"campaign_numbers": ["ads (214) 555-0177"]}, user=None, base_version=place.version
    )
    for _time in range(2):
        usual, of_ads = process.get(HILLSIDE), process.get(HILLSIDE, "/?src=ads")
        assert "555-0177" in of_ads.text
        assert "555-0177" not in usual.text
    assert usual.is_hit
    assert of_ads.is_hit


def test_search_is_answered_each_time(process: Process, world: World) -> None:
    make_article("fibromyalgia")
    process.get(HILLSIDE, "/search/")

    found = [process.get(HILLSIDE, "/search/?q=fibromyalgia") for _time in range(2)]

    assert not any(each.is_hit or each.is_stored for each in found)
    assert process.get(HILLSIDE, "/locations/?near=75001").headers["Cache-Control"] == (
        "private, no-store"
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"REQUEST_METHOD": "POST"},
        {"SCRIPT_NAME": "/x"},
        {"HTTP_HOST": "hillside.test, harbour.test"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_what_is_not_for_everybody_goes_past_the_cache(
    process: Process, environ: dict[str, Any]
) -> None:
    process.get(HILLSIDE)

    answer = process.get(HILLSIDE, **environ)

    assert not answer.is_hit
    assert len(process.cache.store) == 1
    assert process.get(HILLSIDE).is_hit


def test_cookies_of_others_change_nothing(process: Process) -> None:
    process.get(HILLSIDE)

    assert process.get(HILLSIDE, HTTP_COOKIE="theme=dark").is_hit


@pytest.mark.parametrize(
    ("host", "path", "status"),
    [
        (HILLSIDE, "/nothing-here/", 404),
        ("nobody.test", "/", 404),
        (HILLSIDE, "/admin/", 404),
        ("localhost", "/admin/", 302),
        (HILLSIDE, "/-/live", 200),
    ],
)
def test_what_is_no_page_is_never_kept(process: Process, host: str, path: str, status: int) -> None:
    answers = [process.get(host, path) for _time in range(2)]

    assert [each.status for each in answers] == [status, status]
    assert len(process.cache.store) == 0


def test_restricted_page_is_gone_at_once_and_comes_back(process: Process, world: World) -> None:
    page = LocalPage.objects.child_of(world.hillside).live().first()
    path = f"/{page.slug}/"
    assert process.get(HILLSIDE, path).status == 200

    row = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert process.get(HILLSIDE, path).status == 404
    row.delete()

    assert process.get(HILLSIDE, path).status == 200


def test_most_bytes_are_kept_and_the_longest_unread_go(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repacker, "repack", lambda *_page: None)  # it makes room
    paths = ["/", "/locations/", "/conditions/", "/treatments/"]
    whole = Process()
    for path in paths:
        whole.get(HILLSIDE, path)
    small = Process(most=whole.cache.store.bytes - 1)

    for path in paths[:-1]:
        small.get(HILLSIDE, path)
    assert small.get(HILLSIDE, "/").is_hit
    small.get(HILLSIDE, paths[-1])

    assert small.cache.store.bytes <= small.cache.store.most
    assert small.get(HILLSIDE, "/").is_hit
    assert not small.get(HILLSIDE, "/locations/").is_hit


def test_cache_of_no_bytes_keeps_nothing(world: World, process: Process) -> None:
    none = Process(most=0)

    assert "Cache-Status" not in none.get(HILLSIDE).headers
    assert len(none.cache.store) == 0


# When the database is away


def broken(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("500 Internal Server Error", [("Content-Type", "text/html")])
    return [b"sorry"]


def test_last_good_page_is_shown_while_the_database_is_away(
    process: Process, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = process.get(HILLSIDE)
    set_time(monkeypatch, "2026-11-23T23:30+00:00")  # its words have ended
    monkeypatch.setattr(process.cache, "application", broken)

    page = process.get(HILLSIDE)

    assert (page.status, page.body) == (200, good.body)
    assert page.headers["Cache-Status"] == "Polyclinic; hit; detail=stale"
    assert "s-maxage=5" in page.headers["Cache-Control"]
    assert process.get(HILLSIDE, "/locations/").status == 500
    set_time(monkeypatch, "2026-11-25T15:30+00:00")
    assert process.get(HILLSIDE).status == 500


def test_log_that_cannot_be_read_stops_no_page_and_is_not_asked_for_each(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clinics.edge.change_log import ChangeLog  # noqa: PLC0415 - one of its own

    process.get(HILLSIDE)
    log = ChangeLog()
    reads: list[None] = []

    def fail(using: str = "default") -> int:
        reads.append(None)
        raise OperationalError("no database")

    monkeypatch.setattr(log, "read", fail)
    monkeypatch.setattr(process.cache, "log", log)

    try:
        pages = [process.get(HILLSIDE) for _time in range(20)]
    finally:
        log.end()

    assert {page.headers["Cache-Status"] for page in pages} == {"Polyclinic; hit; detail=unchecked"}
    assert all("s-maxage=5" in page.headers["Cache-Control"] for page in pages)
    assert not any(page.queries for page in pages)
    assert len(reads) < len(pages)


def test_page_that_is_gone_does_not_come_back_when_the_database_goes(
    process: Process, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("fibromyalgia")
    path = "/conditions/fibromyalgia/"
    assert process.get(HILLSIDE, path).status == 200
    article.unpublish()
    assert process.get(HILLSIDE, path).status in (404, 410)
    monkeypatch.setattr(process.cache, "application", broken)

    assert process.get(HILLSIDE, path).status == 500


# Queries of a page that is made (P5)


def test_article_takes_three_queries_at_most_whatever_is_in_it(
    process: Process, world: World
) -> None:
    first = make_article("first")
    articles = [make_article(f"article-{number}") for number in range(4)]
    plain, own = articles[0], articles[1]
    make_local_version(own, world.hillside)
    for article in articles[:2]:
        article.related.set([first, *articles[2:]])
        article.save_revision().publish()
    # The process knows the sites, the library, and these texts at another clinic.
    for host in (HILLSIDE, HARBOUR, "localhost"):
        process.get(host, "/conditions/first/")
    for article in articles:
        process.get(HARBOUR, f"/conditions/{article.slug}/")

    counts = {
        article.slug: len(process.get(HILLSIDE, f"/conditions/{article.slug}/").queries)
        for article in (plain, own)
    }

    assert max(counts.values()) <= 3, counts


def test_text_that_a_process_meets_first_is_read_together_with_all_that_goes_with_it(
    process: Process, world: World
) -> None:
    """One query each for changes, names of related articles, texts, releases, pictures, sources,
    statements and figures: none for each link, picture or related article.
    """
    linked = [make_article(f"linked-{n}", hero_image=make_image(f"Hero {n}")) for n in (1, 2)]
    article = make_article("all", *every_section(linked[0]), hero_image=make_image("Hero"))
    article.related.set(linked)
    article.save_revision().publish()
    make_article("known")
    process.get(HILLSIDE, "/conditions/known/")
    canonical.cache_clear()  # as in a process that wrote none of these texts

    queries = process.get(HILLSIDE, "/conditions/all/").queries

    assert len(queries) <= 8, "\n".join(queries)


def test_page_of_many_pictures_names_them_together(process: Process, world: World) -> None:
    """A header of thousands of keys would be refused on its way."""
    from clinics.edge.changes import MOST_PICTURES, bump, page_keys  # noqa: PLC0415 - of this test

    few = [f"i:{number}" for number in range(MOST_PICTURES)]

    assert len(page_keys(["g", *few])) == MOST_PICTURES + 1
    assert page_keys(["g", "i:99", *few]) == ["g", "pictures"]
    with written_tags() as tags:
        bump("i:99")
    assert tags == {"i99", "pictures"}
