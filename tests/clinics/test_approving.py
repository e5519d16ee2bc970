"""A page is approved by whoever may publish it, and nobody else hears that it waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowTask

from articles.models import LocalArticlePage
from clinics.models import PublisherApproval
from tests.articles.factories import make_own_article
from tests.factories import World, make_staff


@pytest.fixture
def workflow(world: World) -> Workflow:
    """As the migration makes it, which an emptied database of the tests may have lost."""
    WorkflowPage.objects.all().delete()
    workflow = Workflow.objects.create(name="Approval")
    task = PublisherApproval.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    return workflow


@pytest.fixture
def waiting(world: World, workflow: Workflow) -> TaskState:
    """Hillside's editor has written an article and asks for it to be published."""
    article = make_own_article(world.hillside, publish=False)
    state = workflow.start(article, world.hillside_editor)
    return state.current_task_state


def article_of(waiting: TaskState) -> LocalArticlePage:
    return LocalArticlePage.objects.get(pk=waiting.workflow_state.object_id)


REVIEWERS = {"hillside_publisher": 1, "hillside_editor": 0, "harbour_publisher": 0}
OTHERS = {"franchise_admin": 0, "library_publisher": 0, "outsider": 0}


@pytest.mark.parametrize(("user", "count"), (REVIEWERS | OTHERS).items())
def test_waits_for_those_who_may_publish_it(
    world: World, waiting: TaskState, user: str, count: int
) -> None:
    assert TaskState.objects.reviewable_by(getattr(world, user)).count() == count


@pytest.mark.parametrize("user", ["hillside_editor", "harbour_publisher", "library_publisher"])
def test_nobody_else_approves(
    world: World, waiting: TaskState, client_for: Callable[[Any], Client], user: str
) -> None:
    page = article_of(waiting)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk])

    client_for(getattr(world, user)).post(url, {"comment": ""})

    waiting.refresh_from_db()
    assert waiting.status == TaskState.STATUS_IN_PROGRESS
    assert not article_of(waiting).live


def test_publisher_approves_and_the_page_is_live(
    world: World, waiting: TaskState, client_for: Callable[[Any], Client]
) -> None:
    page = article_of(waiting)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk])

    client_for(world.hillside_publisher).post(url, {"comment": "Well said"})

    assert article_of(waiting).live


def test_letter_goes_to_the_clinics_own_publishers(world: World, workflow: Workflow) -> None:
    article = make_own_article(world.hillside, publish=False)

    workflow.start(article, world.hillside_editor)

    assert [letter.to for letter in mail.outbox] == [["hillside-publisher@example.com"]]


def test_right_that_has_ended_approves_nothing(world: World, waiting: TaskState) -> None:
    user = make_staff("former")

    assert not waiting.task.specific.get_actions(article_of(waiting), user)
    assert waiting.task.specific.locked_for_user(article_of(waiting), user)
