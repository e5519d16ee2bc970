"""Stores what an import prepared: one file in, a draft (or a new revision) and a report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.blocks.rich_text import canonical
from articles.blocks.settings import SETTING_NAMES
from articles.choices import ArticleKind
from articles.claim_files import text_findings
from articles.claim_findings import group_states
from articles.digest import match_sections, section_digest
from articles.importing.claim_notes import Note, comment_on, commenter
from articles.importing.prepare import PreparedArticle, prepare
from articles.importing.reading import SourceError, read_source
from articles.importing.words import ClinicWords
from articles.models import ArticleLibraryPage, ArticlePage
from articles.plain_text import plain_text
from articles.publishing import TITLE_NEEDED, NotPublishableError
from articles.review.dates import mark_unreviewed
from articles.stream import RawStream, raw_stream
from clinics.clinic import Clinic
from clinics.models import ClinicPage
from clinics.resolve import clinic_of, root_page
from clinics.tokens import readable, without_tokens

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
TITLE_IS_NEEDED, ERROR = "title_needed", "error"
_ORIGIN_LENGTH = 400


@dataclass(frozen=True)
class ImportOptions:
    """What the caller asks for. `clinic` is the clinic that the texts were written for.

    `unreviewed`: what is published says that no medical reviewer has seen it yet.
    `notes` become comments on the drafts, as the findings of the claim checker do.
    """

    library: ArticleLibraryPage
    kind: ArticleKind
    clinic: ClinicPage | None = None
    slug: str = ""
    title: str = ""
    update: bool = False
    publish: bool = False
    unreviewed: bool = False
    user: Any = None
    notes: tuple[Note, ...] = ()


@dataclass
class ImportReport:
    """What became of one file; the keys of its JSON form are these names.

    `claims` are findings of the claim checker in the file as it is, the strongest first.
    """

    file: str
    status: str = ERROR
    article_id: int | None = None
    slug: str | None = None
    title: str | None = None
    claims: list[dict[str, str]] = field(default_factory=list)
    sections: int = 0
    chrome: list[str] = field(default_factory=list)
    tokens: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SourceName:
    """A source as reports name it. `origin`: what an article keeps of where it came from."""

    shown: str
    file: str
    origin: str
    changing: str = "Run again with --update to change it, or with --slug to add another."
    titling: str = "Run again with --title, or write one in the editor."


def import_file(path: Path, options: ImportOptions) -> ImportReport:
    """Import one file in one transaction: on an error nothing of it is stored."""
    origin = str(path.resolve())[-_ORIGIN_LENGTH:]
    return import_source(
        SourceName(str(path), path.name, origin), partial(read_source, path), options
    )


def import_source(
    source: SourceName, read: Callable[[], str], options: ImportOptions
) -> ImportReport:
    """The same for what `read` gives, or refuses with a SourceError."""
    report = ImportReport(file=source.shown)
    try:
        words, others = _known_words(options.clinic)
        text = read()
        prepared = prepare(text, options.title or None, words, others)
    except SourceError as error:
        report.errors.append(f"{source.shown}: {error}")
        return report
    report.claims = _claims(text)
    _describe(prepared, report)
    try:
        with transaction.atomic():
            article = _store(source, prepared, options, report)
    except ValidationError as error:
        report.errors.append(f"{source.shown}: {' '.join(error.messages)}")
        return report
    if article is not None and options.publish:
        _publish(article, options, report)
    return report


def words_of(clinic: Clinic) -> ClinicWords:
    """The words by which a clinic is known in a text."""
    primary = clinic.primary
    areas = primary.service_areas if primary else ()
    others = {
        town
        for place in clinic.locations
        for town in (place.address.city, *place.service_areas)
        if town not in areas
    }
    return ClinicWords(
        name=clinic.name,
        city=primary.address.city if primary else "",
        state_name=clinic.state_name,
        state_code=clinic.state,
        service_areas=areas,
        location_names=tuple(place.name for place in clinic.locations),
        other_towns=tuple(sorted(others)),
    )


def _known_words(origin: ClinicPage | None) -> tuple[ClinicWords | None, list[ClinicWords]]:
    known = {page.pk: words_of(clinic_of(root_page(page.pk))) for page in ClinicPage.objects.all()}
    own = known.pop(origin.pk) if origin else None
    return own, list(known.values())


def _claims(text: str) -> list[dict[str, str]]:
    """Rule, severity, words, section and advice of what is found in a file."""
    found = text_findings(text, group_states(), timezone.localdate())
    return [
        {
            "rule": each.rule,
            "severity": str(each.severity),
            "phrase": each.phrase,
            "section": each.section,
            "advice": each.advice,
        }
        for each in sorted(found, key=lambda each: each.severity.rank)
    ]


def _describe(prepared: PreparedArticle, report: ImportReport) -> None:
    report.chrome = list(prepared.chrome)
    report.tokens = [
        {"literal": t.literal, "token": t.token, "count": t.count} for t in prepared.tokens
    ]
    report.sections = len(prepared.stream)
    report.warnings = list(prepared.warnings)
    report.warnings += [f"“{found.literal}” {found.why}." for found in prepared.reported]
    report.warnings += [
        f"A list of {len(offer.items)} items can be made of “{offer.sentence[:60]}…”: "
        f"{'; '.join(offer.items)}"
        for offer in prepared.offers
    ]


def _store(
    source: SourceName, prepared: PreparedArticle, options: ImportOptions, report: ImportReport
) -> ArticlePage | None:
    name = prepared.title or Path(source.file).stem
    slug = options.slug or slugify(without_tokens(name)) or "article"
    existing = _existing(source, slug, options)
    draft = existing.get_latest_revision_as_object() if existing else None
    title = prepared.title or (draft.title if draft else f"{TITLE_NEEDED} {source.file}")
    body = _with_kept_ids(draft, prepared.stream)
    report.title, report.slug = readable(title), existing.slug if existing else slug
    if draft is not None and _is_same(draft, title, body, options):
        report.article_id, report.status = draft.pk, UNCHANGED
        return draft
    if draft is not None and not options.update:
        report.article_id = draft.pk
        report.errors.append(
            f"{source.shown}: the library has an article at “{draft.slug}” already and it "
            f"differs. {source.changing}"
        )
        return None
    article = draft or _new_article(source, options, slug, title)
    if existing is not None and draft is not None:
        report.warnings += _about_draft(existing, draft, body)
    _fill(article, source, prepared, body, title, options)
    _comment(article, source, options, report)
    article.save_revision(user=options.user, log_action=True)
    report.article_id, report.slug = article.pk, article.slug
    report.status = UPDATED if draft is not None else CREATED
    if title.startswith(TITLE_NEEDED):
        report.status = TITLE_IS_NEEDED
        report.warnings.append(source.titling)
    return article


def _comment(
    article: ArticlePage, source: SourceName, options: ImportOptions, report: ImportReport
) -> None:
    """The findings and the notes of the file, where they stand in the draft."""
    notes = [note for note in options.notes if note.file == source.file]
    if not comment_on(article, notes, commenter(options.user)):
        report.warnings.append("No account could write comments on the draft: the claims are here.")


def _existing(source: SourceName, slug: str, options: ImportOptions) -> ArticlePage | None:
    """The article at the address, or the one that this very file was imported as before."""
    articles = ArticlePage.objects.child_of(options.library)
    found = articles.filter(slug=slug).first()
    if found or options.slug:
        return found
    return articles.filter(imported_from=source.origin).first()


def _new_article(source: SourceName, options: ImportOptions, slug: str, title: str) -> ArticlePage:
    """A row without content; it knows its file at once, so that a second run finds the draft."""
    article = ArticlePage(
        title=title,
        slug=slug,
        kind=options.kind,
        live=False,
        owner_clinic=options.clinic,
        imported_from=source.origin,
    )
    options.library.refresh_from_db()
    options.library.add_child(instance=article)
    return article


def _fill(
    article: ArticlePage,
    source: SourceName,
    prepared: PreparedArticle,
    body: RawStream,
    title: str,
    options: ImportOptions,
) -> None:
    article.title, article.kind, article.imported_from = title, options.kind, source.origin
    article.body = body
    article.literal_places = sorted({found.literal for found in prepared.reported})
    if prepared.published_date and not article.first_published_at:
        article.first_published_at = datetime.combine(prepared.published_date, time(12), tzinfo=UTC)


def _with_kept_ids(draft: ArticlePage | None, stream: Sequence[dict[str, Any]]) -> RawStream:
    """Canonical sections, with the ids of the sections that they continue."""
    body = [_canonical(section) for section in stream]
    if draft is None:
        return body
    old = raw_stream(draft.body)
    settings = {section["id"]: section["value"] for section in old}
    for section, old_id in zip(body, match_sections(old, body), strict=True):
        if old_id:
            section["id"] = old_id
            for name in SETTING_NAMES:
                section["value"][name] = settings[old_id].get(name)
    return body


def _canonical(section: dict[str, Any]) -> dict[str, Any]:
    value = dict(section["value"])
    if "text" in value:
        value["text"] = canonical(value["text"])
    return {**section, "value": value}


def _is_same(draft: ArticlePage, title: str, body: RawStream, options: ImportOptions) -> bool:
    before = [(s["id"], section_digest(s["type"], s["value"])) for s in raw_stream(draft.body)]
    after = [(s["id"], section_digest(s["type"], s["value"])) for s in body]
    return draft.title == title and before == after and draft.kind == options.kind


def _about_draft(existing: ArticlePage, draft: ArticlePage, body: RawStream) -> list[str]:
    """What an editor should know before looking at the new draft."""
    notes = []
    author = _author_of_pending_draft(existing)
    if author or (existing.has_unpublished_changes and existing.live):
        notes.append(
            f"There was an unpublished draft{f' by {author}' if author else ''}: a new draft was "
            "made on top of it, and the earlier one is in the history."
        )
    kept = {section["id"] for section in body}
    for section in raw_stream(draft.body):
        if section["id"] not in kept:
            text = plain_text(section["value"]).split("\n", 1)[0][:60]
            notes.append(f"The section “{text}” is not in the file and was left out of the draft.")
    return notes


def _author_of_pending_draft(article: ArticlePage) -> Any:
    """The last person who wrote since the article was published; an import writes as nobody."""
    drafts = article.revisions.filter(user__isnull=False).order_by("-pk")
    if article.live_revision_id:
        drafts = drafts.filter(pk__gt=article.live_revision_id)
    latest = drafts.select_related("user").first()
    return latest.user if latest else None


def _publish(article: ArticlePage, options: ImportOptions, report: ImportReport) -> None:
    revision = article.get_latest_revision()
    if article.live and revision.pk == article.live_revision_id:
        return
    if author := _author_of_pending_draft(article):
        report.errors.append(
            f"Not published. {author} has an unpublished draft that would go online too: look at "
            "it and publish in the editor."
        )
        return
    try:
        with transaction.atomic():
            if options.unreviewed:
                mark_unreviewed(revision)
            revision.publish(user=options.user)
    except NotPublishableError as error:
        report.errors += [f"Not published. {message}" for message in error.messages]
