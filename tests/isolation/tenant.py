"""Another clinic, with a mark in every text, file, colour, tag and draft that it owns.

The first row of each of its tables has the id k * 1,000,000 + 1, so that one id fits every model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    Page,
    PageViewRestriction,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.search import index

from articles.models import ClaimCheck, ClaimOverride, LocalVersionPage, SectionOffer
from articles.opening import mount_library
from clinics.choices import BulkState, LocalPageKind, Role, TextStatus
from clinics.clinic import Brand
from clinics.creating import NewClinic, create_clinic, create_franchise, create_location
from clinics.facts import save_facts
from clinics.hours import parse_hours
from clinics.models import (
    BulkChange,
    BulkRow,
    ClinicPage,
    FranchisePage,
    HostAlias,
    LocalPage,
    LocationPage,
    Person,
    TapCount,
)
from clinics.phones import parse_number
from clinics.suggesting.proposing import suggest
from tests.articles.factories import make_local_version, make_own_article, override, text
from tests.factories import World, make_staff
from tests.isolation.rows import start_band

# What a mark gives away. What a clinic publishes is "public"; all else is its own.
KINDS = ("public", "draft", "fact", "file", "tag", "user", "note")
_LETTERS = {2: "b", 3: "c"}
_COLOURS = {2: "#5b2a1b", 3: "#1b2a5b"}
_NUMBERS = {2: "(561) 555-017", 3: "(305) 555-018"}


def mark(number: int, kind: str) -> str:
    """A word that only this clinic says, such as zqbdraft."""
    return f"zq{_LETTERS[number]}{kind}"


def marks_of(*numbers: int) -> dict[str, re.Pattern[str]]:
    """What to look for in answers, by what it gives away."""
    words = {kind: [mark(number, kind) for number in numbers] for kind in KINDS}
    words["colour"] = [_COLOURS[number] for number in numbers]
    digits = [re.sub(r"\D", "", _NUMBERS[number]) for number in numbers]
    words["number"] = [r"[^\d]*".join(each) for each in digits]
    return {kind: re.compile("|".join(each), re.IGNORECASE) for kind, each in words.items()}


def plant_tenant(number: int, world: World, article: Any, *, apart: bool) -> ClinicPage:
    """A clinic of the world's franchise, or `apart` in one of its own."""
    start_band(number)
    word = {kind: mark(number, kind) for kind in KINDS}
    franchise = create_franchise(word["public"] + " group") if apart else world.franchise
    clinic = create_clinic(franchise, _new_clinic(number, word))
    mount_library(clinic, world.library)
    if apart:
        make_staff(word["user"] + "-admin", Role.FRANCHISE_ADMIN, franchise)
    user = _people(word, clinic)
    image = _files(number, word, clinic, user)
    _places(number, word, clinic)
    _pages(word, clinic, article, image, user)
    _traces(word, clinic, article, user)
    Page.objects.filter(path__startswith=clinic.path).update(owner=user)
    # Tasks do not run in the tests, and what is not in the index cannot be found by a search.
    for row in (*Page.objects.descendant_of(clinic, inclusive=True).specific(), image):
        index.insert_or_update_object(row)
    return ClinicPage.objects.get(pk=clinic.pk)


def ids_of(number: int) -> dict[str, list[int]]:
    """The ids of its pages by type; the first of all tables is `base`."""
    start = number * 1_000_000
    found: dict[str, list[int]] = {"base": [start + 1]}
    for page in Page.objects.filter(pk__gt=start, pk__lt=start + 1_000_000).specific():
        found.setdefault(page._meta.model_name, []).append(page.pk)
    return found


def _new_clinic(number: int, word: Mapping[str, str]) -> NewClinic:
    return NewClinic(
        name=f"{word['public'].title()} Clinic",
        slug=word["public"],
        host=f"{word['public']}.test",
        brand=Brand(_COLOURS[number], "#f2a541"),
        facts={"legal_name": f"{word['public']} PLLC", "state": "FL"},
    )


def _places(number: int, word: Mapping[str, str], clinic: ClinicPage) -> None:
    first = _location(number, word, "First", f"{_NUMBERS[number]}1")
    place = create_location(clinic, first, parse_hours("Mon-Fri 09:00-17:00"))
    other = create_location(clinic, _location(number, word, "Second", f"{_NUMBERS[number]}2"))
    save_facts(place.facts, {"neighbour": other}, user=None, base_version=1)
    place.text = f"<p>{word['draft']}</p>"
    place.save_revision()
    HostAlias.objects.create(page=clinic, hostname=f"{word['fact']}.test")


def _location(number: int, word: Mapping[str, str], name: str, phone: str) -> dict[str, Any]:
    return {
        "name": f"{word['public']} {name}",
        "street": f"1 {word['public']} Road",
        "city": word["public"],
        "state": "FL",
        "zip_code": "33483",
        "parking": word["public"],
        "service_areas": [word["public"]],
        "main_phone": parse_number(phone),
        "fax": parse_number(f"{_NUMBERS[number]}9"),
        "text_status": TextStatus.NONE,
    }


def _people(word: Mapping[str, str], clinic: ClinicPage) -> Any:
    Person.objects.create(
        name=word["public"], slug=word["public"], bio=word["public"], clinic=clinic
    )
    user = make_staff(word["user"], Role.CLINIC_PUBLISHER, clinic)
    user.first_name = user.last_name = word["user"]
    user.save()
    # A passkey and its name; codes, so that there are some to show.
    Authenticator.objects.create(user=user, type="webauthn", data={"name": word["note"]})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": word["note"]})
    return user


def _files(number: int, word: Mapping[str, str], clinic: ClinicPage, user: Any) -> Any:
    content = BytesIO()
    Image.new("RGB", (60, 40), _COLOURS[number]).save(content, "PNG")
    fields = {"collection": clinic.facts.collection, "uploaded_by_user": user}
    image = get_image_model().objects.create(
        title=word["file"],
        description=word["file"],
        credit=word["file"],
        file=ContentFile(content.getvalue(), name=f"{word['file']}.png"),
        **fields,
    )
    image.tags.add(word["tag"])
    document = get_document_model().objects.create(
        title=word["file"], file=ContentFile(b"words", name=f"{word['file']}.pdf"), **fields
    )
    document.tags.add(word["tag"])
    for model in (get_image_model(), get_document_model()):
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"words", name=f"{word['file']}.txt"),
            uploaded_by_user=user,
        )
    return image


def _pages(
    word: Mapping[str, str], clinic: ClinicPage, article: Any, image: Any, user: Any
) -> None:
    for child in LocalPage.objects.child_of(clinic):
        child.title = child.intro = word["draft"]
        child.save_revision(user=user)
    team = LocalPage.objects.child_of(clinic).filter(kind=LocalPageKind.TEAM).first()
    if team:
        PageViewRestriction.objects.create(
            page=team, restriction_type="password", password=word["note"]
        )
    ours = text(word["draft"], word["draft"], f"<p>{word['draft']}</p>")
    version = make_local_version(
        article, clinic, override("replace", "what", ours), title_override=word["public"]
    )
    version.title_override = word["draft"]
    version.save_revision(user=user)
    own = make_own_article(clinic, word["public"], title=word["public"])
    own.title = word["draft"]
    own.locked, own.locked_by, own.locked_at = True, user, timezone.now()
    own.save()
    own.save_revision(user=user)
    Comment.objects.create(page=own, user=user, text=word["note"], contentpath="title")
    home = ClinicPage.objects.get(pk=clinic.pk)
    home.hero_text, home.logo = word["draft"], image
    home.save_revision(user=user)


def _traces(word: Mapping[str, str], clinic: ClinicPage, article: Any, user: Any) -> None:
    version = LocalVersionPage.objects.get(clinic=clinic)
    SectionOffer.objects.create(
        article=article,
        version=version,
        override=version.overrides.raw_data[0]["id"],
        kind="replace",
        content=version.overrides.raw_data[0]["value"]["content"],
        message=word["note"],
        offered_by=user,
    )
    ClaimOverride.objects.create(
        page=version,
        page_title=word["draft"],
        rule="PERM",
        phrase=word["draft"],
        sentence=word["draft"],
        digest="0" * 64,
        reason=word["note"],
        user=user,
        user_name="planted",
    )
    ClaimCheck.objects.update_or_create(
        clinic=clinic,
        defaults={
            "places": [["own", 0, version.pk]],
            "done": 1,
            "finished_at": timezone.now(),
            "found": [
                {
                    **{"what": "claim", "page": version.pk, "anchor": "", "rule": "PERM"},
                    **{"path": "/own/", "title": word["draft"], "words": word["draft"]},
                    **{"section": word["note"], "advice": word["note"]},
                }
            ],
        },
    )
    save_facts(clinic.facts, {"notice": word["public"]}, user=user, base_version=1)
    suggest(
        clinic.facts, {"legal_name": word["fact"]}, user=user, base_version=2, note=word["note"]
    )
    TapCount.objects.create(
        clinic=clinic,
        path=f"/{word['fact']}/",
        block="header",
        action="call",
        day=date(2026, 1, 1),
        hours=1,
        was_open=True,
        count=3,
    )
    log(clinic, "wagtail.edit", user=user, data={"note": word["note"]})
    content_type = ContentType.objects.get_for_model(ClinicPage)
    EditingSession.objects.create(
        user=user, content_type=content_type, object_id=clinic.pk, last_seen_at=timezone.now()
    )
    _workflow(word, clinic, user)
    _import(word, clinic, user)


def _import(word: Mapping[str, str], clinic: ClinicPage, user: Any) -> None:
    """An import that waits for somebody to run it, with the clinic's own row."""
    bulk = BulkChange.objects.create(
        franchise=FranchisePage.objects.ancestor_of(clinic).get(),
        title=f"{word['note']}.csv",
        made_by=user,
        state=BulkState.CHECKED,
        headers=[word["note"], "fax"],
    )
    place = LocationPage.objects.descendant_of(clinic).first()
    BulkRow.objects.create(
        bulk=bulk,
        number=2,
        label=word["fact"],
        cells=[word["note"], word["fact"]],
        page=place,
        clinic=clinic,
        before={"parking": word["fact"]},
        after={"parking": word["note"]},
    )


def _workflow(word: Mapping[str, str], clinic: ClinicPage, user: Any) -> None:
    workflow = Workflow.objects.create(name=word["note"])
    task = Task.objects.create(name=word["note"])
    page = Page.objects.get(pk=clinic.pk)
    state = WorkflowState.objects.create(
        base_content_type=ContentType.objects.get_for_model(Page),
        content_type=ContentType.objects.get_for_model(ClinicPage),
        object_id=page.pk,
        workflow=workflow,
        requested_by=user,
    )
    state.current_task_state = TaskState.objects.create(
        workflow_state=state, task=task, revision=page.latest_revision, comment=word["note"]
    )
    state.save()
