"""The notices that a clinic owes its patients: its facts in, each notice with its page out (P-08).

Texts come from the templates in `clinics/page_texts`; a clinic makes them its own before it
publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from clinics.choices import LocalPageKind
from clinics.compliance.rules import Rule, RuleKind, rules_for
from clinics.creating import OWED_TEXTS, local_page_of, page_texts
from clinics.models import ClinicFacts, ClinicPage, LocalPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class OwedNotice:
    """A notice and what there is of it. `page` is None before anybody has made it.

    `is_shown`: patients find it in the footer of every page.
    """

    rule: Rule
    title: str
    page: LocalPage | None
    is_shown: bool

    @property
    def slug(self) -> str:
        return self.rule.page


def owed_notices(clinic: ClinicPage) -> list[OwedNotice]:
    """What the clinic owes by its facts and its state, in the order of the rules. Two queries."""
    rules = owed_rules(clinic.facts)
    slugs = {rule.page for rule in rules}
    pages = {page.slug: page for page in LocalPage.objects.child_of(clinic).filter(slug__in=slugs)}
    return [_owed(rule, pages.get(rule.page)) for rule in rules]


def owed_rules(facts: ClinicFacts) -> list[Rule]:
    """One rule for each notice."""
    rules = rules_for(facts.state, RuleKind.NOTICE)
    owed = {rule.page: rule for rule in rules if not rule.where or getattr(facts, rule.where)}
    return list(owed.values())


@transaction.atomic
def draft_notice(clinic: ClinicPage, slug: str, *, user: AbstractUser | None) -> LocalPage:
    """The page of a notice, made as a draft from its template where there is none yet.

    KeyError for a slug without a template.
    """
    found = LocalPage.objects.child_of(clinic).filter(slug=slug).first()
    if found is not None:
        return found
    page = local_page_of(template_of(slug))
    page.live, page.has_unpublished_changes = False, True
    clinic.add_child(instance=page)
    page.save_revision(user=user)
    log(page, "wagtail.create", user=user, title=page.title)
    return page


def template_of(slug: str) -> dict[str, Any]:
    """The text of a notice as it is maintained. KeyError where there is none."""
    texts = {text["slug"]: text for text in [*page_texts(), *page_texts(OWED_TEXTS)]}
    return texts[slug]


def _owed(rule: Rule, page: LocalPage | None) -> OwedNotice:
    is_shown = (
        page is not None and page.live and page.in_footer and page.kind == LocalPageKind.NOTICE
    )
    title = page.title if page else template_of(rule.page)["title"]
    return OwedNotice(rule, title, page, is_shown)
