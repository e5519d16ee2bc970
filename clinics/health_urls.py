"""Health checks, the same on every host."""

from __future__ import annotations

from django.urls import path

from clinics.views import live, ready

urlpatterns = [path("-/live", live), path("-/ready", ready)]
