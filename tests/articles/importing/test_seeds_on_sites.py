"""The scraped texts, imported with their clinics and read on every site (I-01 to I-04)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Revision

from articles.claim_standing import allow_claim, standing_of
from articles.models import ArticlePage
from articles.opening import the_library
from articles.publishing import publish_problems
from articles.required_words import BLOCK_NAMES
from articles.review.blocks import block_problems
from articles.stream import raw_stream
from clinics.choices import Role
from clinics.publish_guard import NotPublishableError
from tests.factories import make_staff, remove_world
from tests.kept_database import kept_database
from tests.reading import main_of, main_words, words_of

SHARED = Path(__file__).resolve().parents[4] / "shared"
SEEDS = SHARED / "seeds"

pytestmark = [
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the scraped texts are not here: {SEEDS}"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("imported"),
]

FILES = {
    "dallas": "000_9bb457e4ff758138.txt",
    "delray-beach": "003_0e17962f6073bc1a.txt",
    "kairos": "004_f6ef0182eba283f7.txt",
}
TITLES = {
    "dallas": "Fibromyalgia Pain Relief",
    "delray-beach": "Can Ketamine Help My Fibromyalgia?",
    "kairos": "Understanding Fibromyalgia",
}
CHROME = ("pic", "misc image", "Mar 02, 2022", "Call Us Text Us", "Skip to content")
# domain.md 9.7
HEADINGS = {
    "dallas": [
        "What is Fibromyalgia?",
        "The Importance of Fibromyalgia Pain Relief",
        "Ketamine for Fibromyalgia Treatment",
    ],
    "delray-beach": ["Causes and symptoms of fibromyalgia", "Ketamine and fibromyalgia"],
    "kairos": [
        "Fibromyalgia in The United States",
        "Common Symptoms",
        "As a Physical Disorder",
        "As a Psychological Disorder",
        "The Reality",
        "Ketamine for Rapid Relief from Fibromyalgia",
        "Why Choose Kairos Restorative Medicine",
        "Visit Us",
    ],
}
# What only the clinic itself may say: its name, state and towns.
WORDS = {
    "dallas": ("Texas Ketamine Specialists", "Texas", "Dallas", "Plano", "Richardson", "Frisco"),
    "delray-beach": (
        "Florida Pain Management Institute",
        "Florida",
        "Delray Beach",
        "Boynton Beach",
        "Boca Raton",
    ),
    "kairos": ("Kairos Restorative Medicine", "Kairos", "Maryland", "Baltimore", "Towson"),
}
every_seed = pytest.mark.parametrize("origin", FILES)
every_reading = pytest.mark.parametrize(
    ("origin", "reader"), [(o, r) for o in FILES for r in FILES if o != r]
)


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Three clinics from `clinics.csv`, and the text of each imported. No text goes live as it is:
    each makes claims, which a medical reviewer has to allow (C-02).
    """
    with kept_database(django_db_blocker):
        remove_world()
        call_command("import_clinics", str(SHARED / "data" / "clinics.csv"), stdout=StringIO())
        for clinic in ("dallas", "kairos"):
            report = import_seed(clinic, "--title", TITLES[clinic])
            assert report["errors"] == []
        import_seed("delray-beach")
        _name_the_city(_article("delray-beach"))
        for clinic in FILES:
            _publish_all_the_same(_article(clinic))
        yield


def import_seed(clinic: str, *options: str) -> dict[str, Any]:
    """The report of one file; a CommandError leaves it in the output."""
    out = StringIO()
    path = str(SEEDS / FILES[clinic])
    call_command(
        "import_articles", path, "--kind=condition", "--clinic", clinic, "--json", *options,
        stdout=out,
    )  # fmt: skip
    return json.loads(out.getvalue())[0]


def _article(clinic: str) -> ArticlePage:
    return ArticlePage.objects.get(imported_from__endswith=FILES[clinic])


def _name_the_city(article: ArticlePage) -> None:
    """What an editor does about a town that only a reader can judge."""
    draft = article.get_latest_revision_as_object()
    body = raw_stream(draft.body)
    body[0]["value"]["text"] = body[0]["value"]["text"].replace(
        "practice in Delray Beach", "practice in {{ clinic.city }}"
    )
    draft.body = body
    draft.save_revision()


def _publish_all_the_same(article: ArticlePage) -> None:
    """What the checker blocks is allowed one by one, for nothing else is tried here."""
    reviewer = make_staff(f"reviewer-{article.pk}", Role.MEDICAL_REVIEWER, the_library())
    with pytest.raises(NotPublishableError):
        article.get_latest_revision().publish()
    draft = article.get_latest_revision_as_object()
    for standing in standing_of(draft):
        if standing.blocks:
            allow_claim(draft, standing.code, "Only read in a test.", user=reviewer)
    article.get_latest_revision().publish()


@every_seed
def test_page_lacks_every_block_that_a_publish_asks_for(origin: str, settings: Any) -> None:
    """C-01, T-09: none of the scraped pages has one, and with the policy none could be published
    without saying that nobody has reviewed it."""
    settings.ARTICLES_REVIEW_REQUIRED = True
    article = _article(origin)

    found = {problem.field.lower() for problem in block_problems(article)}
    said = " ".join(publish_problems(article))

    assert found == {str(name) for name in BLOCK_NAMES.values()}
    assert "Author: Nobody is named" in said
    assert "Sources: The article names no source" in said
    assert "Medical review: no medical reviewer has approved this text yet" in said


def _page(origin: str, reader: str) -> str:
    host = "localhost" if reader == "hub" else f"{reader}.localhost"
    response = Client(HTTP_HOST=host).get(f"/conditions/{_article(origin).slug}/")
    assert response.status_code == 200
    return response.content.decode()


def _sentences(origin: str) -> list[str]:
    """Every sentence of a file, cut without the importer's own rules; headings and chrome apart."""
    text = (SEEDS / FILES[origin]).read_text("utf-8").replace("\u00a0", " ")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    body = [line for line in lines if line not in (*CHROME, *HEADINGS[origin], TITLES[origin])]
    return [sentence for line in body for sentence in re.split(r"(?<=[.!?])\s+", line)]


@every_seed
def test_every_sentence_stands_once_on_the_origin_clinics_page(origin: str) -> None:
    """I-01: not a word of the body is lost or doubled, and tokens say what the text said."""
    text = main_words(_page(origin, origin))

    counts = {sentence: text.count(sentence) for sentence in _sentences(origin)}

    assert [sentence for sentence, count in counts.items() if count != 1] == []
    assert len(counts) == {"dallas": 24, "delray-beach": 27, "kairos": 37}[origin]


@every_seed
def test_no_chrome_of_the_old_page_is_left(origin: str) -> None:
    """I-01."""
    text = main_words(_page(origin, origin))

    assert [line for line in CHROME if re.search(rf"\b{re.escape(line)}\b", text)] == []


@every_seed
def test_headings_are_those_of_the_text(origin: str) -> None:
    """I-03, domain.md 9.7."""
    main = main_of(_page(origin, origin))

    assert [words_of(heading) for heading in main.select("h1")] == [TITLES[origin]]
    assert [words_of(each) for each in main.select(".article-body h2")] == HEADINGS[origin]


@every_reading
def test_another_clinics_page_has_none_of_the_origins_words(origin: str, reader: str) -> None:
    """I-04: neither in the text nor anywhere else on the page."""
    html = _page(origin, reader)

    assert [word for word in WORDS[origin] if word in html] == []


@every_reading
def test_another_clinics_page_says_the_readers_own_words(origin: str, reader: str) -> None:
    """I-04: the same sentences, with the name and the places of the clinic that is visited."""
    own = {
        "dallas": ("Texas Ketamine Specialists", "Dallas, Plano and Richardson, Texas", "Dallas"),
        "delray-beach": (
            "Florida Pain Management Institute",
            "Delray Beach, Boynton Beach and Boca Raton, Florida",
            "Delray Beach",
        ),
        "kairos": (
            "Kairos Restorative Medicine",
            "Baltimore, Towson and Columbia, Maryland",
            "Baltimore",
        ),
    }
    sentences = {
        "dallas": "Serving the {1} communities, {0} offers the latest treatment option",
        "delray-beach": "{0} is a fibromyalgia specialty practice in {2}, and the team is ready",
        "kairos": "At {0}, we believe that ketamine therapy has the potential",
    }

    assert main_words(_page(origin, reader)).count(sentences[origin].format(*own[reader])) == 1


@every_seed
def test_hub_page_names_no_clinic(origin: str) -> None:
    """The hub has a value of its own for every token."""
    text = main_words(_page(origin, "hub"))

    assert [word for words in WORDS.values() for word in words if word in text] == []
    assert "{{" not in text


@every_seed
def test_second_import_changes_nothing(origin: str) -> None:
    """I-01: idempotent, before an editor has touched the draft."""
    first = import_seed(origin, "--title", TITLES[origin], "--slug=again")
    revisions = Revision.objects.count()

    second = import_seed(origin, "--title", TITLES[origin], "--slug=again")

    assert (first["status"], second["status"]) == ("created", "unchanged")
    assert second["article_id"] == first["article_id"]
    assert Revision.objects.count() == revisions


@every_seed
def test_second_import_finds_the_article_of_its_file(origin: str) -> None:
    """No option but the file itself; an editor's change is reported and never overwritten."""
    revisions = _article(origin).revisions.count()

    with ExitStack() as stack:
        if origin == "delray-beach":
            stack.enter_context(pytest.raises(CommandError))
        import_seed(origin)

    assert ArticlePage.objects.count() == 3
    assert _article(origin).revisions.count() == revisions


def test_lone_town_is_reported_and_refuses_publishing() -> None:
    """I-04: only a reader can tell whether "Delray Beach" stands for the clinic that is visited."""
    path = str(SEEDS / FILES["delray-beach"])
    out = StringIO()

    with pytest.raises(CommandError):
        call_command(
            "import_articles", path, "--kind=condition", "--clinic=delray-beach", "--slug=again",
            "--publish", "--json", stdout=out,
        )  # fmt: skip

    report = json.loads(out.getvalue())[0]
    assert report["status"] == "created"
    assert any(warning.startswith("“Delray Beach” stands alone") for warning in report["warnings"])
    assert any("“Delray Beach”" in error for error in report["errors"])
    assert not ArticlePage.objects.get(slug="again").live
