"""The addresses of My clinic, below the admin's own."""

from __future__ import annotations

from django.urls import path

from clinics.admin.edit import EditClinic, EditHours, EditLocation, EditNotice
from clinics.admin.index import ClinicList
from clinics.admin.launch import LaunchScreen
from clinics.admin.manage import (
    CloseClinic,
    CloseLocation,
    ManageTab,
    MoveLocation,
    RenameClinic,
    RenameLocation,
    ReopenClinic,
    ReopenLocation,
)
from clinics.admin.new_clinic import BrandPreview, NewClinic
from clinics.admin.tabs import ChangesTab, ContactTab, HoursTab
from clinics.admin.taps_tab import TapsTab
from clinics.admin.undo import UndoChange

app_name = "my_clinic"

urlpatterns = [
    path("", ClinicList.as_view(), name="index"),
    path("results/", ClinicList.as_view(results_only=True), name="index_results"),
    path("new/", NewClinic.as_view(), name="new"),
    path("new/preview/", BrandPreview.as_view(), name="new_preview"),
    path("<int:clinic_id>/launch/", LaunchScreen.as_view(), name="launch"),
    path("<int:clinic_id>/", ContactTab.as_view(), name="contact"),
    path("<int:clinic_id>/edit/", EditClinic.as_view(), name="edit_clinic"),
    path("<int:clinic_id>/hours/", HoursTab.as_view(), name="hours"),
    path("<int:clinic_id>/notice/", EditNotice.as_view(), name="edit_notice"),
    path("<int:clinic_id>/changes/", ChangesTab.as_view(), name="changes"),
    path("<int:clinic_id>/taps/", TapsTab.as_view(), name="taps"),
    path("<int:clinic_id>/manage/", ManageTab.as_view(), name="manage"),
    path("<int:clinic_id>/close/", CloseClinic.as_view(), name="close_clinic"),
    path("<int:clinic_id>/reopen/", ReopenClinic.as_view(), name="reopen_clinic"),
    path("<int:clinic_id>/rename/", RenameClinic.as_view(), name="rename_clinic"),
    path("location/<int:location_id>/close/", CloseLocation.as_view(), name="close_location"),
    path("location/<int:location_id>/reopen/", ReopenLocation.as_view(), name="reopen_location"),
    path("location/<int:location_id>/rename/", RenameLocation.as_view(), name="rename_location"),
    path("location/<int:location_id>/move/", MoveLocation.as_view(), name="move_location"),
    path("location/<int:location_id>/", EditLocation.as_view(), name="edit_location"),
    path("location/<int:location_id>/hours/", EditHours.as_view(), name="edit_hours"),
    path("change/<int:change_id>/undo/", UndoChange.as_view(), name="undo"),
]
