"""A copied clinic is exactly what the product's own functions would have made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from wagtail.models import Collection, Page, Site

from articles.models import ArticlePage, ArticleRelease, LocalVersionPage
from articles.opening import the_library
from articles.queries import effective_for
from clinics.creating import create_clinic
from clinics.models import ClinicPage, FranchisePage, LocationFacts
from clinics.phones import is_fictional
from clinics.resolve import clinic_of
from cms.backup import rows
from cms.backup.owned import Estate, estates_rows
from cms.world import example, library, texts
from cms.world.make import World, make_world
from cms.world.places import WorldClinic
from tests.factories import remove_world
from tests.isolation.rows import leave_bands
from tests.kept_database import kept_database

# What no two clinics have in common, however they are made.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|\+00:00)?")
_UUID = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b")


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with kept_database(django_db_blocker):
        remove_world()
        world = World(clinics=2, articles=3, versions=1, pictures=False)
        make_world(world, say=lambda line: None)
        yield
        leave_bands()


@pytest.fixture
def small(_made: None, db: None) -> None:
    """Two clinics, three articles, a local version of each clinic."""


def test_make_world_leaves_whole_trees(small: None) -> None:
    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])


def test_copied_clinic_has_the_rows_of_one_that_the_product_makes(small: None) -> None:
    clinic, article = WorldClinic(1), library.articles()[1]
    copied = _rows_of(clinic)

    with transaction.atomic():
        ClinicPage.objects.get(slug=clinic.slug).delete()
        Collection.objects.get(name=clinic.name).delete()
        page = example.make_clinic(FranchisePage.objects.get(), the_library(), clinic)
        example.make_version(page, article, texts.own_words(clinic.number, article.number))
        real = _rows_of(clinic)

    assert copied == real
    assert len(real["articles.localversionpage"]) == 1


def test_copied_clinic_answers_as_one_that_the_product_makes(small: None) -> None:
    clinic, article = WorldClinic(1), library.articles()[1]
    paths = ("/", "/locations/main-office/", "/treatments/", f"/treatments/{texts.slug(1)}/")
    copied = [_html(clinic, path) for path in paths]

    ClinicPage.objects.get(slug=clinic.slug).delete()
    page = example.make_clinic(FranchisePage.objects.get(), the_library(), clinic)
    example.make_version(page, article, texts.own_words(clinic.number, article.number))

    assert copied == [_html(clinic, path) for path in paths]
    assert texts.own_words(clinic.number, article.number) in copied[-1]


def test_clinics_differ_in_what_they_say_themselves(small: None) -> None:
    first, second = WorldClinic(1), WorldClinic(2)
    page = _html(second, "/locations/main-office/")

    assert second.name in page
    assert second.town.name in page
    assert first.name not in page
    assert first.phone(0).display not in page


def test_local_versions_are_of_different_articles(small: None) -> None:
    versions = LocalVersionPage.objects.order_by("pk")

    assert [version.article.slug for version in versions] == [texts.slug(1), texts.slug(2)]
    for version in versions:
        clinic = clinic_of(ClinicPage.objects.get(pk=version.clinic_id))
        states = [
            str(each.state) for each in effective_for(version.article, clinic).merged.sections
        ]
        assert states.count("OWN") == 1
        assert states.count("FOLLOWS") == texts.SECTIONS - 1


def test_articles_have_releases_with_the_digests_of_their_sections(small: None) -> None:
    article = ArticlePage.objects.get(slug=texts.slug(0))
    release = ArticleRelease.objects.get(article=article)

    assert set(release.digests) == set(texts.section_ids(0))
    assert release.revision_id == article.live_revision_id
    assert release.texts.count() == 2


def test_numbers_of_a_world_are_of_fiction(small: None) -> None:
    found = LocationFacts.objects.values_list("main_phone", "text_phone")

    assert len(found) == 2
    assert all(is_fictional(number) for pair in found for number in pair)


def test_clinics_can_be_made_by_hand_after_a_world(small: None) -> None:
    """Neither ids nor places in a tree are given twice."""
    create_clinic(FranchisePage.objects.get(), WorldClinic(77).new())

    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])


def test_command_refuses_a_database_with_clinics(small: None) -> None:
    with pytest.raises(CommandError, match="--add"):
        call_command("make_world", "--clinics=1", "--articles=1", stdout=StringIO())

    assert ClinicPage.objects.count() == 2


def test_command_adds_and_says_what_it_made(small: None) -> None:
    said = StringIO()

    call_command("make_world", "--add", "--clinics=2", "--articles=4", "--no-pictures", stdout=said)

    assert sorted(ClinicPage.objects.values_list("slug", flat=True)) == [
        WorldClinic(number).slug for number in (1, 2, 3, 4)
    ]
    assert Site.objects.filter(root_page__slug="clinic-00004").get().hostname == WorldClinic(4).host
    assert ArticlePage.objects.count() == 4
    assert Collection.find_problems() == ([], [], [], [], [])
    lines = said.getvalue().splitlines()
    assert re.fullmatch(r"1 articles, each with its release \(\d+\.\d s\)", lines[0])
    assert lines[1].startswith("2 clinics, each with its site, pages, location and hours (")


def test_collections_stay_in_the_order_of_their_names(small: None) -> None:
    call_command(
        "make_world", "--add", "--clinics=3", "--articles=0", "--no-pictures", stdout=StringIO()
    )
    names = list(Collection.objects.filter(depth=2).order_by("path").values_list("name", flat=True))

    assert names == sorted(names)


def _rows_of(clinic: WorldClinic) -> dict[str, list[Any]]:
    """All rows of a clinic with ids, moments and places as words that two clinics share."""
    page = ClinicPage.objects.get(slug=clinic.slug)
    found = {label: list(some) for label, some in estates_rows(Estate(page))}
    ids: dict[int, str] = {}
    for label, some in found.items():
        for row in some:
            ids.setdefault(row.pk, f"id {label} {len(ids)}")
    return {
        label: [_plain(rows.values_of(row), page, label) for row in _in_order(some)]
        for label, some in found.items()
    }


def _in_order(some: Iterable[Any]) -> list[Any]:
    return sorted(some, key=lambda row: (getattr(row, "path", ""), row.pk))


def _plain(values: dict[str, Any], page: ClinicPage, label: str) -> str:
    if label == "wagtailcore.collection":
        values = {**values, "path": "path"}
    text = json.dumps(values, sort_keys=True)
    for known, word in ((page.path, "PATH"),):
        text = text.replace(known, word)
    text = re.sub(r"(data-block-key=\W+)\w+", r"\1KEY", text)
    text = _UUID.sub("uuid", _MOMENT.sub("moment", text))
    return re.sub(
        r'("(?:\w*_id|id|pk|latest_revision|live_revision|clinic|revision)": "?)\d+', r"\1N", text
    )


def _html(clinic: WorldClinic, path: str) -> str:
    response = Client(HTTP_HOST=clinic.host).get(path)
    assert response.status_code == 200
    return str(response.content.decode())
