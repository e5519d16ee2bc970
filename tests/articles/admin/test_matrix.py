"""The reports over several clinics (rows 89 and 100): matrix, texts to look at, receipts."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from articles.acknowledging import acknowledge
from articles.choices import ChangeClass
from articles.models import ArticlePage, LocalVersionPage
from clinics.formula_guard import guarded
from clinics.models import ClinicFacts
from tests.articles.crowd import add_clinics
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    text,
)
from tests.factories import World

REPORTS = ["matrix", "checks", "acknowledgements"]
OWN = override("replace", "what", text("own", "Ours"), review_date="2020-01-01", owner="Nora")


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Hillside has replaced one of two sections, and its review is long overdue."""
    article = make_article("a", text("what", "What"), text("care", "Care"), title="About it")
    make_local_version(article, world.hillside, OWN)
    return article


def url(name: str = "matrix") -> str:
    return reverse(f"articles_report_{name}")


def table(response: Any) -> list[list[str]]:
    html = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in html.select("table.matrix tr")
    ]


def words_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def sheet(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


def test_table_shows_each_article_at_each_clinic(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    for user in (world.library_editor, world.franchise_admin, world.superuser):
        head, row = table(client_for(user).get(url()))
        assert head == ["Article", "Harbour Infusion Center", "Hillside Pain Clinic"]
        assert row == ["About it", "Follows library", "Own version"]


def test_cells_lead_to_what_the_reader_may_do(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    def links(user: Any) -> list[str]:
        html = BeautifulSoup(client_for(user).get(url()).content, "html.parser")
        return [link["href"] for link in html.select(".matrix-cell a")]

    version = LocalVersionPage.objects.get()
    assert links(world.superuser)[1] == reverse("wagtailadmin_pages:edit", args=[version.pk])
    of_clinic = [article.pk, world.hillside.pk]
    assert links(world.library_editor)[1] == reverse("articles_impact_clinic", args=of_clinic)
    for user in (world.superuser, world.library_editor, world.franchise_admin):
        client = client_for(user)
        assert [client.get(link).status_code for link in links(user)] == [200, 200]


def test_filters_leave_rows_and_columns_that_matter(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    make_article("b", title="Another", kind="TREATMENT")
    client = client_for(world.library_editor)
    assert table(client.get(url(), {"state": "OWN"})) == [
        ["Article", "Hillside Pain Clinic"],
        ["About it", "Own version"],
    ]
    assert table(client.get(url(), {"article": "other", "clinic": "harb"})) == [
        ["Article", "Harbour Infusion Center"],
        ["Another", "Follows library"],
    ]
    assert [row[0] for row in table(client.get(url(), {"kind": "TREATMENT"}))[1:]] == ["Another"]
    assert "Nothing matches" in words_of(client.get(url(), {"article": "nowhere"}))
    assert len(table(client.get(url(), {"kind": "x", "state": "y", "p": "z", "c": "-"}))) == 3


def test_both_axes_have_pages(world: World, client_for: Any, article: ArticlePage) -> None:
    add_clinics(world, 25)
    client = client_for(world.library_editor)
    first, second = (table(client.get(url(), {"c": page})) for page in (1, 2))
    assert (len(first[0]), len(second[0])) == (21, 8)
    assert "Clinics 1 to 20 of 27" in words_of(client.get(url()))


def test_queries_do_not_grow(world: World, client_for: Any, article: ArticlePage) -> None:
    client = client_for(world.library_editor)
    client.get(url())
    counts = []
    for number in range(2):
        add_clinics(world, 15 * number)
        for each in range(6 * number):
            make_local_version(make_article(f"b-{each}"), world.harbour, OWN)
        with CaptureQueriesContext(connection) as queries:
            client.get(url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_spreadsheet_has_a_line_for_each_cell(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)
    harbour, hillside = sheet(client.get(url(), {"export": "csv"}))
    assert (harbour["State"], hillside["State"]) == ("Follows library", "Own version")
    assert hillside["Changes of the clinic's own"] == "1"
    assert hillside["Part of the article that is the clinic's own"] == "0.5"
    assert hillside["Next review of a change"] == "2020-01-01"
    assert "by Nora" in hillside["What deserves a look"]

    book = load_workbook(BytesIO(b"".join(client.get(url(), {"export": "xlsx"}).streaming_content)))
    assert [cell.value for cell in book.active[3]][:4] == [
        "About it", "Condition", "Hillside Pain Clinic", "Own version",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_cell_of_a_spreadsheet_is_a_formula(
    world: World, client_for: Any, article: ArticlePage, text: str
) -> None:
    assert guarded(text) == f"'{text}"
    ClinicFacts.objects.filter(clinic=world.harbour).update(name=text)
    rows = sheet(client_for(world.library_editor).get(url(), {"export": "csv"}))
    assert f"'{text}" in {row["Clinic"] for row in rows}


def test_texts_that_deserve_a_look_are_listed(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    page = words_of(client_for(world.library_editor).get(url("checks")))
    assert "About it – Hillside Pain Clinic" in page
    assert "was to be looked at again on Jan. 1, 2020 by Nora" in page
    (row,) = sheet(client_for(world.library_editor).get(url("checks"), {"export": "csv"}))
    assert row["Review was due"] == "2020-01-01"


def test_receipts_are_listed_and_exported(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    warned = change_article(article, change_class=ChangeClass.SAFETY, change_note="Dose")
    acknowledge(world.hillside, warned.releases.first(), user=world.hillside_publisher)
    client = client_for(world.library_editor)
    page = words_of(client.get(url("acknowledgements")))
    assert "hillside-publisher" in page
    rows = sheet(client.get(url("acknowledgements"), {"export": "csv"}))
    assert {(row["Clinic"], row["Status"], row["Acknowledged by"]) for row in rows} == {
        ("Hillside Pain Clinic", "Acknowledged", "hillside-publisher"),
        ("Harbour Infusion Center", "Due", ""),
    }
    assert load_workbook(
        BytesIO(b"".join(client.get(url("acknowledgements"), {"export": "xlsx"}).streaming_content))
    )


@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_a_404_for_everybody_else(
    world: World, client_for: Any, article: ArticlePage, name: str
) -> None:
    for user in (world.hillside_publisher, world.hillside_editor, world.outsider):
        client = client_for(user)
        assert client.get(url(name)).status_code == 404
        assert client.get(url(name), {"export": "csv"}).status_code == 404
        assert "articles-by-clinic" not in client.get(reverse("wagtailadmin_home")).text


# At one clinic


def test_clinic_sees_its_own_tasks(world: World, client_for: Any, article: ArticlePage) -> None:
    change_article(article, change_class=ChangeClass.SAFETY, change_note="Dose")
    client = client_for(world.hillside_publisher)
    home = client.get(reverse("wagtailadmin_home")).text
    assert "1 safety change to acknowledge" in home
    assert "1 text of yours is past its review date" in home
    page = words_of(client.get(reverse("my_articles:checks", args=[world.hillside.pk])))
    assert "was to be looked at again" in page
    other = client_for(world.harbour_publisher).get(reverse("wagtailadmin_home")).text
    assert "past its review date" not in other


def test_clinic_reads_a_safety_change_and_acknowledges_it(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    body = [text("what", "What", "<p>Never take it with wine.</p>"), text("care", "Care")]
    warned = change_article(article, body, change_class=ChangeClass.SAFETY)
    args = [world.hillside.pk, warned.releases.first().pk]
    address = reverse("my_articles:safety_change", args=args)
    client = client_for(world.hillside_publisher)
    updates = reverse("my_articles:updates", args=[world.hillside.pk])
    assert address in client.get(updates).text
    assert "wine" in words_of(client.get(address))
    client.post(address)
    assert address not in client.get(updates).text
    assert "Acknowledged by hillside-publisher" in words_of(client.get(address))


def test_editor_without_the_right_acknowledges_nothing(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    warned = change_article(article, change_class=ChangeClass.SAFETY)
    args = [world.hillside.pk, warned.releases.first().pk]
    address = reverse("my_articles:safety_change", args=args)
    client = client_for(world.hillside_editor)
    assert "I have read it" not in client.get(address).text
    response = client.post(address, follow=True)
    assert "Only somebody who publishes" in response.text
    assert not warned.releases.first().acknowledgements.exists()


def test_tasks_of_another_clinic_are_a_404(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    warned = change_article(article, change_class=ChangeClass.SAFETY)
    args = [world.hillside.pk, warned.releases.first().pk]
    for user in (world.harbour_publisher, world.library_publisher, world.outsider):
        client = client_for(user)
        assert client.get(reverse("my_articles:safety_change", args=args)).status_code == 404
        assert client.post(reverse("my_articles:safety_change", args=args)).status_code == 404
        assert client.get(reverse("my_articles:checks", args=args[:1])).status_code == 404


def test_release_that_asks_for_nothing_is_a_404(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    args = [world.hillside.pk, article.releases.get().pk]
    client = client_for(world.hillside_publisher)
    assert client.get(reverse("my_articles:safety_change", args=args)).status_code == 404
