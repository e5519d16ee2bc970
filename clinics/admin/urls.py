"""The addresses of My clinic, below the admin's own."""

from __future__ import annotations

from django.urls import path

from clinics.admin.bulk.change import BulkDetail, BulkList, BulkRowsFile
from clinics.admin.bulk.imports import ColumnsScreen, ImportScreen
from clinics.admin.bulk.locations import BulkEditScreen, LocationList, LocationsFile
from clinics.admin.edit import EditClinic, EditCompliance, EditHours, EditLocation, EditNotice
from clinics.admin.index import ClinicList
from clinics.admin.launch import LaunchScreen, NoticeDraft
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
from clinics.admin.suggest import SuggestClinic, SuggestCompliance, SuggestLocation
from clinics.admin.suggestion import SuggestionScreen, WithdrawSuggestion
from clinics.admin.suggestions import SuggestionList, SuggestionsTab
from clinics.admin.tabs import ChangesTab, ContactTab, HoursTab
from clinics.admin.taps_tab import TapsTab
from clinics.admin.team.lists import TeamTab
from clinics.admin.undo import UndoChange

app_name = "my_clinic"

urlpatterns = [
    path("", ClinicList.as_view(), name="index"),
    path("results/", ClinicList.as_view(results_only=True), name="index_results"),
    path("new/", NewClinic.as_view(), name="new"),
    path("new/preview/", BrandPreview.as_view(), name="new_preview"),
    path("locations/", LocationList.as_view(), name="locations"),
    path("locations/file/<str:shape>/", LocationsFile.as_view(), name="locations_file"),
    path("locations/change/", BulkEditScreen.as_view(), name="bulk_edit"),
    path("locations/import/", ImportScreen.as_view(), name="bulk_import"),
    path("locations/changes/", BulkList.as_view(), name="bulk_list"),
    path(
        "locations/changes/results/",
        BulkList.as_view(results_only=True),
        name="bulk_list_results",
    ),
    path("locations/changes/<int:bulk_id>/", BulkDetail.as_view(), name="bulk"),
    path("locations/changes/<int:bulk_id>/columns/", ColumnsScreen.as_view(), name="bulk_columns"),
    path("locations/changes/<int:bulk_id>/file/", BulkRowsFile.as_view(), name="bulk_rows_file"),
    path("<int:clinic_id>/launch/", LaunchScreen.as_view(), name="launch"),
    path("<int:clinic_id>/launch/notice/", NoticeDraft.as_view(), name="notice_draft"),
    path("<int:clinic_id>/", ContactTab.as_view(), name="contact"),
    path("<int:clinic_id>/edit/", EditClinic.as_view(), name="edit_clinic"),
    path("<int:clinic_id>/law/", EditCompliance.as_view(), name="edit_compliance"),
    path("<int:clinic_id>/law/suggest/", SuggestCompliance.as_view(), name="suggest_compliance"),
    path("<int:clinic_id>/hours/", HoursTab.as_view(), name="hours"),
    path("<int:clinic_id>/notice/", EditNotice.as_view(), name="edit_notice"),
    path("<int:clinic_id>/changes/", ChangesTab.as_view(), name="changes"),
    path("<int:clinic_id>/team/", TeamTab.as_view(), name="team"),
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
    path("<int:clinic_id>/suggest/", SuggestClinic.as_view(), name="suggest_clinic"),
    path("<int:clinic_id>/suggestions/", SuggestionsTab.as_view(), name="clinic_suggestions"),
    path("location/<int:location_id>/suggest/", SuggestLocation.as_view(), name="suggest_location"),
    path("suggestions/", SuggestionList.as_view(), name="suggestions"),
    path(
        "suggestions/results/",
        SuggestionList.as_view(results_only=True),
        name="suggestions_results",
    ),
    path("suggestion/<int:suggestion_id>/", SuggestionScreen.as_view(), name="suggestion"),
    path(
        "suggestion/<int:suggestion_id>/withdraw/",
        WithdrawSuggestion.as_view(),
        name="withdraw_suggestion",
    ),
    path("change/<int:change_id>/undo/", UndoChange.as_view(), name="undo"),
]
