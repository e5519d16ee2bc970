"""The role table as data: the page policy, the screens and the isolation tests read it.

A right is "yes", "propose" or "" (no). Where a role belongs is the type of page of its membership.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinics.choices import Role

CLINIC_TEXT_TYPES = frozenset(
    {
        "clinics.ClinicPage",
        "clinics.LocationIndexPage",
        "clinics.LocationPage",
        "clinics.LocalPage",
        "articles.ArticleMountPage",
        "articles.LocalVersionPage",
        "articles.LocalArticlePage",
    }
)
CLINICAL_TYPES = frozenset({"articles.LocalVersionPage", "articles.LocalArticlePage"})
FRANCHISE_PAGE_TYPES = frozenset(
    {
        "clinics.FranchisePage",
        "clinics.HubPage",
        "clinics.ClinicPage",
        "clinics.LocationIndexPage",
        "clinics.LocationPage",
    }
)
LIBRARY_TYPES = frozenset({"articles.ArticleLibraryPage", "articles.ArticlePage"})
_CLINIC_ROLES = frozenset({Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER})


@dataclass(frozen=True)
class RoleRights:
    """What a role may do at the page of a membership and below it.

    `change` and `publish` are page types; `explore` lets the role see the tree without changing it.
    `grants` are the roles that it gives to others there: none that gives a right to facts, or to
    give roles, which the giver lacks (`tests/clinics/team/test_granting.py`). A franchise admin
    writes no text of a clinic, and still says who does.
    """

    page_type: str
    change: frozenset[str] = frozenset()
    publish: frozenset[str] = frozenset()
    lock: bool = False
    hours: str = ""
    phones: str = ""
    brand: str = ""
    people: str = ""
    clinics: str = ""
    review: str = ""
    images: frozenset[str] = frozenset({"choose"})
    grants: frozenset[Role] = frozenset()


ROLE_TABLE: dict[Role, RoleRights] = {
    Role.CLINIC_EDITOR: RoleRights(
        page_type="clinics.ClinicPage",
        change=CLINIC_TEXT_TYPES,
        publish=CLINIC_TEXT_TYPES - CLINICAL_TYPES - {"clinics.ClinicPage"},
        phones="propose",
        images=frozenset({"add", "choose"}),
    ),
    Role.CLINIC_PUBLISHER: RoleRights(
        page_type="clinics.ClinicPage",
        change=CLINIC_TEXT_TYPES,
        publish=CLINIC_TEXT_TYPES,
        lock=True,
        hours="yes",
        phones="propose",
        brand="yes",
        people="yes",
        images=frozenset({"add", "change", "choose"}),
        grants=_CLINIC_ROLES,
    ),
    Role.FRANCHISE_ADMIN: RoleRights(
        page_type="clinics.FranchisePage",
        change=FRANCHISE_PAGE_TYPES,
        publish=FRANCHISE_PAGE_TYPES,
        hours="yes",
        phones="yes",
        brand="yes",
        people="yes",
        clinics="yes",
        images=frozenset({"add", "change", "choose"}),
        grants=_CLINIC_ROLES | {Role.FRANCHISE_ADMIN},
    ),
    Role.LIBRARY_EDITOR: RoleRights(
        page_type="articles.ArticleLibraryPage",
        change=LIBRARY_TYPES,
        images=frozenset({"add", "change", "choose"}),
    ),
    Role.LIBRARY_PUBLISHER: RoleRights(
        page_type="articles.ArticleLibraryPage",
        change=LIBRARY_TYPES,
        publish=LIBRARY_TYPES,
        lock=True,
        images=frozenset({"add", "change", "choose"}),
    ),
    Role.MEDICAL_REVIEWER: RoleRights(
        page_type="articles.ArticleLibraryPage", lock=True, review="yes"
    ),
}

PAGE_TYPE_FOR_ROLE: dict[Role, str] = {
    role: rights.page_type for role, rights in ROLE_TABLE.items()
}
