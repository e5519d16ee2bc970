"""What search engines read of an article: its view and frame in, nodes of the JSON-LD graph out.

The same view as the page's template, so that nothing is claimed that patients do not see. A
treatment is never linked to a condition here (S-08): that is advertising, and has to be ticked.
"""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from articles.choices import ArticleKind
from clinics.people import profile_path
from clinics.structured_data import Node, clinic_id, person_node

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from articles.bylines import PersonView
    from articles.page_view import ArticleView, SectionView
    from clinics.page_frame import PageFrame

_SUBJECTS = {
    ArticleKind.CONDITION: ("MedicalCondition", "condition"),
    ArticleKind.TREATMENT: ("MedicalTherapy", "therapy"),
}


def with_article(frame: PageFrame, view: ArticleView) -> PageFrame:
    """The frame with the article's nodes in place of that of a plain page."""
    url = frame.meta.url
    kept = [node for node in frame.nodes if node["@id"] != f"{url}#webpage"]
    return replace(frame, nodes=(*kept, *article_nodes(frame, view)))


def article_nodes(frame: PageFrame, view: ArticleView) -> list[Node]:
    """The page, the article, and what it is about."""
    clinic, url = frame.clinic, frame.meta.url
    publisher = {"@id": clinic_id(clinic)}
    shared = {
        "author": _person(view.author, frame),
        "datePublished": _day(view.published),
        "dateModified": _day(view.updated or view.published),
        "publisher": publisher,
    }
    image = _image(frame, view)
    subject = subject_node(frame, view)
    page = {
        "@type": "MedicalWebPage",
        "@id": f"{url}#webpage",
        "url": url,
        "name": view.title,
        "description": frame.meta.description,
        "inLanguage": "en-US",
        "isPartOf": {"@id": f"{clinic.origin}/#website"},
        "breadcrumb": {"@id": f"{url}#breadcrumb"} if frame.breadcrumbs else None,
        "lastReviewed": _day(view.reviewed),
        "reviewedBy": _person(view.reviewer, frame),
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "about": {"@id": subject["@id"]} if subject else None,
        "citation": _citations(view.sections),
        "primaryImageOfPage": image,
        **shared,
    }
    article = {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": view.title,
        "image": image["url"] if image else None,
        "mainEntityOfPage": {"@id": f"{url}#webpage"},
        **shared,
    }
    nodes = [_filled(page), _filled(article)]
    return [*nodes, subject] if subject else nodes


def subject_node(frame: PageFrame, view: ArticleView) -> Node | None:
    """The condition with its symptoms, or the treatment with its risks; None for other articles."""
    if view.kind not in _SUBJECTS:
        return None
    type_, name = _SUBJECTS[ArticleKind(view.kind)]
    node: Node = {
        "@type": type_,
        "@id": f"{frame.meta.url}#{name}",
        "name": view.title,
        "alternateName": _names(view.also_known_as),
    }
    if view.kind == ArticleKind.CONDITION:
        node["code"] = _code(view.icd10_code)
        lists = (each for each in view.sections if each.type == "list")
        symptoms = _items(each for each in lists if each.value.get("kind") == "symptoms")
        node["signOrSymptom"] = [{"@type": "MedicalSymptom", "name": each} for each in symptoms]
    else:
        risks = _items(each for each in view.sections if each.type == "risks")
        node["seriousAdverseOutcome"] = [
            {"@type": "MedicalSymptom", "name": each} for each in risks
        ]
    return _filled(node)


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _code(icd10: str) -> Node | None:
    if not icd10:
        return None
    return {"@type": "MedicalCode", "codeValue": icd10, "codingSystem": "ICD-10-CM"}


def _items(sections: Iterable[SectionView]) -> list[str]:
    return [_plain(item) for section in sections for item in section.value["items"]]


def _plain(item: Any) -> str:
    """The words of an item: one with links is HTML."""
    words = strip_tags(str(item))
    return unescape(words) if isinstance(item, SafeString) else words


def _citations(sections: Iterable[SectionView]) -> list[Node]:
    sources = [
        source for each in sections if each.type == "sources" for source in each.value["sources"]
    ]
    return [
        _filled(
            {
                "@type": "CreativeWork",
                "name": source.title,
                "url": source.url,
                "datePublished": str(source.year or ""),
            }
        )
        for source in sources
    ]


def _person(person: PersonView | None, frame: PageFrame) -> Node | None:
    return person_node(frame, person, profile_path(frame, person.slug)) if person else None


def _image(frame: PageFrame, view: ArticleView) -> Node | None:
    if view.hero is None:
        return None
    size = {"width": view.hero.width, "height": view.hero.height}
    return {"@type": "ImageObject", "url": f"{frame.clinic.origin}{view.hero.src}", **size}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _filled(node: dict[str, Any]) -> Node:
    return {name: value for name, value in node.items() if value}
