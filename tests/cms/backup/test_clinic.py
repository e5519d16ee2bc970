"""Issue 5, 7: one clinic alone comes back exactly as it was, and nobody else's rows move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, PageLogEntry, ReferenceIndex, Site

from articles.models import ArticlePage, ArticleRelease, LocalArticlePage, LocalVersionPage, Source
from clinics.creating import create_location
from clinics.facts import save_facts
from clinics.models import ClinicPage, LocalPage, Membership, Person, PurgeOutbox
from cms.backup import clinic_restore
from cms.backup.archive import BackupError
from cms.backup.clinic_backup import own_ids
from cms.backup.clinic_restore import restore_clinic
from cms.backup.owned import APPEND_ONLY, OWNED, Estate, model_of
from tests.articles.factories import make_article, text
from tests.cms.backup.conftest import FULL, Snapshot, empty
from tests.factories import HARBOUR_MARINA, World, build_world, make_staff, remove_world
from tests.isolation.rows import start_band
from tests.isolation.tenant import mark

LOGS = {model_of(label)._meta.db_table for label in APPEND_ONLY}

type Take = Callable[[], Snapshot]


@pytest.fixture
def restore(archive: Path, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Restores the clinic, and does what follows its commit."""

    def run(**options: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return restore_clinic(archive, FULL, **options)

    return run


def clinic_of() -> ClinicPage:
    return ClinicPage.objects.get(slug=FULL)


def owned_rows() -> dict[str, set[str]]:
    """Keys of the clinic's rows by table."""
    estate = Estate(clinic_of())
    return {model_of(label)._meta.db_table: set(map(str, estate.ids(label))) for label in OWNED}


def assert_same(before: Snapshot, now: Snapshot, owned: dict[str, set[str]]) -> None:
    """The clinic's rows and files are as before, not one more or less; its log only grew."""
    for table, keys in owned.items():
        rows, then = now[0][table], before[0][table]
        assert {k: rows.get(k) for k in keys} == {k: then[k] for k in keys}, table
    uploads = {name: file for name, file in before[1].items() if "wagtail_uploads" not in name}
    assert {name: file for name, file in now[1].items() if "zqb" in name} == uploads


def assert_untouched(before: Snapshot, now: Snapshot, owned: dict[str, set[str]]) -> None:
    """Rows that are not the clinic's are the same."""
    for table, rows in before[0].items():
        mine = owned.get(table, set())
        others = {k: v for k, v in rows.items() if k not in mine}
        left = {k: v for k, v in now[0][table].items() if k not in mine}
        if table in LOGS:
            left = {k: v for k, v in left.items() if k in others}
        assert left == others, table


def do_damage(world: World) -> None:
    """Somebody empties the clinic, and puts something else there."""
    clinic = clinic_of()
    LocalArticlePage.objects.descendant_of(clinic).get().delete()
    LocalVersionPage.objects.get(clinic=clinic).revisions.all().delete()
    get_image_model().objects.get(collection=clinic.facts.collection).delete()
    Membership.objects.filter(page=clinic).delete()
    clinic.people.update(name="Somebody else", bio="")
    clinic.location_facts.update(main_phone=None, street="")
    clinic.facts.services.clear()
    clinic.facts_changes.all().delete()
    LocalPage.objects.child_of(clinic).update(body="", live=False)
    create_location(clinic, {**HARBOUR_MARINA, "name": "Added"})
    Person.objects.create(name="Added", slug="added", clinic=clinic)


def work_at_harbour(world: World) -> None:
    save_facts(world.harbour.facts, {"notice": "Closed today"}, user=None, base_version=1)
    page = LocalPage.objects.child_of(world.harbour).first()
    page.title = "Changed since"
    page.save_revision().publish()
    Person.objects.create(name="New", slug="new-at-harbour", clinic=world.harbour)


def test_emptied_clinic_comes_back_row_by_row(
    full: World, restore: Callable[..., Any], snapshot: Take, media: Path
) -> None:
    before, owned = snapshot(), owned_rows()
    do_damage(full)
    work_at_harbour(full)
    empty(media)
    damaged = snapshot()
    extra = owned_rows()
    assert damaged[0]["clinics_person"] != before[0]["clinics_person"]

    restore(replace=True)

    now = snapshot()
    assert_same(before, now, owned)
    both = {table: keys | extra[table] for table, keys in owned.items()}
    assert_untouched(damaged, now, both)
    without_logs = {t: k for t, k in owned_rows().items() if t not in LOGS}
    assert without_logs == {t: k for t, k in owned.items() if t not in LOGS}
    assert Page.find_problems() == Collection.find_problems() == ([], [], [], [], [])


def test_destroyed_clinic_comes_back_row_by_row(
    full: World, restore: Callable[..., Any], snapshot: Take, media: Path
) -> None:
    before, owned = snapshot(), owned_rows()
    clinic = clinic_of()
    # How many children the franchise has is told by the clinic.
    owned["wagtailcore_page"].add(str(full.franchise.pk))
    LocalArticlePage.objects.descendant_of(clinic).get().delete()
    clinic.people.all().delete()
    LocalVersionPage.objects.filter(clinic=clinic).delete()
    clinic.delete()
    empty(media)
    work_at_harbour(full)
    destroyed = snapshot()

    done = restore()

    now = snapshot()
    assert done.gaps == ()
    assert_same(before, now, owned)
    assert_untouched(destroyed, now, owned)
    picture = get_image_model().objects.get(collection=done.clinic.facts.collection)
    used = ReferenceIndex.get_references_to(picture).values_list("object_id", flat=True)
    assert str(LocalArticlePage.objects.descendant_of(done.clinic).get().pk) in used
    # Rows of another band may have higher keys, so that the last key is not the latest row.
    stale = set(PurgeOutbox.objects.latest("created_at").tags)
    assert {f"c{done.clinic.pk}", f"f{full.franchise.pk}", f"i{picture.pk}"} <= stale
    assert PageLogEntry.objects.filter(page=done.clinic, action="cms.clinic.restored").exists()
    assert [p.slug for p in Page.objects.search("zqbpublic")].count(FULL) == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_clinic_moves_to_an_installation_with_other_ids(
    full: World, restore: Callable[..., Any], site_client: Callable[[Page], Any], media: Path
) -> None:
    old, counts = clinic_of(), {k: len(v) for k, v in own_ids(Estate(clinic_of())).items()}
    url_path = LocalArticlePage.objects.descendant_of(old).get().url_path
    _another_installation(media)

    done = restore()

    clinic = clinic_of()
    article, source = ArticlePage.objects.get(slug="shared"), Source.objects.get(slug="trial")
    assert (done.gaps, clinic.get_parent().slug) == ((), "group")
    now = {k: len(v) for k, v in own_ids(Estate(clinic)).items()}
    # The log of the pages that were deleted here to make room stays too.
    assert now.pop("wagtailcore.pagelogentry") > counts.pop("wagtailcore.pagelogentry")
    assert now == counts
    own = LocalArticlePage.objects.descendant_of(clinic).get()
    picture = get_image_model().objects.get(collection=clinic.facts.collection)
    for page in (own, own.get_latest_revision_as_object()):
        linked, cited, shown = page.body.raw_data
        assert f'linktype="page" id="{article.pk}"' in linked["value"]["text"]
        assert f'id="{clinic.pk}"' in linked["value"]["text"]
        assert [item["value"] for item in cited["value"]["sources"]] == [source.pk]
        assert shown["value"]["image"] == page.hero_image_id == picture.pk
        assert page.url_path == own.url_path == url_path
    version = LocalVersionPage.objects.get(clinic=clinic)
    (release,) = article.releases.all()
    assert {o["value"]["base"] for o in version.overrides.raw_data} == {release.number}
    assert set(version.bases.values()) == {release.number}
    assert version.slug == f"local-version-{article.pk}"
    assert Membership.objects.get(page=clinic).user.username == mark(2, "user")
    assert Site.objects.get(root_page=clinic).hostname == f"{FULL}.test"
    assert Page.find_problems() == Collection.find_problems() == ([], [], [], [], [])
    answer = site_client(clinic).get("/conditions/shared/")
    assert (answer.status_code, mark(2, "draft") in answer.content.decode()) == (200, True)


def _another_installation(media: Path) -> None:
    """The same library, franchise and people, all with other ids; one id of ours is taken."""
    LocalArticlePage.objects.descendant_of(clinic_of()).delete()
    LocalVersionPage.objects.all().delete()
    Person.objects.all().delete()
    ArticleRelease.objects.all().delete()
    ArticlePage.objects.get().delete()
    remove_world()
    Source.objects.all().delete()
    empty(media)
    start_band(4)
    build_world()
    make_article("shared", text("what", "What it is"))
    Source.objects.create(slug="trial", title="A trial", publisher="Journal", year=2024)
    make_staff(mark(2, "user"))
    Person.objects.create(pk=2_000_001, name="Other", slug="other-here")


def test_missing_references_are_named_by_record_and_field_and_refuse(
    full: World, restore: Callable[..., Any], snapshot: Take
) -> None:
    user = _lose_source_and_user()
    before = snapshot()

    with pytest.raises(BackupError) as refused:
        restore(replace=True)

    assert snapshot() == before
    words = str(refused.value)
    assert (
        f"membership “2000001”, field user: user “{user}” is not here, and the row needs it"
        in words
    )
    assert "--skip-missing" in words


def test_missing_references_are_left_out_when_told_so(
    full: World, restore: Callable[..., Any]
) -> None:
    _lose_source_and_user()

    done = restore(replace=True, skip_missing=True)

    own = LocalArticlePage.objects.descendant_of(clinic_of()).get()
    assert own.body.raw_data[1]["value"]["sources"][0]["value"] is None
    assert own.body.raw_data[0]["value"]["text"].count("<a ") == 2
    assert not Membership.objects.filter(page=clinic_of()).exists()
    lost = "field body sources: source “Journal (2024): A trial” is not here"
    assert any(str(gap).endswith(f"“zqbdraft”, {lost}") for gap in done.gaps)


def _lose_source_and_user() -> str:
    user = Membership.objects.get(page=clinic_of()).user
    Source.objects.get(slug="trial").delete()
    get_user_model().objects.filter(pk=user.pk).delete()
    return str(user.username)


def test_what_others_refer_to_does_not_vanish(
    full: World, restore: Callable[..., Any], snapshot: Take
) -> None:
    person = Person.objects.create(name="Since", slug="since", clinic=clinic_of())
    ArticlePage.objects.filter(slug="shared").update(author=person)
    before = snapshot()

    with pytest.raises(BackupError, match="Shared”, author"):
        restore(replace=True)

    assert snapshot() == before


def test_restore_that_fails_half_way_changes_nothing(
    full: World, restore: Callable[..., Any], snapshot: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_damage(full)
    before = snapshot()

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(clinic_restore, "_make_derived", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        restore(replace=True)

    assert snapshot() == before


def test_clinic_that_is_there_needs_replace(full: World, archive: Path, capsys: Any) -> None:
    clinic_of().people.all().update(clinic=None)
    Person.objects.create(name="Since", slug="since", clinic=clinic_of())
    Person.objects.create(name="Since", slug="since-2", clinic=clinic_of())

    with pytest.raises(CommandError, match="is here: use --replace"):
        call_command("restore", str(archive), clinic=FULL)
    with pytest.raises(CommandError, match="not of “harbour”"):
        call_command("restore", str(archive), clinic="harbour")
    with pytest.raises(CommandError, match="one clinic: name it"):
        call_command("restore", str(archive))

    assert "people: 3 now, 1 in the backup" in capsys.readouterr().out


def test_backup_of_an_unknown_clinic_names_those_that_there_are(
    full: World, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"no clinic “nowhere”\. Known: .*harbour"):
        call_command("backup", str(tmp_path / "x.tar"), clinic="nowhere")

    assert list(tmp_path.glob("*.tar*")) == []
