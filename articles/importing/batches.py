"""Articles from uploaded files: report first, then drafts of the chosen ones, then undo.

Each act is one transaction and locks the import, so that a second click finds it done. Nothing is
ever published, and an article that is there already is never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log

from articles.choices import ArticleKind
from articles.importing.reading import SourceError, check_size, read_content
from articles.importing.store import (
    ImportOptions,
    ImportReport,
    SourceName,
    import_source,
)
from articles.models import ArticleImport, ArticleLibraryPage, ArticlePage, ImportedFile
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.core.files.uploadedfile import UploadedFile

    from clinics.models import ClinicPage

MOST_FILES = 20
SUFFIXES = (".txt", ".text", ".md")
LOG_IMPORTED, LOG_UNDONE = "articles.library.imported", "articles.library.import_undone"


class ImportBatchError(ValidationError):
    """The act is not possible any more; the message says why."""


@dataclass(frozen=True)
class Undone:
    """Titles of the drafts that went, and of those that somebody has edited since."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


def may_import(user: AbstractUser, library: ArticleLibraryPage) -> bool:
    """True for whoever may add articles to the library."""
    return bool(library.permissions_for_user(user).can_add_subpage())


@transaction.atomic
def start_import(
    library: ArticleLibraryPage,
    kind: ArticleKind,
    clinic: ClinicPage | None,
    uploads: Sequence[UploadedFile],
    user: AbstractUser,
) -> ArticleImport:
    """Reads the files and keeps what the importer says of each; makes no article.

    Raises ValidationError for no files or too many, before any is read, and PermissionDenied.
    """
    _demand(user, library)
    if not uploads:
        raise ValidationError({"uploads": _("Choose at least one file.")})
    if len(uploads) > MOST_FILES:
        text = _("These are %(count)s files: choose at most %(most)s at a time.")
        raise ValidationError({"uploads": text % {"count": len(uploads), "most": MOST_FILES}})
    batch = ArticleImport.objects.create(library=library, kind=kind, clinic=clinic, started_by=user)
    for upload in uploads:
        name = Path(str(upload.name)).name[-200:]
        try:
            text = _text_of(upload)
        except SourceError as error:
            report = ImportReport(file=name, errors=[f"{name}: {error}"])
            ImportedFile.objects.create(batch=batch, name=name, report=asdict(report))
            continue
        file = ImportedFile(batch=batch, name=name, text=text, report={})
        file.report = asdict(_reported(file, user))
        file.save()
    return batch


@transaction.atomic
def take_in(
    batch: ArticleImport, chosen: Collection[int], user: AbstractUser
) -> list[ImportedFile]:
    """Drafts of the chosen files; what cannot become one says so in its report. Returns all files.

    Raises ImportBatchError when it was done before, or nothing is chosen.
    """
    row = _locked(batch, user)
    if row.imported_at:
        raise ImportBatchError(_("These files were imported already."))
    files = list(row.files.all())
    if not any(file.pk in chosen and file.text for file in files):
        raise ImportBatchError(_("Choose at least one file that can be imported."))
    for file in files:
        if file.pk in chosen and file.text:
            _take(file, user)
        file.text = ""
        file.save()
    row.imported_at = timezone.now()
    row.save()
    log(row.library, LOG_IMPORTED, user=user, data={"titles": _titles(files)})
    return files


@transaction.atomic
def discard(batch: ArticleImport, user: AbstractUser) -> None:
    """Forgets files that were only reported. Raises ImportBatchError when they were imported."""
    row = _locked(batch, user)
    if row.imported_at:
        raise ImportBatchError(_("These files were imported already: undo the import instead."))
    row.delete()


@transaction.atomic
def undo_import(batch: ArticleImport, user: AbstractUser) -> Undone:
    """Takes every draft away that is as the import left it. Raises ImportBatchError when it cannot.

    What somebody has edited, published or used since stays.
    """
    row = _locked(batch, user)
    if not row.imported_at or row.undone_at:
        raise ImportBatchError(_("There is nothing to undo: it was undone already."))
    removed, kept = [], []
    for file in row.files.select_related("article"):
        if file.article is None:
            continue
        title = readable(file.article.get_latest_revision_as_object().title)
        if is_untouched(file):
            DeletePageAction(file.article, user=user).execute(skip_permission_checks=True)
            removed.append(title)
        else:
            kept.append(title)
    row.undone_at = timezone.now()
    row.save()
    log(row.library, LOG_UNDONE, user=user, data={"titles": removed, "kept": kept})
    return Undone(tuple(removed), tuple(kept))


def is_untouched(file: ImportedFile) -> bool:
    """True for a draft that is as the import left it, and that no clinic has."""
    article = file.article
    return (
        article is not None
        and not article.live
        and article.latest_revision_id == file.revision
        and not article.releases.exists()
        and not article.local_versions.exists()
        and not article.medical_reviews.exists()
    )


def _text_of(upload: UploadedFile) -> str:
    """Looks at name and size before it reads a byte."""
    suffix = Path(str(upload.name)).suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(
            _("“%(suffix)s” is not read here: save the text as a .txt file in UTF-8.")
            % {"suffix": suffix or _("no ending")}
        )
    check_size(upload.size or 0)
    return read_content(upload.read())


def _reported(file: ImportedFile, user: AbstractUser) -> ImportReport:
    """What importing the file would do; nothing of it stays."""
    with transaction.atomic():
        report = _run(file, user)
        transaction.set_rollback(True)
    report.article_id = None
    return report


def _take(file: ImportedFile, user: AbstractUser) -> None:
    before = set(ArticlePage.objects.values_list("pk", flat=True))
    report = _run(file, user)
    file.report = asdict(report)
    # An article that was there and says the same is no draft of this import.
    if report.article_id and report.article_id not in before:
        file.article = ArticlePage.objects.get(pk=report.article_id)
        file.revision = file.article.latest_revision_id


def _run(file: ImportedFile, user: AbstractUser) -> ImportReport:
    source = SourceName(
        shown=file.name,
        file=file.name,
        origin=f"upload {file.batch_id} {file.name}",
        changing=_("Change that one in the editor, or give this text another title."),
        titling=_("Write one in the editor."),
    )
    batch = file.batch
    options = ImportOptions(
        library=ArticleLibraryPage.objects.get(pk=batch.library_id),
        kind=ArticleKind(batch.kind),
        clinic=batch.clinic,
        user=user,
    )
    return import_source(source, partial(str, file.text), options)


def _locked(batch: ArticleImport, user: AbstractUser) -> ArticleImport:
    row = ArticleImport.objects.select_for_update().get(pk=batch.pk)
    _demand(user, row.library)
    return row


def _demand(user: AbstractUser, library: Any) -> None:
    if not may_import(user, library):
        raise PermissionDenied


def _titles(files: Iterable[ImportedFile]) -> list[str]:
    return [file.report["title"] or file.name for file in files if file.article_id]
