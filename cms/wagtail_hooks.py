"""Registrations of the site with Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from clinics.admin.token_menu import register_token_menu, token_list
from clinics.roles.page_rights import refuse_foreign_type
from cms.backup.log_actions import register_log_actions as register_backup_log
from cms.sign_in.account_panel import second_factor_panel
from cms.sign_in.factors import FORGOTTEN

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

hooks.register("before_create_page", refuse_foreign_type)
hooks.register("register_rich_text_features", register_token_menu)
hooks.register("insert_editor_js", token_list)
hooks.register("register_account_settings_panel", second_factor_panel)
hooks.register("register_log_actions", register_backup_log)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(FORGOTTEN, _("Reset second factor"), _("Second factor reset"))
