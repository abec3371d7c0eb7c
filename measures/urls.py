from django.urls import URLPattern, path

from measures.views import (
    catalogue,
    import_correcting,
    import_files,
    import_mapping,
    import_profiles,
    import_steps,
    import_work,
    imports,
    own_workbook,
    recording,
    review,
    round_plans,
    rounds,
)
from measures.views.reviewing import approval, batches, discussion, marks, missing
from measures.workflow import WORKFLOW, Workflow


def step_paths(workflow: Workflow = WORKFLOW) -> list[URLPattern]:
    """An address for each step of the workflow that has no page of its own."""
    return [
        path(
            f"pruefung/<int:pk>/{step.address}/",
            review.submission_step,
            {"action": step.action},
            name=step.url_name,
        )
        for step in workflow.plain_steps
    ]


app_name = "measures"
urlpatterns = [
    path("massnahmen/", catalogue.measure_list, name="measure_list"),
    path("massnahmen/<str:code>/", catalogue.measure_detail, name="measure_detail"),
    path("import/", imports.import_list, name="import_list"),
    path("import/vorlage/", own_workbook.import_own_workbook, name="import_own_workbook"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/zuordnung/", import_mapping.import_mapping, name="import_mapping"),
    path("import/<int:pk>/profil-vergessen/", import_mapping.import_forget, name="import_forget"),
    path("import/profile/", import_profiles.profile_list, name="import_profiles"),
    path("import/profile/<int:pk>/loeschen/", import_profiles.profile_delete, name="import_profile_delete"),
    path("import/namen/", import_profiles.alias_list, name="import_aliases"),
    path("import/namen/<int:pk>/loeschen/", import_profiles.alias_delete, name="import_alias_delete"),
    path("import/<int:pk>/uebernehmen/", imports.import_apply, name="import_apply"),
    path("import/<int:pk>/schritt/<int:step>/rueckgaengig/", import_steps.import_undo, name="import_undo"),
    path("import/<int:pk>/abbrechen/", import_work.import_cancel, name="import_cancel"),
    path("import/<int:pk>/erneut/", import_work.import_resume, name="import_resume"),
    path("import/<int:pk>/erlaeutern/<int:cause>/", import_steps.import_explain, name="import_explain"),
    path("import/<int:pk>/zeile/<int:row>/", import_correcting.import_row, name="import_row"),
    path(
        "import/<int:pk>/berichtigtes/",
        import_correcting.import_apply_corrected,
        name="import_apply_corrected",
    ),
    path("import/<int:pk>/verwerfen/", imports.import_discard, name="import_discard"),
    path("import/<int:pk>/datei/", import_files.import_file, name="import_file"),
    path("import/<int:pk>/markiert/", import_files.import_marked, name="import_marked"),
    path("import/<int:pk>/vorschau.json", import_files.import_report, name="import_report"),
    path("erfassung/", recording.submission_list, name="submission_list"),
    path("erfassung/<int:pk>/", recording.submission_detail, name="submission_detail"),
    path("erfassung/<int:pk>/zelle/", recording.submission_cell, name="submission_cell"),
    path("erfassung/<int:pk>/vorlage/", own_workbook.submission_own_workbook, name="submission_own_workbook"),
    path("erfassung/<int:pk>/einreichen/", recording.submission_submit, name="submission_submit"),
    path("erfassung/<int:pk>/korrektur/", recording.submission_correct, name="submission_correct"),
    path("erfassung/<int:pk>/aufgliederung/", recording.submission_breakdown, name="submission_breakdown"),
    path("erfassung/<int:pk>/austausch/", discussion.submission_discussion, name="submission_discussion"),
    path(
        "erfassung/<int:pk>/austausch/<int:attachment>/",
        discussion.submission_attachment,
        name="submission_attachment",
    ),
    path("erfassung/<int:pk>/markierung/<int:mark>/", marks.mark_answer, name="mark_answer"),
    path("erfassung/<int:pk>/verlauf/", recording.submission_history, name="submission_history"),
    path("erfassung/<int:pk>/frist/", rounds.submission_extend, name="submission_extend"),
    path("runden/", rounds.round_list, name="round_list"),
    path("runden/neu/", round_plans.round_create, name="round_create"),
    path("runden/<int:year>/", rounds.round_detail, name="round_detail"),
    path("runden/<int:year>/aendern/", round_plans.round_change, name="round_change"),
    path("runden/<int:year>/schliessen/", rounds.round_close, name="round_close"),
    path("runden/<int:year>/wieder-oeffnen/", rounds.round_reopen, name="round_reopen"),
    path("pruefung/", review.review_list, name="review_list"),
    path("pruefung/fehlende/", missing.review_missing, name="review_missing"),
    path("pruefung/auswahl/", batches.review_selection, name="review_selection"),
    path("pruefung/auswahl/ausfuehren/", batches.review_batch_create, name="review_batch_create"),
    path("pruefung/auswahl/<int:pk>/", batches.review_batch, name="review_batch"),
    path("pruefung/<int:pk>/", review.review_detail, name="review_detail"),
    path("pruefung/<int:pk>/freigeben/", approval.submission_approve, name="submission_approve"),
    *step_paths(),
]
