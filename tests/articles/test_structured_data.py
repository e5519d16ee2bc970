"""Structured data of articles says what the page says (S-06 to S-09)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.choices import ArticleKind
from clinics.models import Person
from tests.articles.every_section import every_section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    text,
)
from tests.clinics.test_structured_data import graph, node, values
from tests.factories import World
from tests.reading import page_of, words_of


def nodes_of(path: str, host: str = "hillside.test") -> list[dict[str, Any]]:
    return graph(Client(HTTP_HOST=host).get(path).text)


def test_condition_has_its_page_article_and_symptoms(world: World) -> None:
    grace = Person.objects.get(slug="grace-group")
    body = every_section(make_article("linked"))
    make_article("a", *body, title="Shingles", summary="About it.", author=grace, reviewer=grace)

    nodes = nodes_of("/conditions/a/")

    page, article = node(nodes, "#webpage"), node(nodes, "#article")
    assert page["@type"] == "MedicalWebPage"
    assert (page["name"], page["description"]) == ("Shingles", "About it.")
    profile = "http://hillside.test/team/grace-group/"
    assert page["author"] == {
        "@type": "Person",
        "@id": f"{profile}#person",
        "name": "Grace Group",
        "url": profile,
        "honorificSuffix": "MD",
    }
    assert page["reviewedBy"]["@type"] == "Person"
    for name in ("datePublished", "dateModified", "author", "publisher"):
        assert page[name] == article[name]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", page["datePublished"])
    condition = node(nodes, "#condition")
    assert page["about"] == {"@id": condition["@id"]}
    symptoms = [each["name"] for each in condition["signOrSymptom"]]
    assert symptoms == ["Pain & stiffness", "Poor sleep"]
    assert [each["name"] for each in page["citation"]] == ["About first", "About second"]


def test_review_that_never_was_is_not_claimed(world: World) -> None:
    make_article("a")
    page = node(nodes_of("/conditions/a/"), "#webpage")
    assert not {"lastReviewed", "reviewedBy", "author", "citation"} & page.keys()


def test_treatment_names_its_risks_and_no_condition(world: World) -> None:
    body = every_section(make_article("linked"))
    make_article("t", *body, kind=ArticleKind.TREATMENT, title="Infusion")
    nodes = nodes_of("/treatments/t/")
    therapy = node(nodes, "#therapy")
    risks = [each["name"] for each in therapy["seriousAdverseOutcome"]]
    assert risks == ["Nausea", "Dizziness"]
    assert "possibleTreatment" not in {name for name, _value in values(nodes)}


def test_general_article_is_about_nothing_medical(world: World) -> None:
    make_article("g", kind=ArticleKind.ARTICLE)
    nodes = nodes_of("/articles/g/")
    assert "about" not in node(nodes, "#webpage")


def test_each_clinic_says_its_own_words_and_nobody_elses(world: World) -> None:
    article = make_article("a", title="Care at {{ clinic.name }}")
    make_local_version(article, world.harbour, title_override="Our own title")
    hillside, harbour = (
        nodes_of("/conditions/a/", host) for host in ("hillside.test", "harbour.test")
    )
    assert node(hillside, "#webpage")["name"] == "Care at Hillside Pain Clinic"
    assert node(harbour, "#webpage")["name"] == "Our own title"
    assert "Hillside" not in str(harbour) and "Harbour" not in str(hillside)


def test_hidden_symptoms_are_not_claimed(world: World) -> None:
    body = every_section(make_article("linked"))
    article = make_article("a", *body)
    make_local_version(article, world.hillside, override("hide", "list"))
    assert "signOrSymptom" not in node(nodes_of("/conditions/a/"), "#condition")
    assert "signOrSymptom" in node(nodes_of("/conditions/a/", "harbour.test"), "#condition")


def test_title_cannot_end_the_script(world: World) -> None:
    article = make_article("a", text("what", "What"))
    change_article(article, title="Pain </script><b>now</b>")
    html = Client(HTTP_HOST="hillside.test").get("/conditions/a/").text
    assert node(graph(html), "#webpage")["name"] == "Pain </script><b>now</b>"
    assert "<b>now</b>" not in html


def test_names_and_code_of_a_condition_are_those_on_the_page(world: World) -> None:
    """S-08: alternateName and the ICD-10-CM code, both visible (S-17)."""
    make_article("a", title="Shingles", also_known_as="Herpes zoster, zoster", icd10_code="B02.9")

    html = Client(HTTP_HOST="hillside.test").get("/conditions/a/").text

    condition = node(graph(html), "#condition")
    assert condition["alternateName"] == ["Herpes zoster", "zoster"]
    assert condition["code"] == {
        "@type": "MedicalCode", "codeValue": "B02.9", "codingSystem": "ICD-10-CM",
    }  # fmt: skip
    shown = words_of(page_of(html).select_one(".article-names"))
    assert shown == "Also called: Herpes zoster, zoster Diagnosis code (ICD-10): B02.9"


def test_code_has_the_form_of_the_classification(world: World) -> None:
    article = make_article("a", icd10_code="M79.7")
    article.full_clean()
    for wrong in ("79.7", "M79,7", "fibro", "M7"):
        article.icd10_code = wrong
        with pytest.raises(ValidationError, match=r"Write it like M79\.7"):
            article.full_clean()
