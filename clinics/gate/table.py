"""The allow-list of the admin: the name of a route → the rule that lets a user of ours through.

What is not named here is 404 for everybody but superusers: users, groups, sites, collections,
workflows, documents and the stock reports, which know no clinics.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model
from wagtail.images import get_image_model

from clinics.gate.bulk import bulk
from clinics.gate.posted import written
from clinics.gate.rules import (
    Rule,
    anyone,
    by_view,
    copied,
    edited_object,
    explored,
    numbers_in_query,
    own_session,
    own_upload,
    page,
    row,
    rows_in_query,
    task_of_page,
)
from clinics.gate.urls import urlpatterns
from clinics.models import Person, Service, Statement

_OWN_FILE = frozenset({"change", "delete"})
_CHOICE = frozenset({"choose"})


def routes_of_snippet(model: type[Model], *also: str) -> dict[str, Rule]:
    """The routes of a snippet and of its chooser; `also` are views that not every one has."""
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    admin, chooser = f"wagtailsnippets_{label}", f"wagtailsnippetchoosers_{label}"
    lists = dict.fromkeys((f"{admin}:{n}" for n in ("list", "list_results", "add")), anyone)
    one = ("edit", "delete", "usage", "history", "history_results", *also)
    rows = dict.fromkeys((f"{admin}:{name}" for name in one), row(model))
    choosing = ("choose", "choose_results")
    offered = dict.fromkeys((f"{chooser}:{name}" for name in choosing), anyone)
    # What every clinic may cite is the same for all of them.
    taken = {f"{chooser}:chosen": anyone, f"{chooser}:chosen_multiple": numbers_in_query}
    return {**lists, **rows, **offered, **taken}


def _pages(rule: Rule, *names: str) -> dict[str, Rule]:
    return dict.fromkeys((f"wagtailadmin_pages:{name}" for name in names), rule)


def _of(space: str, rule: Rule, *names: str) -> dict[str, Rule]:
    return dict.fromkeys((f"{space}:{name}" for name in names), rule)


_NOBODYS = dict.fromkeys(
    (
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        "wagtailadmin_login",
        "wagtailadmin_dismissibles",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_block_preview",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailsnippets:index",
    ),
    anyone,
)
_EXPLORER: dict[str, Rule] = {
    "wagtailadmin_explore_root": anyone,
    "wagtailadmin_explore": explored,
    "wagtailadmin_explore_results": explored,
    "wagtailadmin_api:pages:listing": anyone,
    "wagtailadmin_api:pages:detail": page("pk"),
    "wagtailadmin_api:pages:action": page("pk"),
    "wagtail_bulk_action": bulk,
    "wagtailadmin_editing_sessions:ping": edited_object,
    "wagtailadmin_editing_sessions:release": own_session,
}
_REPLACED = dict.fromkeys((pattern.name for pattern in urlpatterns), by_view)
_PAGES = {
    **_pages(by_view, "search", "search_results", "type_use", "type_use_results"),
    **_pages(page("parent_page_id"), "add_subpage"),
    **_pages(written(page("parent_page_id")), "add", "preview_on_add"),
    **_pages(written(page()), "edit", "preview_on_edit", "revisions_revert"),
    **_pages(page(), "view_draft", "delete", "unpublish", "usage"),
    **_pages(page(), "convert_alias", "set_privacy", "lock", "unlock"),
    **_pages(page(), "history", "history_results", "workflow_history", "workflow_history_detail"),
    **_pages(page(), "revisions_index", "revisions_view"),
    **_pages(page(), "revisions_unschedule", "confirm_workflow_cancellation"),
    **_pages(page("pk"), "revisions_compare"),
    **_pages(copied, "copy"),
    **_pages(page("page_to_move_id"), "move", "set_page_position"),
    **_pages(page("page_to_move_id", "destination_id"), "move_confirm"),
    **_pages(task_of_page, "workflow_action", "collect_workflow_action_data", "workflow_preview"),
}


def _pictures() -> dict[str, Rule]:
    model = get_image_model()
    mine, choosable = row(model, "image_id", _OWN_FILE), row(model, "pk", _CHOICE)
    return {
        **_of("wagtailimages", anyone, "add", "add_multiple"),
        **_of("wagtailimages", mine, "edit", "delete", "image_usage", "preview"),
        **_of("wagtailimages", mine, "edit_multiple", "delete_multiple"),
        **_of("wagtailimages", own_upload, "create_multiple_from_uploaded_image"),
        **_of("wagtailimages", own_upload, "delete_upload_multiple"),
        **_of("wagtailimages_chooser", anyone, "choose_results", "create"),
        **_of("wagtailimages_chooser", choosable, "chosen"),
        **_of("wagtailimages_chooser", rows_in_query(model, _CHOICE), "chosen_multiple"),
        **_of("wagtailimages_chooser", row(model, "image_id", _CHOICE), "select_format"),
    }


_MY_CLINIC = ("index", "index_results", "contact", "edit_clinic", "hours", "edit_notice", "changes")
_LOCATIONS = ("locations", "locations_file", "bulk_edit", "bulk_import")
_BULK = ("bulk_list", "bulk_list_results", "bulk", "bulk_columns", "bulk_rows_file")
_SUGGESTIONS = ("suggestions", "suggestions_results", "clinic_suggestions", "suggestion")
_SUGGEST = ("suggest_clinic", "suggest_location", "withdraw_suggestion")
_LAW = ("edit_compliance", "suggest_compliance", "notice_draft")
_TEAM = (
    "list",
    "invite",
    "history",
    "member",
    "role",
    "invite_again",
    "reactivate",
    "reset_factor",
)
_MANAGE = ("close", "reopen", "rename")
_PEOPLE = ("index", "index_results", "add")
_ONE_PERSON = ("edit", "delete", "history", "history_results", "usage")
_CHOOSE_PERSON = ("choose", "choose_results", "chosen")

ROUTES: dict[str, Rule] = {
    **_NOBODYS,
    **_EXPLORER,
    **_REPLACED,
    **_PAGES,
    **_pictures(),
    **routes_of_snippet(Service, "inspect"),
    **routes_of_snippet(Statement, "inspect"),
    **_of("people", anyone, *_PEOPLE),
    **_of("people", row(Person, actions={"change"}), *_ONE_PERSON),
    **_of("people_chooser", by_view, *_CHOOSE_PERSON),
    **_of("people_chooser", numbers_in_query, "chosen_multiple"),
    **_of("my_clinic", by_view, *_MY_CLINIC, "taps", "edit_location", "edit_hours", "undo"),
    **_of("my_clinic", by_view, "new", "new_preview", "launch", "manage", *_LOCATIONS, *_BULK),
    **_of("my_clinic", by_view, *_SUGGESTIONS, *_SUGGEST, *_LAW, "team"),
    **_of("team", by_view, *_TEAM, "leave", "leave_one"),
    **_of("my_clinic", by_view, *(f"{act}_clinic" for act in _MANAGE)),
    **_of("my_clinic", by_view, *(f"{act}_location" for act in _MANAGE), "move_location"),
    **_of("my_numbers", by_view, "index", "index_results", "list"),
    "clinics_two_texts": by_view,
    "clinics_license": by_view,
}


def add_routes(routes: Mapping[str, Rule]) -> None:
    """For the apps above this one: their own routes, before the first request."""
    ROUTES.update(routes)
