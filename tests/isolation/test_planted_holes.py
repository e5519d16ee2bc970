"""The prober finds what it is for: a hole is made for each row of what stock Wagtail leaves open,
and for each class of Wagtail's security fixes, and each is found.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester, get_page_models

from clinics.gate import table
from clinics.gate.rules import anyone
from clinics.models import Person
from tests.factories import World
from tests.isolation.prober import Finding
from tests.isolation.probes import probes_at
from tests.isolation.walls import NEIGHBOUR, arguments, foreign_ids, prober_for, routes_named

POLICY = "clinics.roles.people_policy.PeoplePolicy"
EXPLORABLE = "clinics.roles.policy.MembershipPagePolicy.explorable_instances"
CHOOSERS, LISTS = "clinics.gate.choosers", "clinics.gate.page_lists"

# Row of the table of stock Wagtail's leaks → a route of that row, and how the hole shows.
WITHOUT_THE_GATE = {
    "admin API": ("wagtailadmin_api:images:listing", "reads file"),
    "admin API, one picture": ("wagtailadmin_api:images:detail", "reads file"),
    "admin API, documents": ("wagtailadmin_api:documents:listing", "reads file"),
    "bulk action on pages": ("wagtail_bulk_action", "reads draft"),
    "where to move a page": ("wagtailadmin_pages:move_confirm", "reads draft"),
    "cancelling a workflow": ("wagtailadmin_pages:confirm_workflow_cancellation", "answers 200"),
    "page chooser, below a page": ("wagtailadmin_choose_page_child", "reads draft"),
    "page chooser, several": ("wagtailadmin_choose_page_chosen_multiple", "reads draft"),
    "tags": ("wagtailadmin_tag_autocomplete", "reads tag"),
    "popular tags in a list": ("wagtailimages:index", "reads tag"),
    "popular tags in a chooser": ("wagtailimages_chooser:choose", "reads tag"),
    "one workflow task": ("wagtailadmin_workflows:task_chosen", "reads note"),
    "report of workflows": ("wagtailadmin_reports:workflow", "reads note"),
    "report of tasks": ("wagtailadmin_reports:workflow_tasks", "reads note"),
    "site history": ("wagtailadmin_reports:site_history", "reads user"),
    "report of page types": ("wagtailadmin_reports:page_types_usage", "reads draft"),
    "locked pages": ("wagtailadmin_reports:locked_pages", "reads user"),
    "uploads": ("wagtailimages:delete_upload_multiple", "tells foreign from missing"),
}
# Class of Wagtail's fixes: a view that forgets to ask about the object.
WITHOUT_PAGE_RIGHTS = {
    "preview": ("wagtailadmin_pages:view_draft", "reads draft"),
    "history": ("wagtailadmin_pages:history", "reads user"),
    "revisions": ("wagtailadmin_pages:revisions_view", "reads draft"),
    "compare": ("wagtailadmin_pages:revisions_compare", "reads public"),
    "copy source": ("wagtailadmin_pages:copy", "reads draft"),
    "usage": ("wagtailadmin_pages:usage", "answers 200"),
    "privacy": ("wagtailadmin_pages:set_privacy", "answers 200"),
    "editing": ("wagtailadmin_pages:edit", "reads draft"),
    "deleting": ("wagtailadmin_pages:delete", "writes: gone"),
    "unpublishing": ("wagtailadmin_pages:unpublish", "writes: changed"),
    "locking": ("wagtailadmin_pages:lock", "writes: changed"),
}
PEOPLE = {
    "list": ("people:index", "reads public"),
    "edit": ("people:edit", "reads public"),
    "snippet history": ("people:history", "reads public"),
    "snippet usage": ("people:usage", "reads public"),
    "deleting a row": ("people:delete", "writes: gone"),
}
OFFERED = {
    "chosen": ("people_chooser:chosen", "reads public"),
    "chosen, several": ("people_chooser:chosen_multiple", "reads public"),
    "choosing": ("people_chooser:choose", "reads public"),
}


# Views that only answer what is posted to them.
_POSTED = frozenset({"wagtailimages:delete_upload_multiple", "wagtailadmin_api:pages:action"})
# What a list takes its pages from, and what shows when that is every page.
EVERY_PAGE = {
    "explorer": ("wagtailadmin_explore", EXPLORABLE, "answers"),
    "search": ("wagtailadmin_pages:search", EXPLORABLE, "reads public"),
    "API listing": ("wagtailadmin_api:pages:listing", EXPLORABLE, "reads draft"),
    "API detail": ("wagtailadmin_api:pages:detail", EXPLORABLE, "reads draft"),
    "API action": ("wagtailadmin_api:pages:action", EXPLORABLE, "answers"),
    "page chooser, browsing": ("gate_choose_page", f"{CHOOSERS}.browsable_pages", "reads public"),
    "page chooser, search": (
        "gate_choose_page_search",
        f"{CHOOSERS}.browsable_pages",
        "reads public",
    ),
    "filters of pages": ("wagtailadmin_pages:type_use", f"{LISTS}.pages_in_reach", "reads user"),
}


def probe(world: World, name: str, kind: str, urlconf: str = "cms.urls") -> list[Finding]:
    """What the prober finds at one route; only what can show this kind of hole is asked."""
    prober = prober_for("clinic publisher", world)
    first, *_others, last = foreign_ids({NEIGHBOUR})
    (route,) = routes_named(name, urlconf)
    probes = probes_at(route, (first, last), arguments(world), full=False)
    is_writing = kind.startswith("writes") or route.name in _POSTED
    return prober.run([each for each in probes if (each.method != "GET") == is_writing])


def assert_found(findings: list[Finding], kind: str) -> None:
    kinds = sorted({finding.kind for finding in findings})
    assert any(found.startswith(kind) for found in kinds), kinds


@pytest.mark.parametrize("row", WITHOUT_THE_GATE)
def test_site_without_the_gate_is_open(
    tenants: None, world: World, settings: Any, row: str
) -> None:
    settings.ROOT_URLCONF = "tests.isolation.open_urls"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Gate" not in name]
    name, kind = WITHOUT_THE_GATE[row]

    assert_found(probe(world, name, kind, settings.ROOT_URLCONF), kind)


@pytest.mark.parametrize("fix", WITHOUT_PAGE_RIGHTS)
def test_view_that_forgets_the_page_is_found(
    tenants: None, world: World, monkeypatch: pytest.MonkeyPatch, fix: str
) -> None:
    name, kind = WITHOUT_PAGE_RIGHTS[fix]
    monkeypatch.setitem(table.ROUTES, name, anyone)
    monkeypatch.setattr(Page, "permissions_for_user", _everything_allowed)
    for model in get_page_models():
        monkeypatch.setattr(model, "permissions_for_user", _everything_allowed)

    assert_found(probe(world, name, kind), kind)


@pytest.mark.parametrize("view", PEOPLE)
def test_view_that_takes_every_row_is_found(
    tenants: None, world: World, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    name, kind = PEOPLE[view]
    monkeypatch.setattr(f"{POLICY}.instances_user_has_any_permission_for", _every_person)
    monkeypatch.setattr(f"{POLICY}.user_has_permission_for_instance", lambda *_: True)

    assert_found(probe(world, name, kind), kind)


@pytest.mark.parametrize("view", OFFERED)
def test_chooser_that_offers_every_row_is_found(
    tenants: None, world: World, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    name, kind = OFFERED[view]
    monkeypatch.setattr("clinics.admin.people.people_offered_to", lambda _user: _every_person())

    assert_found(probe(world, name, kind), kind)


@pytest.mark.parametrize("view", EVERY_PAGE)
def test_list_that_takes_every_page_is_found(
    tenants: None, world: World, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    name, source, kind = EVERY_PAGE[view]
    monkeypatch.setitem(table.ROUTES, name, anyone)
    monkeypatch.setattr(source, lambda *_: Page.objects.all())

    assert_found(probe(world, name, kind), kind)


def _every_person(*_args: Any) -> QuerySet[Person]:
    return Person.objects.all()


def _everything_allowed(page: Page, user: Any) -> PagePermissionTester:
    return _Anything(user, page)


class _Anything(PagePermissionTester):
    """Every "can_…" is true."""

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("can_"):
            return lambda *_args, **_options: True
        return super().__getattribute__(name)

    def page_locked(self) -> bool:
        return False
