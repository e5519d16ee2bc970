"""Which rows are a clinic's own: model by model, parents first, with the question that finds them.

Every model of the installation is in `OWNED` or in `NOT_OWNED` with the reason; a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, Page

from clinics.models import ClinicFacts, ClinicPage


@dataclass(frozen=True)
class Estate:
    """One clinic and the ids from which everything else of it is found."""

    # None: its pages are gone, and only collections are left over.
    clinic: ClinicPage | None
    left_over: Sequence[int] = ()
    _ids: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def pages(self) -> list[int]:
        if self.clinic is None:
            return []
        below = Page.objects.filter(path__startswith=self.clinic.path)
        return list(below.order_by("path").values_list("pk", flat=True))

    @cached_property
    def collections(self) -> list[int]:
        """The clinic's own and those below it."""
        facts = ClinicFacts.objects.filter(clinic=self.clinic).select_related("collection").first()
        root = facts.collection if facts else None
        below = Q(pk__in=self.left_over)
        # Not the root of all collections, which a clinic without one may have.
        if root is not None and root.depth > 1:
            below |= Q(path__startswith=root.path)
        found = Collection.objects.filter(below).order_by("path")
        return list(found.values_list("pk", flat=True))

    def ids(self, label: str) -> list[Any]:
        """Ids of the clinic's own rows of a model."""
        if label not in self._ids:
            self._ids[label] = list(self.rows(label).values_list("pk", flat=True))
        return self._ids[label]

    def rows(self, label: str) -> QuerySet[Any]:
        return model_of(label)._base_manager.filter(OWNED[label](self)).order_by("pk")


type Question = Callable[[Estate], Q]


def model_of(label: str) -> type[Model]:
    return apps.get_model(label)


def label_of(model: type[Model]) -> str:
    return str(model._meta.label_lower)


def estates_rows(estate: Estate) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Every owned model with the clinic's rows of it, parents first."""
    for label in OWNED:
        yield label, estate.rows(label)


def _of_pages(name: str) -> Question:
    return lambda estate: Q(**{f"{name}__in": estate.pages})


def _of_clinic(name: str = "clinic") -> Question:
    return lambda e: Q(**{name: e.clinic.pk}) if e.clinic else Q(pk__in=[])


def _of(label: str, name: str) -> Question:
    return lambda estate: Q(**{f"{name}__in": estate.ids(label)})


def _about(labels: Iterable[str], *, by_base: bool = False) -> Question:
    """Rows with a content type and an id that are about rows of these models."""
    type_name = "base_content_type" if by_base else "content_type"

    def question(estate: Estate) -> Q:
        found = Q(pk__in=[])
        for label in labels:
            kind = ContentType.objects.get_for_model(model_of(label))
            found |= Q(**{type_name: kind, "object_id__in": _texts(label, estate)})
        return found

    return question


def _texts(label: str, estate: Estate) -> list[str]:
    ids = estate.pages if label == _PAGE else estate.ids(label)
    return [str(each) for each in ids]


_PAGE, _PICTURE, _DOCUMENT = "wagtailcore.page", "cms.clinicimage", "wagtaildocs.document"
_pages = _of_pages("pk")

OWNED: dict[str, Question] = {
    "wagtailcore.collection": lambda estate: Q(pk__in=estate.collections),
    "wagtailcore.collectionviewrestriction": lambda e: Q(collection__in=e.collections),
    "wagtailcore.collectionviewrestriction_groups": _of(
        "wagtailcore.collectionviewrestriction", "collectionviewrestriction"
    ),
    "wagtailcore.groupcollectionpermission": lambda e: Q(collection__in=e.collections),
    _PICTURE: lambda estate: Q(collection__in=estate.collections),
    "cms.clinicrendition": _of(_PICTURE, "image"),
    _DOCUMENT: lambda estate: Q(collection__in=estate.collections),
    "taggit.taggeditem": _about([_PICTURE, _DOCUMENT]),
    _PAGE: _pages,
    "wagtailcore.revision": _about([_PAGE], by_base=True),
    "clinics.clinicpage": _pages,
    "clinics.person": _of_clinic(),
    "clinics.localpage": _pages,
    "clinics.locationindexpage": _pages,
    "clinics.locationpage": _pages,
    "articles.articlemountpage": _pages,
    "articles.localarticlepage": _pages,
    "articles.localarticlepage_services": _of("articles.localarticlepage", "localarticlepage"),
    "articles.localversionpage": _pages,
    "articles.indexdecision": _of("articles.localversionpage", "version"),
    "articles.sectionoffer": _of("articles.localversionpage", "version"),
    "articles.review": _of_pages("page"),
    "articles.heldarticle": _of_clinic(),
    "articles.claimoverride": _of_pages("page"),
    "articles.claimcheck": _of_clinic(),
    "articles.safetyacknowledgement": _of_clinic(),
    "clinics.clinicfacts": _of_clinic(),
    "clinics.clinicfacts_services": _of("clinics.clinicfacts", "clinicfacts"),
    "clinics.factschange": _of_pages("page"),
    "clinics.factssuggestion": _of_clinic(),
    "clinics.suggestedfact": _of("clinics.factssuggestion", "suggestion"),
    "clinics.locationaddress": _of_pages("location"),
    "clinics.hostalias": _of_pages("page"),
    "clinics.locationfacts": _of_clinic(),
    "clinics.openinghours": _of("clinics.locationfacts", "location"),
    "clinics.specialhours": _of("clinics.locationfacts", "location"),
    "clinics.membership": _of_pages("page"),
    "clinics.tapcount": _of_clinic(),
    "wagtailcore.site": _of_pages("root_page"),
    "wagtailcore.groupsitepermission": _of("wagtailcore.site", "site"),
    "wagtailcore.grouppagepermission": _of_pages("page"),
    "wagtailcore.pageviewrestriction": _of_pages("page"),
    "wagtailcore.pageviewrestriction_groups": _of(
        "wagtailcore.pageviewrestriction", "pageviewrestriction"
    ),
    "wagtailcore.pagesubscription": _of_pages("page"),
    "wagtailcore.comment": _of_pages("page"),
    "wagtailcore.commentreply": _of("wagtailcore.comment", "comment"),
    "wagtailcore.workflowpage": _of_pages("page"),
    "wagtailcore.workflowstate": _about([_PAGE], by_base=True),
    "wagtailcore.taskstate": _of("wagtailcore.workflowstate", "workflow_state"),
    "wagtailcore.pagelogentry": _of_pages("page"),
    "wagtailcore.modellogentry": _about(["clinics.person", _PICTURE, _DOCUMENT]),
}

# What happened stays written, also what happened after the backup: only missing entries come back.
# With the columns by which an entry is known: first what it is about.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "articles.claimoverride": ("page_id", "made_at", "digest"),
    "wagtailcore.pagelogentry": ("page_id", "timestamp", "action"),
    "wagtailcore.modellogentry": ("object_id", "timestamp", "action"),
}

_GROUPS, _LIBRARY = "belongs to the group", "belongs to the library; referred to by its key"
DERIVED = "made anew from the rows that it is about"
_PASSING = "a passing state of somebody's work or session"
_PERSONS = "belongs to a person, who may work for several clinics; named by the user name"
_INSTALLATION = "the same for the whole installation"

NOT_OWNED: dict[str, str] = {
    **dict.fromkeys(("clinics.franchisepage", "clinics.hubpage", "clinics.statement"), _GROUPS),
    **dict.fromkeys(("clinics.bulkchange", "clinics.bulkrow"), _GROUPS),
    **dict.fromkeys(
        (
            *("clinics.service", "articles.articlelibrarypage", "articles.articlepage"),
            *("articles.articlepage_related", "articles.articlepage_services"),
            *("articles.articletag", "articles.articlerelease", "articles.articleaddress"),
            *("articles.releasetext", "articles.source"),
            *("articles.figure", "articles.term"),
            *("articles.articleimport", "articles.importedfile"),
        ),
        _LIBRARY,
    ),
    **dict.fromkeys(
        (
            *("wagtailcore.referenceindex", "wagtailsearch.indexentry"),
            *("wagtailsearch.sqliteftsindexentry", "clinics.purgeoutbox"),
            *("clinics.purgedelivery", "clinics.purgenode"),
        ),
        DERIVED,
    ),
    **dict.fromkeys(
        (
            *("wagtailadmin.editingsession", "wagtailadmin.formstate", "sessions.session"),
            *("wagtailcore.uploadedfile", "django_tasks_database.dbtaskresult"),
        ),
        _PASSING,
    ),
    **dict.fromkeys(
        (
            *("cms.user", "cms.user_groups", "cms.user_user_permissions"),
            *("wagtailusers.userprofile", "wagtailcore.apitoken", "mfa.authenticator"),
            *("account.emailaddress", "account.emailconfirmation"),
        ),
        _PERSONS,
    ),
    **dict.fromkeys(
        (
            *("clinics.publisherapproval", "wagtailadmin.admin", "wagtailcore.locale"),
            *("wagtailcore.workflowcontenttype", "wagtailcore.workflow", "wagtailcore.task"),
            *("wagtailcore.workflowtask", "wagtailcore.groupapprovaltask"),
            *("wagtailcore.groupapprovaltask_groups", "taggit.tag", "auth.permission"),
            *("auth.group", "auth.group_permissions", "contenttypes.contenttype"),
        ),
        _INSTALLATION,
    ),
    **dict.fromkeys(
        ("wagtailimages.image", "wagtailimages.rendition"),
        "the project has a model of its own for pictures",
    ),
}
