"""Every model is a clinic's own or is not, and somebody has thought about which."""

from __future__ import annotations

from django.apps import apps

from clinics.models import ClinicPage
from cms.backup.keys import root_label
from cms.backup.owned import NOT_OWNED, OWNED, Estate, label_of, model_of
from tests.cms.backup.conftest import FULL
from tests.factories import World

# Kinds of rows that only superusers make, or that no clinic of ours has.
_NEVER = {
    "wagtailcore.collectionviewrestriction",
    "wagtailcore.collectionviewrestriction_groups",
    "wagtailcore.groupcollectionpermission",
    "wagtailcore.groupsitepermission",
    "wagtailcore.grouppagepermission",
    "wagtailcore.pageviewrestriction_groups",
    "wagtailcore.workflowpage",
}


def test_every_model_is_owned_or_named_as_not_owned() -> None:
    every = {label_of(model) for model in apps.get_models(include_auto_created=True)}
    optional = {"wagtailsearch.sqliteftsindexentry"}

    assert every - {*OWNED, *NOT_OWNED} == set(), "add it to cms/backup/owned.py"
    assert {*OWNED, *NOT_OWNED} - every - optional == set()
    assert {*OWNED} & {*NOT_OWNED} == set()


def test_rows_that_a_clinic_takes_with_it_are_owned() -> None:
    """Whatever a database would delete with a clinic's rows has to come back with them."""
    forgotten = set()
    for label in OWNED:
        for relation in model_of(label)._meta.related_objects:
            is_taken = getattr(relation.on_delete, "__name__", "") == "CASCADE"
            if is_taken and relation.field.model._meta.auto_created is False:
                forgotten.add(label_of(relation.field.model))

    # Pages of other kinds, and what hangs on pages that are no clinic's.
    others = {
        label for label in NOT_OWNED if root_label(model_of_or_page(label)) == "wagtailcore.page"
    }
    assert forgotten - {*OWNED} - others == {
        "articles.articleaddress",
        "articles.articlerelease",
    } & (forgotten - {*OWNED})


def model_of_or_page(label: str):
    return model_of(label) if label != "wagtailsearch.sqliteftsindexentry" else ClinicPage


def test_planted_clinic_has_rows_of_each_kind(full: World) -> None:
    """Else the drill would prove nothing of that kind."""
    estate = Estate(ClinicPage.objects.get(slug=FULL))

    without = {label for label in OWNED if not estate.rows(label).exists()}

    assert without - _NEVER == set()
