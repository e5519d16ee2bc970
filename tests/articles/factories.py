"""Articles and local versions for tests, made by the product's own functions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from articles.actions import local_version_for
from articles.choices import ArticleKind, FigureUnit
from articles.models import (
    ArticleLibraryPage,
    ArticleMountPage,
    ArticlePage,
    Figure,
    LocalArticlePage,
    LocalVersionPage,
    Review,
    Source,
)
from articles.review.acts import review_whole_page, seen_of
from clinics.choices import Role
from clinics.credentials import verify_license
from clinics.models import Person
from tests.factories import make_staff


def section_id(key: str) -> str:
    return str(uuid5(NAMESPACE_URL, key))


def text(key: str, heading: str = "", html: str = "", **settings: Any) -> dict[str, Any]:
    """A text section; its id follows from the key."""
    value = {"heading": heading, "text": html or f"<p>Shared words of {key}.</p>", **settings}
    return {"type": "text", "id": section_id(key), "value": {"role": "clinical", **value}}


def slot(key: str, *fallback: dict[str, Any]) -> dict[str, Any]:
    """A slot whose name is its key."""
    value = {"name": key, "label": f"Slot {key}", "fallback": list(fallback), "role": "local"}
    return {"type": "slot", "id": section_id(key), "value": value}


def make_article(
    slug: str = "fibromyalgia",
    *sections: dict[str, Any],
    kind: ArticleKind = ArticleKind.CONDITION,
    publish: bool = True,
    **fields: Any,
) -> ArticlePage:
    """A shared article, live unless told otherwise."""
    library = ArticleLibraryPage.objects.get()
    title = fields.pop("title", slug.replace("-", " ").capitalize())
    article = ArticlePage(title=title, slug=slug, kind=kind, live=False, **fields)
    article.body = list(sections or (text("what", "What it is"), text("care", "Care")))
    library.add_child(instance=article)
    revision = article.save_revision()
    if publish:
        revision.publish()
    return ArticlePage.objects.get(pk=article.pk)


def change_article(
    article: ArticlePage, body: list[dict[str, Any]] | None = None, **fields: Any
) -> Any:
    """Publish a new revision with other sections or fields; returns the article, read afresh."""
    draft = article.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    if body is not None:
        draft.body = body
    draft.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def override(action: str, key: str = "", *content: dict[str, Any], **value: Any) -> dict[str, Any]:
    """An override of the section with this key (of the slot of this name, for "fill")."""
    target = {"slot": key} if action == "fill" else {"section": section_id(key) if key else ""}
    fields = {**target, "reason": "Because", **value}
    if action != "hide":
        fields["content"] = list(content)
    return {"type": action, "id": section_id(f"{action}/{key}/{value}"), "value": fields}


def make_local_version(
    article: ArticlePage,
    clinic: Any,
    *overrides: dict[str, Any],
    publish: bool = True,
    **fields: Any,
) -> LocalVersionPage:
    """A clinic's local version with these overrides and fields."""
    version = local_version_for(article, clinic)
    version.overrides = list(overrides)
    for name, value in fields.items():
        setattr(version, name, value)
    revision = version.save_revision()
    if publish:
        revision.publish()
    return LocalVersionPage.objects.get(pk=version.pk)


def make_reviewer(
    world: Any, username: str = "reviewer", slug: str = "ada-hill", **license_: Any
) -> Any:
    """The account of a medical reviewer of the library, as a person with a verified license."""
    user = make_staff(username, Role.MEDICAL_REVIEWER, world.library)
    person = Person.objects.get(slug=slug)
    person.is_reviewer = True
    person.license_state, person.license_number = "TX", "DEMO-1001"
    person.license_end_date = timezone.localdate() + timedelta(days=3650)
    for name, value in license_.items():
        setattr(person, name, value)
    person.save()
    verify_license(person, account=user, user=world.superuser)
    return user


def approve(page: Any, reviewer: Any) -> Review:
    """The reviewer has reviewed the whole newest draft of the page."""
    seen = seen_of(page.get_latest_revision_as_object())
    return review_whole_page(page, seen=seen, user=reviewer)


def sources(*found: Source) -> dict[str, Any]:
    """A section with these references, or with one that is made for it."""
    rows = found or (
        Source.objects.get_or_create(
            slug="a-trial", defaults={"title": "A trial", "publisher": "A journal"}
        )[0],
    )
    return {
        "type": "sources",
        "id": section_id("sources"),
        "value": {"role": "clinical", "sources": [row.pk for row in rows]},
    }


def make_figure(slug: str = "adults", **fields: Any) -> Figure:
    """A kept figure: about 4 million adults, from the source of `sources()`."""
    source, _is_new = Source.objects.get_or_create(
        slug="a-trial", defaults={"title": "A trial", "publisher": "A journal"}
    )
    values = {
        "name": "Adults in the United States with fibromyalgia",
        "text": "about 4 million adults",
        "unit": FigureUnit.MILLION,
        "low": 4,
        "population": "adults in the United States",
        "year": 2012,
        "source": source,
        "about": "fibromyalgia",
    }
    return Figure.objects.create(slug=slug, **values | fields)


def figures(*items: dict[str, Any]) -> dict[str, Any]:
    """A section of figures; an item is {"kept": pk} or a typed figure."""
    listed = [{"type": "item", "id": f"item-{n}", "value": each} for n, each in enumerate(items)]
    value = {"role": "clinical", "heading": "In numbers", "figures": listed}
    return {"type": "figures", "id": section_id("figures"), "value": value}


def make_reviewed_article(
    reviewer: Any, slug: str = "fibromyalgia", *sections: dict[str, Any], **fields: Any
) -> ArticlePage:
    """A shared article with an author, a source and the approval of a reviewer, live."""
    body = [*(sections or (text("what", "What it is"), text("care", "Care"))), sources()]
    author = Person.objects.get(slug="grace-group")
    article = make_article(slug, *body, publish=False, author=author, **fields)
    approve(article, reviewer)
    article.get_latest_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def make_own_article(
    clinic: Any,
    slug: str = "our-rooms",
    *sections: dict[str, Any],
    kind: ArticleKind = ArticleKind.CONDITION,
    publish: bool = True,
    **fields: Any,
) -> LocalArticlePage:
    """An article that a clinic wrote for itself, live unless told otherwise."""
    mount = ArticleMountPage.objects.child_of(clinic).get(kind=kind)
    title = fields.pop("title", slug.replace("-", " ").capitalize())
    article = LocalArticlePage(title=title, slug=slug, live=False, **fields)
    article.body = list(sections or (text("rooms", "Our rooms"),))
    mount.add_child(instance=article)
    revision = article.save_revision()
    if publish:
        revision.publish()
    return LocalArticlePage.objects.get(pk=article.pk)
