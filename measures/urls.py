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
from measures.views.checks import editing, explaining, pages, waivers
from measures.views.entering import occupations
from measures.views.grid import pasting, saving
from measures.views.history import cell, search
from measures.views.meetings import calendar, commitments, meetings, resolutions
from measures.views.people import hand_over
from measures.views.reviewing import approval, batches, board, discussion, marks, reminding
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
    path("partner/<str:code>/uebergabe/<int:person>/", hand_over.hand_over_page, name="hand_over"),
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
    path("erfassung/<int:pk>/zelle/", saving.submission_cell, name="submission_cell"),
    path("erfassung/<int:pk>/einfuegen/", pasting.submission_paste, name="submission_paste"),
    path("erfassung/<int:pk>/vorlage/", own_workbook.submission_own_workbook, name="submission_own_workbook"),
    path("erfassung/<int:pk>/einreichen/", recording.submission_submit, name="submission_submit"),
    path("erfassung/<int:pk>/korrektur/", recording.submission_correct, name="submission_correct"),
    path("erfassung/<int:pk>/aufgliederung/", recording.submission_breakdown, name="submission_breakdown"),
    path(
        "erfassung/<int:pk>/berufe/<int:item_pk>/",
        occupations.submission_occupations,
        name="submission_occupations",
    ),
    path(
        "erfassung/<int:pk>/berufe/<int:item_pk>/zelle/",
        occupations.submission_occupation_cell,
        name="submission_occupation_cell",
    ),
    path(
        "erfassung/<int:pk>/berufe/<int:item_pk>/einfuegen/",
        occupations.submission_occupation_paste,
        name="submission_occupation_paste",
    ),
    path("erfassung/<int:pk>/austausch/", discussion.submission_discussion, name="submission_discussion"),
    path(
        "erfassung/<int:pk>/austausch/<int:attachment>/",
        discussion.submission_attachment,
        name="submission_attachment",
    ),
    path("erfassung/<int:pk>/markierung/<int:mark>/", marks.mark_answer, name="mark_answer"),
    path("erfassung/<int:pk>/erlaeuterungen/", explaining.submission_explain, name="submission_explain"),
    path("erfassung/<int:pk>/verlauf/", recording.submission_history, name="submission_history"),
    path(
        "erfassung/<int:pk>/verlauf/<int:item>/<str:region>/<str:occupation>/<str:group>/",
        cell.cell_history,
        name="cell_history",
    ),
    path("verlauf/", search.history_search, name="history_search"),
    path("verlauf/verlauf.csv", search.history_export, name="history_export"),
    path("erfassung/<int:pk>/frist/", rounds.submission_extend, name="submission_extend"),
    path("sitzungen/", meetings.meeting_list, name="meeting_list"),
    path("sitzungen/neu/", meetings.meeting_create, name="meeting_create"),
    path("sitzungen/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("sitzungen/<int:pk>/aendern/", meetings.meeting_change, name="meeting_change"),
    path("sitzungen/<int:pk>/beschluss/", resolutions.resolution_create, name="resolution_create"),
    path("beschluesse/", resolutions.resolution_list, name="resolution_list"),
    path("beschluesse/beschluesse.csv", resolutions.resolution_csv, name="resolution_csv"),
    path("beschluesse/<int:pk>/", resolutions.resolution_detail, name="resolution_detail"),
    path("beschluesse/<int:pk>/aendern/", resolutions.resolution_change, name="resolution_change"),
    path("zusagen/<int:pk>/", commitments.commitment_detail, name="commitment_detail"),
    path("zusagen/<int:pk>/bericht/", commitments.commitment_report, name="commitment_report"),
    path("zusagen/<int:pk>/entscheidung/", commitments.commitment_decide, name="commitment_decide"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/widerrufen/", calendar.calendar_revoke, name="calendar_revoke"),
    path("kalender/<str:language>/<str:token>.ics", calendar.calendar_file, name="calendar_file"),
    path("runden/", rounds.round_list, name="round_list"),
    path("runden/neu/", round_plans.round_create, name="round_create"),
    path("runden/<int:year>/", rounds.round_detail, name="round_detail"),
    path("runden/<int:year>/aendern/", round_plans.round_change, name="round_change"),
    path("runden/<int:year>/schliessen/", rounds.round_close, name="round_close"),
    path("runden/<int:year>/wieder-oeffnen/", rounds.round_reopen, name="round_reopen"),
    path("pruefregeln/", pages.check_list, name="check_list"),
    path("pruefregeln/neu/", editing.check_create, name="check_create"),
    path("pruefregeln/ausnahme/<int:pk>/beenden/", waivers.waiver_end, name="waiver_end"),
    path("pruefregeln/<slug:code>/", pages.check_detail, name="check_detail"),
    path("pruefregeln/<slug:code>/aendern/", editing.check_change, name="check_change"),
    path("pruefregeln/<slug:code>/probe/", pages.check_trial, name="check_trial"),
    path("pruefregeln/<slug:code>/aktivieren/", editing.check_activate, name="check_activate"),
    path("pruefregeln/<slug:code>/beenden/", editing.check_end, name="check_end"),
    path("pruefregeln/<slug:code>/ausnahme/", waivers.check_waive, name="check_waive"),
    path("pruefung/", review.review_list, name="review_list"),
    path("pruefung/fehlende/", board.review_missing, name="review_missing"),
    *(
        path(
            f"pruefung/fehlende/runde.{file_format}",
            board.review_missing_file,
            {"file_format": file_format},
            name=f"review_missing_{file_format}",
        )
        for file_format in board.FORMATS
    ),
    path("pruefung/fehlende/erinnern/", reminding.review_remind, name="review_remind"),
    path("pruefung/auswahl/", batches.review_selection, name="review_selection"),
    path("pruefung/auswahl/ausfuehren/", batches.review_batch_create, name="review_batch_create"),
    path("pruefung/auswahl/<int:pk>/", batches.review_batch, name="review_batch"),
    path("pruefung/<int:pk>/", review.review_detail, name="review_detail"),
    path(
        "pruefung/<int:pk>/erlaeuterung/<int:explanation>/",
        explaining.explanation_judge,
        name="explanation_judge",
    ),
    path("pruefung/<int:pk>/freigeben/", approval.submission_approve, name="submission_approve"),
    *step_paths(),
]
