"""Everything about articles that is stored."""

from __future__ import annotations

from articles.models.acknowledgement import SafetyAcknowledgement
from articles.models.claim_check import ClaimCheck
from articles.models.claim_override import ClaimOverride
from articles.models.figure import Figure
from articles.models.imports import ArticleImport, ImportedFile
from articles.models.index_decision import IndexDecision
from articles.models.library import ArticleLibraryPage, ArticlePage, ArticleTag
from articles.models.local_article import LocalArticlePage
from articles.models.local_version import HeldArticle, LocalVersionPage
from articles.models.mount import ArticleMountPage
from articles.models.offer import SectionOffer
from articles.models.release import ArticleAddress, ArticleRelease
from articles.models.release_text import ReleaseText
from articles.models.review import Review
from articles.models.source import Source
from articles.models.term import Term

__all__ = [
    "ArticleAddress",
    "ArticleImport",
    "ArticleLibraryPage",
    "ArticleMountPage",
    "ArticlePage",
    "ArticleRelease",
    "ArticleTag",
    "ClaimCheck",
    "ClaimOverride",
    "Figure",
    "HeldArticle",
    "ImportedFile",
    "IndexDecision",
    "LocalArticlePage",
    "LocalVersionPage",
    "ReleaseText",
    "Review",
    "SafetyAcknowledgement",
    "SectionOffer",
    "Source",
    "Term",
]
