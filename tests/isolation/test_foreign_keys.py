"""Security rule 3: what a form saves refers to nothing of another clinic.

Each form that a role can open is sent back as it came, with one value at a time replaced by the id
of another clinic's row: choosers hide such rows, but what is posted need not come from a chooser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page

from articles.models import ArticlePage
from clinics.models import LocalPage, Person
from tests.articles.editing import open_form, save_form
from tests.articles.every_section import make_image, section
from tests.articles.factories import make_own_article
from tests.factories import World
from tests.isolation.rows import all_rows, changes, is_in_band
from tests.isolation.tenant import ids_of, mark
from tests.isolation.walls import NEIGHBOUR, prober_for

FORM = "application/x-www-form-urlencoded"
# Hidden fields and lists whose value is no id of a row.
_NO_ROW = re.compile(r"_FORMS$|csrfmiddlewaretoken|^next$|ORDER$|DELETE$|^focal_point|^loaded_rev")


def forms(world: World) -> Iterator[str]:
    """Addresses of the forms of Hillside's own things."""
    own = make_own_article(world.hillside, "our-forms")
    about = LocalPage.objects.child_of(world.hillside).get(slug="about")
    for page in (world.hillside, world.uptown, about):
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    for page in (about, own):
        yield reverse("wagtailadmin_pages:copy", args=[page.pk])
    yield reverse("wagtailadmin_pages:move", args=[about.pk])
    yield reverse("people:edit", args=[Person.objects.get(clinic=world.hillside).pk])
    yield reverse("people:add")
    yield reverse("my_clinic:edit_clinic", args=[world.hillside.pk])
    yield reverse("my_clinic:edit_notice", args=[world.hillside.pk])
    yield reverse("my_clinic:edit_compliance", args=[world.hillside.pk])
    yield reverse("my_clinic:suggest_clinic", args=[world.hillside.pk])
    yield reverse("my_clinic:suggest_compliance", args=[world.hillside.pk])
    for place in (world.uptown, world.plano):
        yield reverse("my_clinic:suggest_location", args=[place.pk])
        yield reverse("my_clinic:edit_location", args=[place.pk])
        yield reverse("my_clinic:edit_hours", args=[place.pk])
        yield reverse("my_clinic:close_location", args=[place.pk])
    yield reverse("my_clinic:close_clinic", args=[world.hillside.pk])
    image = make_image("Ours", collection=world.hillside.facts.collection)
    yield reverse("wagtailimages:edit", args=[image.pk])
    # Somebody who holds a page is asked for a successor; one who has been here can be that.
    Page.objects.filter(pk=own.pk).update(owner=world.hillside_editor)
    get_user_model().objects.update(last_login=timezone.now())
    yield reverse("team:leave", args=[world.hillside_editor.pk])


def form_of(html: str) -> tuple[dict[str, str], list[str]]:
    """The values of a page's largest form, as a browser sends them, and names that choose a row."""
    found: dict[str, str] = {}
    choosing: list[str] = []
    for form in BeautifulSoup(html, "html.parser").select("form[method=post], form[method=POST]"):
        values, chosen_from = {}, []
        for each in form.select("input[name], textarea[name], select[name]"):
            name, kind = each["name"], each.get("type", "")
            if kind in ("checkbox", "radio") and not each.has_attr("checked"):
                continue
            values[name] = _value(each)
            is_choice = each.name == "select" or kind == "hidden"
            if is_choice and not _NO_ROW.search(name) and _could_be_id(values[name]):
                chosen_from.append(name)
        if len(values) > len(found):
            found, choosing = values, chosen_from
    return found, choosing


def _could_be_id(value: str) -> bool:
    return not value or value.isdigit()


def _value(field: Tag) -> str:
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen.get("value", "")) if chosen else ""
    return str(field.get("value", "") or field.get_text())


@pytest.mark.parametrize("name", ["clinic editor", "clinic publisher", "franchise admin"])
def test_no_form_takes_another_clinics_row(tenants: None, world: World, name: str) -> None:
    prober = prober_for(name, world)
    number = max(prober.foreign)
    ids = ids_of(number)
    foreign = {ids["base"][0], ids["locationpage"][0]}
    tried, found = 0, []
    for address in forms(world):
        response = prober.client.get(address)
        if response.status_code != 200:
            continue
        fields, choosing = form_of(response.content.decode())
        for field in choosing:
            for id_ in foreign:
                tried += 1
                written = written_by(prober.client, address, {**fields, field: str(id_)}, number)
                found += [f"{address} {field}={id_}: {change}" for change in written]

    assert tried >= 6
    assert not found, "\n".join(found)


def written_by(client: Client, address: str, data: dict[str, str], number: int) -> list[str]:
    with transaction.atomic():
        before = all_rows()
        response = client.generic("POST", address, urlencode(data), FORM)
        found = changes(before, all_rows(), lambda text: is_in_band(text, number))
        transaction.set_rollback(True)
    failed = [f"status {response.status_code}"] if response.status_code >= 500 else []
    return [*map(str, found), *failed]


def test_form_that_takes_every_row_is_found(
    tenants: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hole that is looked for, made on purpose."""
    monkeypatch.setattr("clinics.forms.page.ScopedPageForm._allowed", lambda _self, rows: rows)
    image = get_image_model().objects.get(pk=NEIGHBOUR * 1_000_000 + 1)
    client = prober_for("clinic publisher", world).client
    address = reverse("wagtailadmin_pages:edit", args=[world.hillside.pk])
    fields, _choosing = form_of(client.get(address).content.decode())

    found = written_by(client, address, {**fields, "hero_image": str(image.pk)}, NEIGHBOUR)

    assert any("refers to" in each for each in found), found


# What stands inside sections and texts


@pytest.fixture
def ours(tenants: None, world: World) -> Any:
    return make_image("Ours", collection=world.hillside.facts.collection)


@pytest.fixture
def article(world: World, ours: Any) -> Any:
    """An article of Hillside's own with a picture in a section."""
    return make_own_article(world.hillside, "our-forms", section("image", "ours", image=ours.pk))


def test_section_takes_no_picture_of_another_clinic(world: World, article: Any) -> None:
    client = prober_for("clinic publisher", world).client
    form = open_form(client, article)
    foreign = get_image_model().objects.get(pk=NEIGHBOUR * 1_000_000 + 1)
    planted = {**form, "body-0-value-image": str(foreign.pk)}
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    assert save_form(client, article, form).status_code == 302
    assert save_form(client, article, planted).status_code == 404
    assert client.post(preview, planted).status_code == 404


def test_section_keeps_the_picture_that_it_has(world: World, article: Any, ours: Any) -> None:
    """One that was moved to another collection since."""
    foreign = get_image_model().objects.get(pk=NEIGHBOUR * 1_000_000 + 1)
    get_image_model().objects.filter(pk=ours.pk).update(collection=foreign.collection)
    client = prober_for("clinic publisher", world).client

    assert save_form(client, article, open_form(client, article)).status_code == 302


def test_text_takes_no_link_to_another_clinics_page(tenants: None, world: World) -> None:
    client = prober_for("clinic publisher", world).client
    about = LocalPage.objects.child_of(world.hillside).get(slug="about")
    foreign = Page.objects.get(pk=ids_of(NEIGHBOUR)["localarticlepage"][0])
    form = open_form(client, about)

    answers = {
        page: save_form(client, about, {**form, "body": linked(page)}).status_code
        for page in (world.uptown.page_ptr, ArticlePage.objects.get().page_ptr, foreign)
    }

    assert list(answers.values()) == [302, 302, 404]


def linked(page: Page) -> str:
    """A text with one link, as the editor posts it."""
    block = {
        "key": "a1b2c",
        "text": "there",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": page.pk, "url": "/x/"}}
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


def test_refused_row_is_not_shown_again(tenants: None, world: World) -> None:
    """Choosers show the title and thumbnail of whatever id they are given."""
    client = prober_for("clinic publisher", world).client
    address = reverse("wagtailadmin_pages:edit", args=[world.hillside.pk])
    fields, _choosing = form_of(client.get(address).content.decode())
    id_ = str(NEIGHBOUR * 1_000_000 + 1)

    answer = client.post(address, {**fields, "hero_image": id_}).content.decode()

    assert "Select a valid choice" in answer
    assert mark(NEIGHBOUR, "file") not in answer
