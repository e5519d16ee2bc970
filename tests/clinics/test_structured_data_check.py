"""Correct structured data passes, and each mistake is named (S-18)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clinics.management.commands.check_structured_data import page_problems
from clinics.structured_data_check import check_graph, check_text
from tests.articles.every_section import every_section
from tests.articles.factories import make_article
from tests.clinics.test_structured_data import graph, node
from tests.factories import World

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "clinic-sample.jsonld"

GRAPH: list[dict[str, Any]] = [
    {
        "@type": "MedicalClinic",
        "@id": "https://dallas.example/#clinic",
        "name": "A clinic",
        "telephone": "+1-972-555-0123",
        "medicalSpecialty": ["https://schema.org/Anesthesia"],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "100 Example Pkwy",
            "addressLocality": "Dallas",
            "addressRegion": "TX",
            "postalCode": "75201",
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["https://schema.org/Monday"],
                "opens": "08:00",
                "closes": "12:00",
            }
        ],
    },
    {
        "@type": "MedicalWebPage",
        "@id": "https://dallas.example/a/#webpage",
        "name": "A page",
        "url": "https://dallas.example/a/",
        "lastReviewed": "2026-11-10",
        "reviewedBy": {"@type": "Person", "name": "Jane Doe"},
        "publisher": {"@id": "https://dallas.example/#clinic"},
        "breadcrumb": {"@id": "https://dallas.example/a/#breadcrumb"},
    },
    {
        "@type": "BreadcrumbList",
        "@id": "https://dallas.example/a/#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://dallas.example/"},
            {"@type": "ListItem", "position": 2, "name": "A page"},
        ],
    },
]


def codes(change: Callable[[Any, Any, Any], object]) -> set[str]:
    """The rules that a changed copy of the graph breaks."""
    nodes = json.loads(json.dumps(GRAPH))
    change(*nodes)
    return {problem.code for problem in check_graph(nodes)}


def test_correct_graph_passes() -> None:
    assert check_graph(GRAPH) == []


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"the sample is not here: {SAMPLE}")
def test_sample_is_accepted() -> None:
    assert check_text(SAMPLE.read_text()) == []
    call_command("check_structured_data", str(SAMPLE))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda clinic, page, trail: clinic.pop("name"), "missing-name"),
        (lambda clinic, page, trail: clinic.pop("address"), "missing-address"),
        (lambda clinic, page, trail: clinic.update(openingHourSpec=[]), "unknown-property"),
        (
            lambda clinic, page, trail: clinic.update(branchOf={"@type": "Organization"}),
            "superseded-property",
        ),
        (lambda clinic, page, trail: page.update(reviewedBy="Dr Jane"), "wrong-value"),
        (lambda clinic, page, trail: page.update(lastReviewed="last week"), "wrong-date"),
        (
            lambda clinic, page, trail: clinic.update(
                medicalSpecialty="https://schema.org/PainMedicine"
            ),
            "not-a-member",
        ),
        (
            lambda clinic, page, trail: trail["itemListElement"][1].pop("position"),
            "missing-position",
        ),
    ],
    ids=["1", "2", "3", "4", "5", "6", "7", "8"],
)
def test_eight_mutations_are_rejected_by_name(change: Any, code: str) -> None:
    """domain.md 9.1."""
    assert codes(change) == {code}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c, p, t: c.update({"@type": "Clinic"}), "unknown-type"),
        (lambda c, p, t: p.update(publisher={"@id": "#nobody"}), "dangling-reference"),
        (lambda c, p, t: p.update(reviewedBy={"@type": "Place"}), "wrong-value"),
        (lambda c, p, t: c.update(headline="A"), "wrong-type-for-property"),
        (lambda c, p, t: c["openingHoursSpecification"][0].update(opens="8 am"), "wrong-date"),
        (
            lambda c, p, t: c["openingHoursSpecification"][0].update(dayOfWeek="Monday"),
            "not-a-member",
        ),
        (lambda c, p, t: t["itemListElement"][1].update(position=3), "wrong-order"),
        (lambda c, p, t: t["itemListElement"][0].pop("item"), "missing-item"),
        (
            lambda c, p, t: c.update(aggregateRating={"@type": "AggregateRating"}),
            "refused-property",
        ),
        (lambda c, p, t: c["address"].pop("postalCode"), "missing-postalCode"),
    ],
)
def test_other_mistakes_are_rejected_too(change: Any, code: str) -> None:
    assert code in codes(change)


@pytest.mark.parametrize("text", ["", "[", "[]", '{"@context": "https://example.org"}'])
def test_what_is_no_json_ld_is_rejected(text: str) -> None:
    assert len(check_text(text)) == 1


def test_every_page_of_every_site_passes(world: World, capsys: Any) -> None:
    linked = make_article("linked")
    make_article("a", *every_section(linked), title="A </script><b>title</b> & more")
    call_command("check_structured_data")
    printed = capsys.readouterr().out
    count = int(printed.split()[0])
    assert count > 40 and "0 problems" in printed
    call_command("check_structured_data", host="hillside.test")
    assert 10 < int(capsys.readouterr().out.split()[0]) < count


def test_title_that_would_end_the_script_is_harmless(world: World) -> None:
    """S-02."""
    make_article("a", title="A </script><b>title</b>")
    html = Client(HTTP_HOST="hillside.test").get("/conditions/a/").text
    assert "<b>title" not in html
    assert node(graph(html), "#article")["headline"] == "A </script><b>title</b>"


def test_number_that_nobody_sees_is_a_problem(world: World) -> None:
    html = Client(HTTP_HOST="hillside.test").get("/locations/uptown/").text
    assert page_problems(html) == []
    hidden = html.replace("(214) 555-0142", "our number")
    assert {problem.code for problem in page_problems(hidden)} == {"not-shown"}
    assert [each.code for each in page_problems("<html></html>")] == ["no-block"]


def test_command_names_the_page_and_fails(world: World, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "wrong.jsonld"
    file.write_text('{"@context": "https://schema.org", "@type": "MedicalClinic", "name": "A"}')
    with pytest.raises(CommandError, match="1 problems"):
        call_command("check_structured_data", str(file))
    assert "a MedicalClinic needs “address” [missing-address]" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"nowhere\.test"):
        call_command("check_structured_data", host="nowhere.test")
    with pytest.raises(CommandError, match="not-there"):
        call_command("check_structured_data", str(tmp_path / "not-there"))
