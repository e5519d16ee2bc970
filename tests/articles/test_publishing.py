"""What stands in the way of publishing is told with place, reason and remedy; drafts are free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage
from articles.publishing import NotPublishableError, page_problems
from articles.stream import raw_stream
from tests.articles.editing import autosave, open_form, save_form, stream_data
from tests.articles.every_section import make_image, section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    slot,
    text,
)
from tests.factories import World

PHONE = "is a phone number typed as text"
EMERGENCY = "only in a callout, in risks or in a statement"


def own_words(html: str) -> dict[str, Any]:
    return text("own", "Ours", html)


def problems_of(page: Page) -> list[str]:
    return [problem.message for problem in page_problems(page)]


# Texts


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>Ring (214) 555-0142.</p>", f"“(214) 555-0142” {PHONE}"),
        ("<p>Call 911.</p>", EMERGENCY),
        ("<p>{{ clinic.nonsense }}</p>", "“{{ clinic.nonsense }}” is not a known token"),
        ("<p>{{ <b>clinic.name</b> }} or {{ clinic.name</p>", "“{{” is not a known token"),
        ("<p>At HARBOUR Infusion Center.</p>", "“Harbour Infusion Center” is the name of one"),
    ],
)
def test_problem_of_a_text_stops_every_kind_of_page(world: World, html: str, problem: str) -> None:
    shared = make_article("a", own_words(html), publish=False)
    own = make_own_article(world.hillside, "b", own_words(html), publish=False)
    changed = override("replace", "what", own_words(html))
    version = make_local_version(make_article(), world.hillside, changed, publish=False)

    for page in (shared, own, version):
        page = page.get_latest_revision_as_object()
        assert [problem in message for message in problems_of(page)] == [True], page
        with pytest.raises(NotPublishableError, match=r"^\[.*: "):
            page.latest_revision.publish()
        assert not type(page).objects.get(pk=page.pk).live


@pytest.mark.parametrize("field", ["title", "summary", "seo_title", "search_description"])
def test_problem_of_a_field_names_the_field(world: World, field: str) -> None:
    article = make_article("a", publish=False, **{field: "Ring (214) 555-0142"})

    assert [problem.field for problem in page_problems(article)] == [field]


def test_clinic_may_name_itself_in_its_own_texts(world: World) -> None:
    name = "<p>Hillside Pain Clinic is here.</p>"

    make_own_article(world.hillside, "b", own_words(name))
    changed = override("replace", "what", own_words(name))
    make_local_version(make_article(), world.hillside, changed)

    assert LocalArticlePage.objects.get().live
    assert LocalVersionPage.objects.get().live


def test_name_that_is_part_of_another_word_is_no_name(world: World) -> None:
    world.harbour.facts.name = "Care"
    world.harbour.facts.save()

    assert problems_of(make_article("a", own_words("<p>Healthcare and aftercare.</p>"))) == []
    draft = make_article("b", own_words("<p>At Care, we listen.</p>"), publish=False)
    assert len(problems_of(draft)) == 1


def test_own_name_with_another_clinics_name_in_it_is_fine(world: World) -> None:
    world.harbour.facts.name = "Hillside"
    world.harbour.facts.save()
    html = "<p>Hillside Pain Clinic.</p>"

    assert problems_of(make_own_article(world.hillside, "b", own_words(html))) == []
    draft = make_own_article(world.hillside, "c", own_words("<p>Hillside.</p>"), publish=False)
    assert len(problems_of(draft)) == 1


def test_emergency_number_may_stand_in_a_callout_also_in_a_slot(world: World) -> None:
    callout = section("callout", "callout", tone="emergency", text="<p>Call 911.</p>")

    assert problems_of(make_article("a", callout, slot("nearby", callout))) == []


def test_word_left_by_an_import_stops_the_editor_too(world: World, client_for: Any) -> None:
    words = own_words("<p>Drive to Plano.</p>")
    article = make_article("a", words, literal_places=["Plano"], publish=False)
    client = client_for(world.superuser)

    page = save_form(client, article, open_form(client, article), "publish").text

    assert "is true for one clinic only" in page


# Overrides


def test_two_overrides_of_one_section_are_a_problem(world: World) -> None:
    rivals = [override("replace", "what", own_words("<p>x</p>")), override("hide", "what")]
    version = make_local_version(make_article(), world.hillside, *rivals, publish=False)

    (message,) = problems_of(version.get_latest_revision_as_object())

    assert message.startswith("Two changes of one section")


@pytest.mark.parametrize(
    "change",
    [
        override("replace", "what", own_words("<p>x</p>")),
        override("hide", "what"),
        override("fill", "nearby", own_words("<p>x</p>")),
    ],
    ids=["replace", "hide", "fill"],
)
def test_override_of_a_locked_section_is_a_problem(world: World, change: dict[str, Any]) -> None:
    locked_slot = slot("nearby", text("near"))
    locked_slot["value"]["locked"] = True
    article = make_article("a", text("what", locked=True), locked_slot)
    version = make_local_version(article, world.hillside, change, publish=False)

    (message,) = problems_of(version.get_latest_revision_as_object())

    assert message.startswith("The library has locked “")
    assert message.endswith("”: remove the change of it.")


def test_insert_beside_a_locked_section_is_fine(world: World) -> None:
    article = make_article("a", text("what", locked=True))
    beside = override("insert", "what", own_words("<p>x</p>"), position="after")

    assert problems_of(make_local_version(article, world.hillside, beside)) == []


# The editor


def test_editor_shows_the_problem_and_keeps_the_draft(world: World, client_for: Any) -> None:
    article = make_article()
    version = make_local_version(article, world.hillside, override("hide", "care"))
    client = client_for(world.hillside_publisher)
    number = override("replace", "what", own_words("<p>Ring (214) 555-0142.</p>"))
    data = open_form(client, version) | stream_data(
        version.overrides.stream_block.to_python([number]), "overrides"
    )

    refused = save_form(client, version, data, "publish")
    saved = save_form(client, version, data)
    autosaved = autosave(client, version, open_form(client, version) | {"title_override": "T"})

    assert (refused.status_code, PHONE in refused.text) == (200, True)
    assert saved.status_code == 302
    assert autosaved.json()["success"] is True
    draft = LocalVersionPage.objects.get(pk=version.pk).get_latest_revision_as_object()
    assert [each["type"] for each in raw_stream(draft.overrides)] == ["replace"]
    assert [each["type"] for each in raw_stream(version.overrides)] == ["hide"]


def test_editor_lets_a_clinic_name_itself(world: World, client_for: Any) -> None:
    page = make_own_article(world.hillside)
    client = client_for(world.hillside_publisher)
    words = own_words("<p>Hillside Pain Clinic is here.</p>")

    response = save_form(client, page, open_form(client, page) | _body(page, [words]), "publish")

    assert response.status_code == 302
    assert "is here" in str(LocalArticlePage.objects.get().body)


# Where there is no form


def publish_in_bulk(world: World, client: Client, *articles: ArticlePage) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={article.pk}" for article in articles)
    return client.post(f"{url}?{ids}", {"include_descendants": ""}, follow=True)


def approve(world: World, client: Client, *articles: ArticlePage) -> Any:
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=world.library.page_ptr)
    for article in articles:
        state = workflow.start(article, world.superuser).current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    return client.post(url, {"comment": ""}, follow=True)


@pytest.mark.filterwarnings("ignore::django.utils.deprecation.RemovedInDjango2028Warning")
@pytest.mark.parametrize("publish", [publish_in_bulk, approve])
def test_refusal_outside_the_editor_is_a_message(
    world: World, client_for: Any, publish: Callable[..., Any]
) -> None:
    article = make_article("a", own_words("<p>Ring (214) 555-0142.</p>"), publish=False)

    response = publish(world, client_for(world.superuser), article)

    article = ArticlePage.objects.get(pk=article.pk)
    assert (response.status_code, article.live) == (200, False)
    assert "“A” was not published" in response.text
    assert PHONE in response.text


def test_bulk_publish_with_one_refusal_publishes_none(world: World, client_for: Any) -> None:
    good = make_article("good", publish=False)
    bad = make_article("bad", own_words("<p>Ring (214) 555-0142.</p>"), publish=False)

    publish_in_bulk(world, client_for(world.superuser), good, bad)

    assert not ArticlePage.objects.filter(live=True).exists()
    assert ArticlePage.objects.filter(pk__in=[good.pk, bad.pk]).count() == 2


def test_schedule_goes_on_after_a_page_that_it_may_not_publish(world: World) -> None:
    soon = timezone.now() + timedelta(hours=1)
    bad = make_article("bad", own_words("<p>At Hilltop.</p>"), go_live_at=soon)
    good = make_article("good", go_live_at=soon + timedelta(minutes=1))
    world.harbour.facts.name = "Hilltop"  # since the schedule was made
    world.harbour.facts.save()

    with time_machine.travel(soon + timedelta(hours=1)):
        call_command("publish_scheduled")

    live = dict(ArticlePage.objects.values_list("slug", "live"))
    assert live == {bad.slug: False, good.slug: True}
    assert not ArticlePage.objects.get(slug="bad").approved_schedule


def test_incomplete_draft_is_not_published_without_the_editor(world: World) -> None:
    article = make_article("a", text("what", "What", "<p></p>"))
    picture = section("image", "image", image=None)
    draft = article.get_latest_revision_as_object()
    draft.body = [picture]
    revision = draft.save_revision()

    with pytest.raises(NotPublishableError, match="A section is incomplete"):
        revision.publish()


def test_picture_without_alternative_text_is_a_problem(world: World) -> None:
    image = make_image(description="")

    (problem,) = page_problems(make_article("a", hero_image=image, publish=False))

    assert problem.field == "hero_image"
    assert change_article(make_article("b"), hero_image=make_image()).hero_image


def _body(page: Page, sections: list[dict[str, Any]]) -> dict[str, str]:
    """The form of these sections instead of the page's own."""
    return stream_data(page.body.stream_block.to_python(sections), "body")


@pytest.mark.parametrize("action", ["replace", "hide", "fill"])
def test_change_of_a_clinical_section_needs_a_reason(world: World, action: str) -> None:
    """Row 82: a draft may lack it; what is published says why, by the section's name."""
    clinical_slot = slot("care")
    clinical_slot["value"]["role"] = "clinical"
    shared = clinical_slot if action == "fill" else text("care", "Care")
    ours = [] if action == "hide" else [text("ours", "Ours")]
    version = make_local_version(
        make_article("reasons", shared),
        world.harbour,
        override(action, "care", *ours, reason=" "),
        publish=False,
    )

    (problem,) = problems_of(version.get_latest_revision_as_object())
    assert "is a clinical section: say in “Reason”" in problem


def test_change_of_a_local_section_needs_no_reason(world: World) -> None:
    article = make_article("reasons", text("care", "Care", role="local"))
    version = make_local_version(
        article, world.harbour, override("hide", "care", reason=""), publish=False
    )

    assert problems_of(version.get_latest_revision_as_object()) == []


def test_change_that_was_live_before_the_section_became_clinical_stays(world: World) -> None:
    article = make_article("reasons", text("care", "Care", role="local"))
    version = make_local_version(article, world.harbour, override("hide", "care", reason=""))
    change_article(article, [text("care", "Care")])

    assert problems_of(LocalVersionPage.objects.get(pk=version.pk)) == []
