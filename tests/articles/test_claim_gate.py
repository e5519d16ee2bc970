"""C-02: blocked claims stop a publish, shared or local, until they are edited or allowed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.claim_standing import ClaimChangedError, allow_claim, standing_of
from articles.models import ArticleMountPage, ArticlePage, ClaimOverride, LocalArticlePage
from articles.publishing import NotPublishableError
from clinics.choices import Role
from tests.articles.balanced import off_label_statement
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World, make_staff

CURE = "<p>Our clinic sees you soon. Ketamine cures migraine for good.</p>"
REASON = "Quoted from the law, as an example of what is forbidden."


@pytest.fixture
def reviewer(world: World) -> Any:
    return make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)


@pytest.fixture
def article(world: World) -> ArticlePage:
    """A draft that promises a cure; what it says of approval is in order."""
    return make_article(
        "migraine", off_label_statement(), text("claim", "Care", CURE), publish=False
    )


def publish(page: Any) -> None:
    page.get_latest_revision().publish()


def blocked(page: Any) -> list[tuple[str, str]]:
    draft = page.get_latest_revision_as_object()
    return [(each.finding.rule, each.finding.phrase) for each in standing_of(draft) if each.blocks]


def allow_all(page: Any, user: Any) -> None:
    draft = page.get_latest_revision_as_object()
    for each in [each for each in standing_of(draft) if each.blocks]:
        allow_claim(draft, each.code, REASON, user=user)


def test_publish_is_refused_with_section_words_and_advice(article: ArticlePage) -> None:
    with pytest.raises(NotPublishableError) as refusal:
        publish(article)

    message = " ".join(refusal.value.messages)
    assert "“cures” in “Care”" in message
    assert "promise of a lasting effect" in message
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_warnings_stop_nothing(world: World) -> None:
    article = make_article("a", text("w", "Us", "<p>You get the best care in town.</p>"))

    assert article.live
    assert [each.finding.rule for each in standing_of(article)] == ["SUPER"]


def test_reviewer_allows_a_claim_with_a_reason(article: ArticlePage, reviewer: Any) -> None:
    allow_all(article, reviewer)

    publish(article)

    assert ArticlePage.objects.get(pk=article.pk).live
    row = ClaimOverride.objects.filter(phrase="cures").get()
    assert (row.reason, row.user, row.user_name, row.rule) == (REASON, reviewer, "reviewer", "PERM")
    assert row.sentence == "Ketamine cures migraine for good."


def test_changed_sentence_needs_a_new_reason(article: ArticlePage, reviewer: Any) -> None:
    allow_all(article, reviewer)
    draft = article.get_latest_revision_as_object()
    changed = CURE.replace("migraine", "every migraine")
    draft.body = [off_label_statement(), text("claim", "Care", changed)]
    draft.save_revision()

    with pytest.raises(NotPublishableError):
        publish(draft)

    assert ("PERM", "cures") in blocked(draft)


def test_text_beside_the_sentence_may_change(article: ArticlePage, reviewer: Any) -> None:
    allow_all(article, reviewer)
    draft = article.get_latest_revision_as_object()
    draft.body = [off_label_statement(), text("claim", "Care", CURE.replace("soon", "tomorrow"))]
    draft.save_revision()

    publish(draft)

    assert blocked(draft) == []


def test_only_reviewers_allow(article: ArticlePage, world: World, reviewer: Any) -> None:
    draft = article.get_latest_revision_as_object()
    code = standing_of(draft)[0].code

    others = (world.library_publisher, world.hillside_publisher, world.franchise_admin)
    for user in (*others, world.superuser):
        with pytest.raises(PermissionDenied):
            allow_claim(draft, code, REASON, user=user)
    with pytest.raises(ValidationError, match="reason"):
        allow_claim(draft, code, "  ", user=reviewer)
    with pytest.raises(ClaimChangedError):
        allow_claim(draft, "PERM-0-0", REASON, user=reviewer)
    assert not ClaimOverride.objects.exists()


def test_allowed_claims_are_kept_for_good(article: ArticlePage, reviewer: Any) -> None:
    allow_all(article, reviewer)
    row = ClaimOverride.objects.first()

    with pytest.raises(TypeError):
        row.delete()
    reviewer.delete()
    article.delete()

    row.refresh_from_db()
    assert (row.page, row.user, row.user_name, row.page_title) == (
        None,
        None,
        "reviewer",
        "Migraine",
    )


def test_local_words_of_a_clinic_are_checked(world: World) -> None:
    article = make_article("a")
    claim = text("own", "Ours", CURE)

    with pytest.raises(NotPublishableError, match="“cures” in “Ours”"):
        make_local_version(article, world.hillside, override("replace", "care", claim))


def test_local_version_answers_only_for_what_it_brings(
    article: ArticlePage, world: World, reviewer: Any
) -> None:
    """What the library says, and was allowed to say, stops no clinic."""
    allow_all(article, reviewer)
    publish(article)

    version = make_local_version(
        article, world.hillside, override("insert", "", text("own", "Parking"), position="end")
    )

    assert version.live


def test_clinic_cannot_hide_the_statement_from_a_page_that_needs_it(world: World) -> None:
    """C-01: hiding brings no words, and leaves others bare."""
    told = "<p>We give ketamine for migraine in a quiet room.</p>"
    article = make_article("migraine", off_label_statement(), text("how", "How", told))

    with pytest.raises(NotPublishableError, match="off-label statement"):
        make_local_version(article, world.hillside, override("hide", "approval"))


def test_state_of_the_clinic_decides(world: World) -> None:
    """A-03, A-05: Texas has a rule that Florida has not."""
    article = make_article("a")
    local = override(
        "insert", "", text("who", "Who", "<p>Dr. Hill is board eligible.</p>"), position="end"
    )

    assert make_local_version(article, world.harbour, local).live
    with pytest.raises(NotPublishableError, match="in Texas"):
        make_local_version(article, world.hillside, local)


def test_shared_text_follows_the_rules_of_every_state_with_a_clinic(world: World) -> None:
    with pytest.raises(NotPublishableError, match="in Texas"):
        make_article("a", text("who", "Who", "<p>Dr. Hill is board eligible.</p>"))


def test_own_article_is_checked(world: World, reviewer: Any) -> None:
    mount = ArticleMountPage.objects.child_of(world.hillside).get(kind="ARTICLE")
    page = LocalArticlePage(title="Ours", slug="ours", live=False)
    page.body = [off_label_statement(), text("own", "Ours", CURE)]
    mount.add_child(instance=page)
    page.save_revision()

    with pytest.raises(NotPublishableError):
        publish(page)
    allow_all(page, reviewer)
    publish(page)

    assert LocalArticlePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("field", ["title", "summary", "seo_title", "search_description"])
def test_fields_of_the_head_are_checked(world: World, field: str) -> None:
    with pytest.raises(NotPublishableError, match="guaranteed"):
        make_article("a", **{field: "Relief is guaranteed"})


def test_rule_stops_a_publish_from_its_day_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A-05, by time travel: Texas has forbidden these words since January 9, 2025."""
    today = {"is": date(2025, 1, 8)}
    monkeypatch.setattr("articles.claim_findings.timezone.localdate", lambda: today["is"])
    eligible = text("who", "Who", "<p>Dr. Hill is board eligible.</p>")
    article = make_article("a", eligible)

    today["is"] = date(2025, 1, 9)

    assert article.live
    with pytest.raises(NotPublishableError, match="in Texas"):
        make_article("b", eligible)
