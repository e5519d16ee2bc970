"""What a change of each model of this app makes stale on pages."""

from __future__ import annotations

from articles.figures import scopes_of
from articles.models import (
    ArticleAddress,
    ArticleMountPage,
    ArticlePage,
    ArticleRelease,
    Figure,
    HeldArticle,
    IndexDecision,
    LocalArticlePage,
    LocalVersionPage,
    Source,
    Term,
)
from clinics.edge.touching import of_page, touches, touches_related


def register() -> None:
    """Called once, when all models are there."""
    touches(ArticlePage, _of_article)
    touches(ArticleRelease, lambda release: [f"a:{release.article_id}", "rel"])
    touches(ArticleAddress, lambda address: ["lib"])
    touches(Source, lambda source: [f"s:{source.pk}"])
    touches(Figure, scopes_of)
    touches(Term, lambda term: ["terms"])
    for page in (ArticleMountPage, LocalArticlePage):
        touches(page, of_page)
    for row in (LocalVersionPage, HeldArticle):
        touches(row, lambda each: [f"c:{each.clinic_id}"])
    touches(IndexDecision, lambda decision: [f"c:{decision.version.clinic_id}"])
    for relation in (ArticlePage.services.through, ArticlePage.related.through):
        touches_related(relation, _of_article)


def _of_article(article: ArticlePage) -> list[str]:
    """One that is live: its own page, its release says what else. One that is not: every list."""
    return [f"a:{article.pk}"] if article.live else [f"a:{article.pk}", "lib", "rel"]
