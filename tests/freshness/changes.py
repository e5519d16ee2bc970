"""Everything that changes what patients read: one row for each kind of change.

`act` changes it as the product does. `models` are the kinds of rows that it is about, `tags` the
kinds of tags that it writes: pages without them are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision, Site

from articles.accepting import hold_article, release_hold, set_hold
from articles.choices import ChangeClass, HeroChoice
from articles.models import (
    ArticleAddress,
    ArticleMountPage,
    IndexDecision,
    LocalArticlePage,
    Term,
)
from articles.release_acts import undo_release
from articles.review.acts import record_approval
from articles.withdrawing import withdraw_article
from clinics import open_words
from clinics.closing import LocationClosing, close_clinic, close_location
from clinics.creating import create_location, set_hours
from clinics.facts import save_facts
from clinics.hosts import change_host
from clinics.hours import parse_hours
from clinics.models import HostAlias, LocalPage, LocationAddress, Person, Service
from clinics.picture_sizes import make_sizes
from clinics.renaming import rename_clinic, rename_location
from tests.articles.factories import change_article, make_article, make_local_version
from tests.articles.factories import text as section
from tests.factories import HARBOUR_MARINA, World
from tests.freshness.site import Content, make_picture

type Act = Callable[[World, Content], Any]


@dataclass(frozen=True)
class Change:
    name: str
    models: frozenset[str]
    act: Act
    tags: frozenset[str]


CHANGES: list[Change] = []


def change(*models: str, tags: str) -> Callable[[Act], Act]:
    """A row of the table, named after its function."""

    def add(act: Act) -> Act:
        name = act.__name__.replace("_", " ")
        CHANGES.append(Change(name, frozenset(models), act, frozenset(tags.split())))
        return act

    return add


# The library


@change("articles.ArticlePage", "articles.ArticleRelease", tags="a rel")
def publish_of_text(world: World, on: Content) -> None:
    change_article(on.article, [section("what", "What it is now")])


@change("articles.ArticlePage", tags="a lib rel")
def publish_of_a_title(world: World, on: Content) -> None:
    change_article(on.other, title="Migraine with aura")


@change("articles.ArticlePage", tags="a lib rel")
def publish_of_a_safety_change(world: World, on: Content) -> None:
    change_article(
        on.article, [section("what", "What it is, corrected")], change_class=ChangeClass.SAFETY
    )


@change("articles.ArticlePage", "articles.ArticleAddress", tags="a lib rel")
def renaming_of_an_article(world: World, on: Content) -> None:
    change_article(on.other, slug="migraines")
    assert ArticleAddress.objects.filter(slug="migraine").exists()


@change("articles.ArticlePage", tags="a lib rel")
def new_article(world: World, on: Content) -> None:
    make_article("neuropathy")


@change("articles.ArticlePage", tags="a lib rel")
def services_of_an_article(world: World, on: Content) -> None:
    change_article(on.other, services=[Service.objects.get(slug="nerve-blocks")])


@change("articles.ArticlePage", tags="a rel")
def relation_between_articles(world: World, on: Content) -> None:
    on.article.related.set([])
    on.article.save_revision().publish()


@change("articles.ArticlePage", tags="a lib rel")
def unpublishing_of_an_article(world: World, on: Content) -> None:
    on.other.unpublish()


@change("articles.ArticlePage", tags="a lib rel")
def withdrawal_of_an_article(world: World, on: Content) -> None:
    withdraw_article(on.other, leads_to=on.article, user=world.library_publisher)


@change("articles.ArticlePage", tags="a lib rel")
def go_live_of_a_scheduled_article(world: World, on: Content) -> None:
    draft = make_article("neuropathy", publish=False)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()
    due = Revision.objects.filter(object_id=str(draft.pk), approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    for revision in due:
        content = {**revision.content, "go_live_at": past.isoformat()}
        due.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    from django.core.management import call_command  # noqa: PLC0415 - of this row alone

    call_command("publish_scheduled")


@change("articles.ArticleRelease", tags="a rel")
def undoing_of_a_release(world: World, on: Content) -> None:
    change_article(on.article, [section("what", "A mistake")])
    undo_release(on.article.releases.first(), user=world.library_publisher)


@change("articles.Source", tags="s")
def correction_of_a_source(world: World, on: Content) -> None:
    on.source.title = "A corrected trial"
    on.source.save()


@change("articles.Figure", tags="fig figureadults")
def new_words_of_a_figure(world: World, on: Content) -> None:
    on.figure.text = "some 5 million adults"
    on.figure.save()


@change("articles.Term", tags="terms")
def new_explanation_of_a_term(world: World, on: Content) -> None:
    on.term.explanation = "It gives medicine slowly, for an hour."
    on.term.save()


@change("articles.Term", tags="terms")
def another_term(world: World, on: Content) -> None:
    Term.objects.create(slug="here", name="here", explanation="At this place.")


@change("clinics.Statement", tags="t")
def new_wording_of_a_statement(world: World, on: Content) -> None:
    on.statement.text = "<p>Not approved for this use.</p>"
    on.statement.save()


@change("clinics.Service", tags="g")
def name_of_a_service(world: World, on: Content) -> None:
    service = Service.objects.get(slug="ketamine-infusion")
    service.name = "Ketamine infusions"
    service.save()


# A clinic's own words


@change("articles.LocalVersionPage", tags="c")
def publish_of_a_local_version(world: World, on: Content) -> None:
    make_local_version(on.other, world.harbour, title_override="Migraine at the Marina")


@change("articles.LocalVersionPage", tags="c i pictures")
def picture_of_a_local_version(world: World, on: Content) -> None:
    version = on.version
    version.hero_choice = HeroChoice.OWN
    version.hero_image = make_picture("A chair beside a window", "#775533")
    version.save_revision().publish()


@change("articles.LocalVersionPage", tags="c")
def hiding_of_an_article(world: World, on: Content) -> None:
    make_local_version(on.other, world.harbour, hides_article=True)


@change("articles.LocalVersionPage", tags="c")
def unpublishing_of_a_local_version(world: World, on: Content) -> None:
    on.version.unpublish()


@change("articles.HeldArticle", tags="a c rel")
def holding_of_an_article(world: World, on: Content) -> None:
    change_article(on.article, [section("what", "What it is now")])
    hold_article(on.article, world.harbour, user=world.harbour_publisher)
    change_article(on.article, [section("what", "What it is later")])


@change("articles.HeldArticle", tags="a c rel")
def end_of_a_hold(world: World, on: Content) -> None:
    hold_article(on.article, world.harbour, user=world.harbour_publisher)
    change_article(on.article, [section("what", "What it is later")])
    release_hold(on.article, world.harbour, user=world.harbour_publisher)


@change("clinics.ClinicFacts", tags="a c rel")
def review_of_updates(world: World, on: Content) -> None:
    set_hold(world.harbour, review_first=True, hold_days=None, user=world.harbour_publisher)
    change_article(on.article, [section("what", "What it is later")])


@change("articles.LocalArticlePage", tags="c")
def deletion_of_an_own_article(world: World, on: Content) -> None:
    LocalArticlePage.objects.get().delete()


@change("articles.LocalArticlePage", tags="c")
def publish_of_an_own_article(world: World, on: Content) -> None:
    page = LocalArticlePage.objects.get()
    page.title = "Our new rooms"
    page.save_revision().publish()


@change("articles.ArticleMountPage", tags="c")
def heading_of_a_list(world: World, on: Content) -> None:
    mount = ArticleMountPage.objects.child_of(world.hillside).get(slug="conditions")
    mount.title, mount.intro = "What we treat", "Read about it"
    mount.save_revision().publish()


@change("articles.IndexDecision", tags="c")
def decision_of_the_night(world: World, on: Content) -> None:
    IndexDecision.objects.create(
        version=on.version, is_own=True, likeness=0.4, nearest=world.harbour.page_ptr
    )


# The clinic's facts and pages


@change("clinics.ClinicFacts", tags="c")
def notice_of_a_clinic(world: World, on: Content) -> None:
    _save(world.hillside.facts, notice="Closed today, storm")


@change("clinics.ClinicFacts", tags="c f n")
def name_of_a_clinic(world: World, on: Content) -> None:
    rename_clinic(
        world.harbour, "Harbor Pain", "harbour.test", user=world.franchise_admin,
        base_version=world.harbour.facts.version, base_host="harbour.test",
    )  # fmt: skip


@change("clinics.LocationFacts", tags="c")
def number_of_a_location(world: World, on: Content) -> None:
    from clinics.phones import parse_number  # noqa: PLC0415 - of this row alone

    _save(world.uptown.facts, main_phone=parse_number("(214) 555-0188"))


@change("clinics.OpeningHours", tags="c")
def hours_of_a_location(world: World, on: Content) -> None:
    set_hours(world.marina.facts, parse_hours("Mon-Fri 07:00-19:00"))
    world.marina.facts.save()


@change("clinics.SpecialHours", tags="c")
def holiday_of_a_location(world: World, on: Content) -> None:
    from clinics.models import SpecialHours  # noqa: PLC0415 - of this row alone

    day = open_words.current_time().date() + timedelta(days=3)
    SpecialHours.objects.create(
        location=world.uptown.facts, first_date=day, last_date=day, label="Thanksgiving"
    )


@change("clinics.LocationPage", "clinics.LocationFacts", tags="c f")
def new_location(world: World, on: Content) -> None:
    create_location(world.harbour, {**HARBOUR_MARINA, "name": "Pier", "is_primary": False})


@change("clinics.LocationFacts", tags="c f")
def closing_of_a_location(world: World, on: Content) -> None:
    close_location(
        world.plano, LocationClosing("CLOSED_FOR_NOW", world.uptown), user=world.franchise_admin,
        base_version=world.plano.facts.version,
    )  # fmt: skip


@change("clinics.LocationPage", "clinics.LocationAddress", tags="c f")
def renaming_of_a_location(world: World, on: Content) -> None:
    rename_location(
        world.plano, "West Plano", "west-plano", user=world.franchise_admin,
        base_version=world.plano.facts.version,
    )  # fmt: skip
    assert LocationAddress.objects.filter(slug="plano").exists()


@change("clinics.LocationPage", tags="c")
def text_of_a_location(world: World, on: Content) -> None:
    place = world.marina
    place.text = "<p>Beside the harbour master.</p>"
    place.save_revision().publish()


@change("clinics.LocationIndexPage", tags="c")
def words_above_the_locations(world: World, on: Content) -> None:
    page = world.uptown.get_parent().specific
    page.intro = "Where we are"
    page.save_revision().publish()


@change("clinics.LocalPage", tags="c")
def publish_of_a_page(world: World, on: Content) -> None:
    page = LocalPage.objects.child_of(world.hillside).get(slug="about")
    page.title = "Who we are"
    page.save_revision().publish()


@change("clinics.LocalPage", tags="c")
def order_of_the_menu(world: World, on: Content) -> None:
    pages = list(LocalPage.objects.child_of(world.hillside).order_by("path"))
    Page.objects.get(pk=pages[-1].pk).move(Page.objects.get(pk=pages[0].pk), pos="left")


@change("clinics.LocalPage", tags="c")
def deletion_of_a_page(world: World, on: Content) -> None:
    LocalPage.objects.child_of(world.hillside).get(slug="about").delete()


@change("wagtailcore.PageViewRestriction", tags="g")
def restriction_of_a_page(world: World, on: Content) -> None:
    page = LocalPage.objects.child_of(world.hillside).get(slug="about")
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@change("clinics.ClinicPage", tags="c")
def brand_of_a_clinic(world: World, on: Content) -> None:
    home = world.hillside
    home.brand_primary = "#5b2a1b"
    home.save_revision().publish()


@change("clinics.HubPage", tags="c f n")
def name_of_the_hub(world: World, on: Content) -> None:
    hub = world.hub
    hub.title = "The Group"
    hub.save_revision().publish()


@change("clinics.FranchisePage", tags="g")
def policy_of_the_group(world: World, on: Content) -> None:
    group = world.franchise
    group.index_policy = "OWN"
    group.save()


@change("clinics.ClinicFacts", tags="c f n")
def closing_of_a_clinic(world: World, on: Content) -> None:
    close_clinic(
        world.harbour, neighbour=world.hillside, user=world.franchise_admin,
        base_version=world.harbour.facts.version,
    )  # fmt: skip


@change("wagtailcore.Site", "clinics.HostAlias", tags="c f n")
def new_host_of_a_clinic(world: World, on: Content) -> None:
    change_host(world.harbour, "marina.test", user=world.franchise_admin, base_host="harbour.test")
    assert HostAlias.objects.exists()
    assert Site.objects.filter(hostname="marina.test").exists()


# People and pictures


@change("articles.ArticlePage", tags="a rel")
def review_of_what_is_live(world: World, on: Content) -> None:
    """No word of the text is another: the page says who reviewed it, and when."""
    Person.objects.filter(pk=on.person.pk).update(
        is_reviewer=True,
        license_number="DEMO-1",
        license_end_date=timezone.localdate() + timedelta(days=9),
        verified_license=f"{on.person.name}||DEMO-1|{timezone.localdate() + timedelta(days=9)}",
    )
    record_approval(on.article, Person.objects.get(pk=on.person.pk))


@change("clinics.Person", tags="c f p")
def profile_of_a_person(world: World, on: Content) -> None:
    on.person.job_title = "Medical writer"
    on.person.save()


@change("clinics.Person", tags="c f p")
def new_person(world: World, on: Content) -> None:
    Person.objects.create(name="Bo Lin", slug="bo-lin", clinic=world.hillside)


@change("clinics.Person", tags="c f p")
def deletion_of_a_person(world: World, on: Content) -> None:
    Person.objects.get(slug="cy-orr").delete()


@change("cms.ClinicImage", tags="i pictures")
def alternative_text_of_a_picture(world: World, on: Content) -> None:
    on.picture.description = "A nurse beside a pump"
    on.picture.save()
    make_sizes(on.picture)


@change("cms.ClinicImage", tags="i pictures")
def replacement_of_a_picture(world: World, on: Content) -> None:
    other = make_picture("Something else", "#113355")
    on.picture.file = other.file
    on.picture.renditions.all().delete()
    on.picture.save()
    make_sizes(on.picture)


def _save(facts: Any, **changes: Any) -> None:
    save_facts(facts, changes, user=None, base_version=facts.version)
