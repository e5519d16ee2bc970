"""What a user may do with the local versions of one clinic; a clinic without one yet included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import LocalVersionPage
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage


@dataclass(frozen=True)
class ArticleRights:
    """`hide` is a right of its own: whoever sets the hours may take an article off the site too."""

    edit: bool
    publish: bool
    hide: bool
    publish_hidden: bool


def rights_at(user: AbstractUser, clinic: ClinicPage) -> ArticleRights:
    """The rights on any local version of the clinic: the page policy is asked about a new one."""
    version = LocalVersionPage(path=clinic.path, depth=clinic.depth + 2)
    permissions = version.permissions_for_user(user)
    edit = permissions.can_edit()
    publish = edit and permissions.can_publish()
    hides_at_once = right_at(user, "hours", clinic) == YES
    return ArticleRights(edit, publish, edit or hides_at_once, publish or hides_at_once)
