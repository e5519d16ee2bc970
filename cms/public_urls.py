"""What a clinic's host answers: its pages, its stylesheet, its pictures. No admin, no login."""

from __future__ import annotations

from django.urls import path, re_path

from articles.feed import feed
from articles.search_view import search_page
from clinics.taps import tap
from clinics.views import media, robots, serve, sitemap, styles
from cms.components import components

handler404 = "clinics.views.not_found"
handler500 = "clinics.outage.server_error"

urlpatterns = [
    path("styles/<str:name>.css", styles, name="clinics_styles"),
    path("media/<path:path>", media, name="clinics_media"),
    path("sitemap.xml", sitemap, name="clinics_sitemap"),
    path("feed.xml", feed, name="articles_feed"),
    path("search/", search_page, name="articles_search"),
    path("_components/", components, name="components"),
    path("-/tap", tap, name="clinics_tap"),
    path("robots.txt", robots, name="clinics_robots"),
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
