"""What a reviewer has to look at in an imported draft, as comments where it stands (C-02).

Findings of the claim checker, and notes that came along in a file: statements that no machine can
judge, such as facts and contradictions. Nothing is saved here: the revision that follows does that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Comment

from articles.claim_findings import shared_findings
from articles.claims.rule import Finding, Severity
from articles.importing.reading import SourceError
from articles.models import ArticlePage
from articles.plain_text import plain_text
from articles.stream import raw_stream

# Rules that stand for a reviewer's judgement: the checker has no or no complete rule for them.
JUDGED = frozenset({"FACT", "CONTRA", "GRAM", "TONE"})


@dataclass(frozen=True)
class Note:
    """What somebody noted about words of a file before the import."""

    file: str
    rule: str
    phrase: str
    why: str


def read_notes(path: Path) -> tuple[Note, ...]:
    """A list of objects with file, rule, phrase and why. Raises SourceError for anything else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        notes = [Note(row["file"], row["rule"], row["phrase"], row["why"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path} holds no notes: {error}") from error
    return tuple(note for note in notes if note.rule in JUDGED)


def commenter(user: Any) -> Any:
    """Who the comments are by: whoever imports, else the first account that may do everything."""
    users = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return user or users.order_by("pk").first()


def comment_on(draft: ArticlePage, notes: Iterable[Note], user: Any) -> bool:
    """Add the comments to a draft before its revision is saved; False when nobody can write them.

    A comment that is there already is not made again when a file is imported twice.
    """
    known = {comment.text for comment in draft.wagtail_admin_comments.all()}
    new = {text: path for path, text in _comments(draft, notes) if text not in known}
    if new and user is None:
        return False
    for text, path in new.items():
        draft.wagtail_admin_comments.add(Comment(user=user, text=text, contentpath=path))
    return True


def _comments(draft: ArticlePage, notes: Iterable[Note]) -> Iterator[tuple[str, str]]:
    found = sorted(shared_findings(draft), key=lambda each: each.severity.rank)
    for finding in found:
        if finding.severity != Severity.INFO:
            yield _path(finding), f"{finding.rule}: “{finding.phrase}”. {finding.advice}"
    for note in notes:
        path = _place_of(note.phrase, draft)
        if path:
            text = _("%(rule)s, to be judged: “%(phrase)s”. %(why)s")
            yield path, text % {"rule": note.rule, "phrase": note.phrase, "why": note.why}


def _path(finding: Finding) -> str:
    """As Wagtail names a place: a field, or "body", the section's id, and its field."""
    if finding.field == "page":
        return "body"
    if not finding.section_id:
        return finding.field
    # What stands in a list has no place of its own.
    return f"body.{finding.section_id}.{finding.field}"


def _place_of(phrase: str, draft: ArticlePage) -> str:
    """The section that has the words; "" when tokens took their place."""
    for section in raw_stream(draft.body):
        for name, value in section["value"].items():
            if phrase in plain_text({name: value}):
                return f"body.{section['id']}.{name}"
    return "title" if phrase in draft.title else ""
