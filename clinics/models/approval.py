"""The step between a draft and patients: somebody who may publish this very page approves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

_ACTIONS = [
    ("reject", _("Request changes"), True),
    ("approve", _("Approve"), False),
    ("approve", _("Approve with comment"), True),
]


class PublisherApproval(Task):
    """Wagtail's own step belongs to a group, whose members could approve any clinic's page.

    This one belongs to nobody: the rights on the page decide, and end when they end.
    """

    class Meta:
        verbose_name = _("approval by a publisher")
        verbose_name_plural = _("approvals by a publisher")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Whoever may publish the page approves it"))

    def user_can_access_editor(self, obj: Page, user: AbstractUser) -> bool:
        return may_approve(user, obj)

    def locked_for_user(self, obj: Page, user: AbstractUser) -> bool:
        return not may_approve(user, obj)

    def get_actions(self, obj: Page, user: AbstractUser) -> list[tuple[str, Any, bool]]:
        return list(_ACTIONS) if may_approve(user, obj) else []

    def get_task_states_user_can_moderate(
        self, user: AbstractUser, **_options: Any
    ) -> QuerySet[TaskState]:
        """Steps that wait for this user."""
        from clinics.gate.pages import pages_in_reach  # noqa: PLC0415 - circular import

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        ids = dict(waiting.values_list("pk", "workflow_state__object_id"))
        pages = pages_in_reach(user).filter(pk__in=set(ids.values())).specific()
        mine = {str(page.pk) for page in pages if may_approve(user, page)}
        return TaskState.objects.filter(pk__in=[pk for pk, page in ids.items() if page in mine])


def may_approve(user: AbstractUser, page: Page) -> bool:
    """True for whoever may publish this page."""
    return bool(page.specific_deferred.permissions_for_user(user).can_publish())
