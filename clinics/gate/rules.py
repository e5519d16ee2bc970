"""Rules of the gate: a request and the arguments of its route in, "may this view be asked" out.

A rule looks only at whose objects are named; what may be done with one's own stays with the view.
Each rule answers alike for what is another clinic's and for what is not there at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model
from wagtail.admin.models import EditingSession
from wagtail.models import Page, TaskState, UploadedFile
from wagtail.permissions import policy_registry

from clinics.gate.pages import explorable_pages, pages_in_reach

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

type Rule = Callable[[HttpRequest, Mapping[str, Any]], bool]

ANY_ACTION = frozenset({"add", "change", "delete", "view", "choose"})


def anyone(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """The view names nobody's objects."""
    return True


def by_view(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """The view is ours: it takes its objects from `clinics.roles.reach`, or answers 404 itself."""
    return True


def page(name: str = "page_id", *others: str) -> Rule:
    """Every one of these arguments is a page at or below a page of the user's roles."""

    def rule(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
        return are_pages_in_reach(request.user, [arguments[each] for each in (name, *others)])

    return rule


def explored(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """A page in reach, or one on the way to it."""
    return explorable_pages(request.user).filter(pk=arguments["parent_page_id"]).exists()


def copied(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """Both ends of a copy: the page, and the place that the form names."""
    places = [place for place in request.POST.getlist("new_parent_page") if place]
    return are_pages_in_reach(request.user, [arguments["page_id"], *places])


def task_of_page(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """A page in reach, and a step of its own way to being published."""
    if not page()(request, arguments):
        return False
    steps = TaskState.objects.filter(workflow_state__object_id=str(arguments["page_id"]))
    if "task_id" in arguments:
        return steps.filter(task_id=arguments["task_id"]).exists()
    return steps.filter(pk=arguments["task_state_id"]).exists()


def row(model: type[Model], name: str = "pk", actions: Collection[str] = ANY_ACTION) -> Rule:
    """The argument is a row for which the model's policy gives the user one of these rights."""

    def rule(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
        return _are_rows_in_reach(request.user, model, [arguments[name]], actions)

    return rule


def rows_in_query(model: type[Model], actions: Collection[str] = ANY_ACTION) -> Rule:
    """The same for every `id` of the query."""

    def rule(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
        return _are_rows_in_reach(request.user, model, request.GET.getlist("id"), actions)

    return rule


def numbers_in_query(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """Every `id` of the query is a number: what is behind it, the view looks up for itself."""
    return _numbers(request.GET.getlist("id")) is not None


def own_upload(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """A file that the user has sent and that is no picture yet."""
    uploads = UploadedFile.objects.filter(uploaded_by_user=request.user)
    return uploads.filter(pk=arguments["uploaded_file_id"]).exists()


def own_session(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """The user's own editing session."""
    sessions = EditingSession.objects.filter(user=request.user)
    return sessions.filter(pk=arguments["session_id"]).exists()


def edited_object(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """What an editing session is about: a page in reach, or a row that the user may change."""
    try:
        model = apps.get_model(arguments["app_label"], arguments["model_name"])
    except LookupError:
        return False
    if issubclass(model, Page):
        return are_pages_in_reach(request.user, [arguments["object_id"]])
    return _are_rows_in_reach(request.user, model, [arguments["object_id"]], {"change"})


def are_pages_in_reach(user: AbstractUser, ids: Collection[Any]) -> bool:
    """True when each of these is the id of a page in reach."""
    numbers = _numbers(ids)
    if numbers is None:
        return False
    return pages_in_reach(user).filter(pk__in=numbers).count() == len(numbers)


def _are_rows_in_reach(
    user: AbstractUser, model: type[Model], ids: Collection[Any], actions: Collection[str]
) -> bool:
    numbers = _numbers(ids)
    policy = policy_registry.get_by_type(model, fallback=False)
    if numbers is None or policy is None:
        return False
    rows = policy.instances_user_has_any_permission_for(user, set(actions))
    return bool(rows.filter(pk__in=numbers).distinct().count() == len(numbers))


def _numbers(ids: Collection[Any]) -> set[int] | None:
    """The ids as numbers; None when one is none."""
    texts = {str(each) for each in ids}
    return (
        {int(each) for each in texts} if all(t.isascii() and t.isdigit() for t in texts) else None
    )
