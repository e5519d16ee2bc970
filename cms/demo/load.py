"""Loads the demo, or brings it up to date: what is there already stays as its editors left it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Collection, Site

from articles.accepting import hold_article
from articles.actions import local_version_for
from articles.choices import ArticleKind, HeroChoice, SourceKind
from articles.claim_check import check_now
from articles.launch_checks import claim_check_of, why_unchecked
from articles.models import (
    ArticleLibraryPage,
    ArticleMountPage,
    ArticlePage,
    LocalArticlePage,
    LocalVersionPage,
    Source,
)
from articles.offering import offer_section
from articles.opening import create_library, mount_library
from articles.review.acts import send_to_review
from articles.stream import raw_stream
from clinics.choices import StatementKind
from clinics.compliance.notices import draft_notice, owed_notices
from clinics.creating import create_franchise, create_hub
from clinics.models import (
    ClinicPage,
    FranchisePage,
    HubPage,
    LocationFacts,
    Person,
    Service,
    Statement,
)
from cms.demo.content_files import IMAGES, Sections, read, read_articles, section_id
from cms.demo.figures_and_terms import load_figures, load_terms
from cms.demo.reviews import publish_reviewed, verify_for_demo

CLINICS_CSV = Path(__file__).parent / "content" / "clinics.csv"
SOURCE_KINDS = {
    "guideline": SourceKind.GUIDELINE,
    "label": SourceKind.LABEL,
    "human controlled study": SourceKind.TRIAL,
    "review": SourceKind.REVIEW,
    "public health agency": SourceKind.AGENCY,
}
type Say = Callable[[str], None]


def load_demo(say: Say, *, bare: bool = False) -> None:
    """Everything of the demo that is not there yet, with a line for each step.

    `bare` leaves the clinics as `import_clinics` makes them, without articles and pictures.
    """
    if not FranchisePage.objects.exists():
        say("Hub, library and services")
        _make_group()
    _keep_port()
    if not ClinicPage.objects.exists():
        say("Three clinics from clinics.csv")
        call_command("import_clinics", str(CLINICS_CSV), verbosity=0)
    if bare:
        return
    loader = _Loader()
    say("Pictures, people, sources and statements")
    loader.load_rows()
    say("Home pages and locations")
    loader.load_homes()
    say("Articles of the library")
    loader.load_articles()
    say("Local versions and own articles of the clinics")
    loader.load_local_texts()
    loader.load_updates()
    say("Sizes of pictures, about a minute")
    call_command("make_picture_sizes")
    say("What search engines may list")
    call_command("decide_indexing", verbosity=0)
    say("Claims of every clinic's pages")
    for clinic in ClinicPage.objects.all():
        if why_unchecked(claim_check_of(clinic)):
            check_now(clinic)


def _make_group() -> None:
    hub_content = read("clinics")["hub"]
    library = create_library()
    franchise = create_franchise(hub_content["name"])
    for slug, row in read("services").items():
        Service.objects.update_or_create(slug=slug, defaults=row)
    hub = create_hub(franchise, hub_content["name"], settings.ADMIN_HOST, port=settings.PORT)
    mount_library(hub, library)


def _keep_port() -> None:
    """Absolute addresses follow PORT= from run to run."""
    for site in Site.objects.exclude(port=settings.PORT):
        site.port = settings.PORT
        site.save()


class _Loader:
    """Carries the rows that content refers to from step to step."""

    def __init__(self) -> None:
        self.franchise = FranchisePage.objects.get()
        self.library = ArticleLibraryPage.objects.get()
        self.texts = read("clinics")
        self.clinics = {page.slug: page for page in ClinicPage.objects.all()}
        self.rows: dict[str, dict[str, int]] = {}

    # Rows that others refer to

    def load_rows(self) -> None:
        self.rows["images"] = {key: self._image(key, row) for key, row in read("images").items()}
        self.rows["sources"] = {
            key: self._source(key, row).pk for key, row in read("sources").items()
        }
        self.rows["figures"] = load_figures(self.rows["sources"])
        self.rows["statements"] = {
            key: self._statement(key, row).pk for key, row in read("statements").items()
        }
        self.rows["people"] = {
            key: self._person(key, row).pk for key, row in read("people").items()
        }

    def _image(self, key: str, row: dict[str, Any]) -> int:
        model = get_image_model()
        existing = model.objects.filter(title=row["title"]).first()
        if existing:
            return existing.pk
        with (IMAGES / row["file"]).open("rb") as file:
            image = model(
                title=row["title"],
                description=row["alt"],
                credit=row.get("credit", ""),
                collection=self._collection(key),
                file=ImageFile(file, name=row["file"]),
            )
            image.save()
        return image.pk

    def _collection(self, key: str) -> Collection:
        """A clinic's own pictures stand in its collection, all others in the shared one."""
        for slug, page in self.clinics.items():
            if slug in key and page.facts.collection:
                return page.facts.collection
        return self.franchise.shared_collection

    def _source(self, key: str, row: dict[str, Any]) -> Source:
        return Source.objects.get_or_create(
            slug=key,
            defaults={
                "title": row["title"],
                "publisher": row["publisher"],
                "year": row.get("year"),
                "kind": SOURCE_KINDS.get(row["kind"], SourceKind.OTHER),
                "url": row.get("url", ""),
                "doi": row.get("doi", ""),
                "pmid": row.get("pmid", ""),
                "accessed_date": row.get("accessed"),
            },
        )[0]

    def _statement(self, key: str, row: dict[str, Any]) -> Statement:
        return Statement.objects.get_or_create(
            slug=key,
            version=row["version"],
            defaults={
                "title": row["title"],
                "text": row["text"].strip(),
                "kind": StatementKind.OFF_LABEL,
            },
        )[0]

    def _person(self, key: str, row: dict[str, Any]) -> Person:
        copied = ("name", "suffix", "job_title", "bio", "npi", "license_state", "license_number")
        person, is_new = Person.objects.get_or_create(
            slug=key,
            defaults={
                **{name: row[name] for name in copied},
                "clinic": self.clinics.get(row.get("clinic", "")),
                "is_author": row["is_author"],
                "is_reviewer": row["is_reviewer"],
            },
        )
        # The demo of an earlier version knows its people without their licenses.
        if row["license_number"] and (is_new or not person.license_number):
            verify_for_demo(person, row)
        return person

    # Pages

    def load_homes(self) -> None:
        # First: without its exemption the clinic in Florida could not publish its own name.
        for clinic in self.clinics.values():
            if not clinic.facts.director_words:
                self._fill_law(clinic, self.texts[clinic.slug]["law"])
        for home in [*HubPage.objects.all(), *self.clinics.values()]:
            if not home.hero_title:
                self._fill_home(home, self.texts[home.slug])
        for facts in LocationFacts.objects.filter(page__photo=None).select_related("page"):
            self._fill_location(facts)

    def _fill_home(self, home: Any, text: dict[str, Any]) -> None:
        home.hero_title, home.hero_text = text["hero_title"], text["hero_text"]
        home.welcome = text.get("welcome", "")
        home.hero_image_id = self.rows["images"][text["hero_image"]]
        home.brand_typeface = text["typeface"]
        home.brand_layout = text.get("layout", "split")
        if text.get("logo"):
            home.logo_id = self.rows["images"][text["logo"]]
        home.save_revision().publish()
        if isinstance(home, ClinicPage):
            home.facts.infusion_minutes = int(text["infusion_minutes"])
            home.facts.specialties = text["specialties"]
            home.facts.save(update_fields=["infusion_minutes", "specialties"])

    def _fill_law(self, clinic: ClinicPage, law: dict[str, Any]) -> None:
        """Licenses of the fiction, and the notices that the clinic owes by its answers."""
        facts = clinic.facts
        facts.director_id = self.rows["people"][law["director"]]
        names = [name for name in law if name != "director"]
        for name in names:
            setattr(facts, name, law[name])
        facts.save(update_fields=["director", *names])
        for owed in owed_notices(clinic):
            if owed.page is None:
                draft_notice(clinic, owed.slug, user=None).save_revision().publish()

    def _fill_location(self, facts: LocationFacts) -> None:
        text = self.texts[facts.clinic.slug].get("locations", {}).get(facts.name)
        if not text:
            return
        facts.parking = text["parking"]
        facts.save(update_fields=["parking"])
        page = facts.page
        page.text, page.photo_id = text["text"], self.rows["images"][text["photo"]]
        page.save_revision().publish()

    def load_articles(self) -> None:
        files = read_articles()
        articles = ArticlePage.objects.child_of(self.library)
        known = set(articles.values_list("slug", flat=True))
        new = [row for row in files if row["slug"] not in known]
        for row in new:
            self._add_article(row)
        self.rows["articles"] = {
            page.slug: page.pk for page in ArticlePage.objects.child_of(self.library)
        }
        for row in new:
            self._publish_article(row)
        load_terms(self.rows["articles"])

    def _article(self, slug: str) -> ArticlePage:
        return ArticlePage.objects.child_of(self.library).get(slug=slug)

    def _add_article(self, row: dict[str, Any]) -> None:
        """An empty draft first: articles link to each other."""
        page = ArticlePage(
            title=row["title"],
            slug=row["slug"],
            kind=ArticleKind(row["kind"].upper()),
            live=False,
        )
        self.library.add_child(instance=page)
        self.library.refresh_from_db()

    def _publish_article(self, row: dict[str, Any]) -> None:
        page = self._article(row["slug"])
        page.summary = row["summary"]
        page.seo_title, page.search_description = row["seo_title"], row["seo_description"]
        page.hero_image_id = self.rows["images"].get(row["hero"])
        page.author_id = self.rows["people"].get(row.get("author", ""))
        page.reviewer_id = self.rows["people"].get(row.get("reviewer", ""))
        page.also_known_as = row.get("also_known_as", "")
        page.icd10_code = row.get("icd10_code", "")
        page.change_note = row["change_note"]
        page.services = Service.objects.filter(slug__in=row["services"])
        page.related = ArticlePage.objects.filter(slug__in=row["related"])
        page.body = Sections(row["slug"], self.rows).stream(row["section"])
        page.save_revision()
        publish_reviewed(page, page.reviewer)

    def load_local_texts(self) -> None:
        for row in read("local_versions")["local_version"]:
            article, clinic = self._article(row["article"]), self.clinics[row["clinic"]]
            if not LocalVersionPage.objects.filter(article=article, clinic=clinic).exists():
                self._add_local_version(row, article, clinic)
        for row in read("local_articles")["local_article"]:
            self._add_local_article(row, self.clinics[row["clinic"]])

    def _add_local_version(
        self, row: dict[str, Any], article: ArticlePage, clinic: ClinicPage
    ) -> None:
        version = local_version_for(article, clinic)
        version.title_override = row.get("title", "")
        version.summary_override = row.get("summary", "")
        version.seo_title = row.get("seo_title", "")
        version.search_description = row.get("seo_description", "")
        if row.get("hero") == "none":
            version.hero_choice = HeroChoice.NONE
        elif row.get("hero"):
            version.hero_choice = HeroChoice.OWN
            version.hero_image_id = self.rows["images"][row["hero"]]
        version.overrides = [
            self._override(row, number, each) for number, each in enumerate(row.get("override", []))
        ]
        version.save_revision()
        publish_reviewed(version, article.reviewer)

    def _override(
        self, row: dict[str, Any], number: int, override: dict[str, Any]
    ) -> dict[str, Any]:
        scope = f"{row['clinic']}/{row['article']}"
        content = Sections(scope, self.rows).stream(override.get("section", []))
        value: dict[str, Any] = {"reason": override.get("reason") or row["reason"]}
        if override.get("review_date"):
            value["review_date"] = override["review_date"].isoformat()
        if override.get("target"):
            value["section"] = section_id(row["article"], override["target"])
        if override["action"] != "hide":
            value["content"] = content
        for name in ("position", "slot"):
            if override.get(name):
                value[name] = override[name]
        return {
            "type": override["action"],
            "value": value,
            "id": section_id(scope, f"override/{number}"),
        }

    def load_updates(self) -> None:
        """The library's later releases, of articles that nobody has published since the first, and
        what clinics hold or have offered."""
        rows = read("library_updates")
        for row in rows["hold"]:
            article = self._article(row["article"])
            if article.releases.count() == 1:
                hold_article(article, self.clinics[row["clinic"]], user=None)
        for row in rows["update"]:
            article = self._article(row["article"])
            if article.releases.count() == 1 and not article.has_unpublished_changes:
                self._publish_update(article, row)

        for row in rows["offer"]:
            self._add_offer(row)
        for row in rows["sent"]:
            article = self._article(row["article"])
            if article.releases.count() == 1 and not article.has_unpublished_changes:
                article.summary = row["summary"]
                article.save_revision()
                send_to_review(article, user=None, comment=row["comment"])

    def _add_offer(self, row: dict[str, Any]) -> None:
        article, clinic = self._article(row["article"]), self.clinics[row["clinic"]]
        version = LocalVersionPage.objects.get(article=article, clinic=clinic)
        override = section_id(f"{row['clinic']}/{row['article']}", f"override/{row['override']}")
        is_there = any(child.id == override for child in version.overrides)
        if is_there and not version.offers.exists():
            offer_section(version, override, row["message"], None)

    def _publish_update(self, article: ArticlePage, row: dict[str, Any]) -> None:
        new = Sections(row["article"], self.rows).stream(row.get("section", []))
        by_id = {section["id"]: section for section in new}
        gone = {section_id(row["article"], key) for key in row.get("removed", [])}
        article.body = [
            by_id.get(section["id"], section)
            for section in raw_stream(article.body)
            if section["id"] not in gone
        ]
        article.change_class, article.change_note = row["change_class"].upper(), row["note"]
        article.save_revision()
        publish_reviewed(article, article.reviewer)

    def _add_local_article(self, row: dict[str, Any], clinic: ClinicPage) -> None:
        mount = ArticleMountPage.objects.child_of(clinic).get(kind=ArticleKind(row["kind"].upper()))
        if LocalArticlePage.objects.child_of(mount).filter(slug=row["slug"]).exists():
            return
        page = LocalArticlePage(
            title=row["title"],
            slug=row["slug"],
            summary=row["summary"],
            seo_title=row.get("seo_title", ""),
            search_description=row.get("seo_description", ""),
            hero_image_id=self.rows["images"].get(row.get("hero", "")),
            author_id=self.rows["people"].get(row.get("author", "")),
            live=False,
        )
        page.body = Sections(f"{row['clinic']}/{row['slug']}", self.rows).stream(row["section"])
        mount.add_child(instance=page)
        page.save_revision().publish()
