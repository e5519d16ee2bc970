from __future__ import annotations

from tests.articles.factories import *


def test_x(world, site_client, django_assert_max_num_queries):
    a = make_article()
    make_local_version(a, world.harbour, override("replace", "what", text("own", "Ours", "<p>Harbour words.</p>")))
    r = site_client(world.hillside).get("/conditions/fibromyalgia/")
    assert r.status_code == 200
    assert "Harbour words" not in r.content.decode()
    with django_assert_max_num_queries(1) as c:
        r = site_client(world.harbour).get("/conditions/fibromyalgia/")
    assert "Harbour words" in r.content.decode()
