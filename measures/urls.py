from django.urls import path

from measures.views import (
    catalogue,
    import_files,
    import_mapping,
    import_profiles,
    imports,
    recording,
    review,
)

app_name = "measures"
urlpatterns = [
    path("massnahmen/", catalogue.measure_list, name="measure_list"),
    path("massnahmen/<str:code>/", catalogue.measure_detail, name="measure_detail"),
    path("import/", imports.import_list, name="import_list"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/zuordnung/", import_mapping.import_mapping, name="import_mapping"),
    path("import/<int:pk>/profil-vergessen/", import_mapping.import_forget, name="import_forget"),
    path("import/profile/", import_profiles.profile_list, name="import_profiles"),
    path("import/profile/<int:pk>/loeschen/", import_profiles.profile_delete, name="import_profile_delete"),
    path("import/namen/", import_profiles.alias_list, name="import_aliases"),
    path("import/namen/<int:pk>/loeschen/", import_profiles.alias_delete, name="import_alias_delete"),
    path("import/<int:pk>/uebernehmen/", imports.import_apply, name="import_apply"),
    path("import/<int:pk>/verwerfen/", imports.import_discard, name="import_discard"),
    path("import/<int:pk>/datei/", import_files.import_file, name="import_file"),
    path("import/<int:pk>/vorschau.json", import_files.import_report, name="import_report"),
    path("erfassung/", recording.submission_list, name="submission_list"),
    path("erfassung/<int:pk>/", recording.submission_detail, name="submission_detail"),
    path("erfassung/<int:pk>/zelle/", recording.submission_cell, name="submission_cell"),
    path("erfassung/<int:pk>/einreichen/", recording.submission_submit, name="submission_submit"),
    path("erfassung/<int:pk>/korrektur/", recording.submission_correct, name="submission_correct"),
    path("erfassung/<int:pk>/aufgliederung/", recording.submission_breakdown, name="submission_breakdown"),
    path("erfassung/<int:pk>/verlauf/", recording.submission_history, name="submission_history"),
    path("pruefung/", review.review_list, name="review_list"),
    path("pruefung/freigeben/", review.review_approve_selected, name="review_approve_selected"),
    path("pruefung/<int:pk>/", review.review_detail, name="review_detail"),
    path("pruefung/<int:pk>/freigeben/", review.submission_approve, name="submission_approve"),
    path("pruefung/<int:pk>/zurueckgeben/", review.submission_send_back, name="submission_send_back"),
    path("pruefung/<int:pk>/mittragen/", review.submission_endorse, name="submission_endorse"),
]
