"""The page editor without a browser: opens a form, and posts what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

EDIT_FORM = "page-edit-form"
LAST_LOOK = re.compile(r"/releases/[0-9]+/publish/[0-9]+/$")


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def open_form(client: Client, page: Page) -> dict[str, Any]:
    """Everything that the browser would post from the edit page, unchanged."""
    response = client.get(edit_url(page))
    assert response.status_code == 200
    html = response.content.decode()
    empty_choices = _empty_choices(html)
    fields = {
        name: values if len(values) > 1 else values[0]
        for name, values in querydict_from_html(html, form_id=EDIT_FORM).lists()
        if not name.startswith("action-") and name not in empty_choices
    }
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            fields |= stream_data(getattr(draft, field.name), field.name)
    return fields


def save_form(client: Client, page: Page, data: dict[str, Any], action: str = "") -> HttpResponse:
    """Post a form as "Save draft", or with an action such as "publish".

    A shared article is published from the page that says what it does: this looks, and publishes.
    """
    response = client.post(edit_url(page), data | ({f"action-{action}": action} if action else {}))
    last_look = response.get("Location", "")
    if action == "publish" and LAST_LOOK.search(last_look):
        return client.post(last_look, {"act": "publish"})
    return response


def autosave(client: Client, page: Page, data: dict[str, Any]) -> HttpResponse:
    """Post a form as Wagtail's autosave does."""
    return client.post(edit_url(page), data, headers={"Accept": "application/json"})


def stream_data(value: blocks.StreamValue, name: str) -> dict[str, str]:
    """The fields of a stream's form, from the state that the browser builds it with."""
    block = value.stream_block
    return dict(_fields(block, block.get_form_state(value), name))


def _empty_choices(html: str) -> set[str]:
    """Lists of several choices without one: a browser posts nothing, the parser above the first."""
    lists = BeautifulSoup(html, "html.parser").find_all("select", multiple=True)
    return {each["name"] for each in lists if not each.find("option", selected=True)}


def _fields(block: blocks.Block, state: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            yield from _fields(child, state[key], f"{name}-{key}")
    elif isinstance(block, blocks.BaseStreamBlock | blocks.ListBlock):
        yield f"{name}-count", str(len(state))
        for index, child in enumerate(state):
            yield from _child_fields(block, child, index, f"{name}-{index}")
    elif isinstance(block, blocks.BooleanBlock):
        if state:
            yield name, "on"
    else:
        yield name, _posted(state)


def _child_fields(
    block: blocks.Block, child: dict[str, Any], index: int, name: str
) -> Iterator[tuple[str, str]]:
    yield f"{name}-order", str(index)
    yield f"{name}-deleted", ""
    yield f"{name}-id", child["id"] or ""
    if "type" in child:
        yield f"{name}-type", child["type"]
        yield from _fields(block.child_blocks[child["type"]], child["value"], f"{name}-value")
    else:
        yield from _fields(block.child_block, child["value"], f"{name}-value")


def _posted(state: Any) -> str:
    """A chooser's state is a dict with the id, a select's a list."""
    if isinstance(state, dict):
        state = state["id"]
    elif isinstance(state, list):
        state = state[0]
    # Line breaks are posted as CRLF, wherever they came from.
    return "" if state is None else "\r\n".join(str(state).splitlines())
