"""Registrations of the articles app with Wagtail, and nothing else."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from articles.admin.claims import claims_button, say_claims
from articles.admin.figures import FigureViewSet
from articles.admin.gate import ROUTES
from articles.admin.impact import impact_button
from articles.admin.library_menu import library_menu_item
from articles.admin.log_actions import register_log_actions
from articles.admin.my_articles import my_pages_menu_item
from articles.admin.publish import look_before_publishing
from articles.admin.refuse import date_in_editor, refuse_in_editor
from articles.admin.releases import releases_button
from articles.admin.review_log import register_review_log
from articles.admin.reviews import reviews_menu_item
from articles.admin.sources import SOURCE_WRITERS, SourceViewSet
from articles.admin.terms import TermViewSet
from articles.admin.urls import urlpatterns
from articles.admin.withdraw import withdraw_instead, withdraw_one_by_one
from articles.expiring_today import clinic_sections, library_sections
from articles.models import Figure, Source, Term
from articles.review.today import clinic_reviews, library_reviews
from articles.today import clinic_articles, clinics_behind, library
from clinics.gate.table import add_routes
from clinics.roles.shared_rows_policy import SharedRowsPolicy
from clinics.today import Part, register_today

# First: a policy must be there before anybody asks for one.
for model in (Source, Figure, Term):
    register_permission_policy(
        model, SharedRowsPolicy(model, readers=frozenset(), writers=SOURCE_WRITERS)
    )
add_routes(ROUTES)
register_snippet(SourceViewSet)
register_snippet(FigureViewSet)
register_snippet(TermViewSet)
register_today(Part.CLINIC)(clinic_articles)
register_today(Part.FRANCHISE)(clinics_behind)
register_today(Part.LIBRARY)(library)
register_today(Part.CLINIC)(clinic_reviews)
register_today(Part.LIBRARY)(library_reviews)
register_today(Part.CLINIC)(clinic_sections)
register_today(Part.LIBRARY)(library_sections)

hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", register_review_log)
hooks.register("register_admin_urls", lambda: urlpatterns)
hooks.register("register_admin_menu_item", my_pages_menu_item)
hooks.register("register_admin_menu_item", library_menu_item)
hooks.register("register_admin_menu_item", reviews_menu_item)
hooks.register("register_page_header_buttons", releases_button)
hooks.register("register_page_header_buttons", impact_button)
hooks.register("register_page_header_buttons", claims_button)
hooks.register("after_create_page", say_claims)
hooks.register("after_edit_page", say_claims)
hooks.register("before_publish_page", look_before_publishing)
hooks.register("before_publish_page", refuse_in_editor)
hooks.register("after_publish_page", date_in_editor)
hooks.register("before_unpublish_page", withdraw_instead)
hooks.register("before_delete_page", withdraw_instead)
hooks.register("before_bulk_action", withdraw_one_by_one)
