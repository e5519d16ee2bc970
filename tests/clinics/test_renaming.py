"""A new name follows tokens, titles and sites; a new host takes the old one's place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from articles.models import LocalVersionPage
from clinics.facts import FactsConflict, facts_of
from clinics.hosts import HostConflict, change_host, former_hosts_of
from clinics.mentions import mentions_of
from clinics.models import ClinicPage, HostAlias, LocalPage, LocationAddress, PurgeOutbox
from clinics.renaming import rename_clinic, rename_location
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


def rename(clinic: Any, name: str, host: str = "hillside.test", **base: Any) -> Any:
    base = {"base_version": 1, "base_host": "hillside.test"} | base
    return rename_clinic(clinic, name, host, user=None, **base)


def ask(host: str, path: str = "/") -> Any:
    return Client(HTTP_HOST=host).get(path)


# Clinics


def test_name_follows_everywhere(world: World) -> None:
    make_local_version(make_article("shared", text("what")), world.hillside, title_override="Ours")
    rename(world.hillside, "Pear Tree Clinic")

    html = ask("hillside.test").text
    assert "Pear Tree Clinic" in html
    assert "Hillside Pain Clinic" not in html.replace("Hillside Pain Clinic PLLC", "")
    assert "Pear Tree Clinic" in ask("hub.test").text
    assert Site.objects.get(hostname="hillside.test").site_name == "Pear Tree Clinic"
    page = ClinicPage.objects.get(pk=world.hillside.pk)
    assert (page.title, page.draft_title) == ("Pear Tree Clinic", "Pear Tree Clinic")
    assert page.facts.collection.name == "Pear Tree Clinic"
    assert page.facts.legal_name == "Hillside Pain Clinic PLLC"
    version = LocalVersionPage.objects.get(clinic=world.hillside)
    assert version.title.endswith("– Pear Tree Clinic")
    assert version.draft_title == version.title


def test_title_of_its_own_stays(world: World) -> None:
    ClinicPage.objects.filter(pk=world.hillside.pk).update(title="Our home")
    rename(ClinicPage.objects.get(pk=world.hillside.pk), "Pear Tree Clinic")

    assert ClinicPage.objects.get(pk=world.hillside.pk).title == "Our home"


def test_drafts_and_schedules_keep_what_they_say_and_get_the_name(world: World) -> None:
    page = ClinicPage.objects.get(pk=world.hillside.pk)
    page.hero_title, page.go_live_at = "Tomorrow's words", timezone.now() + timedelta(days=1)
    page.save_revision(user=world.hillside_publisher).publish()
    page = ClinicPage.objects.get(pk=world.hillside.pk)
    draft = page.get_latest_revision_as_object()
    draft.hero_title, draft.go_live_at = "Unfinished words", None
    draft.save_revision(user=world.hillside_editor)

    rename(page, "Pear Tree Clinic")

    page = ClinicPage.objects.get(pk=page.pk)
    assert (page.title, page.hero_title) == ("Pear Tree Clinic", "")
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.hero_title) == ("Pear Tree Clinic", "Unfinished words")
    assert page.latest_revision.user == world.hillside_editor
    scheduled = page.revisions.get(approved_go_live_at__isnull=False)
    assert scheduled.as_object().title == "Pear Tree Clinic"
    assert scheduled.as_object().hero_title == "Tomorrow's words"
    html = ask("hillside.test").text
    assert [word for word in ("Unfinished words", "Tomorrow") if word in html] == []


def test_typed_words_are_found_and_tokens_are_not(world: World) -> None:
    about = LocalPage.objects.child_of(world.hillside).get(slug="about")
    about.body = "<p>Welcome to <b>Hillside</b> Pain Clinic.</p>"
    about.save_revision().publish()
    costs = LocalPage.objects.child_of(world.hillside).get(slug="contact")
    costs.intro = "{{ clinic.name }} is here."
    costs.save_revision().publish()
    costs.seo_title = "hillside pain clinic, contact"
    costs.save_revision()
    ours = text("own", "Ours", "<p>At Hillside Pain Clinic we listen.</p>")
    make_local_version(
        make_article("shared", text("what")), world.hillside, override("replace", "what", ours)
    )
    theirs = LocalPage.objects.child_of(world.harbour).get(slug="about")
    theirs.body = "<p>Unlike Hillside Pain Clinic.</p>"
    theirs.save_revision().publish()

    found = mentions_of("Hillside Pain Clinic", world.hillside, follows=world.hillside)

    assert {(each.page.slug, each.fields, each.is_draft) for each in found} == {
        ("about", ("Text",), False),
        ("contact", ("Title tag",), True),
        (LocalVersionPage.objects.get().slug, ("Differences",), False),
    }


def test_old_version_renames_nothing(world: World) -> None:
    with pytest.raises(FactsConflict):
        rename(world.hillside, "Pear Tree Clinic", base_version=7)
    with pytest.raises(HostConflict):
        rename(world.hillside, "Pear Tree Clinic", "pear.test", base_host="old.test")


# Hosts


def test_old_host_leads_to_the_new_one(world: World) -> None:
    PurgeOutbox.objects.all().delete()
    make_article("shared")
    change_host(world.hillside, " Pear.test ", user=None, base_host="hillside.test")

    moved = ask("hillside.test", "/conditions/shared/?src=ads")
    assert moved.status_code == 301
    assert moved["Location"] == "http://pear.test/conditions/shared/?src=ads"
    assert moved["Cache-Control"] == "max-age=0, must-revalidate"
    html = ask("pear.test", "/conditions/shared/").text
    assert "http://pear.test/#clinic" in html and "hillside.test" not in html
    for path in ("/sitemap.xml", "/robots.txt"):
        answer = ask("pear.test", path).text
        assert "http://pear.test/" in answer and "hillside.test" not in answer
    assert "http://pear.test/" in ask("hub.test").text
    assert f"c{world.hillside.pk}" in {t for row in PurgeOutbox.objects.all() for t in row.tags}


def test_host_goes_back(world: World) -> None:
    change_host(world.hillside, "pear.test", user=None, base_host="hillside.test")
    change_host(world.hillside, "hillside.test", user=None, base_host="pear.test")

    assert ask("hillside.test").status_code == 200
    assert ask("pear.test", "/about/")["Location"] == "http://hillside.test/about/"
    assert former_hosts_of(world.hillside) == ["pear.test"]


@pytest.mark.parametrize(
    "host", ["harbour.test", "marina.test", "hub.test", "localhost", "no host", "-a.test", ""]
)
def test_host_of_somebody_else_or_of_nobody_is_refused(world: World, host: str) -> None:
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")

    with pytest.raises(ValidationError):
        change_host(world.hillside, host, user=None, base_host="hillside.test")
    assert ask("hillside.test").status_code == 200


# Locations


def rename_place(place: Any, name: str, slug: str) -> Any:
    version = facts_of(place.pk).version
    return rename_location(place, name, slug, user=None, base_version=version)


def test_paths_of_a_location_lead_to_where_it_is(world: World) -> None:
    rename_place(world.plano, "Legacy", "legacy")
    rename_place(type(world.plano).objects.get(pk=world.plano.pk), "Legacy West", "legacy-west")

    for old in ("plano", "legacy"):
        moved = ask("hillside.test", f"/locations/{old}/")
        assert (moved.status_code, moved["Location"]) == (301, "/locations/legacy-west/")
    assert ask("hillside.test", "/locations/allen/").status_code == 404
    assert ask("harbour.test", "/locations/plano/").status_code == 404


def test_path_goes_back(world: World) -> None:
    rename_place(world.plano, "Legacy", "legacy")
    rename_place(type(world.plano).objects.get(pk=world.plano.pk), "Plano", "plano")

    assert ask("hillside.test", "/locations/plano/").status_code == 200
    assert ask("hillside.test", "/locations/legacy/")["Location"] == "/locations/plano/"
    assert LocationAddress.objects.get().slug == "legacy"


def test_slug_changed_in_the_editor_leads_on_too(world: World) -> None:
    page = world.plano
    page.slug = "legacy"
    page.save_revision().publish()

    assert ask("hillside.test", "/locations/plano/")["Location"] == "/locations/legacy/"


def test_address_of_another_location_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="has this address"):
        rename_place(world.plano, "Plano", "uptown")
    assert ask("hillside.test", "/locations/plano/").status_code == 200
