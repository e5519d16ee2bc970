"""Registrations of the clinics app with Wagtail, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import swapper
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from clinics.admin.acts_log import register_acts_log
from clinics.admin.editor_scripts import editor_scripts
from clinics.admin.facts_log import FactsChangeFormatter
from clinics.admin.index import my_clinic_menu_item
from clinics.admin.license import VerifyLicense
from clinics.admin.menu import hide_menu_items, hide_summary_items
from clinics.admin.my_numbers import my_numbers_menu_item
from clinics.admin.page_edit import PagesViewSet
from clinics.admin.pages_api import take_over_pages
from clinics.admin.people import people, people_chooser
from clinics.admin.print_styles import print_styles
from clinics.admin.shared_rows import ServiceViewSet, StatementViewSet
from clinics.admin.suggestions import suggestions_menu_item
from clinics.admin.team.screens import team_menu_item
from clinics.admin.today_panel import add_today_panel
from clinics.admin.two_texts import TwoTextsView
from clinics.facts import LOG_ACTION
from clinics.gate.choosers import linkable_only
from clinics.models import Person, Service, Statement
from clinics.picture_palette import PaletteOperation
from clinics.roles.collection_policies import document_policy, image_policy
from clinics.roles.people_policy import PeoplePolicy
from clinics.roles.policy import MembershipPagePolicy
from clinics.roles.shared_rows_policy import SharedRowsPolicy
from clinics.team.history import register_team_log

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver
    from wagtail.log_actions import LogActionRegistry

# First: a policy must be there before anybody asks for one.
register_permission_policy(
    AbstractPage, MembershipPagePolicy(swapper.get_model_name("wagtailcore", "Page"))
)
# Exact classes win over the stock policies, which the apps of images and documents register after
# this module was loaded: `wagtail.snippets` loads every wagtail_hooks when it is made ready.
register_permission_policy(get_image_model(), image_policy, exact_class=True)
register_permission_policy(get_document_model(), document_policy, exact_class=True)
register_permission_policy(Person, PeoplePolicy(Person))
register_permission_policy(Service, SharedRowsPolicy(Service))
register_permission_policy(Statement, SharedRowsPolicy(Statement))

register_snippet(ServiceViewSet)
register_snippet(StatementViewSet)

hooks.register("register_admin_menu_item", my_clinic_menu_item)
hooks.register("register_admin_menu_item", suggestions_menu_item)
hooks.register("register_admin_menu_item", team_menu_item)
hooks.register("register_log_actions", register_team_log)
hooks.register("register_admin_menu_item", my_numbers_menu_item)
hooks.register("insert_editor_js", editor_scripts)
hooks.register("insert_global_admin_css", print_styles)
hooks.register("construct_main_menu", hide_menu_items)
hooks.register("construct_help_menu", hide_menu_items)
hooks.register("construct_homepage_summary_items", hide_summary_items)
hooks.register("construct_homepage_panels", add_today_panel)
hooks.register("construct_page_chooser_queryset", linkable_only)
hooks.register("construct_admin_api", take_over_pages)


@hooks.register("register_image_operations")
def register_palette() -> list[tuple[str, type]]:
    return [("palette", PaletteOperation)]


@hooks.register("register_admin_viewset")
def register_people() -> list[Any]:
    return [people, people_chooser]


@hooks.register("register_admin_viewset")
def register_page_editor() -> PagesViewSet:
    return PagesViewSet()


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern | URLResolver]:
    two_texts = "two-texts/<int:pk>/<int:theirs>/<int:mine>/"
    return [
        path("my-clinic/", include("clinics.admin.urls")),
        path("team/", include("clinics.admin.team.urls")),
        path("my-numbers/", include("clinics.admin.numbers_urls")),
        path("people-licenses/<int:pk>/", VerifyLicense.as_view(), name="clinics_license"),
        path(two_texts, TwoTextsView.as_view(), name="clinics_two_texts"),
    ]


hooks.register("register_log_actions", register_acts_log)


@hooks.register("register_log_actions")
def register_facts_log(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION)(FactsChangeFormatter)
    actions.register_action(
        "clinics.launch", _("Open to patients"), _("Opened the site to patients")
    )
    actions.register_action(
        "clinics.bulk.run", _("Change several locations"), _("Changed several locations")
    )
    actions.register_action(
        "clinics.bulk.undo", _("Undo a change of several"), _("Undid a change of several locations")
    )
