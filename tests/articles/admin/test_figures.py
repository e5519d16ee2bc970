"""The figures of the library in the admin (T-08): who keeps them, and what a change says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles.models import Figure, Term
from tests.articles.factories import (
    figures,
    make_article,
    make_figure,
    make_local_version,
    override,
    text,
)
from tests.factories import World

type SignIn = Callable[[Any], Client]

ROWS = ("figure", "term")
NOBODY = ("hillside_editor", "hillside_publisher", "franchise_admin", "outsider")


def make_row(kind: str) -> Figure | Term:
    if kind == "figure":
        return make_figure()
    return Term.objects.create(slug="placebo", name="Placebo", explanation="A sham medicine.")


def url(row: Any, view: str, *args: Any) -> str:
    return reverse(row.snippet_viewset.get_url_name(view), args=args)


def posted(figure: Figure, **fields: Any) -> dict[str, Any]:
    names = ("slug", "name", "text", "unit", "low", "population", "year", "about")
    values = {name: getattr(figure, name) for name in names}
    return {**values, "high": "", "source": figure.source_id, **fields}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("name", ["library_editor", "library_publisher"])
def test_whoever_writes_the_library_keeps_them(
    world: World, client_for: SignIn, name: str, kind: str
) -> None:
    row, client = make_row(kind), client_for(getattr(world, name))

    assert row in client.get(url(row, "list")).context["object_list"]
    assert client.get(url(row, "edit", row.pk)).status_code == 200
    assert client.get(url(row, "add")).status_code == 200


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("name", NOBODY)
def test_nobody_else_gets_at_a_row(world: World, client_for: SignIn, name: str, kind: str) -> None:
    row, client = make_row(kind), client_for(getattr(world, name))

    for view in ("edit", "delete", "history", "usage"):
        assert client.get(url(row, view, row.pk)).status_code == 404, view
    for view in ("list", "add"):
        assert client.get(url(row, view)).status_code == 302, view
    client.post(url(row, "delete", row.pk))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_new_words_name_the_live_texts_that_show_them(world: World, client_for: SignIn) -> None:
    figure, other = make_figure("adults"), make_figure("adults-2")
    shared = make_article("a", figures({"kept": figure.pk}), title="Named by a section")
    make_article("b", text("t", "T", "<p>{{ figure.adults-2 }}</p>"), title="Of another one")
    own = override("insert", "", text("own", "Ours", "<p>{{ figure.adults }}</p>"), position="end")
    make_local_version(shared, world.harbour, own)

    answer = client_for(world.library_editor).post(
        url(figure, "edit", figure.pk), posted(figure, text="some 5 million adults")
    )

    figure.refresh_from_db()
    assert figure.text == "some 5 million adults"
    said = " ".join(str(each) for each in get_messages(answer.wsgi_request))
    assert "2 live texts show the new words" in said
    assert "Named by a section" in said and "Of another one" not in said
    assert other.slug == "adults-2"


def test_other_changes_say_nothing_of_texts(world: World, client_for: SignIn) -> None:
    figure = make_figure()
    make_article("a", figures({"kept": figure.pk}))

    answer = client_for(world.library_editor).post(
        url(figure, "edit", figure.pk), posted(figure, year=2015)
    )

    assert "live text" not in " ".join(str(each) for each in get_messages(answer.wsgi_request))


def test_a_figure_that_patients_read_stays(world: World, client_for: SignIn) -> None:
    figure = make_figure()
    make_article("a", text("t", "T", "<p>{{ figure.adults }}</p>"), title="Shows it")

    client_for(world.library_publisher).post(url(figure, "delete", figure.pk))
    assert Figure.objects.filter(pk=figure.pk).exists()

    unused = make_figure("unused")
    client_for(world.library_publisher).post(url(unused, "delete", unused.pk))
    assert not Figure.objects.filter(pk=unused.pk).exists()


def test_the_menu_of_the_editor_has_figures_for_clinics_too(
    world: World, client_for: SignIn
) -> None:
    make_figure("with-2", text="“4” million </script>")
    article = make_article("a")
    version = make_local_version(article, world.hillside)

    answer = client_for(world.hillside_editor).get(
        reverse("wagtailadmin_pages:edit", args=[version.pk])
    )

    assert '"name": "figure.with-2"' in answer.text
    assert "million \\u003C/script\\u003E" in answer.text
