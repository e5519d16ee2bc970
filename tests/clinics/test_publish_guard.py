"""No page goes live with a number typed by hand, whichever way it is published (L-02)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowTask

from articles.models import ArticleMountPage
from clinics.clinic import SpecialInterval
from clinics.facts import save_facts
from clinics.models import (
    ClinicPage,
    LocalPage,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
    Person,
    Service,
    Statement,
)
from clinics.models.approval import PublisherApproval
from clinics.publish_guard import NotPublishableError
from tests.articles.editing import open_form, save_form
from tests.articles.factories import make_article, make_local_version, make_own_article, text
from tests.factories import World

type SignIn = Callable[[Any], Client]

FOREIGN = "(561) 555-0168"  # Harbour's
TYPED = f"Call us: {FOREIGN}."
FIELDS = [
    (ClinicPage, "hero_title"),
    (ClinicPage, "hero_text"),
    (ClinicPage, "welcome"),
    (LocationIndexPage, "intro"),
    (LocationPage, "text"),
    (LocalPage, "title"),
    (LocalPage, "intro"),
    (LocalPage, "body"),
    (LocalPage, "seo_title"),
    (LocalPage, "search_description"),
    (ArticleMountPage, "intro"),
]


def page_at_hillside(world: World, model: type[Page]) -> Any:
    pages = model.objects.descendant_of(world.hillside, inclusive=True).live()
    return pages.order_by("path").first()


def with_draft(page: Any, name: str, value: Any = TYPED) -> Any:
    """The page with a number in an unpublished draft."""
    draft = page.get_latest_revision_as_object()
    setattr(draft, name, value)
    draft.save_revision()
    return type(page).objects.get(pk=page.pk)


def drafts(world: World) -> dict[str, Any]:
    """One page of each kind with a number in its draft, by what it is called here."""
    section = text("typed", "Typed", f"<p>{TYPED}</p>")
    article = make_article("shared", text("what", "What"))
    version = make_local_version(article, world.hillside, title_override="Ours")
    own = make_own_article(world.hillside, "ours")
    return {
        "page": with_draft(page_at_hillside(world, LocalPage), "intro"),
        "article": with_draft(article, "body", [section]),
        "version": with_draft(version, "summary_override"),
        "own": with_draft(own, "body", [section]),
    }


def state(page: Page) -> tuple[bool, int | None, bool]:
    row = Page.objects.get(pk=page.pk)
    return row.live, row.live_revision_id, row.has_unpublished_changes


# What is refused


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_code_cannot_publish_a_typed_number(world: World, model: type[Page], name: str) -> None:
    page = with_draft(page_at_hillside(world, model), name)
    before = state(page)

    with pytest.raises(NotPublishableError) as caught:
        page.get_latest_revision().publish()

    assert FOREIGN in caught.value.messages[0]
    assert "a clinic's own" in caught.value.messages[0]
    assert state(page) == before
    assert getattr(page.get_latest_revision_as_object(), name) == TYPED


def test_a_number_split_by_markup_is_found(world: World) -> None:
    body = "<p>Call <b>(561)</b>&nbsp;555-0168</p>"
    page = with_draft(page_at_hillside(world, LocalPage), "body", body)

    with pytest.raises(NotPublishableError):
        page.get_latest_revision().publish()


def test_emergency_numbers_and_tokens_pass(world: World) -> None:
    words = "<p>In an emergency call 911, or 988. Else {{ clinic.main_number }}.</p>"
    page = with_draft(page_at_hillside(world, LocalPage), "body", words)

    page.get_latest_revision().publish()

    assert LocalPage.objects.get(pk=page.pk).body == words


# Every way to publish


@pytest.fixture
def admin(world: World, client_for: SignIn) -> Client:
    """A superuser, whom neither gate nor rights stop."""
    return client_for(world.superuser)


def by_code(page: Any, client: Client) -> str:
    with pytest.raises(NotPublishableError) as caught:
        page.get_latest_revision().publish()
    return str(caught.value)


def by_bulk_action(page: Any, client: Client) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client.post(f"{address}?id={page.pk}", {"include_descendants": ""})
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    return "".join(map(str, get_messages(response.wsgi_request)))


def by_api(page: Any, client: Client) -> str:
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    response = client.post(address, "{}", content_type="application/json")
    assert response.status_code == 400
    return " ".join(json.loads(response.content)["problems"])


def by_schedule(page: Any, client: Client) -> str:
    """As if an older rule had let it on the schedule."""
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled", stdout=StringIO())
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    return FOREIGN


def by_approval(page: Any, client: Client) -> str:
    workflow = Workflow.objects.create(name="One step")
    task = PublisherApproval.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    user = client.get(reverse("wagtailadmin_home")).wsgi_request.user
    started = workflow.start(page, user)
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", started.current_task_state.pk],
    )
    response = client.post(address, {"next": "/"})
    return "".join(map(str, get_messages(response.wsgi_request)))


@pytest.mark.parametrize("kind", ["page", "article", "version", "own"])
@pytest.mark.parametrize("way", [by_code, by_bulk_action, by_api, by_schedule, by_approval])
def test_no_way_publishes_a_typed_number(
    world: World, admin: Client, kind: str, way: Callable[[Any, Client], str]
) -> None:
    page = drafts(world)[kind]
    live = state(page)[:2]

    words = way(page, admin)

    assert FOREIGN in words
    assert state(page)[:2] == live
    assert FOREIGN in json.dumps(page.get_latest_revision().content)


def test_api_publishes_what_may_be_published(world: World, admin: Client) -> None:
    page = with_draft(page_at_hillside(world, LocalPage), "intro", "Ask us.")
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])

    response = admin.post(address, "{}", content_type="application/json")

    assert (response.status_code, LocalPage.objects.get(pk=page.pk).intro) == (200, "Ask us.")


def posted(page: LocalPage, **changes: str) -> dict[str, Any]:
    text_of_editor = {
        "blocks": [{"text": "Hello.", "type": "unstyled", "key": "a", "depth": 0,
                    "inlineStyleRanges": [], "entityRanges": []}],
        "entityMap": {},
    }  # fmt: skip
    fields = {
        "title": page.title,
        "slug": page.slug,
        "intro": page.intro,
        "body": json.dumps(text_of_editor),
        "kind": page.kind,
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    return fields | changes


def test_editor_marks_the_field_and_keeps_the_words(world: World, client_for: SignIn) -> None:
    page = page_at_hillside(world, LocalPage)
    client = client_for(world.hillside_publisher)

    response = save_form(client, page, open_form(client, page) | {"intro": TYPED}, "publish")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["intro"]
    assert FOREIGN in response.context["form"].errors["intro"][0]
    assert response.context["form"]["intro"].value() == TYPED
    assert LocalPage.objects.get(pk=page.pk).intro == page.intro


def test_editor_saves_a_draft_with_a_number(world: World, client_for: SignIn) -> None:
    page = page_at_hillside(world, LocalPage)
    client = client_for(world.hillside_publisher)

    response = save_form(client, page, open_form(client, page) | {"intro": TYPED})

    assert response.status_code == 302
    saved = LocalPage.objects.get(pk=page.pk)
    assert (saved.intro, saved.get_latest_revision_as_object().intro) == (page.intro, TYPED)


def test_new_page_is_not_published_with_a_number(world: World, client_for: SignIn) -> None:
    address = reverse("wagtailadmin_pages:add", args=["clinics", "localpage", world.hillside.pk])
    values = posted(LocalPage(title="New", slug="new", kind="PAGE"), intro=TYPED)

    response = client_for(world.hillside_publisher).post(
        address, values | {"action-publish": "action-publish"}
    )

    assert list(response.context["form"].errors) == ["intro"]
    assert not LocalPage.objects.filter(slug="new").exists()


def test_an_old_revision_does_not_bring_a_number_back(world: World, client_for: SignIn) -> None:
    page = page_at_hillside(world, LocalPage)
    old = page.get_latest_revision_as_object()
    old.intro = TYPED
    revision = old.save_revision()
    page.save_revision()
    page = LocalPage.objects.get(pk=page.pk)
    client = client_for(world.hillside_publisher)
    values = open_form(client, page) | {"intro": TYPED, "revision": str(revision.pk)}

    response = save_form(client, page, values, "publish")

    assert list(response.context["form"].errors) == ["intro"]
    assert LocalPage.objects.get(pk=page.pk).intro == page.intro


# Rows that pages print


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Statement(slug="s", kind="OFF_LABEL", title="Note", text=TYPED), "text"),
        (Service(name="Ring 561-555-0168", slug="ring"), "name"),
        (Person(name="Ada", slug="ada", job_title=TYPED), "job_title"),
        (Person(name="Ada", slug="ada", bio=TYPED), "bio"),
    ],
)
def test_rows_that_pages_print_take_no_number(world: World, row: Any, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        row.full_clean()

    assert field in caught.value.message_dict


@pytest.mark.parametrize("name", ["name", "parking", "street"])
def test_facts_of_a_location_take_no_number_in_words(world: World, name: str) -> None:
    facts = LocationFacts.objects.get(page=world.plano)

    with pytest.raises(ValidationError) as caught:
        save_facts(facts, {name: TYPED}, user=None, base_version=facts.version)

    assert name in caught.value.message_dict


def test_reason_of_special_hours_takes_no_number(world: World) -> None:
    facts = LocationFacts.objects.get(page=world.plano)
    day = timezone.localdate() + timedelta(days=3)

    with pytest.raises(ValidationError, match="phone number"):
        save_facts(
            facts, {}, user=None, base_version=facts.version,
            special_hours=[SpecialInterval(day, day, label=TYPED)],
        )  # fmt: skip


def test_disclosure_takes_the_mark_of_the_number_only(world: World) -> None:
    from clinics.disclosure import DEFAULT_DISCLOSURE  # noqa: PLC0415 - beside its one use

    facts = world.hillside.facts
    words = DEFAULT_DISCLOSURE.replace("[number]", "(214) 555-0143")

    with pytest.raises(ValidationError, match="number"):
        save_facts(facts, {"text_disclosure": words}, user=None, base_version=facts.version)
