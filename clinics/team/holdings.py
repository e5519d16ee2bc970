"""What somebody holds at a place: pages, locks, drafts and requests, and what becomes of each.

A person and a place in, counts and some titles out; then the same rows, moved to a successor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page, PageSubscription, Revision, WorkflowState

from clinics.choices import MemberState, Role
from clinics.models import ClinicFacts, Membership
from clinics.roles.table import ROLE_TABLE
from clinics.team.members import Member, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.utils.functional import Promise

MOST_TITLES = 5


@dataclass(frozen=True)
class Ground:
    """A place that somebody leaves; `stays` are paths below it where they keep a role."""

    place: Page
    stays: tuple[str, ...] = ()

    def of(self, name: str = "path") -> Q:
        found = Q(**{f"{name}__startswith": self.place.path})
        for path in self.stays:
            found &= ~Q(**{f"{name}__startswith": path})
        return found


@dataclass(frozen=True)
class Holding:
    """One line of what somebody holds. `moves`: a successor takes it over."""

    label: str
    outcome: str
    count: int
    titles: tuple[str, ...] = field(default=())
    moves: bool = False

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - len(self.titles)


@dataclass(frozen=True)
class _Kind:
    rows: Callable[[Any, Ground], QuerySet]
    label: Promise | str
    outcome: Promise | str
    moves: bool = False


def holdings(user: AbstractUser, ground: Ground) -> list[Holding]:
    """What there is of each kind; a kind of which there is nothing is left out."""
    found = []
    for kind in _KINDS:
        rows = kind.rows(user, ground)
        if count := rows.count():
            titles = tuple(_titles(rows[:MOST_TITLES]))
            found.append(Holding(str(kind.label), str(kind.outcome), count, titles, kind.moves))
    return found


def successors(member: Member, ground: Ground) -> list[AbstractUser]:
    """Members of the same place who can sign in and may write what is handed over to them."""
    written = {label for m in member.memberships for label in ROLE_TABLE[Role(m.role)].change}
    needed = _types_of_pages(member.user, ground) & written
    rows = Membership.objects.filter(page=ground.place).exclude(user=member.user)
    rows = rows.exclude(user__is_superuser=True).select_related("user").order_by("pk")
    found = {
        row.user.pk: row.user
        for row in rows
        if needed <= ROLE_TABLE[Role(row.role)].change and state_of(row.user) == MemberState.ACTIVE
    }
    return sorted(found.values(), key=lambda user: (user.last_name, user.first_name, user.pk))


def hand_over(
    user: AbstractUser, ground: Ground, successor: AbstractUser | None, *, by: AbstractUser
) -> list[Holding]:
    """Moves what moves, opens locks, ends letters about comments. Returns what there was.

    Without a successor what was theirs keeps their name. Revisions and the log always do.
    """
    found = holdings(user, ground)
    for page in list(_locked_pages(user, ground)):
        Page.objects.filter(pk=page.pk).update(locked=False, locked_by=None, locked_at=None)
        log(page, "wagtail.unlock", user=by)
    PageSubscription.objects.filter(ground.of("page__path"), user=user).delete()
    if successor is not None:
        _own_pages(user, ground).update(owner=successor)
        _own_pictures(user, ground).update(uploaded_by_user=successor)
    # An answer goes to whoever asked: to nobody rather than to somebody who left.
    asked = _requests(user, ground).values_list("pk", flat=True)
    WorkflowState.objects.filter(pk__in=list(asked)).update(requested_by=successor)
    return found


def in_words(found: Iterable[Holding]) -> str:
    """What was handed over, for the log: "Pages: 3, pictures: 2"."""
    words = [f"{each.label} ({each.count})" for each in found if each.moves]
    return ", ".join(words) or _("nothing")


def _own_pages(user: AbstractUser, ground: Ground) -> QuerySet[Page]:
    return Page.objects.filter(ground.of(), owner=user).order_by("path")


def _locked_pages(user: AbstractUser, ground: Ground) -> QuerySet[Page]:
    return Page.objects.filter(ground.of(), locked=True, locked_by=user).order_by("path")


def _drafts(user: AbstractUser, ground: Ground) -> QuerySet[Page]:
    pages = Page.objects.filter(ground.of(), has_unpublished_changes=True)
    waiting = pages.filter(latest_revision__user=user, latest_revision__approved_go_live_at=None)
    return waiting.order_by("path")


def _scheduled(user: AbstractUser, ground: Ground) -> QuerySet[Page]:
    theirs = Revision.page_revisions.filter(user=user).exclude(approved_go_live_at=None)
    pages = Page.objects.filter(ground.of()).annotate(text=Cast("pk", CharField()))
    return pages.filter(text__in=theirs.values("object_id")).order_by("path")


def _requests(user: AbstractUser, ground: Ground) -> QuerySet[WorkflowState]:
    """What they asked to have approved, and nobody has answered."""
    return _waiting(ground).filter(requested_by=user)


def _approvals(user: AbstractUser, ground: Ground) -> QuerySet[WorkflowState]:
    """What others asked for, where they are one of those who answer."""
    roles = Membership.objects.filter(user=user, page=ground.place).values_list("role", flat=True)
    if not any(ROLE_TABLE[Role(role)].publish for role in roles):
        return WorkflowState.objects.none()
    return _waiting(ground).exclude(requested_by=user)


def _waiting(ground: Ground) -> QuerySet[WorkflowState]:
    ids = Page.objects.filter(ground.of()).annotate(text=Cast("pk", CharField())).values("text")
    active = WorkflowState.objects.active().filter(object_id__in=ids)
    return active.filter(base_content_type__model="page").order_by("created_at", "pk")


def _own_pictures(user: AbstractUser, ground: Ground) -> QuerySet:
    facts = ClinicFacts.objects.filter(ground.of("clinic__path")).exclude(collection=None)
    images = get_image_model()._default_manager.filter(uploaded_by_user=user)
    return images.filter(collection__in=facts.values("collection")).order_by("title")


def _types_of_pages(user: AbstractUser, ground: Ground) -> set[str]:
    kinds = _own_pages(user, ground).order_by().values("content_type").distinct()
    models = (kind.model_class() for kind in ContentType.objects.filter(pk__in=kinds))
    return {model._meta.label for model in models if model is not None}


def _titles(rows: Iterable[Any]) -> Iterable[str]:
    for row in rows:
        if isinstance(row, WorkflowState):
            yield str(row.content_object)
        else:
            yield str(getattr(row, "draft_title", "") or row.title)


_KINDS = (
    _Kind(
        _own_pages,
        gettext_lazy("Pages"),
        gettext_lazy("The successor becomes their owner. Texts and history stay as they are."),
        moves=True,
    ),
    _Kind(
        _own_pictures,
        gettext_lazy("Pictures"),
        gettext_lazy("The successor may change and delete them."),
        moves=True,
    ),
    _Kind(
        _requests,
        gettext_lazy("Requests for approval"),
        gettext_lazy("They go on waiting; the successor gets the answer."),
        moves=True,
    ),
    _Kind(
        _approvals,
        gettext_lazy("Approvals that others wait for"),
        gettext_lazy("Somebody else who may publish these pages has to approve them."),
    ),
    _Kind(
        _locked_pages,
        gettext_lazy("Locked pages"),
        gettext_lazy("The locks are opened, so that others can write."),
    ),
    _Kind(
        _drafts,
        gettext_lazy("Drafts"),
        gettext_lazy("They stay as they are, for whoever goes on with them."),
    ),
    _Kind(
        _scheduled,
        gettext_lazy("Scheduled pages"),
        gettext_lazy("They are published at their time all the same."),
    ),
)
