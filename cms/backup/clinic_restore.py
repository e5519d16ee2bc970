"""One clinic back out of an archive: exactly its rows and files, and nobody else's.

One transaction: the rows that are here go, those of the archive come, with the same ids wherever
these are free. What is derived from them is made anew, and edges drop what they keep of the clinic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search import index
from wagtail.search.models import IndexEntry

from clinics.edge.changes import bump
from clinics.edge.touching import of_group
from clinics.models import ClinicPage
from cms.backup import media, rows
from cms.backup.archive import Archive, BackupError, opened_archive
from cms.backup.clinic_backup import FILE_MODELS, KIND, file_names
from cms.backup.clinic_plan import Gap, Plan
from cms.backup.installation import Loss, migration_state
from cms.backup.keys import root_label
from cms.backup.log_actions import RESTORED
from cms.backup.owned import APPEND_ONLY, OWNED, label_of, model_of
from cms.backup.places import take_places

_LISTED = 30


@dataclass(frozen=True)
class Restored:
    """What came back, and what could not. `detached` names rows of others that lost a reference."""

    clinic: ClinicPage
    rows: int
    files: int
    gaps: tuple[Gap, ...]
    detached: tuple[str, ...]


def check_clinic(path: Path) -> dict[str, Any]:
    """Read every byte of an archive without restoring it; returns its manifest."""
    with opened_archive(path, KIND) as archive:
        archive.verify()
        return dict(archive.manifest)


def clinic_losses(path: Path, slug: str) -> list[Loss]:
    """The clinic's rows here beside those of the archive, by kind; kinds alike are left out."""
    with opened_archive(path, KIND) as archive:
        _refuse(archive, slug)
        plan = Plan(archive)
        found = []
        for label, some in plan.stored.items():
            ids = plan.present[root_label(model_of(label))]
            now = model_of(label)._base_manager.filter(pk__in=ids).count()
            is_told = label not in APPEND_ONLY and not model_of(label)._meta.auto_created
            if now != len(some) and is_told:
                found.append(Loss(str(model_of(label)._meta.verbose_name_plural), now, len(some)))
        return found


def restore_clinic(
    path: Path, slug: str, *, replace: bool = False, skip_missing: bool = False
) -> Restored:
    """Put the clinic back. Raises BackupError with nothing changed.

    `replace` is needed when the clinic is here; with `skip_missing`, what refers to something that
    is not here is left out and listed instead of refused.
    """
    with opened_archive(path, KIND) as archive:
        _refuse(archive, slug)
        archive.verify()
        with transaction.atomic():
            plan = Plan(archive)
            if plan.clinic and not replace:
                raise BackupError(
                    _("%(clinic)s is here: use --replace to overwrite it.")
                    % {"clinic": plan.clinic}
                )
            _refuse_gaps(plan, skip_missing=skip_missing)
            take_places(plan)
            detached = _detach(plan, skip_missing=skip_missing)
            names = _file_names_here(plan)
            orphans = _files_of(plan.present) - set(names.values())
            _forget_derived(plan)
            with media.placed_files(archive, names):
                _exchange(plan)
                clinic = _make_derived(plan)
                connection.check_constraints()
            transaction.on_commit(lambda: _after(orphans))
    count = sum(map(len, plan.rows.values()))
    return Restored(clinic, count, len(names), tuple(plan.gaps), tuple(detached))


def _refuse(archive: Archive, slug: str) -> None:
    manifest = archive.manifest
    if manifest["clinic"] != slug:
        raise BackupError(
            _("This is a backup of “%(there)s”, not of “%(asked)s”.")
            % {"there": manifest["clinic"], "asked": slug}
        )
    if set(manifest["migrations"]) != set(migration_state()):
        raise BackupError(
            _("The archive was made by version %(version)s with other migrations.")
            % {"version": manifest["version"]}
        )


def _refuse_gaps(plan: Plan, *, skip_missing: bool) -> None:
    if plan.parent is None:
        raise BackupError(_("The franchise that the clinic belongs to is not here: make it first."))
    is_whole = len(plan.rows[label_of(ClinicPage)]) == 1
    lines = [str(gap) for gap in sorted(plan.gaps, key=lambda gap: not gap.takes_row)]
    skip_missing &= is_whole
    if lines and not skip_missing:
        raise BackupError(
            _(
                "Nothing was changed. Restore what is missing first, or use --skip-missing to "
                "leave out what needs it:\n%(lines)s"
            )
            % {"lines": _list(lines)}
        )


def _detach(plan: Plan, *, skip_missing: bool) -> list[str]:
    """Rows of others that refer to what does not come back; refused, or their references lost."""
    lines: list[str] = []
    stuck: list[str] = []
    for field, row in _references_from_others(plan):
        line = f"{row._meta.verbose_name} “{row}”, {field.name}"
        (lines if field.null else stuck).append(line)
        if field.null and skip_missing:
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: None})
    if stuck or (lines and not skip_missing):
        raise BackupError(
            _(
                "Nothing was changed. These refer to something of the clinic that the archive does "
                "not have; change them first:\n%(lines)s"
            )
            % {"lines": _list([*stuck, *lines])}
        )
    return lines


def _references_from_others(plan: Plan) -> Iterator[tuple[Any, Any]]:
    gone = {label: ids for label, ids in plan.gone.items() if ids}
    for model in apps.get_models(include_auto_created=True):
        own = plan.present[root_label(model)] if label_of(model) in OWNED else set()
        for field in model._meta.local_concrete_fields:
            if not field.is_relation or not field.db_constraint or field.remote_field.parent_link:
                continue
            ids = gone.get(root_label(field.related_model))
            if ids:
                others = model._base_manager.filter(**{f"{field.name}__in": ids})
                for row in others.exclude(pk__in=own):
                    yield field, row


def _file_names_here(plan: Plan) -> dict[str, str]:
    """Uploads in the archive → here. A name that somebody else's upload has gets another."""
    there = {name for name in plan.archive.names if name.startswith(media.FOLDER)}
    found = {}
    for name in file_names(plan.rows):
        if media.FOLDER + name in there:
            found[name] = name
    others = _files_of(plan.present, others=True) & set(found)
    for name in others:
        folder, _slash, base = name.rpartition("/")
        found[name] = f"{folder}/restored-{plan.root['id']}-{base}"
    for label in FILE_MODELS:
        for values in plan.rows[label]:
            values["file"] = found.get(values["file"], values["file"])
    return found


def _files_of(present: dict[str, set[int]], *, others: bool = False) -> set[str]:
    """Names of the uploads of the clinic's rows here, or of everybody else's."""
    found: set[str] = set()
    for label in FILE_MODELS:
        files = model_of(label)._base_manager.all()
        ids = present[label]
        files = files.exclude(pk__in=ids) if others else files.filter(pk__in=ids)
        found |= set(files.values_list("file", flat=True))
    return found


def _exchange(plan: Plan) -> None:
    for label in reversed(OWNED):
        if label not in APPEND_ONLY:
            rows.delete(label, plan.present[root_label(model_of(label))])
    for label in OWNED:
        some = plan.rows[label]
        if label in APPEND_ONLY:
            some = _missing_entries(label, some)
        try:
            with transaction.atomic():
                rows.insert(label, some)
        except IntegrityError as error:
            raise BackupError(
                _("Nothing was changed. %(kind)s: somebody else has the same (%(error)s).")
                % {"kind": model_of(label)._meta.verbose_name_plural, "error": error}
            ) from error
    rows.reset_sequences(OWNED)
    _count_children(plan)


def _missing_entries(label: str, some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = about, *others = APPEND_ONLY[label]
    entries = model_of(label)._base_manager
    # One that outlived its page belongs to it again.
    subjects = {_entry(values, others): values[about] for values in some}
    for orphan in entries.filter(**{about: None}):
        subject = subjects.get(_entry(rows.values_of(orphan), others))
        entries.filter(pk=orphan.pk).update(**{about: subject})
    about_them = entries.filter(**{f"{about}__in": {v[about] for v in some}})
    here = {_entry(rows.values_of(entry), columns) for entry in about_them}
    return [values for values in some if _entry(values, columns) not in here]


def _entry(values: dict[str, Any], columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[column] for column in columns)


def _count_children(plan: Plan) -> None:
    for label in ("wagtailcore.page", "wagtailcore.collection"):
        model: Any = model_of(label)
        ids = [values["id"] for values in plan.rows[label]]
        for node in list(model.objects.filter(pk__in=ids)):
            for each in (node, node.get_parent()):
                count = model.objects.filter(
                    path__startswith=each.path, depth=each.depth + 1
                ).count()
                if each.numchild != count:
                    model.objects.filter(pk=each.pk).update(numchild=count)


def _forget_derived(plan: Plan) -> None:
    for label, ids in plan.present.items():
        types = [m for m in apps.get_models() if root_label(m) == label]
        kinds = [ContentType.objects.get_for_model(model) for model in types]
        texts = [str(id_) for id_ in ids]
        for model in (ReferenceIndex, IndexEntry):
            model.objects.filter(content_type__in=kinds, object_id__in=texts).delete()


def _make_derived(plan: Plan) -> ClinicPage:
    for label, some in plan.rows.items():
        model = model_of(label)
        is_part = bool(model._meta.parents or model._meta.auto_created)
        if is_part or label in APPEND_ONLY:
            continue
        is_searched = issubclass(model, index.Indexed)
        if not is_searched and not ReferenceIndex.model_is_indexable(model):
            continue
        name = model._meta.pk.attname
        ids = [values[name] for values in some]
        found = Page.objects.filter(pk__in=ids).specific() if model is Page else None
        for row in model._base_manager.filter(pk__in=ids) if found is None else found:
            if ReferenceIndex.model_is_indexable(type(row)):
                ReferenceIndex.create_or_update_for_object(row)
            if is_searched:
                index.insert_or_update_object(row)
    clinic = ClinicPage.objects.get(pk=plan.own["wagtailcore.page"][plan.root["id"]])
    bump(f"c:{clinic.pk}", *of_group(clinic), *_shown_elsewhere(plan))
    log(clinic, RESTORED, data={"made_at": plan.archive.manifest["made_at"]})
    return clinic


def _shown_elsewhere(plan: Plan) -> set[str]:
    """The clinic's people and pictures, those that went and those that came."""
    kinds = {"clinics.person": "p", get_image_model()._meta.label_lower: "i"}
    return {
        f"{kind}:{pk}"
        for label, kind in kinds.items()
        for pk in {*plan.own.get(label, {}).values(), *plan.present.get(label, ())}
    }


def _after(orphans: set[str]) -> None:
    """Files of rows that went; and what a process keeps of the table of sites."""
    for name in orphans:
        (media.media_root() / name).unlink(missing_ok=True)
    Site.clear_site_root_paths_cache()
    cache.clear()


def _list(lines: list[str]) -> str:
    shown = [f"- {line}" for line in lines[:_LISTED]]
    more = len(lines) - len(shown)
    return "\n".join([*shown, *([_("and %(count)s more") % {"count": more}] if more else [])])
