"""The routes of this app that the gate lets through."""

from __future__ import annotations

from articles.models import Figure, Source, Term
from clinics.gate.rules import Rule, by_view
from clinics.gate.table import routes_of_snippet

_MY_ARTICLES = ("index", "index_results", "list", "checks", "updates", "safety_change", "update")
_SITE = ("own_pages", "reviews", "claims")
_ACTS = ("bulk", "customise", "hide", "show")
_OTHERS = (
    "section_compare",
    "field_compare",
    "impact",
    "impact_clinic",
    "impact_frame",
    "publish",
    "withdraw",
    "releases",
    "release_undo",
    "own_offer",
    "report_matrix",
    "report_checks",
    "report_acknowledgements",
    "report_reviews",
    "reviews",
    "review",
    "review_draft",
    "library_work",
    "library_work_results",
    "imports",
    "import",
    "offers",
    "offer",
    "local_version_undo",
    "claims",
    "figure_conflicts",
)

ROUTES: dict[str, Rule] = {
    **dict.fromkeys((f"my_articles:{name}" for name in (*_MY_ARTICLES, *_SITE, *_ACTS)), by_view),
    **dict.fromkeys((f"articles_{name}" for name in _OTHERS), by_view),
    **routes_of_snippet(Source, "copy"),
    **routes_of_snippet(Figure),
    **routes_of_snippet(Term),
}
