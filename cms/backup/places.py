"""Where a restored clinic stands among pages and collections: its old place, or a new one.

Only the rows of the plan change; addresses follow from the slugs.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, Page

from cms.backup.clinic_plan import Plan

_PAGE, _COLLECTION = "wagtailcore.page", "wagtailcore.collection"


def take_places(plan: Plan) -> None:
    """Sets path, depth and url_path of the plan's pages, and path and depth of its collections."""
    if plan.parent is None:
        return
    _move(plan, _PAGE, plan.parent)
    urls = {plan.parent.path: plan.parent.url_path}
    for values in sorted(plan.rows[_PAGE], key=lambda values: values["path"]):
        above = values["path"][: -Page.steplen]
        if above in urls:
            values["url_path"] = f"{urls[above]}{values['slug']}/"
        urls[values["path"]] = values["url_path"]
    if plan.rows[_COLLECTION]:
        _move(plan, _COLLECTION, Collection.get_first_root_node())


def _move(plan: Plan, label: str, parent: Any) -> None:
    """Rows below one root keep their order below it; the root goes where there is room."""
    some = sorted(plan.rows[label], key=lambda values: values["path"])
    old = some[0]["path"]
    new = old if _is_free(plan, label, parent, old) else _next_place(parent)
    for values in some:
        values["path"] = new + values["path"][len(old) :]
        values["depth"] = len(values["path"]) // parent.steplen


def _is_free(plan: Plan, label: str, parent: Any, path: str) -> bool:
    if path[: -parent.steplen] != parent.path:
        return False
    others = type(parent).objects.filter(path__startswith=path)
    return not others.exclude(pk__in=plan.present[label]).exists()


def _next_place(parent: Any) -> str:
    last = parent.get_children().order_by("path").last()
    if last is None:
        return str(parent._get_path(parent.path, parent.depth + 1, 1))
    return str(last._inc_path())
