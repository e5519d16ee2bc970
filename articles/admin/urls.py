"""Admin addresses of local versions, of a clinic's list of articles, and of the library's work."""

from __future__ import annotations

from django.urls import include, path, re_path

from articles.admin.claims import ClaimsScreen
from articles.admin.clinic_claims import ClaimsOfMyClinic
from articles.admin.clinics_reports import ChecksReport, ReceiptsReport
from articles.admin.compare import undo
from articles.admin.field_compare import FieldCompareView
from articles.admin.figure_conflicts import FigureConflicts
from articles.admin.impact import ArticleImpact, ImpactAtClinic, impact_frame
from articles.admin.imports import Imports, OneImport
from articles.admin.library_updates import LibraryUpdate, LibraryUpdates
from articles.admin.library_work import LibraryWork
from articles.admin.matrix import MatrixReport
from articles.admin.my_articles import (
    ArticlesOfMyClinic,
    ArticlesOfWhichClinic,
    ChecksOfMyClinic,
)
from articles.admin.my_articles_acts import Customise, HideArticle, ShowArticle
from articles.admin.my_articles_bulk import ArticlesBulk
from articles.admin.offers import OfferDecision, Offers
from articles.admin.own_offer import OwnOffer
from articles.admin.own_pages import OwnPages
from articles.admin.publish import PublishArticle
from articles.admin.releases import ArticleReleases, UndoRelease
from articles.admin.review import ReviewDraft, ReviewScreen
from articles.admin.review_reports import ReviewsOfMyClinic, ReviewsReport
from articles.admin.reviews import MedicalReviews
from articles.admin.safety_change import SafetyChange
from articles.admin.section_compare import SectionCompareView
from articles.admin.withdraw import WithdrawArticle

_article = "<int:clinic_id>/<int:article_id>"
my_articles = [
    path("", ArticlesOfWhichClinic.as_view(), name="index"),
    path("results/", ArticlesOfWhichClinic.as_view(results_only=True), name="index_results"),
    path("<int:clinic_id>/", ArticlesOfMyClinic.as_view(), name="list"),
    path("<int:clinic_id>/checks/", ChecksOfMyClinic.as_view(), name="checks"),
    path("<int:clinic_id>/site/", OwnPages.as_view(), name="own_pages"),
    path("<int:clinic_id>/claims/", ClaimsOfMyClinic.as_view(), name="claims"),
    path("<int:clinic_id>/reviews/", ReviewsOfMyClinic.as_view(), name="reviews"),
    path("<int:clinic_id>/updates/", LibraryUpdates.as_view(), name="updates"),
    path("<int:clinic_id>/safety/<int:release>/", SafetyChange.as_view(), name="safety_change"),
    path(f"{_article}/update/", LibraryUpdate.as_view(), name="update"),
    path("<int:clinic_id>/all/<str:act>/", ArticlesBulk.as_view(), name="bulk"),
    path(f"{_article}/customise/", Customise.as_view(), name="customise"),
    path(f"{_article}/hide/", HideArticle.as_view(), name="hide"),
    path(f"{_article}/show/", ShowArticle.as_view(), name="show"),
]

urlpatterns = [
    path("my-articles/", include((my_articles, "my_articles"))),
    path(
        "local-versions/<int:pk>/compare/<str:target>/",
        SectionCompareView.as_view(),
        name="articles_section_compare",
    ),
    path(
        "local-versions/<int:pk>/compare-field/<str:target>/",
        FieldCompareView.as_view(),
        name="articles_field_compare",
    ),
    path("releases/<int:article_id>/impact/", ArticleImpact.as_view(), name="articles_impact"),
    path(
        "releases/<int:article_id>/impact/<int:clinic_id>/",
        ImpactAtClinic.as_view(),
        name="articles_impact_clinic",
    ),
    re_path(
        r"^releases/(?P<article_id>[0-9]+)/impact/(?P<clinic_id>[0-9]+)/(?P<which>before|after)/$",
        impact_frame,
        name="articles_impact_frame",
    ),
    path(
        "releases/<int:article_id>/publish/<int:revision>/",
        PublishArticle.as_view(),
        name="articles_publish",
    ),
    path(
        "releases/<int:article_id>/withdraw/", WithdrawArticle.as_view(), name="articles_withdraw"
    ),
    path("releases/<int:article_id>/", ArticleReleases.as_view(), name="articles_releases"),
    path(
        "releases/<int:article_id>/undo/<int:release>/",
        UndoRelease.as_view(),
        name="articles_release_undo",
    ),
    path(
        "local-versions/<int:pk>/offer/<str:override>/",
        OwnOffer.as_view(),
        name="articles_own_offer",
    ),
    path("articles-by-clinic/", MatrixReport.as_view(), name="articles_report_matrix"),
    path("articles-by-clinic/checks/", ChecksReport.as_view(), name="articles_report_checks"),
    path(
        "articles-by-clinic/safety/",
        ReceiptsReport.as_view(),
        name="articles_report_acknowledgements",
    ),
    path("articles-by-clinic/reviews/", ReviewsReport.as_view(), name="articles_report_reviews"),
    path("medical-reviews/", MedicalReviews.as_view(), name="articles_reviews"),
    path("medical-reviews/<int:page_id>/", ReviewScreen.as_view(), name="articles_review"),
    path(
        "medical-reviews/<int:page_id>/draft/",
        ReviewDraft.as_view(),
        name="articles_review_draft",
    ),
    path("library-work/", LibraryWork.as_view(), name="articles_library_work"),
    path(
        "library-work/results/",
        LibraryWork.as_view(results_only=True),
        name="articles_library_work_results",
    ),
    path("library-figures/", FigureConflicts.as_view(), name="articles_figure_conflicts"),
    path("library-imports/", Imports.as_view(), name="articles_imports"),
    path("library-imports/<int:pk>/", OneImport.as_view(), name="articles_import"),
    path("library-offers/", Offers.as_view(), name="articles_offers"),
    path("library-offers/<int:pk>/", OfferDecision.as_view(), name="articles_offer"),
    path("claims/<int:page_id>/", ClaimsScreen.as_view(), name="articles_claims"),
    path("local-versions/<int:pk>/undo/<int:revision>/", undo, name="articles_local_version_undo"),
]
