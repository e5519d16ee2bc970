"""`manage.py load_demo`: a hub, three clinics and a starting library in an empty installation."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, override_settings
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site

from articles.choices import MOUNT_SLUGS, ArticleKind, OfferStatus, ReviewAct
from articles.claim_findings import shared_findings
from articles.claim_pages import checked_pages
from articles.claim_texts import blocks_missing, texts_of
from articles.claims.checking import speaks_of_the_drug
from articles.claims.rule import Severity
from articles.merge import State
from articles.models import (
    ArticlePage,
    Figure,
    LocalArticlePage,
    LocalVersionPage,
    SectionOffer,
    Term,
)
from articles.queries import effective_for
from articles.review.blocks import missing_on
from articles.review.pages import REVIEWED_KINDS, state_of
from articles.review.queue import last_acts
from articles.stream import raw_stream
from clinics.choices import Role
from clinics.credentials import person_of
from clinics.models import ClinicPage, FranchisePage, LocationFacts, Membership
from clinics.picture_shapes import SHAPES
from clinics.resolve import clinic_of, root_page
from cms.demo.accounts import ACCOUNTS
from cms.demo.content_files import read
from cms.demo.reviews import publish_reviewed
from cms.settings import base
from tests.factories import remove_world
from tests.kept_database import kept_database
from tests.reading import main_of, main_words

ON_A_PHONE = SHAPES["wide"].specs("avif")[0]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CLINIC_WORDS = {
    "dallas": ("Texas", "Dallas", "Plano"),
    "delray-beach": ("Florida", "Delray Beach", "Boca Raton"),
    "kairos": ("Kairos", "Maryland", "Baltimore", "Towson"),
}

AS_IN_THE_DEMO = partial(override_settings, DEMO_PASSWORD="", ARTICLES_REVIEW_REQUIRED=True)
UPDATED = {row["article"] for row in read("library_updates")["update"]}


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, var_dir: Path) -> Iterator[str]:
    """The demo, loaded once for the module; what the command printed."""
    with kept_database(django_db_blocker), AS_IN_THE_DEMO(VAR_DIR=var_dir):
        remove_world()
        yield _load()


def _load() -> str:
    """With one size of each picture: all of them take a minute more."""
    out = StringIO()
    with patch("clinics.picture_sizes.EVERY_SPEC", (ON_A_PHONE,)):
        call_command("load_demo", stdout=out)
    return out.getvalue()


def test_library_has_its_articles() -> None:
    counts = {kind: ArticlePage.objects.live().filter(kind=kind).count() for kind in ArticleKind}

    assert counts == {ArticleKind.CONDITION: 6, ArticleKind.TREATMENT: 3, ArticleKind.ARTICLE: 3}
    assert not ArticlePage.objects.filter(live=False).exists()
    releases = {article.slug: article.releases.count() for article in ArticlePage.objects.all()}
    assert releases == {slug: 2 if slug in UPDATED else 1 for slug in releases}


def test_library_keeps_figures_and_explains_words() -> None:
    """T-08, T-13."""
    for row in (*Figure.objects.all(), *Term.objects.all()):
        row.full_clean()
    assert Figure.objects.count() == len(read("figures"))
    assert 10 <= Term.objects.count() == len(read("terms"))

    page = main_of(Client(HTTP_HOST="dallas.localhost").get("/conditions/fibromyalgia/").text)

    assert "about 3.94 million adults in the United States had its signs" in page.get_text()
    assert page.find("dd", class_="figures-value").get_text(" ", strip=True).startswith("1.75%")
    assert page.select_one("#term-placebo, #term-sedative")


def test_three_clinics_have_brands_of_their_own() -> None:
    clinics = ClinicPage.objects.live()

    assert {page.slug for page in clinics} == {"dallas", "delray-beach", "kairos"}
    assert len({(page.brand_primary, page.brand_typeface) for page in clinics}) == 3
    assert all(page.hero_title and page.hero_image and page.logo for page in clinics)
    assert LocationFacts.objects.count() == 4


def test_local_versions_use_every_kind_of_override() -> None:
    versions = list(LocalVersionPage.objects.live())
    overrides = [each for version in versions for each in raw_stream(version.overrides)]
    kinds = {(each["type"], each["value"].get("position") or "") for each in overrides}
    fields = {name for version in versions for name in version.bases}

    assert len(versions) >= 4
    assert len({version.clinic_id for version in versions}) == 3
    assert kinds == {
        ("replace", ""), ("hide", ""), ("fill", ""), ("insert", "before"), ("insert", "after"),
        ("insert", "start"), ("insert", "end"),
    }  # fmt: skip
    assert fields == {"title", "summary", "seo_title", "search_description", "hero_image"}
    assert LocalArticlePage.objects.live().exists()


@pytest.mark.parametrize("clinic", CLINIC_WORDS)
def test_every_article_speaks_for_the_clinic_that_is_visited(clinic: str) -> None:
    """I-04: tokens are filled, and nothing of another clinic is in any article."""
    foreign = [word for other, words in CLINIC_WORDS.items() if other != clinic for word in words]
    shown = {slug: _effective(clinic, slug) for slug in _slugs_of(clinic)}

    assert len(shown) >= 10
    for slug, report in shown.items():
        fields = [field["value"] or "" for field in report["fields"].values()]
        text = "\n".join([*fields, *(section["text"] for section in report["sections"])])
        assert [word for word in (*foreign, "{{", "}}") if word in text] == [], slug
        states = {section["state"] for section in (*report["sections"], *report["not_shown"])}
        assert slug in UPDATED or states <= {"FOLLOWS", "OWN", "HIDDEN"}, slug


def _slugs_of(clinic: str) -> list[str]:
    page = ClinicPage.objects.get(slug=clinic)
    services = page.facts.services.all()
    shared = ArticlePage.objects.filter(services__in=services) | ArticlePage.objects.filter(
        services=None
    )
    return list(shared.distinct().values_list("slug", flat=True))


def _effective(clinic: str, slug: str) -> dict[str, Any]:
    out = StringIO()
    call_command("effective_article", clinic, slug, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_patient_reads_the_clinics_own_words() -> None:
    path = "/treatments/ketamine-infusion/"
    pages = {
        clinic: main_words(Client(HTTP_HOST=f"{clinic}.localhost").get(path).content)
        for clinic in ("dallas", "delray-beach")
    }

    assert "Your ride has to come inside" in pages["dallas"]
    assert "Your ride has to come inside" not in pages["delray-beach"]
    assert "(561) 555-0168" in pages["delray-beach"]


def test_library_moved_on_so_that_every_state_can_be_seen() -> None:
    """A new user meets what waits, what a safety update suspends, and what lost its section."""
    states = {
        (clinic, article): _state(clinic, article)
        for clinic, article in (
            ("dallas", "your-first-visit"),
            ("dallas", "how-to-prepare-for-an-infusion"),
            ("delray-beach", "how-to-prepare-for-an-infusion"),
            ("delray-beach", "migraine"),
            ("dallas", "fibromyalgia"),
            ("kairos", "complex-regional-pain-syndrome"),
        )
    }

    assert states == {
        ("dallas", "your-first-visit"): State.WAITING,
        ("dallas", "how-to-prepare-for-an-infusion"): State.SUSPENDED,
        ("delray-beach", "how-to-prepare-for-an-infusion"): State.SUSPENDED,
        ("delray-beach", "migraine"): State.ORPHAN,
        ("dallas", "fibromyalgia"): State.OWN,
        ("kairos", "complex-regional-pain-syndrome"): State.HELD,
    }


def test_offer_of_a_clinic_waits_for_the_library() -> None:
    offer = SectionOffer.objects.get()
    assert (offer.version.clinic.slug, offer.status) == ("delray-beach", OfferStatus.OPEN)


def test_every_live_article_is_reviewed_and_one_draft_waits() -> None:
    """T-01: what is live is approved, with a license; production and demo ask for it (T-06)."""
    articles = ArticlePage.objects.live()
    versions = LocalVersionPage.objects.live()

    assert base.ARTICLES_REVIEW_REQUIRED
    assert all(page.reviewed_date and page.author and page.reviewer for page in articles)
    assert all(state_of(page).is_approved for page in (*articles, *versions))
    assert not articles.filter(is_unreviewed=True).exists()
    (sent,) = last_acts(ReviewAct.SENT)
    assert sent.page.slug == "neuropathic-pain"
    assert person_of(get_user_model().objects.get(username="reviewer")).slug == "dana-whitlow"


def test_pictures_have_alt_texts_that_may_be_published() -> None:
    """W-05."""
    images = list(get_image_model().objects.all())

    for image in images:
        image.full_clean()
    assert len(images) >= 30
    assert all(image.credit and image.collection.depth == 2 for image in images)


def test_accounts_have_their_roles(demo: str, var_dir: Path) -> None:
    memberships = {
        (row.user.username, row.role, row.page.slug)
        for row in Membership.objects.select_related("user", "page")
    }
    kept = var_dir / "demo_accounts.json"
    passwords = json.loads(kept.read_text())

    assert memberships == {
        ("library", Role.LIBRARY_PUBLISHER, "library"),
        ("franchise", Role.FRANCHISE_ADMIN, FranchisePage.objects.get().slug),
        ("dallas", Role.CLINIC_PUBLISHER, "dallas"),
        ("delray", Role.CLINIC_PUBLISHER, "delray-beach"),
        ("dallas-editor", Role.CLINIC_EDITOR, "dallas"),
        ("reviewer", Role.MEDICAL_REVIEWER, "library"),
    }
    for account in ACCOUNTS:
        user = get_user_model().objects.get(username=account.username)
        assert user.check_password(passwords[account.username])
        assert user.is_superuser == (account.username == "admin")
        assert f"  {account.username:<14} {passwords[account.username]}" in demo
    assert len(set(passwords.values())) == len(ACCOUNTS) == 7
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_addresses_are_printed(demo: str) -> None:
    hosts = ("localhost", "dallas.localhost", "delray-beach.localhost", "kairos.localhost")

    assert all(f"  http://{host}:8000 " in demo for host in hosts)
    assert "  http://localhost:8000/admin/" in demo


# The second run


def _state(clinic: str, article: str) -> State:
    page = ClinicPage.objects.get(slug=clinic)
    effective = effective_for(ArticlePage.objects.get(slug=article), clinic_of(root_page(page.pk)))
    assert effective
    return effective.state


def _everything() -> dict[str, int]:
    models = (Page, Revision, get_image_model(), get_user_model(), Membership, Site)
    return {model.__name__: model.objects.count() for model in models}


def test_second_run_writes_nothing() -> None:
    before = _everything()

    _load()

    assert _everything() == before


def test_second_run_leaves_what_editors_did() -> None:
    article = ArticlePage.objects.get(slug="migraine")
    article.title = "Migraine, by its editor"
    article.save_revision()
    publish_reviewed(article, article.reviewer)
    home = ClinicPage.objects.get(slug="kairos")
    home.hero_title = "Ours"
    home.save_revision().publish()

    _load()

    assert ArticlePage.objects.get(slug="migraine").title == "Migraine, by its editor"
    assert ClinicPage.objects.get(slug="kairos").hero_title == "Ours"


def test_port_may_change_from_run_to_run() -> None:
    with override_settings(PORT=9000):
        output = _load()

    assert set(Site.objects.values_list("port", flat=True)) == {9000}
    assert "  http://dallas.localhost:9000 " in output


def test_one_password_for_all_accounts_may_be_given(tmp_path: Path) -> None:
    with override_settings(DEMO_PASSWORD="one for all", VAR_DIR=tmp_path):
        _load()

    users = get_user_model().objects.filter(username__in=[a.username for a in ACCOUNTS])
    assert [user.check_password("one for all") for user in users] == [True] * 7


def test_pictures_that_pages_open_with_are_small_on_a_phone() -> None:
    """P15 allows 40 KB as AVIF, in the width that a phone of 412 by 823 pixels takes."""
    renditions = get_image_model().get_rendition_model().objects
    found = renditions.filter(filter_spec=ON_A_PHONE)

    assert found.count() == get_image_model().objects.count()
    assert {each.file.name: each.file.size for each in found if each.file.size > 20 * 1024} == {}


def test_every_page_about_the_drug_has_its_blocks_at_every_clinic() -> None:
    """T-09, C-01: as the library has it, and as each clinic shows it."""
    articles = ArticlePage.objects.live().filter(kind__in=REVIEWED_KINDS)
    assert {page.slug: missing_on(page) for page in articles if missing_on(page)} == {}
    seen = 0
    for clinic in CLINIC_WORDS:
        for article in articles.filter(slug__in=_slugs_of(clinic)):
            effective = effective_for(article, clinic_of(root_page(_clinic(clinic).pk)))
            assert effective
            assert blocks_missing(effective) == (), (clinic, article.slug)
            if speaks_of_the_drug(texts_of(effective).parts):
                seen += 1
                _statement_stands_before_numbers(clinic, article)
    assert seen >= 12


def _statement_stands_before_numbers(clinic: str, article: ArticlePage) -> None:
    """C-01: before the first number that can be called, in the order of the page."""
    path = f"/{MOUNT_SLUGS[article.kind]}/{article.slug}/"
    main = main_of(Client(HTTP_HOST=f"{clinic}.localhost").get(path).content)
    order = [id(each) for each in main.descendants]
    statement = main.find(string=re.compile("not FDA-approved"))
    calls = main.select('a[href^="tel:+"], a[href^="sms:+"]')
    assert calls
    assert order.index(id(statement)) < min(order.index(id(call)) for call in calls), path


def _clinic(slug: str) -> ClinicPage:
    return ClinicPage.objects.get(slug=slug)


def test_library_makes_no_claims() -> None:
    """C-02: what everybody shows is clean, and nothing of the clinics' own is refused."""
    shared = [
        (article.slug, each.rule, each.phrase)
        for article in ArticlePage.objects.live()
        for each in shared_findings(article)
        if each.severity != Severity.INFO
    ]
    local = [
        (clinic.slug, page.path, each.rule, each.phrase)
        for clinic in ClinicPage.objects.all()
        for page in checked_pages(clinic_of(clinic))
        for each in page.findings
        if each.severity == Severity.BLOCK
    ]

    assert (shared, local) == ([], [])
