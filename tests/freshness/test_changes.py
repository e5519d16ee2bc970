"""After any change no page is shown as it was, and pages that it does not touch stay kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import override_settings
from wagtail.models import Page

from articles.models import ArticleLibraryPage
from clinics.edge.changes import PICTURES
from clinics.edge.touching import RULES
from tests.changes import written_tags
from tests.edge import Process
from tests.factories import World
from tests.freshness.changes import CHANGES, Change
from tests.freshness.site import FEW, Content, addresses, ask_all, fill
from tests.kept_database import kept_database

# What no patient reads, and why a change of it makes no page stale.
NOT_SHOWN = {
    "articles.ArticleImport": "the admin's",
    "articles.ArticleLibraryPage": "holds articles, and has no page of its own",
    "articles.ArticleTag": "for the library's lists in the admin",
    "articles.ClaimCheck": "the admin's",
    "articles.ClaimOverride": "says who let words stand; the words come with a release",
    "articles.ImportedFile": "the admin's",
    "articles.ReleaseText": "for searches, which are not kept",
    "articles.SafetyAcknowledgement": "the admin's",
    "articles.Review": "the admin's; what a page says of its review is written on the page",
    "articles.SectionOffer": "the admin's; what is adopted comes with a release",
    "clinics.BulkChange": "a plan; its rows change facts",
    "clinics.BulkRow": "as above",
    "clinics.FactsChange": "the history of facts",
    "clinics.FactsSuggestion": "the admin's; what is approved changes facts",
    "clinics.Membership": "says who may do what",
    "clinics.PublisherApproval": "a step of a workflow",
    "clinics.PurgeDelivery": "what an edge has still to be told",
    "clinics.PurgeNode": "as above",
    "clinics.PurgeOutbox": "the log itself",
    "clinics.SuggestedFact": "as FactsSuggestion",
    "clinics.TapCount": "counts for the clinic",
    "cms.ClinicRendition": "made with its picture, which says when they are there",
    "cms.User": "patients read of people, not of accounts",
}


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Content]:
    """The sites with one of everything on them."""
    uploads = str(tmp_path_factory.mktemp("freshness"))
    with kept_database(django_db_blocker), override_settings(MEDIA_ROOT=uploads):
        yield fill(World())


@pytest.fixture
def full(filled: Content, db: None) -> Content:
    """The same, read afresh: what a test sets on a row never outlives it."""
    return filled.read_again()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_nothing_old_is_shown_and_the_rest_is_kept(
    change: Change, full: Content, process: Process, world: World
) -> None:
    where = addresses(process) if os.environ.get("PROBE_FRESHNESS") else FEW
    now = Process(plain=True)
    ask_all(process, where)
    before = ask_all(process, where)
    assert all(page.is_hit for page in before.values())

    with written_tags() as tags:
        change.act(world, full)

    after, truth = ask_all(process, where), ask_all(now, where)
    shown = {at: (page.status, page.body) for at, page in after.items()}
    true = {at: (page.status, page.body) for at, page in truth.items()}
    assert [at for at in where if shown[at] != true[at]] == []
    assert [at for at in where if true[at] != (200, before[at].body)], "nothing changed"
    untouched = [at for at in where if tags.isdisjoint(before[at].headers["Surrogate-Key"].split())]
    assert [at for at in untouched if not after[at].is_hit] == []
    assert {_kind(tag) for tag in tags} == change.tags
    again = ask_all(process, [at for at in where if after[at].status == 200])
    assert all(page.is_hit for page in again.values())


def test_every_model_is_in_the_table_or_shown_to_nobody() -> None:
    ours = {
        model._meta.label
        for app in ("articles", "clinics", "cms")
        for model in apps.get_app_config(app).get_models()
    }
    covered = {model for change in CHANGES for model in change.models}
    ruled = {model._meta.label for model in RULES}

    assert ours - covered - NOT_SHOWN.keys() == set()
    assert covered - ruled == set(), "has no rule"
    assert ruled - covered == set(), "is in no row of the table"
    assert NOT_SHOWN.keys() - ours == set()
    assert NOT_SHOWN.keys() & ruled == set()
    types = {model for model in apps.get_models() if issubclass(model, Page)}
    assert types - RULES.keys() == {Page, ArticleLibraryPage}


def _kind(tag: str) -> str:
    return tag if tag in ("lib", "rel", PICTURES) else re.sub(r"\d+$", "", tag)
