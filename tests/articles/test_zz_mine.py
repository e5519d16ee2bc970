from collections import Counter
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.articles.crowd import *
from tests.articles.factories import *
from tests.articles.every_section import *

def n(host, path, show=False):
    c = Client(HTTP_HOST=host)
    c.get(path); c.get(path)
    with CaptureQueriesContext(connection) as q:
        r = c.get(path)
    assert r.status_code == 200, r.status_code
    if show:
        for x in q.captured_queries: print("   ", x["sql"][:60], "...", x["sql"][x["sql"].find(" FROM "):][:170])
    return len(q)

def test_x(world):
    print()
    plain = make_article("plain")
    print("plain", n("hillside.test", "/conditions/plain/", True))
    every = make_article("every", *every_section(plain), hero_image=make_image("H"))
    print("every", n("hillside.test", "/conditions/every/", True))
    change_article(every, every_section_l(plain), related=[plain])
    print("related", n("hillside.test", "/conditions/every/", True))

def every_section_l(plain):
    from clinics.models import Statement
    Statement.objects.all().delete(); Source.objects.all().delete()
    return every_section(plain)
