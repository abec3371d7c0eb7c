"""Spreadsheets in the browser: upload, confirm the columns, preview, apply."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from measures import tasks
from measures.enums import Verdict
from measures.forms.imports.correcting import CorrectionReasonForm
from measures.forms.imports.steps import ApplyForm, UploadForm
from measures.forms.own_workbook import OwnWorkbookForm
from measures.import_workflow import ImportAction, ImportStatus
from measures.models import ImportRun, Submission
from measures.permissions import import_obstacle, may_handle_import
from measures.selectors.imports.accounts import shown_account
from measures.selectors.imports.chains import shown_steps
from measures.selectors.imports.messages import shown_notice
from measures.selectors.imports.preview import causes_by_kind, find_cause, questions_of
from measures.selectors.imports.rows.paging import pages_of
from measures.selectors.imports.rows.showing import shown
from measures.selectors.visible_imports import counts_seen, visible_import
from measures.services.imports.errors import ImportNotReadyError, UploadRefusedError
from measures.services.imports.judging.explanations import explain_queries, has_open_queries
from measures.services.imports.progress import progress_of
from measures.services.imports.receiving import receive_file
from measures.services.imports.requests import request_apply
from measures.services.imports.writing.apply import discard_import, needs_reason
from measures.services.imports.writing.correcting import corrected_rows
from measures.views.import_runs import ImportRequest, find_run, page_context
from measures.views.import_work import at_work_page, not_taken_page
from partners.permissions import Access
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on

RUNS_PER_PAGE = 25
ROWS_PER_PAGE = 50
CAUSES_OF_A_KIND_SHOWN = 25
TOTALS_SHOWN = 200
QUESTIONS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: ImportRequest) -> HttpResponse:
    """Earlier imports, and the form for a new one."""
    if request.method == "POST":
        return _upload(request)
    return _list(request, UploadForm(access=request.access))


def _upload(request: ImportRequest) -> HttpResponse:
    if not request.access.writes_figures:
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES, access=request.access)
    if not form.is_valid():
        return _list(request, form, status=422)
    upload, supplier = form.cleaned_data["file"], form.cleaned_data["supplier"]
    try:
        run = receive_file(
            upload=upload,
            name=upload.name,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            access=request.access,
            supplier_id=supplier.pk if supplier else None,
        )
    except UploadRefusedError as error:
        form.add_error("file", str(error))
        return _list(request, form, status=422)
    tasks.call_reader_after_commit()
    return redirect("measures:import_detail", run.pk)


def _list(request: ImportRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    runs = (
        ImportRun.objects.visible_to(request.access)
        .focused_on(request.access)
        .select_related("supplier", "created_by")
        .defer("tables", "sheets", "answers", "questions")
    )
    page = Paginator(runs, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(run.pk for run in page.object_list if run.is_at_work)
    counts = counts_seen(page.object_list, request.access)
    context = {
        "page": page,
        "rows": [(run, counts[run.pk], progress.get(run.pk)) for run in page.object_list],
        "form": form,
        "own_workbook_form": OwnWorkbookForm(access=request.access),
        "may_upload": request.access.writes_figures,
    }
    return render(request, "measures/imports/list.html", context, status=status)


@require_safe
def import_detail(request: ImportRequest, pk: int) -> HttpResponse:
    """Where the import is: being read, to be mapped, to be checked, done."""
    run = find_run(request, pk)
    may_handle = may_handle_import(request.access, run)
    if run.is_at_work:
        return at_work_page(request, run)
    if request.htmx:
        return HttpResponseClientRefresh()
    if run.status in ImportStatus.to_map and may_handle:
        return redirect("measures:import_mapping", run.pk)
    if run.status in ImportStatus.not_taken:
        return not_taken_page(request, run)
    return _preview(request, run, may_handle=may_handle)


def _preview(
    request: ImportRequest,
    run: ImportRun,
    *,
    may_handle: bool,
    form: ApplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    here = reverse("measures:import_detail", args=[run.pk])
    stands_on(request, here)
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in Verdict.values else ""
    search = request.GET.get("q", "").replace("\x00", "").strip()
    visible = visible_import(run, request.access)
    cause = find_cause(visible, request.GET.get("cause", ""))
    pages = pages_of(
        visible, ROWS_PER_PAGE, verdict=verdict, search=search, cause=cause.pk if cause else None
    )
    page = pages.get_page(request.GET.get("page"))
    is_ready = run.status == ImportStatus.READY
    to_reopen = needs_reason(run) if is_ready and may_handle else []
    has_queries = is_ready and may_handle and has_open_queries(run)
    empty = ApplyForm(needs_reason=bool(to_reopen) or has_queries, holds_rows=bool(run.held_count))
    apply_corrected = reverse("measures:import_apply_corrected", args=[run.pk])
    questions = questions_of(visible) if is_ready else []
    kinds = causes_by_kind(visible, CAUSES_OF_A_KIND_SHOWN)
    totals = visible.control_totals()
    corrected = corrected_rows(run) if visible.is_whole else []
    counts = visible.counts
    submissions = _submissions(run, request.access) if run.status in ImportStatus.written else []
    context = page_context(run, 4 if run.status in ImportStatus.written else 3) | {
        "may_handle": may_handle and is_ready,
        "form": form or filled(request, empty, reverse("measures:import_apply", args=[run.pk])),
        "here": here,
        "has_queries": has_queries,
        "notice": shown_notice(run.notice) if visible.is_whole else None,
        "is_whole": visible.is_whole,
        "counts": counts,
        "questions": questions[:QUESTIONS_SHOWN],
        "more_questions": max(0, len(questions) - QUESTIONS_SHOWN),
        "account": shown_account(run) if visible.is_whole else None,
        "to_reopen": to_reopen,
        "to_write": counts.new + counts.changed,
        "tiles": [(value, label, counts.by_verdict[value]) for value, label in Verdict.choices],
        "kinds": kinds,
        "causes": [cause for kind in kinds for cause in kind.causes],
        "cause": cause,
        "totals": totals.select_related("indicator", "organisation", "region").order_by(
            F("is_ok").asc(nulls_last=True), "sheet", "pk"
        )[:TOTALS_SHOWN],
        "more_totals": max(0, totals.count() - TOTALS_SHOWN),
        "page": page,
        "rows": shown(visible, list(page.object_list)),
        "verdict": verdict,
        "verdicts": Verdict.choices,
        "search": search,
        "has_several_sheets": len({table["sheet"] for table in run.tables}) > 1,
        "submissions": submissions,
        "history": shown_steps(run) if visible.is_whole and run.status in ImportStatus.written else [],
        "may_undo": may_handle and _may_undo(run, submissions, request.access),
        "may_correct": may_handle and run.is_possible(ImportAction.CORRECT),
        "corrected_count": len(corrected) if may_handle else 0,
        "corrected_form": filled(request, CorrectionReasonForm(), apply_corrected),
        "written": counts.new + counts.changed - len(corrected),
    }
    return render(request, "measures/imports/preview.html", context, status=status)


def _may_undo(run: ImportRun, submissions: list[Submission], access: Access) -> bool:
    """Whether there is anything that this person may take back; what exactly is for the page of a step."""
    obstructed = [submission for submission in submissions if import_obstacle(access, submission)]
    return run.is_possible(ImportAction.UNDO) and (not submissions or obstructed != submissions)


def _submissions(run: ImportRun, access: Access) -> list[Submission]:
    """The submissions that got figures by this import and that this person may look at."""
    return list(
        Submission.objects.visible_to(access)
        .filter(pk__in=run.submissions_to_change)
        .select_related("round", "organisation")
        .order_by("-round__year", "organisation__sort_key")
    )


@keeps_posted_form
@require_POST
def import_apply(request: ImportRequest, pk: int) -> HttpResponse:
    """Have a worker write the figures; the page then shows how far it is."""
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    has_queries = has_open_queries(run)
    form = ApplyForm(
        request.POST,
        needs_reason=has_queries or bool(needs_reason(run)),
        holds_rows=bool(run.held_count),
    )
    form = filled(request, form)
    if not form.is_valid():
        return _preview(request, run, may_handle=True, form=form, status=422)
    try:
        if has_queries:
            explain_queries(
                run_id=run.pk,
                actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
                text=form.cleaned_data["reason"],
            )
        request_apply(
            run_id=run.pk,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            reason=form.cleaned_data.get("reason", ""),
            holds_errors=form.holds_errors,
        )
    except ImportNotReadyError as error:
        messages.error(request, str(error))
    else:
        tasks.call_writer_after_commit()
    return redirect("measures:import_detail", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_discard(request: ImportRequest, pk: int) -> HttpResponse:
    """Give an import up; asks first."""
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "measures/imports/discard.html", page_context(run, 3))
    try:
        discard_import(run_id=run.pk)
    except ImportNotReadyError as error:
        messages.error(request, str(error))
        return redirect("measures:import_detail", run.pk)
    messages.success(request, _("The import has been discarded. No figure was changed."))
    return redirect("measures:import_list")
