"""Which rows pages are made of: a model and its rule in, a change in the log with every save out.

A rule says what a saved or deleted row makes stale. Rows that are changed without signals (bulk
statements) are named by whoever runs the statement, with `bump`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from clinics.edge.changes import bump
from clinics.models import ClinicPage, FranchisePage, HubPage
from clinics.tree_paths import at_or_above

type Rule = Callable[[Any], Iterable[str]]
type ListedRule = Callable[[Any, bool], Iterable[str]]

# What a page's row keeps of drafts and of people who work on it: no patient sees that.
_UNSEEN = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
    }
)

RULES: dict[type[Model], Rule] = {}


def touches(model: type[Model], rule: Rule) -> None:
    """Have saves and deletions of the model's rows written down."""
    RULES[model] = rule
    post_save.connect(_saved, sender=model, dispatch_uid=f"touching_{model._meta.label}")
    pre_delete.connect(_deleted, sender=model, dispatch_uid=f"touching_{model._meta.label}")


def touches_listed(model: type[Model], fields: Iterable[str], rule: ListedRule) -> None:
    """Beside `touches`: what is stale when one of a few fields changes, or a row comes or goes.

    `rule` is told whether the row is new. Costs a query for each save: for rows that people save.
    """
    names = tuple(fields)

    def remember(instance: Any, **kwargs: Any) -> None:
        rows = model._default_manager.filter(pk=instance.pk).values_list(*names)
        instance._listed_before = rows.first() if instance.pk else None

    def compare(instance: Any, created: bool, **kwargs: Any) -> None:
        now = tuple(getattr(instance, name) for name in names)
        if instance.__dict__.pop("_listed_before", None) != now:
            bump(*rule(instance, created))

    def deleted(instance: Any, **kwargs: Any) -> None:
        bump(*rule(instance, False))

    uid = f"listed_{model._meta.label}"
    pre_save.connect(remember, sender=model, weak=False, dispatch_uid=uid)
    post_save.connect(compare, sender=model, weak=False, dispatch_uid=uid)
    pre_delete.connect(deleted, sender=model, weak=False, dispatch_uid=uid)


def touches_related(through: type[Model], rule: Rule) -> None:
    """Have changes of a many-to-many relation written down; `rule` gets the row that has it."""

    def changed(instance: Any, action: str, **kwargs: Any) -> None:
        if action.startswith("post_"):
            bump(*rule(instance))

    uid = f"touching_{through._meta.label}"
    m2m_changed.connect(changed, sender=through, weak=False, dispatch_uid=uid)


def of_page(page: Page) -> set[str]:
    """The clinic that a page belongs to, or the hub; nothing in the library."""
    home = home_above(page.path)
    return {f"c:{home.pk}"} if home else set()


def of_group(page: Page, is_new: bool = False) -> set[str]:
    """What its group's own site says of a clinic, and the other clinics once they have met it."""
    above = FranchisePage.objects.ancestor_of(page).values_list("pk", flat=True)
    return {f"{kind}:{pk}" for pk in above for kind in ("f" if is_new else "fn")}


def home_above(path: str) -> Page | None:
    """The home page of the site that a page with this path belongs to; None in the library."""
    pages = Page.objects.filter(path__in=at_or_above(path))
    homes = pages.filter(clinicpage__isnull=False) | pages.filter(hubpage__isnull=False)
    return homes.order_by("-depth").first()


def moved(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """A receiver of Wagtail's `post_page_move`, also of another order among neighbours."""
    page = instance.specific
    if isinstance(page, FranchisePage | ClinicPage | HubPage) and url_path_before != url_path_after:
        bump("g")
        return
    before, after = kwargs["parent_page_before"], kwargs["parent_page_after"]
    rule = RULES.get(type(page), of_page)
    bump(*of_page(before), *of_page(after), *rule(page))
    if isinstance(page, ClinicPage | HubPage):
        bump(*of_group(page))
    if PageViewRestriction.objects.filter(page__path__startswith=page.path).exists():
        bump("g")


def listen() -> None:
    """Have moves written down."""
    post_page_move.connect(moved, dispatch_uid="touching_moves")


def _saved(
    instance: Any,
    sender: type[Model],
    update_fields: frozenset[str] | None,
    created: bool,
    **kwargs: Any,
) -> None:
    is_new_draft = created and isinstance(instance, Page) and not instance.live
    if is_new_draft:
        return
    if update_fields is not None and _UNSEEN.issuperset(update_fields):
        return
    bump(*RULES[sender](instance))


def _deleted(instance: Any, sender: type[Model], **kwargs: Any) -> None:
    bump(*RULES[sender](instance))
