"""The token menu of the rich text editor: editors pick "city" instead of typing braces."""

from __future__ import annotations

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.editors.draftail.features import ControlFeature, DecoratorFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from clinics.tokens import FAMILIES, TOKENS, TokenFamily

FEATURE = "clinic-token"
_FILES = {
    "js": ["clinics/js/token_menu.js"],
    "css": {"all": ["clinics/admin/token_menu.css"]},
}


class TokenFeature(ControlFeature):
    """The menu in the toolbar and the marks in the text, as one feature of the editor."""

    def construct_options(self, options: dict) -> None:
        super().construct_options(options)
        DecoratorFeature(self.data).construct_options(options)


def register_token_menu(features: FeatureRegistry) -> None:
    """Hook `register_rich_text_features`."""
    features.register_editor_plugin("draftail", FEATURE, TokenFeature({"type": FEATURE}, **_FILES))


def token_list() -> SafeString:
    """The tokens for the menu's script, in groups (hook `insert_editor_js`)."""
    of_clinic = [{"name": token.name, "label": str(token.label)} for token in TOKENS.values()]
    groups = [{"label": _("Clinic"), "tokens": of_clinic}]
    groups += [
        {"label": str(family.label), "tokens": _choices(family)} for family in FAMILIES.values()
    ]
    groups = [group for group in groups if group["tokens"]]
    return json_script({"label": _("Insert…"), "groups": groups}, "clinic-tokens")


def _choices(family: TokenFamily) -> list[dict[str, str]]:
    return [{"name": f"{family.prefix}.{name}", "label": label} for name, label in family.choices()]
