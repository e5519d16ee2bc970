"""Publishing a shared article: a release and a row of what is stale, for any number of clinics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.choices import ChangeClass
from articles.digest import field_digest, section_digests
from articles.first_group import audience
from articles.models.release import ArticleAddress, ArticleRelease
from articles.search_text import write_texts
from articles.stream import raw_stream
from clinics.edge.changes import bump

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import ArticlePage

# What a clinic may override besides sections, and what tells that the library changed it.
FIELDS = ("title", "summary", "seo_title", "search_description", "hero_image")
# What is shown outside the article's own page, or decides where: lists and links have to follow it.
LISTED_FIELDS = ("title", "summary", "hero_image", "services")


def record_release(article: ArticlePage) -> ArticleRelease | None:
    """Write the release of the revision that just went live; None when nothing went live.

    Called in the transaction of `ArticlePage.save()`, so editor, bulk action, workflow, schedule
    and code all pass here, and a page is never live without its release.
    """
    if not article.live or not article.live_revision_id:
        return None
    # A revision that was undone may go live again: that is a new release.
    if releases_in_force(article).filter(revision_id=article.live_revision_id).exists():
        return None
    previous = releases_in_force(article).first()
    release = _release_of(article)
    release.save()
    write_texts(release, raw_stream(article.body))
    safety = _safety_numbers(release, previous)
    if safety:
        release.safety = safety
        release.save(update_fields=["safety"])
    change_over(article, before=previous, after=release)
    if article.adopted_offers:
        from articles.adopting import adopt_offers  # noqa: PLC0415 - it needs models and acts

        adopt_offers(article, release)
    return release


def change_over(
    article: ArticlePage, *, before: ArticleRelease | None, after: ArticleRelease
) -> None:
    """What another release in force means for addresses and caches; the article is live with it."""
    _record_address(article, before)
    _tell_what_is_stale(article, after, before)


def draft_release(article: ArticlePage) -> ArticleRelease:
    """The release that publishing this draft now would write; it is not stored."""
    previous = releases_in_force(article).first() if article.pk else None
    release = _release_of(article)
    # Numbers count across articles, undone ones too: clinics accept the library up to a number.
    newest = ArticleRelease.objects.order_by("-pk").values_list("pk", flat=True).first()
    release.pk = (newest or 0) + 1
    release.safety = _safety_numbers(release, previous)
    return release


def releases_in_force(article: ArticlePage) -> QuerySet[ArticleRelease]:
    """The releases of an article that were not undone, the newest first."""
    return article.releases.filter(undone_at=None).order_by("-pk")


def field_digests(article: ArticlePage) -> dict[str, str]:
    values = {name: getattr(article, name) for name in FIELDS if name != "hero_image"}
    values["hero_image"] = article.hero_image_id or ""
    values["services"] = sorted(service.pk for service in article.services.all())
    return {name: field_digest(value) for name, value in values.items()}


def _release_of(article: ArticlePage) -> ArticleRelease:
    first_clinics, everyone_at = audience(article)
    return ArticleRelease(
        article=article,
        revision_id=article.live_revision_id,
        change_class=article.change_class,
        note=article.change_note,
        kind=article.kind,
        slug=article.slug,
        first_clinics=first_clinics,
        everyone_at=everyone_at,
        digests=section_digests(raw_stream(article.body)),
        field_digests=field_digests(article),
    )


def _safety_numbers(release: ArticleRelease, previous: ArticleRelease | None) -> dict[str, int]:
    """Sections that a safety release changed remember its number; the others keep theirs.

    So do sections that were taken out: one that comes back is not older than its warning.
    """
    if previous is None:
        return {}
    safety = dict(previous.safety)
    if release.change_class == ChangeClass.SAFETY:
        before, after = previous.digests, release.digests
        changed = [id_ for id_ in {**before, **after} if before.get(id_) != after.get(id_)]
        safety |= dict.fromkeys(changed, release.number)
    return safety


def _record_address(article: ArticlePage, previous: ArticleRelease | None) -> None:
    """A rename leaves one row behind; an address that an article has is no former one.

    Its own address may be one while it is withdrawn.
    """
    library_id = _library_id(article)
    ArticleAddress.objects.filter(
        library_id=library_id, kind=article.kind, slug=article.slug
    ).delete()
    if previous and (previous.kind, previous.slug) != (article.kind, article.slug):
        ArticleAddress.objects.update_or_create(
            library_id=library_id,
            kind=previous.kind,
            slug=previous.slug,
            defaults={"article": article, "gone": False},
        )


def _tell_what_is_stale(
    article: ArticlePage, release: ArticleRelease, previous: ArticleRelease | None
) -> None:
    scopes = [f"a:{article.pk}"]
    if previous is None or _is_listed_anew(release, previous):
        scopes.append("lib")
    bump(*scopes)


def _is_listed_anew(release: ArticleRelease, previous: ArticleRelease) -> bool:
    """Whether lists show it otherwise, or clinics show it that did not."""
    if release.change_class == ChangeClass.SAFETY:
        return True
    if release.first_clinics != previous.first_clinics:
        return True
    return (release.kind, release.slug) != (previous.kind, previous.slug) or any(
        release.field_digests[name] != previous.field_digests.get(name) for name in LISTED_FIELDS
    )


def _library_id(article: ArticlePage) -> int:
    return article.get_parent().pk
