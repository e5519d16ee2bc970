"""Which pages search engines may list: head tags, sitemap and words agree (L-04 to L-07, L-10)."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage, IndexDecision, LocalVersionPage
from articles.own_copies import likeness_limit
from articles.shingles import jaccard, shingles
from clinics.choices import IndexPolicy
from clinics.forms.clinic import ClinicForm
from clinics.models import ClinicFacts, FactsChange, FranchisePage, LocationPage
from tests.articles.every_section import make_image
from tests.articles.factories import (
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.clinics.forms.typed import typed_values
from tests.factories import World

SHARED = "<p>" + " ".join(f"Shared word number {n} of the text." for n in range(40)) + "</p>"
OURS = "<p>" + " ".join(f"We wrote line {n} about our own rooms." for n in range(60)) + "</p>"
NOINDEX = "noindex, follow"


def ask(host: str, path: str) -> Any:
    return Client(HTTP_HOST=f"{host}.test").get(path)


def head(host: str, path: str = "/conditions/a/") -> tuple[str, str]:
    """The robots of a page and its canonical address; there is exactly one of these."""
    page = BeautifulSoup(ask(host, path).text, "html.parser")
    (canonical,) = page.find_all("link", rel="canonical")
    robots = page.find("meta", {"name": "robots"})
    assert page.find("meta", property="og:url")["content"] == canonical["href"]
    return robots["content"] if robots else "", canonical["href"]


def sitemap(host: str) -> list[str]:
    response = ask(host, "/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    return re.findall(r"<loc>(.*?)</loc>", response.text)


def decide() -> None:
    call_command("decide_indexing", stdout=StringIO())


def is_listed(host: str, path: str = "/conditions/a/") -> bool:
    return f"http://{host}.test{path}" in sitemap(host)


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Of the group, so the hub's page is the one to list."""
    return make_article("a", text("what", "What", SHARED), text("care", "Care"))


def rewrite(article: ArticlePage, clinic: Any, html: str = OURS) -> LocalVersionPage:
    return make_local_version(
        article, clinic, override("replace", "what", text("own", "Ours", html))
    )


def test_owners_copy_is_listed_and_a_copy_of_it_is_not(article: ArticlePage) -> None:
    assert head("hub") == ("", "http://hub.test/conditions/a/")
    assert head("hillside") == (NOINDEX, "http://hillside.test/conditions/a/")
    assert is_listed("hub") and not is_listed("hillside")


def test_clinic_that_wrote_it_owns_it(world: World) -> None:
    make_article("a", owner_clinic=world.hillside)
    assert head("hillside")[0] == ""
    assert head("hub") == (NOINDEX, "http://hub.test/conditions/a/")
    assert is_listed("hillside") and not is_listed("hub") and not is_listed("harbour")


def test_own_words_make_a_page_of_its_own_once_compared(article: ArticlePage, world: World) -> None:
    rewrite(article, world.harbour)
    assert head("harbour")[0] == NOINDEX
    decide()
    assert head("harbour") == ("", "http://harbour.test/conditions/a/")
    assert is_listed("harbour") and not is_listed("hillside")


def test_few_own_words_do_not(article: ArticlePage, world: World) -> None:
    make_local_version(article, world.harbour, override("replace", "care", text("own", "Ours")))
    decide()
    decision = IndexDecision.objects.get()
    assert (decision.is_own, decision.nearest_id) == (False, world.hub.pk)
    assert 0.7 < decision.likeness < 1
    assert head("harbour")[0] == NOINDEX


def test_of_two_clinics_with_the_same_new_words_the_older_is_listed(
    article: ArticlePage, world: World
) -> None:
    rewrite(article, world.harbour)
    rewrite(article, world.hillside)
    decide()
    assert (is_listed("harbour"), is_listed("hillside")) == (True, False)
    assert IndexDecision.objects.get(version__clinic=world.hillside).nearest_id == world.harbour.pk


@pytest.mark.parametrize(
    ("policy", "robots", "host", "in_sitemap"),
    [
        (IndexPolicy.COMPUTED, NOINDEX, "hillside", False),
        (IndexPolicy.HUB, "", "hub", False),
        (IndexPolicy.OWN, "", "hillside", True),
        (IndexPolicy.NOINDEX, NOINDEX, "hillside", False),
    ],
)
@pytest.mark.parametrize("of", ["clinic", "group"])
def test_matrix_of_policies(
    article: ArticlePage,
    world: World,
    policy: str,
    robots: str,
    host: str,
    in_sitemap: bool,
    of: str,
) -> None:
    """Never "noindex" and a foreign canonical address together (L-04)."""
    if of == "clinic":
        FranchisePage.objects.update(index_policy=IndexPolicy.NOINDEX)
        ClinicFacts.objects.filter(clinic=world.hillside).update(index_policy=policy)
    else:
        FranchisePage.objects.update(index_policy=policy)
    assert head("hillside") == (robots, f"http://{host}.test/conditions/a/")
    assert is_listed("hillside") is in_sitemap
    assert head("hub")[0] == ""


def test_policy_against_shared_pages_holds_for_rewritten_ones_too(
    article: ArticlePage, world: World
) -> None:
    rewrite(article, world.harbour)
    decide()
    ClinicFacts.objects.filter(clinic=world.harbour).update(index_policy=IndexPolicy.NOINDEX)
    assert head("harbour")[0] == NOINDEX
    make_own_article(world.harbour, "ours")
    assert head("harbour", "/conditions/ours/")[0] == ""
    assert is_listed("harbour", "/conditions/ours/")


def test_copy_whose_owner_does_not_show_it_points_nowhere(
    article: ArticlePage, world: World
) -> None:
    FranchisePage.objects.update(index_policy=IndexPolicy.HUB)
    owned = make_article("b", owner_clinic=world.harbour)
    make_local_version(owned, world.harbour, hides_article=True)
    assert head("hillside", "/conditions/b/") == (NOINDEX, "http://hillside.test/conditions/b/")


def test_campaign_in_the_address_is_not_part_of_the_canonical_one(article: ArticlePage) -> None:
    assert head("hub", "/conditions/a/?src=ads")[1] == "http://hub.test/conditions/a/"


def test_decisions_of_what_is_gone_are_gone(article: ArticlePage, world: World) -> None:
    version = rewrite(article, world.harbour)
    decide()
    version.unpublish()
    decide()
    assert not IndexDecision.objects.exists()
    assert head("harbour")[0] == NOINDEX


def test_limit_is_a_setting(article: ArticlePage, world: World, settings: Any) -> None:
    make_local_version(article, world.harbour, override("replace", "care", text("own", "Ours")))
    settings.ARTICLES_INDEX_LIKENESS = 1.0
    decide()
    assert is_listed("harbour")


def test_command_names_an_article_that_is_not_there(article: ArticlePage) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("decide_indexing", "a", "nowhere")


def test_sitemap_has_the_pages_of_its_own_host_only(article: ArticlePage, world: World) -> None:
    make_own_article(world.harbour, "ours")
    for host in ("hillside", "harbour", "hub"):
        addresses = sitemap(host)
        assert len(addresses) == len(set(addresses)) > 3
        for address in addresses:
            path = address.removeprefix(f"http://{host}.test")
            assert path.startswith("/"), address
            assert head(host, path) == ("", address)
    assert Client(HTTP_HOST="unknown.test").get("/sitemap.xml").status_code == 404


def test_sitemap_leaves_out_drafts_local_versions_and_hidden_articles(
    article: ArticlePage, world: World
) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(index_policy=IndexPolicy.OWN)
    make_article("draft", publish=False)
    make_own_article(world.harbour, "unfinished", publish=False)
    assert is_listed("harbour")
    version = make_local_version(article, world.harbour, hides_article=True)
    addresses = " ".join(sitemap("harbour"))
    assert "/a/" not in addresses and "draft" not in addresses and "unfinished" not in addresses
    assert version.slug not in addresses


def test_date_of_a_page_is_that_of_its_last_change(article: ArticlePage, world: World) -> None:
    ClinicFacts.objects.update(index_policy=IndexPolicy.OWN)
    version = rewrite(article, world.harbour)
    dates = {
        host: re.findall(r"/conditions/a/</loc><lastmod>(.*?)<", ask(host, "/sitemap.xml").text)
        for host in ("hillside", "harbour")
    }
    release = article.releases.first()
    assert dates["hillside"][0][:19] == release.published_at.isoformat()[:19]
    assert dates["harbour"][0][:19] == version.last_published_at.isoformat()[:19]


def test_sitemap_takes_the_same_queries_with_any_number_of_articles(
    world: World, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(90) as asked:
            sitemap("harbour")
        return len(asked)

    rewrite(make_article("a0", text("what"), text("care")), world.harbour)
    few = queries()
    for number in range(1, 8):
        rewrite(make_article(f"a{number}", text("what"), text("care")), world.harbour)
    assert queries() == few


def test_robots_file_names_the_sitemap_of_its_host(world: World) -> None:
    response = ask("hillside", "/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert (
        response.text == "User-agent: *\nDisallow: \n\nSitemap: http://hillside.test/sitemap.xml\n"
    )
    assert "Disallow: /admin/" in ask("hub", "/robots.txt").text


def test_staging_server_asks_to_be_left_out(world: World, settings: Any) -> None:
    assert "X-Robots-Tag" not in ask("hillside", "/")
    settings.CLINICS_SEARCH_ENGINES = False
    for path in ("/", "/robots.txt", "/nowhere/"):
        assert ask("hillside", path)["X-Robots-Tag"] == "noindex"


def test_admin_and_previews_are_left_out(world: World, client_for: Any, article: Any) -> None:
    client = client_for(world.library_publisher)
    preview = client.get(f"/admin/pages/{article.pk}/edit/preview/")
    assert client.get("/admin/")["X-Robots-Tag"] == preview["X-Robots-Tag"] == "noindex"


def test_location_without_anything_of_its_own_is_kept_out(world: World, client_for: Any) -> None:
    """L-07: no doorways."""
    assert head("hillside", "/locations/plano/")[0] == NOINDEX
    assert not is_listed("hillside", "/locations/plano/")
    editor = client_for(world.hillside_publisher)
    warning = editor.get(f"/admin/pages/{world.plano.pk}/edit/").text
    assert "a photo of its own: choose one" in warning
    assert "text of its own: write at least 30 words" in warning
    assert "opening hours" not in warning.split("Still missing:")[1].split("</ul>")[0]


def test_location_with_photo_and_text_of_its_own_is_listed(world: World) -> None:
    text_ = "<p>" + "Our rooms look over the park and are easy to reach. " * 4 + "</p>"
    LocationPage.objects.filter(pk=world.plano.pk).update(text=text_, photo=make_image("Plano"))
    assert head("hillside", "/locations/plano/")[0] == ""
    assert is_listed("hillside", "/locations/plano/")
    world.plano.facts.opening_hours.all().delete()
    assert head("hillside", "/locations/plano/")[0] == NOINDEX


def test_editor_of_a_local_version_reads_why(
    article: ArticlePage, world: World, client_for: Any
) -> None:
    version = make_local_version(
        article, world.harbour, override("replace", "care", text("own", "Ours"))
    )
    client = client_for(world.harbour_publisher)

    def words() -> str:
        html = client.get(f"/admin/pages/{version.pk}/edit/").text
        return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())

    assert "has not been compared yet" in words()
    decide()
    share = round(IndexDecision.objects.get().likeness * 100)
    assert f"{share}% of this page is the text of Group Clinics" in words()
    ClinicFacts.objects.filter(clinic=world.harbour).update(index_policy=IndexPolicy.NOINDEX)
    assert "no shared page is listed" in words()


def test_franchise_admin_chooses_and_can_undo(world: World, client_for: Any) -> None:
    client = client_for(world.franchise_admin)
    make_article("a")
    typed = typed_values(ClinicForm(instance=world.hillside.facts)) | {"index_policy": "OWN"}
    client.post(reverse("my_clinic:edit_clinic", args=[world.hillside.pk]), typed)
    assert is_listed("hillside")
    log = client.get(reverse("my_clinic:changes", args=[world.hillside.pk])).text
    assert "Search engines list" in log and "Every shared page" in log
    undo = reverse("my_clinic:undo", args=[FactsChange.objects.latest("pk").pk])
    client.post(undo, {"base_version": ClinicFacts.objects.get(clinic=world.hillside).version})
    assert not is_listed("hillside")


def test_feed_has_the_clinics_words_newest_first(article: ArticlePage, world: World) -> None:
    make_article("b", title="Of {{ clinic.name }}")
    make_local_version(article, world.harbour, title_override="Our own title")
    response = ask("harbour", "/feed.xml")
    assert response["Content-Type"] == "application/atom+xml"
    titles = re.findall(r"<title>(.*?)</title>", response.text)
    assert titles == [world.harbour.title, "Our own title", "Of Harbour Infusion Center"]
    assert "hillside" not in response.text
    assert 'href="/feed.xml"' in ask("harbour", "/").text


SHARED_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LOCAL_WORDS = (
    "Our rooms are on the second floor, above the bakery, and the lift is beside the door. Bring "
    "the list of what you take and somebody who drives you home. We keep a blanket and a dim lamp "
    "in every room, and one of us sits with you the whole time. Afterwards there is tea, and we "
    "ring you on the next day to hear how the night was."
)


@pytest.mark.skipif(not SHARED_FOLDER.is_dir(), reason=f"the texts are not here: {SHARED_FOLDER}")
def test_swapped_names_are_no_page_of_its_own_and_a_rewrite_is() -> None:
    """The two swap cases and the real rewrite of domain.md 9.5."""
    of_dallas, of_delray = (
        (SHARED_FOLDER / name).read_text()
        for name in ("000_9bb457e4ff758138.txt", "003_0e17962f6073bc1a.txt")
    )
    swapped = of_dallas
    for theirs, ours in (
        ("Texas Ketamine Specialists", "Harbour Infusion Center"),
        ("Dallas", "Delray Beach"),
        ("Plano", "Boynton Beach"),
        ("Richardson", "Boca Raton"),
        ("Texas", "Florida"),
    ):
        swapped = swapped.replace(theirs, ours)
    original = shingles(of_dallas)
    likenesses = {
        "swapped": jaccard(original, shingles(swapped)),
        "with local words": jaccard(original, shingles(f"{swapped} {LOCAL_WORDS}")),
        "rewritten": jaccard(original, shingles(of_delray)),
    }
    is_own = {name: likeness < likeness_limit() for name, likeness in likenesses.items()}
    assert is_own == {"swapped": False, "with local words": False, "rewritten": True}, likenesses
