"""Who may change the text of a page: a type of page and a place in the tree in, words out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from clinics.account_names import name_of
from clinics.choices import Role
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from wagtail.models import Page

# Names beyond these help nobody to ask somebody.
MOST_NAMES = 5


def who_writes(model_label: str, page: Page) -> str:
    """One sentence, such as "A library editor or library publisher changes it. Ask Ann, Bo." """
    roles = [role for role, rights in ROLE_TABLE.items() if model_label in rights.change]
    members = get_user_model().objects.filter(
        is_active=True,
        memberships__role__in=roles,
        memberships__page__in=page.get_ancestors(inclusive=True),
    )
    names = sorted(set(map(name_of, members)))
    labels = _(" or ").join(str(Role(role).label).lower() for role in roles)
    words = {"roles": labels, "names": ", ".join(names[:MOST_NAMES])}
    if not names:
        return _("A %(roles)s may change it; nobody has that role yet.") % words
    return _("A %(roles)s may change it: %(names)s.") % words
