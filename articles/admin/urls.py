"""Admin addresses of local versions."""

from __future__ import annotations

from django.urls import path

from articles.admin.section_compare import SectionCompareView, undo

urlpatterns = [
    path(
        "local-versions/<int:pk>/compare/<str:override>/",
        SectionCompareView.as_view(),
        name="articles_section_compare",
    ),
    path(
        "local-versions/<int:pk>/undo/<int:revision>/", undo, name="articles_local_version_undo"
    ),
]
