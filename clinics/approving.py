"""Who hears that a page waits for approval: those who may publish it, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier, Notifier
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from clinics.models.approval import PublisherApproval, may_approve

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class ApprovalNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's letter, sent to other people. A receiver of the signal `task_submitted`."""

    def can_handle(self, instance: TaskState, **kwargs: Any) -> bool:
        is_task_state = Notifier.can_handle(self, instance, **kwargs)
        return is_task_state and isinstance(instance.task.specific, PublisherApproval)

    def get_recipient_users(self, instance: TaskState, **kwargs: Any) -> set[AbstractUser]:
        page = instance.workflow_state.content_object
        policy = policy_registry.get_by_type(Page)
        users = policy.users_with_any_permission_for_instance(
            {"publish"}, page, include_superusers=False
        )
        return {user for user in users if may_approve(user, page)} - {kwargs.get("user")}
