"""Team pages and profiles of people (T-02, T-06, S-06): who stands where, and what search engines
may list of it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.choices import ArticleKind
from clinics.choices import ClinicStatus, LocalPageKind
from clinics.models import ClinicFacts, LocalPage, Person
from clinics.structured_data_check import check_text
from tests.articles.every_section import make_image
from tests.articles.factories import change_article, make_article, make_own_article
from tests.clinics.test_structured_data import graph, node
from tests.factories import World
from tests.reading import main_words, page_of

HUB_TEAM = "/writers-and-reviewers/"


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Ada works at Hillside, Nora reviews at Harbour, Grace is the group's, Max writes nothing."""
    Person.objects.filter(slug="ada-hill").update(
        job_title="Anesthesiologist", bio="Ada Hill has cared for people with pain since 2009."
    )
    Person.objects.filter(slug="nora-harbour").update(
        is_reviewer=True, bio="Nora Harbour reviews pages about pain."
    )
    Person.objects.filter(slug="grace-group").update(bio="Grace Group writes for all clinics.")
    Person.objects.create(name="Max Marina", slug="max-marina", clinic=world.harbour, bio="Nurse.")


def person(slug: str) -> Person:
    return Person.objects.get(slug=slug)


def page_at(host: str, path: str) -> Tag:
    response = Client(HTTP_HOST=f"{host}.test").get(path)
    assert response.status_code == 200, path
    return page_of(response.content)


def status(host: str, path: str) -> int:
    return Client(HTTP_HOST=f"{host}.test").get(path).status_code


def robots(page: Tag) -> str:
    found = page.find("meta", attrs={"name": "robots"})
    return found["content"] if found else ""


def sitemap(host: str) -> str:
    return Client(HTTP_HOST=f"{host}.test").get("/sitemap.xml").text


def names(page: Tag) -> list[str]:
    return [name.get_text() for name in page.select(".person-name")]


# Who stands on a team page


def test_team_of_a_clinic_is_its_own_people(world: World) -> None:
    team = page_at("hillside", "/team/")

    assert names(team) == ["Ada Hill, MD"]
    assert team.select_one(".person-link")["href"] == "/team/ada-hill/"


def test_team_of_the_hub_is_who_writes_and_reviews(world: World) -> None:
    team = page_at("hub", HUB_TEAM)

    assert names(team) == ["Grace Group, MD", "Nora Harbour, MD"]
    assert "The people behind our articles" in team.get_text()
    assert [each.get_text() for each in team.select(".person-clinic")] == [
        "Harbour Infusion Center"
    ]


# Profiles


def test_profile_tells_who_a_person_is_and_what_they_did(world: World) -> None:
    """T-06: degrees, role, words, and the list of reviewed pages."""
    make_article("a", title="Article A", reviewer=person("ada-hill"))
    make_article("b", title="Article B", author=person("ada-hill"), kind=ArticleKind.TREATMENT)
    make_article("c", title="Article C")

    response = Client(HTTP_HOST="hillside.test").get("/team/ada-hill/")

    page = page_of(response.content)
    assert page.h1.get_text() == "Ada Hill, MD"
    words = main_words(response.content)
    assert "Anesthesiologist" in words
    assert "Ada Hill has cared for people with pain since 2009." in words
    sections = {
        each.h2.get_text(): [(a.get_text(), a["href"]) for a in each.select(".teaser-link")]
        for each in page.select("main section.page-section")
    }
    assert sections == {
        "Medically reviewed": [("Article A", "/conditions/a/")],
        "Written": [("Article B", "/treatments/b/")],
    }
    trail = [each.get_text(strip=True) for each in page.select(".breadcrumb li")]
    assert trail == ["Home", "Our team", "Ada Hill, MD"]


def test_profile_names_only_what_its_site_shows(world: World) -> None:
    make_own_article(world.harbour, "own", title="Of Harbour", author=person("grace-group"))

    assert "Of Harbour" in page_at("harbour", "/team/grace-group/").main.get_text()
    assert "Of Harbour" not in page_at("hillside", "/team/grace-group/").main.get_text()


def test_profile_follows_the_release_that_a_clinic_shows(world: World) -> None:
    """A clinic that has not accepted the new reviewer does not say that they reviewed it."""
    article = make_article("a", title="Article A", reviewer=person("ada-hill"))
    ClinicFacts.objects.filter(clinic=world.hillside).update(
        review_first=True, library_as_of=article.releases.get().number
    )
    change_article(article, reviewer=person("nora-harbour"))

    assert "Article A" in page_at("hillside", "/team/ada-hill/").main.get_text()
    assert "Article A" not in page_at("hillside", "/team/nora-harbour/").main.get_text()
    assert "Article A" in page_at("harbour", "/team/nora-harbour/").main.get_text()


@pytest.mark.parametrize(
    ("host", "slug", "answer"),
    [
        ("hillside", "ada-hill", 200),
        ("hillside", "grace-group", 200),
        ("hillside", "nora-harbour", 200),  # reviews what Hillside shows
        ("hillside", "max-marina", 404),  # a nurse of another clinic
        ("harbour", "max-marina", 200),
        ("harbour", "ada-hill", 404),
        ("hillside", "nobody", 404),
    ],
)
def test_profiles_of_a_site(host: str, slug: str, answer: int) -> None:
    assert status(host, f"/team/{slug}/") == answer


def test_only_a_team_page_has_profiles(world: World) -> None:
    assert status("hillside", "/about/ada-hill/") == 404
    assert status("hillside", "/team/ada-hill/more/") == 404

    LocalPage.objects.child_of(world.hillside).filter(kind=LocalPageKind.TEAM).update(live=False)
    assert status("hillside", "/team/ada-hill/") == 404


def test_clinic_of_a_colleague_is_named_and_not_linked(world: World) -> None:
    """Whoever has chosen a clinic is not led to the numbers of another; the hub leads there."""
    elsewhere = page_at("hillside", "/team/nora-harbour/").select_one(".profile-clinic")
    hub = page_at("hub", f"{HUB_TEAM}nora-harbour/").select_one(".profile-clinic")

    assert "Harbour Infusion Center" in elsewhere.get_text()
    assert elsewhere.a is None
    assert hub.a["href"] == "http://harbour.test/"
    assert page_at("harbour", "/team/nora-harbour/").select_one(".profile-clinic") is None


def test_clinic_that_is_not_in_service_is_not_named(world: World) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.CLOSED)

    assert page_at("hub", f"{HUB_TEAM}nora-harbour/").select_one(".profile-clinic") is None


# Names in articles


def test_names_in_an_article_lead_to_profiles_of_the_same_site(world: World) -> None:
    """T-02: each name at the top of an article leads to who that is."""
    make_article("a", author=person("grace-group"), reviewer=person("nora-harbour"))

    for host, team in (("hillside", "/team/"), ("harbour", "/team/"), ("hub", HUB_TEAM)):
        page = page_at(host, "/conditions/a/")
        links = [a["href"] for a in page.select(".byline a")]
        assert links == [f"{team}grace-group/", f"{team}nora-harbour/"]
        assert [status(host, link) for link in links] == [200, 200]


def test_name_without_a_profile_is_plain_text(world: World) -> None:
    """A nurse of Harbour who is no author for the group, and a site without a team page."""
    make_article("a", author=person("max-marina"), reviewer=person("ada-hill"))
    assert [a["href"] for a in page_at("hillside", "/conditions/a/").select(".byline a")] == [
        "/team/ada-hill/"
    ]

    LocalPage.objects.child_of(world.hillside).filter(kind=LocalPageKind.TEAM).delete()
    byline = page_at("hillside", "/conditions/a/").select_one(".byline")
    assert byline.a is None
    assert "Ada Hill, MD" in byline.get_text()


# What search engines read


def test_profile_is_listed_where_the_person_works(world: World) -> None:
    assert robots(page_at("hillside", "/team/ada-hill/")) == ""
    assert robots(page_at("hillside", "/team/nora-harbour/")) == "noindex, follow"
    assert robots(page_at("hillside", "/team/grace-group/")) == "noindex, follow"
    assert robots(page_at("hub", f"{HUB_TEAM}grace-group/")) == ""
    assert robots(page_at("hub", f"{HUB_TEAM}nora-harbour/")) == "noindex, follow"
    assert "/team/ada-hill/</loc>" in sitemap("hillside")
    assert "nora-harbour" not in sitemap("hillside")
    assert "grace-group" not in sitemap("hillside")
    assert f"{HUB_TEAM}grace-group/</loc>" in sitemap("hub")
    assert "/team/nora-harbour/</loc>" in sitemap("harbour")


def test_profile_without_words_is_not_listed(world: World) -> None:
    Person.objects.filter(slug="ada-hill").update(bio="")

    assert robots(page_at("hillside", "/team/ada-hill/")) == "noindex, follow"
    assert "ada-hill" not in sitemap("hillside")


def test_person_is_one_node_wherever_they_are_named(world: World, site_client: Any) -> None:
    """S-06: a Person with the address of the profile; the same @id in articles."""
    make_article("a", reviewer=person("ada-hill"))
    client = site_client(world.hillside)
    profile, article = (client.get(path).text for path in ("/team/ada-hill/", "/conditions/a/"))

    found = node(graph(profile), "#person")
    reviewer = node(graph(article), "#webpage")["reviewedBy"]

    assert found["@type"] == reviewer["@type"] == "Person"
    assert found["@id"] == reviewer["@id"] == "http://hillside.test/team/ada-hill/#person"
    assert found["url"] == reviewer["url"] == "http://hillside.test/team/ada-hill/"
    assert (found["name"], found["honorificSuffix"]) == ("Ada Hill", "MD")
    assert found["worksFor"] == {"@id": "http://hillside.test/#clinic"}
    page = node(graph(profile), "#webpage")
    assert (page["@type"], page["mainEntity"]) == ("ProfilePage", {"@id": found["@id"]})
    for html in (profile, article):
        data = page_of(html).find("script", type="application/ld+json").string
        assert check_text(data) == []


def test_colleague_of_another_clinic_does_not_work_here(world: World) -> None:
    html = Client(HTTP_HOST="hillside.test").get("/team/nora-harbour/").text

    assert "worksFor" not in node(graph(html), "#person")


# Cost


def queries(host: str, path: str) -> int:
    """Of the second visit: the first one may make what is kept."""
    client = Client(HTTP_HOST=f"{host}.test")
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_profile_takes_the_same_queries_for_any_number_of_articles(world: World) -> None:
    make_article("a", reviewer=person("ada-hill"))
    few = queries("hillside", "/team/ada-hill/")
    for number in range(5):
        make_article(f"more-{number}", reviewer=person("ada-hill"))
    assert queries("hillside", "/team/ada-hill/") == few


def test_team_page_takes_the_same_queries_for_any_number_of_people(world: World) -> None:
    Person.objects.update(photo=make_image("face"))
    few = queries("hillside", "/team/"), queries("hub", HUB_TEAM)
    for number in range(5):
        Person.objects.create(
            name=f"Person {number}",
            slug=f"person-{number}",
            clinic=world.hillside,
            is_reviewer=True,
            photo=make_image(f"face-{number}"),
        )
    assert (queries("hillside", "/team/"), queries("hub", HUB_TEAM)) == few
    assert len(page_at("hub", HUB_TEAM).select(".person-photo img")) == 7
