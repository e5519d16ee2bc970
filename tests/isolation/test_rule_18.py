"""Rule 18: no second endpoint forgets whose object it is, for any model of ours that has screens.

Each class of Wagtail's security fixes, by the addresses where it could come back; asked for each
foreign row with the id in the path, and answered as for an id that nobody has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, get_page_models

from clinics.models import (
    BulkChange,
    ClinicPage,
    FactsChange,
    FactsSuggestion,
    LocationPage,
    Person,
)
from tests.factories import World
from tests.isolation.walls import NEIGHBOUR

MISSING = 987_654_321
# Class → names of routes; each takes the id of an object.
OF_PAGES = {
    "preview": ("view_draft", "preview_on_edit", "workflow_preview"),
    "history": ("history", "history_results", "workflow_history", "revisions_index"),
    "revisions": ("revisions_view", "revisions_revert", "revisions_unschedule"),
    "compare": ("revisions_compare",),
    "copy source": ("copy",),
    "moving": ("move", "move_confirm", "set_page_position"),
    "usage": ("usage",),
    "privacy": ("set_privacy",),
    "translation and aliases": ("convert_alias",),
    "editing": ("edit", "add_subpage"),
    "deleting": ("delete",),
    "unpublishing": ("unpublish",),
    "locking": ("lock", "unlock"),
    "workflow": ("confirm_workflow_cancellation",),
}
MODELS = [
    model
    for model in get_page_models()
    if model._meta.app_label in {"clinics", "articles"} and not model._meta.abstract
]
# Nothing of these belongs to one clinic: the library's, the franchise's, or the list itself.
SHARED = {"ArticleLibraryPage", "ArticlePage", "FranchisePage", "HubPage"}
OTHERS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "person": (
        Person,
        ("people:edit", "people:delete", "people:history", "people:usage", "people_chooser:chosen"),
    ),
    "picture": (
        get_image_model(),
        (
            *("wagtailimages:edit", "wagtailimages:delete", "wagtailimages:image_usage"),
            *("wagtailimages_chooser:chosen", "wagtailimages_chooser:select_format"),
            "wagtailadmin_api:images:detail",
        ),
    ),
    "import": (
        BulkChange,
        ("my_clinic:bulk", "my_clinic:bulk_columns", "my_clinic:bulk_rows_file"),
    ),
    "change of facts": (FactsChange, ("my_clinic:undo",)),
    "suggestion": (FactsSuggestion, ("my_clinic:suggestion", "my_clinic:withdraw_suggestion")),
    "location": (
        LocationPage,
        ("my_clinic:edit_location", "my_clinic:edit_hours", "my_clinic:suggest_location"),
    ),
    "clinic": (ClinicPage, ("my_clinic:suggest_clinic", "my_clinic:clinic_suggestions")),
}


@pytest.fixture
def client(tenants: None, world: World, client_for: Callable[[Any], Client]) -> Client:
    """The role with most rights at a clinic."""
    return client_for(world.hillside_publisher)


@pytest.mark.parametrize("model", [m for m in MODELS if m.__name__ not in SHARED])
def test_pages_of_another_clinic_are_missing(client: Client, model: type[Page]) -> None:
    pk = of_neighbour(model.objects.all()).pk
    for names in OF_PAGES.values():
        for name in names:
            for theirs, missing in pairs(f"wagtailadmin_pages:{name}", pk):
                same_answer(client, theirs, missing)


@pytest.mark.parametrize("model", [m for m in MODELS if m.__name__ not in SHARED])
def test_chosen_bulk_and_api_know_no_page_of_another_clinic(
    client: Client, model: type[Page]
) -> None:
    pk = of_neighbour(model.objects.all()).pk
    label = ("wagtailcore", "page")
    for action in ("delete", "move", "publish", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=(*label, action))
        same_answer(client, f"{bulk}?id={pk}", f"{bulk}?id={MISSING}")
    detail = "wagtailadmin_api:pages:detail"
    same_answer(client, reverse(detail, args=[pk]), reverse(detail, args=[MISSING]))
    several = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert str(pk) not in client.get(f"{several}?id={pk}").content.decode()
    listing = client.get(reverse("wagtailadmin_api:pages:listing"), {"id": pk, "limit": 50})
    assert f'"id": {pk}' not in listing.content.decode()


@pytest.mark.parametrize("what", OTHERS)
def test_other_rows_of_another_clinic_are_missing(client: Client, what: str) -> None:
    kind, names = OTHERS[what]
    pk = of_neighbour(kind._default_manager.all()).pk
    for name in names:
        for theirs, missing in pairs(name, pk):
            same_answer(client, theirs, missing)


def test_every_class_has_an_address(world: World) -> None:
    """A route that was renamed would make its tests ask nothing."""
    for names in OF_PAGES.values():
        assert all(pairs(f"wagtailadmin_pages:{name}", 1) for name in names)
    assert all(pairs(name, 1) for _model, names in OTHERS.values() for name in names)


def of_neighbour(rows: Any) -> Any:
    """A row of the clinic next door, which the tests have filled."""
    start = NEIGHBOUR * 1_000_000
    return rows.filter(pk__gt=start, pk__lt=start + 1_000_000).order_by("pk")[0]


def pairs(name: str, pk: int) -> list[tuple[str, str]]:
    """The address with the foreign id and with one that nobody has, however many ids it takes."""
    revision = Revision.objects.filter(object_id=str(pk)).order_by("pk").first()
    second = revision.pk if revision else pk
    for rest in ((), (second,), (second, second), ("earliest", second)):
        try:
            return [(reverse(name, args=(pk, *rest)), reverse(name, args=(MISSING, *rest)))]
        except NoReverseMatch:
            continue
    return []


def same_answer(client: Client, theirs: str, missing: str) -> None:
    """404 for both, or for both the answer of a view that takes no such method."""
    for ask in (client.get, client.post):
        found, nothing = ask(theirs), ask(missing)
        assert found.status_code == nothing.status_code, (theirs, found.status_code)
        assert found.status_code in {404, 405}, (theirs, found.status_code)
        assert found.content == nothing.content, theirs
