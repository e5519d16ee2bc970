"""Registrations of the site with Wagtail."""

from __future__ import annotations

from wagtail import hooks

from clinics.admin.token_menu import register_token_menu, token_list
from clinics.roles.page_rights import refuse_foreign_type
from cms.backup.log_actions import register_log_actions

hooks.register("before_create_page", refuse_foreign_type)
hooks.register("register_rich_text_features", register_token_menu)
hooks.register("insert_editor_js", token_list)
hooks.register("register_log_actions", register_log_actions)
