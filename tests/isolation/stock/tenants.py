"""Two tenants: ours, with an editor and an admin, and the other, with a mark in all that it has.

Rights are given as Wagtail's documentation says: by group, on the tenant's own pages and
collection; the admin has the rights on models that people give who look after a site.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import Admin
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tests.isolation.rows import start_band
from tests.isolation.stock.models import Badge, StockForm, StockPage, Words

OURS, OTHER = 1, 2
KINDS = ("public", "draft", "file", "tag", "note", "user", "snippet", "setting", "redirect")
MARKS = {kind: re.compile(f"zqb{kind}", re.IGNORECASE) for kind in KINDS}
_OF_ADMINS = ("redirect", "badge", "words", "searchpromotion")


def build() -> None:
    _make_index_of_words()
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")
    Site.objects.all().delete()
    _tenant("a", OURS)
    _tenant("zqb", OTHER)
    start_band(7)


def _make_index_of_words() -> None:
    """As Wagtail's migrations make it (wagtail/search/migrations/0006): tables are made without."""
    table, fts = "wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"
    columns = "title, body, autocomplete, rowid"
    row = "NEW.title, NEW.body, NEW.autocomplete, NEW.id"
    insert = f"INSERT INTO {fts}({columns}) VALUES ({row})"  # noqa: S608 - names of tables
    delete = f"DELETE FROM {fts} WHERE rowid = OLD.id"  # noqa: S608 - names of tables
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {fts}")
        cursor.execute(f"CREATE VIRTUAL TABLE {fts} USING fts5(autocomplete, body, title)")
        cursor.execute(f"CREATE TRIGGER i_fts AFTER INSERT ON {table} BEGIN {insert}; END")
        cursor.execute(f"CREATE TRIGGER d_fts AFTER DELETE ON {table} BEGIN {delete}; END")
        change = f"{delete}; {insert}"
        cursor.execute(f"CREATE TRIGGER u_fts AFTER UPDATE ON {table} BEGIN {change}; END")


def foreign_ids() -> list[int]:
    """The id that every table of the other tenant has, and its pages."""
    start = OTHER * 1_000_000
    pages = Page.objects.filter(pk__gt=start, pk__lt=start + 1_000_000)
    return list(dict.fromkeys([start + 1, *pages.values_list("pk", flat=True)]))


def own_ids() -> dict[str, int]:
    home, below = Page.objects.get(slug="apublic"), Page.objects.get(slug="a-below")
    return {
        "page_id": below.pk,
        "parent_page_id": home.pk,
        "page_to_move_id": below.pk,
        "destination_id": home.pk,
        "revision_id": below.latest_revision_id,
        "pk": below.pk,
    }


def _tenant(word: str, number: int) -> None:
    start_band(number)
    home = StockPage(title=f"{word}public", slug=f"{word}public", words=f"{word}public")
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.create(hostname=f"{word}.test", root_page=home, is_default_site=word == "a")
    collection = Collection.get_first_root_node().add_child(name=f"{word}file")
    editors, user = _people(word, home, collection)
    _pages(word, home, user)
    _files(word, collection, user)
    badge = Badge.objects.create(name=f"{word}snippet")
    badge.name = f"{word}snippet draft"
    badge.save_revision(user=user)
    Words.objects.create(site=site, words=f"{word}setting")
    Redirect.objects.create(
        old_path=f"/{word}redirect", site=site, redirect_link=f"/{word}redirect"
    )
    _workflow(word, home, editors, user)


def _people(word: str, home: Page, collection: Collection) -> tuple[Group, User]:
    editors, admins = (Group.objects.create(name=f"{word}user {n}") for n in ("editors", "admins"))
    access = Permission.objects.get(
        content_type=ContentType.objects.get_for_model(Admin), codename="access_admin"
    )
    for group in (editors, admins):
        group.permissions.add(access)
        for name in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=name
            )
            GroupPagePermission.objects.create(group=group, page=home, permission=permission)
        for model in ("image", "document"):
            for act in ("add", "change", "choose"):
                permission = Permission.objects.get(codename=f"{act}_{model}")
                GroupCollectionPermission.objects.create(
                    group=group, collection=collection, permission=permission
                )
    admins.permissions.add(
        *Permission.objects.filter(content_type__model__in=_OF_ADMINS).exclude(
            content_type__app_label="wagtailcore"
        )
    )
    for name, group in (("editor", editors), ("admin", admins)):
        user = User.objects.create_user(
            f"{word}user-{name}", f"{word}user-{name}@example.com", first_name=f"{word}user"
        )
        user.groups.add(group)
    return editors, User.objects.get(username=f"{word}user-editor")


def _pages(word: str, home: Page, user: User) -> None:
    below = StockPage(title=f"{word} below", slug=f"{word}-below", words=f"{word}draft", live=False)
    home.add_child(instance=below)
    below.title = f"{word}draft"
    below.save_revision(user=user)
    below.locked, below.locked_by, below.locked_at = True, user, timezone.now()
    below.save()
    form = home.add_child(instance=StockForm(title=f"{word}public form", slug=f"{word}-form"))
    FormSubmission.objects.create(page=form, form_data={"name": f"{word}note"})
    home.title, home.words = f"{word}draft home", f"{word}draft"
    home.save_revision(user=user)
    log(below, "wagtail.edit", user=user, data={"note": f"{word}note"}, title=f"{word}note")


def _files(word: str, collection: Collection, user: User) -> None:
    content = BytesIO()
    Picture.new("RGB", (60, 40), "#336699").save(content, "PNG")
    fields: dict[str, Any] = {"collection": collection, "uploaded_by_user": user}
    image = Image.objects.create(
        title=f"{word}file", file=ContentFile(content.getvalue(), f"{word}file.png"), **fields
    )
    document = Document.objects.create(
        title=f"{word}file", file=ContentFile(b"words", f"{word}file.pdf"), **fields
    )
    for each in (image, document):
        each.tags.add(f"{word}tag")


def _workflow(word: str, home: Page, group: Group, user: User) -> None:
    workflow = Workflow.objects.create(name=f"{word}note")
    task = Task.objects.create(name=f"{word}note")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home.page_ptr)
    workflow.start(home, user)
