"""By what a row that is no clinic's is known again: a key that another installation has too.

Ids differ between installations; slugs, user names and addresses do not. The row with the very same
id is taken first where its key is the same, else the only one that has the key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.backup.archive import BackupError
from cms.backup.owned import label_of, model_of

type Key = list[Any]


@dataclass(frozen=True)
class Outside:
    """A row that is referred to: `key` None is one that was gone before the backup."""

    label: str
    pk: int
    key: Key | None
    words: str


def root_label(model: type[Model]) -> str:
    """The label of the model whose table gives the id: a page's is always that of `Page`."""
    model = model._meta.concrete_model or model
    while model._meta.parents:
        model = next(iter(model._meta.parents))
    return label_of(model)


def outside_row(label: str, pk: int) -> Outside:
    """What the archive keeps of a row that a clinic refers to and does not own."""
    row = model_of(label)._base_manager.filter(pk=pk).first()
    if row is None:
        return Outside(label, pk, None, f"{label} {pk}")
    return Outside(label, pk, _key_of(label, row), str(row))


def find_outside(outside: Outside) -> int | None:
    """The id of that row here; None when there is none, or several and none of the same id."""
    manager = model_of(outside.label)._base_manager
    here = manager.filter(pk=outside.pk).first()
    if outside.key is None:
        # Gone before the backup: it may stay gone, but must not become another row.
        return None if here else outside.pk
    if outside.label == "taggit.tag":
        # A word, the same for everybody.
        return int(
            manager.get_or_create(name=outside.key[0], defaults={"slug": outside.key[1]})[0].pk
        )
    if here is not None and _key_of(outside.label, here) == outside.key:
        return outside.pk
    for question in _questions(outside.label, outside.key):
        found = [row for row in manager.filter(question)[:20] if _fits(outside, row)]
        if len(found) == 1:
            return int(found[0].pk)
    return None


_COLUMNS = {
    "cms.user": ("username",),
    "clinics.service": ("slug",),
    "clinics.person": ("slug",),
    "clinics.statement": ("slug", "kind", "version"),
    "articles.source": ("slug",),
    "articles.figure": ("slug",),
    "taggit.tag": ("name", "slug"),
    "wagtailcore.locale": ("language_code",),
    "auth.group": ("name",),
    "auth.permission": ("content_type__app_label", "content_type__model", "codename"),
    "wagtailcore.workflow": ("name",),
    "wagtailcore.task": ("name",),
    "cms.clinicimage": ("file_hash", "title"),
    "wagtaildocs.document": ("file_hash", "title"),
}


def _key_of(label: str, row: Any) -> Key:
    if label in _COLUMNS:
        return [_value(row, name) for name in _COLUMNS[label]]
    if label not in _KEYS:
        raise BackupError(
            _("%(label)s %(pk)s is referred to and has no key by which it could be found again.")
            % {"label": label, "pk": row.pk}
        )
    return _KEYS[label](row)


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _questions(label: str, key: Key) -> Iterator[Q]:
    if label in _COLUMNS:
        yield Q(**dict(zip(_COLUMNS[label], key, strict=True)))
    elif label == "wagtailcore.page":
        yield Q(translation_key=key[0])
        yield Q(url_path=key[1])
    elif label == "articles.articlerelease":
        below = [Q(article__translation_key=key[0]), Q(article__url_path=key[1])]
        yield from (article & Q(published_at=key[2]) for article in below)
        yield from below
    elif label == "wagtailcore.collection":
        yield Q(name=key[-1], depth=len(key))
    else:
        yield Q(pk__in=[])


def _fits(outside: Outside, row: Any) -> bool:
    """What the question could not ask: the content of a release, the way to a collection."""
    key = outside.key or []
    if outside.label == "articles.articlerelease":
        return _release_key(row)[3] == key[3]
    if outside.label == "wagtailcore.collection":
        return _collection_key(row) == key
    return True


def _page_key(row: Page) -> Key:
    return [str(row.translation_key), row.url_path]


def _release_key(row: Any) -> Key:
    content = json.dumps([row.digests, row.field_digests, row.kind, row.slug], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return [*_page_key(row.article), row.published_at.isoformat(), digest]


def _collection_key(row: Any) -> Key:
    return [*row.get_ancestors().values_list("name", flat=True), row.name]


_KEYS: dict[str, Callable[[Any], Key]] = {
    "wagtailcore.page": _page_key,
    "articles.articlerelease": _release_key,
    "wagtailcore.collection": _collection_key,
}
