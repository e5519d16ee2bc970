"""Widgets of the article's form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class Checklist(forms.CheckboxSelectMultiple):
    """Checkboxes in a box of their own, with a field to find some among hundreds.

    A list of options loses all that was chosen when somebody clicks on another without Ctrl.
    """

    class Media:
        js = ["articles/js/checklist.js"]
        css = {"all": ["articles/css/checklist.css"]}

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html(
            '<div class="clinic-checklist" data-controller="clinic-checklist"'
            ' data-clinic-checklist-said-value="{said}">'
            '<input type="search" class="clinic-checklist-words" placeholder="{find}"'
            ' aria-label="{find}" data-clinic-checklist-target="words" data-action="'
            'clinic-checklist#filter keydown.enter->clinic-checklist#filter:prevent" hidden>'
            '<div class="clinic-checklist-box">{boxes}</div>'
            '<p class="help" role="status" data-clinic-checklist-target="said"></p></div>',
            find=_("Find by title"),
            said=_("{found} of {all} articles"),
            boxes=super().render(*args, **kwargs),
        )
