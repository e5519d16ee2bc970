"""The addresses of My numbers, below the admin's own."""

from __future__ import annotations

from django.urls import path

from clinics.admin.my_numbers import NumbersOfMyClinic, NumbersOfWhichClinic

app_name = "my_numbers"

urlpatterns = [
    path("", NumbersOfWhichClinic.as_view(), name="index"),
    path("results/", NumbersOfWhichClinic.as_view(results_only=True), name="index_results"),
    path("<int:clinic_id>/", NumbersOfMyClinic.as_view(), name="list"),
]
